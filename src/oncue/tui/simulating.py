"""What the simulator asks of the user, and what it does to flows and files."""

from functools import partial

from oncue.domain.flows import Flow
from oncue.domain.paths import scenario_file
from oncue.domain.rules import flow_id_from
from oncue.domain.scenarios import Scenario
from oncue.editing import edits
from oncue.errors import ImpossibleEvent
from oncue.simulation.runner import run_scenario
from oncue.simulation.timeline import Replay, Timeline, accepted, as_scenario
from oncue.text import counted, visible
from oncue.tui.disk import Disk
from oncue.tui.user import Answer, User
from oncue.tui.widgets.picker import Entry
from oncue.workbench.scenario_names import problem_with_name
from oncue.workbench.scenario_selection import all_scenarios
from oncue.workbench.scenario_standings import SIGNS, differences_by_name
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State
from oncue.workbench.store import Store

Target = tuple[str, str | Timeline]
"""Where to go: to a ``timeline``, to a ``scenario`` by its id, or to a ``new`` one on an instance."""


_STATUS_WORDS = {"passed": "as expected", "unchecked": "expects nothing"}
_DIFFERENCES = 8
"""Differences that a question lists."""
_ACCEPT = (
    Answer("accept", "a", "Accept it; the file is written at once, and the history keeps the one before"),
    Answer("keep", "esc", "Keep what is expected"),
)


def targets(state: State) -> list[Entry]:
    """What the user can go to: a new conversation, one that is under way, a scenario."""
    if state.timeline is None:
        return []
    here = state.timeline.instance
    scenarios = sorted(state.scenarios.values(), key=lambda each: each.id)
    return [
        Entry(("new", here), "New conversation", f"on {state.workspace.config.by_id[here].name}"),
        *(
            Entry(
                ("timeline", timeline),
                f"{at + 1} {state.name_of(timeline)}",
                "under way",
                counted(timeline.happened, "event"),
            )
            for at, timeline in enumerate(state.timelines)
            if at != state.at
        ),
        *(
            Entry(
                ("scenario", each.id),
                f"{_sign(each.id, state)} {each.name}",
                "scenario",
                counted(len(each.events), "event"),
            )
            for each in scenarios
        ),
    ]


def _sign(scenario_id: str, state: State) -> str:
    standing = state.standings.by_id.get(scenario_id)
    return SIGNS[standing.status][0] if standing else " "


def scenario_entries(state: State) -> list[Entry]:
    """How each scenario stands, those first that are not as expected."""
    entries = []
    for each in state.standings.in_order:
        wrong = each.status in ("failed", "error")
        where = f"event {each.failed[0]}" if each.failed else counted(each.events, "event") if each.events else ""
        about = each.why if wrong else _STATUS_WORDS[each.status]
        entries.append(Entry(each.id, f"{SIGNS[each.status][0]} {each.name}", about, where))
    return entries


def play_scenario(scenario_id: str, simulator: Simulator) -> Simulator:
    """The simulator in which a scenario is played to its end; in the conversation that it has already, if there is one.

    Raises `ImpossibleEvent` if it is gone.
    """
    scenario = simulator.edited.workspace.scenarios.get(scenario_id)
    if scenario is None:
        raise ImpossibleEvent("that scenario is not there any more")
    same = [timeline for timeline in simulator.timelines if timeline.scenario == scenario_id]
    opened = simulator.turning_to(same[0]) if same else simulator.opening_scenario(scenario)
    timeline = opened.timeline
    return opened if timeline is None else opened.with_timeline(timeline.forward(len(timeline.ahead)))


async def accept(store: Store, disk: Disk, user: User) -> None:
    """Let the open scenario expect what happens now, if the user says so."""
    timeline = store.state.timeline
    scenario = store.state.scenarios.get(timeline.scenario or "") if timeline is not None else None
    if scenario is None:
        user.notify("No scenario is open; o opens one.")
        return
    workspace, matcher = store.state.analysis.edited
    result = run_scenario(scenario, workspace, matcher)
    after = accepted(scenario, result.events)
    if after == scenario:
        user.notify(f"{scenario.name} is as expected.")
        return
    lines = [
        (f"Event {each.number}: {visible(difference)}.", "")
        for each in result.failed
        for difference in differences_by_name(each, workspace.flows)
    ]
    text = [(f"{scenario.name} ({scenario_file(scenario.id)}) shall expect this:", "strong"), *lines[:_DIFFERENCES]]
    if len(lines) > _DIFFERENCES:
        text.append((f"… and {counted(len(lines) - _DIFFERENCES, 'more')}", "muted"))
    if await user.ask("Accept the outcome", text, _ACCEPT) != "accept":
        return
    if await disk.replace_scenario(scenario, after):
        store.simulate(partial(_reopened, after))
        user.notify(f"Saved {scenario_file(after.id)}.")


def _reopened(scenario: Scenario, simulator: Simulator) -> Simulator:
    """The simulator in which the scenario that is seen is played anew, as far as it was."""
    timeline = simulator.timeline
    if timeline is None or timeline.scenario != scenario.id:
        return simulator
    return simulator.with_timeline(timeline.expecting(scenario.events))


def go_to(target: Target, simulator: Simulator) -> Simulator:
    """The simulator after the user chose one of its `targets`. Raises `ImpossibleEvent` if it is gone."""
    kind, which = target
    if isinstance(which, Timeline):
        return simulator.turning_to(which)
    scenario = simulator.edited.workspace.scenarios.get(which) if kind == "scenario" else None
    if scenario is not None:
        return simulator.opening_scenario(scenario)
    here = which if kind == "new" else simulator.home or ""
    return simulator.opening(Timeline(here))


def apply_suggestion(store: Store, flow: Flow, seen: Flow | None, label: str) -> bool:
    """Edit a flow to ``flow``, so that it would have fired, and open it; whether it still is as it was ``seen``."""
    if seen is None or store.state.workspace.flows.get(flow.id) != seen:
        return False
    store.open(flow.id)
    store.edit(label, partial(edits.replace_flow, flow=flow), {flow.id})
    return True


async def record(store: Store, disk: Disk, user: User) -> None:
    """Save what was played as a scenario that expects what fired, under a name that the user is asked for."""
    if _played(store.state) is None:
        user.notify("There is nothing to record yet.")
        return
    hint = "What it shows, in a few words; the name of its file is made from it."

    def check(name: str) -> str | None:
        return problem_with_name(name, store.state.workspace)

    name = await user.prompt("Record a scenario", hint, "", check)
    if not name or not name.strip():
        return
    played = _played(store.state)  # files may have been read again while the user was asked
    if played is None:
        user.notify("There is nothing to record any more.")
        return
    scenario_id = flow_id_from(name, all_scenarios(store.state.workspace))
    scenario = as_scenario(*played, scenario_id, name.strip())
    if await disk.save_scenario(scenario):
        user.notify(f"Saved scenarios/{scenario.id}.toml.")


def _played(state: State) -> tuple[Timeline, Replay] | None:
    """What was played; ``None`` if nothing was."""
    timeline, replay = state.timeline, state.replay
    return None if timeline is None or replay is None or not timeline.events else (timeline, replay)
