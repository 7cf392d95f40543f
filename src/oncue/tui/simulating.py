"""The simulator from the app's side: events that happen, are taken back, are recorded, and edits they suggest."""

from functools import partial
from typing import TYPE_CHECKING

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.values import flow_id_from
from oncue.editing import edits
from oncue.simulation.play import Play, Refused, as_scenario
from oncue.tui.modals.prompt import Prompt

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp


def send(app: "OncueApp", wanted: Event | None) -> None:
    """Let an event happen; ``None`` is a random one that is possible."""
    state = app.state
    if state is None or state.play is None or state.replay is None:
        app.say("Nothing can happen: no channel instance is installed.", bad=True)
        return
    after = state.sent(wanted or state.play.random(state.replay))
    last = after.replay.turns[-1] if after.replay else None
    if isinstance(last, Refused):
        app.say(last.reason, bad=True)
    else:
        app.show(after)


def rewind(app: "OncueApp", everything: bool, instance: str | None) -> None:
    """Take back the last event, or begin anew, on another instance if one is named."""
    if app.state is None or app.state.play is None:
        return
    play = app.state.play
    if everything:
        app.show(app.state.playing(Play(instance or play.instance, seed=play.seed + 1)))
    elif play.events:
        app.show(app.state.playing(play.back()))


def take(app: "OncueApp", flow: Flow) -> None:
    """Edit a flow so that it would have fired."""
    if app.state is None or flow.id not in app.session.workspace.flows:
        return
    app.session = app.session.select(flow.id)
    app.edit("Take the suggested edit", partial(edits.replace_flow, flow=flow), {flow.id})
    app.say(f"Edited {flow.name}; undo takes it back.")


async def record(app: "OncueApp") -> None:
    """Save what was played as a scenario that expects what fired, under a name that is asked for."""
    state, saver = app.state, app.saver
    if saver is None or state is None or state.play is None or state.replay is None or not state.play.events:
        app.say("There is nothing to record yet.")
        return

    def check(name: str) -> str | None:
        return None if name.strip() else "a scenario needs a name"

    hint = "What it shows, in a few words; the name of its file is made from it."
    name = await app.push_screen_wait(Prompt("Record a scenario", hint, "", check))
    if not name or not name.strip():
        return
    scenario_id = flow_id_from(name, state.workspace.scenarios)
    scenario = as_scenario(state.play, state.replay, scenario_id, name.strip())
    if await saver.save_scenario(scenario):
        app.say(f"Saved scenarios/{scenario.id}.toml.")
