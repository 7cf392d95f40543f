"""The simulator from the app's side: what it asks of the user, and what it does to flows and files."""

from functools import partial
from typing import TYPE_CHECKING

from oncue.domain.flows import Flow
from oncue.domain.rules import flow_id_from
from oncue.editing import edits
from oncue.errors import ImpossibleEvent
from oncue.simulation.timeline import Timeline, as_scenario
from oncue.text import counted
from oncue.tui.messages import SimulatorChange
from oncue.tui.modals.prompt import Prompt
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp


def simulate(app: "OncueApp", message: SimulatorChange) -> None:
    """Let something happen, or say why it cannot."""
    if app.state is None:
        return
    try:
        app.show(message.change(app.state))
    except ImpossibleEvent as error:
        app.notify(str(error), severity="error")


def take(app: "OncueApp", flow: Flow) -> None:
    """Edit a flow so that it would have fired."""
    if app.state is None or flow.id not in app.session.workspace.flows:
        return
    app.session = app.session.select(flow.id)
    app.edit("Take the suggested edit", partial(edits.replace_flow, flow=flow), {flow.id})
    app.notify(f"Edited {flow.name}; undo takes it back.")


def choose(app: "OncueApp") -> None:
    """Go to another conversation: one that is under way, a scenario, or a new one."""
    state = app.state
    if state is None or state.timeline is None:
        return
    instances, here = state.workspace.config.by_id, state.timeline.instance
    scenarios = sorted(state.scenarios.values(), key=lambda each: each.id)
    entries = [
        Entry(("new", ""), "New conversation", f"on {instances[here].name}"),
        *(
            Entry(
                ("go", at),
                f"{at + 1} {state.name_of(timeline)}",
                f"under way, {counted(len(timeline.events), 'event')}",
            )
            for at, timeline in enumerate(state.timelines)
            if at != state.at
        ),
        *(Entry(("play", each.id), each.name, f"scenario, {counted(len(each.events), 'event')}") for each in scenarios),
    ]

    def pick(chosen: object) -> None:
        assert isinstance(chosen, tuple)
        simulate(app, SimulatorChange(partial(_chosen, kind=chosen[0], which=chosen[1], instance=here)))

    app.designer.pick("Play", entries, pick)


def _chosen(state: State, kind: str, which: object, instance: str) -> State:
    if kind == "go":
        return state.turning(int(str(which)))
    scenario = state.scenarios.get(str(which))
    return state.opening_scenario(scenario) if scenario is not None else state.opening(Timeline(instance))


async def record(app: "OncueApp") -> None:
    """Save what was played as a scenario that expects what fired, under a name that is asked for."""
    state, saver = app.state, app.saver
    if saver is None or state is None or state.timeline is None or state.replay is None or not state.timeline.events:
        app.notify("There is nothing to record yet.")
        return

    def check(name: str) -> str | None:
        return None if name.strip() else "a scenario needs a name"

    hint = "What it shows, in a few words; the name of its file is made from it."
    name = await app.push_screen_wait(Prompt("Record a scenario", hint, "", check))
    if not name or not name.strip():
        return
    scenario_id = flow_id_from(name, state.workspace.scenarios)
    scenario = as_scenario(state.timeline, state.replay, scenario_id, name.strip())
    if await saver.save_scenario(scenario):
        app.notify(f"Saved scenarios/{scenario.id}.toml.")
