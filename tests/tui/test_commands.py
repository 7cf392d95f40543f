"""The command palette and the help, made from the table of keys."""

from tests import strategies

from oncue.domain.events import Event
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.tui.commands import help_entries, palette
from oncue.tui.shortcuts import SHORTCUTS
from oncue.workbench.state import State

CREATED = Event(event="conversation_created")


def offered(state: State | None) -> set[object]:
    return {entry.value for entry in palette(state, {})}


def started(flows: bool = True) -> State:
    workspace = Workspace(strategies.CONFIG, {})
    first = None
    if flows:
        workspace, first = edits.new_flow(workspace)
    return State.start(Session.start(workspace, first))


def test_before_the_workspace_is_read_little_is_offered() -> None:
    assert "app.quit" in offered(None)
    assert offered(None) < {"app.help", "app.theme", "app.quit", "app.reload", "app.palette"} | {
        "app.jump",
        "app.redraw",
    }


def test_what_cannot_apply_is_not_offered() -> None:
    state = started(flows=False)
    assert offered(state).isdisjoint({"flows.delete", "steps.add", "app.goto", "app.filter", "app.save", "app.pane5"})
    assert "app.new" in offered(state)
    state = started()
    assert {"flows.delete", "steps.add", "app.goto"} <= offered(state)
    nowhere = State.start(Session.start(Workspace(WorkspaceConfig(name="x"), {})))
    assert not {value for value in offered(nowhere) if str(value).startswith("simulator.")}


def test_what_can_apply_is_offered() -> None:
    state = started()
    assert "simulator.back" not in offered(state)
    assert "simulator.back" in offered(state.simulating(lambda simulator: simulator.sent(CREATED)))
    edited = edits.toggle_enabled(state.workspace, "new-flow")
    state = state.after(state.session.edit("Off", edited, ["new-flow"]))
    assert {"app.save", "app.undo"} <= offered(state)
    assert "app.redo" not in offered(state)
    state = state.after(state.session.undo())
    assert "app.redo" in offered(state)
    assert "app.save" not in offered(state)
    wrong = edits.set_instance(state.workspace, "new-flow", "gone")
    assert "app.pane5" in offered(state.after(state.session.edit("x", wrong, ["new-flow"])))


def test_commands_show_their_keys_the_users_own_too() -> None:
    entries = {entry.value: entry for entry in palette(started(), {})}
    assert entries["app.new"].aside == "n"
    assert {entry.value: entry for entry in palette(started(), {"app.new": "f7"})}["app.new"].aside == "f7"


def test_the_help_has_every_key_once() -> None:
    listed = [entry.value for entry in help_entries((), {})]
    assert sorted(map(str, listed)) == sorted(key.id for key in SHORTCUTS)


def test_the_help_starts_with_the_place_where_the_focus_is() -> None:
    active = ["list.up", "steps.add", "steps.remove#2", "app.save", "", "of-somebody-else"]
    contexts = list(dict.fromkeys(str(entry.value).split(".")[0] for entry in help_entries(active, {})))
    assert contexts[:3] == ["list", "steps", "app"]
