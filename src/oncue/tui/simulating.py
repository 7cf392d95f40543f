"""What the simulator asks of the user, and what it does to flows and files."""

from functools import partial

from oncue.domain.flows import Flow
from oncue.domain.rules import flow_id_from
from oncue.editing import edits
from oncue.simulation.timeline import Replay, Timeline, as_scenario
from oncue.text import counted
from oncue.tui.disk import Disk
from oncue.tui.user import User
from oncue.tui.widgets.picker import Entry
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State
from oncue.workbench.store import Store

Target = tuple[str, str | Timeline]
"""Where to go: to a ``timeline``, to a ``scenario`` by its id, or to a ``new`` one on an instance."""


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
                f"under way, {counted(timeline.happened, 'event')}",
            )
            for at, timeline in enumerate(state.timelines)
            if at != state.at
        ),
        *(
            Entry(("scenario", each.id), each.name, f"scenario, {counted(len(each.events), 'event')}")
            for each in scenarios
        ),
    ]


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


def apply_suggestion(store: Store, flow: Flow, seen: Flow | None) -> bool:
    """Edit a flow to ``flow``, so that it would have fired, and open it; whether it still is as it was ``seen``."""
    if seen is None or store.state.workspace.flows.get(flow.id) != seen:
        return False
    store.open(flow.id)
    store.edit("Apply the suggested edit", partial(edits.replace_flow, flow=flow), {flow.id})
    return True


async def record(store: Store, disk: Disk, user: User) -> None:
    """Save what was played as a scenario that expects what fired, under a name that the user is asked for."""
    if _played(store.state) is None:
        user.notify("There is nothing to record yet.")
        return
    hint = "What it shows, in a few words; the name of its file is made from it."
    name = await user.prompt("Record a scenario", hint, "", _problem_with_name)
    if not name or not name.strip():
        return
    played = _played(store.state)  # files may have been read again while the user was asked
    if played is None:
        user.notify("There is nothing to record any more.")
        return
    scenario_id = flow_id_from(name, store.state.scenarios)
    scenario = as_scenario(*played, scenario_id, name.strip())
    if await disk.save_scenario(scenario):
        user.notify(f"Saved scenarios/{scenario.id}.toml.")


def _played(state: State) -> tuple[Timeline, Replay] | None:
    """What was played; ``None`` if nothing was."""
    timeline, replay = state.timeline, state.replay
    return None if timeline is None or replay is None or not timeline.events else (timeline, replay)


def _problem_with_name(name: str) -> str | None:
    return None if name.strip() else "a scenario needs a name"
