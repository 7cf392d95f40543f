"""The command palette and the help, made from the table of keys."""

import pytest
from tests import strategies

from oncue.domain.events import Event
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.tui.commands import help_entries, palette
from oncue.tui.shortcuts import SHORTCUTS
from oncue.tui.synonyms import SYNONYMS
from oncue.workbench.fuzzy import matching
from oncue.workbench.state import State

CREATED = Event(event="conversation_created")


def offered(state: State | None) -> set[object]:
    return {entry.value for entry in palette(state, (), {}) if not entry.off}


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
        "app.said",
        "app.workspaces",
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


def test_what_cannot_apply_is_there_and_says_why() -> None:
    entries = {entry.value: entry for entry in palette(started(), (), {})}
    assert (entries["app.undo"].off, entries["app.undo"].help) == (True, "there is nothing to undo")
    assert all(entry.help for entry in entries.values())
    assert "app.palette" not in entries, "it would open what is open"


@pytest.mark.parametrize(
    ("word", "command"),
    [
        *((word, f"app.{word}") for word in ("quit", "undo", "redo", "theme", "reload", "help", "save", "history")),
        *((word, f"flows.{word}") for word in ("rename", "duplicate", "delete")),
        *((word, f"simulator.{word}") for word in ("record", "brief", "why", "random")),
        *(("exit", "app.quit"), ("search", "app.filter"), ("disable", "flows.enable"), ("enable", "flows.enable")),
        *(("diff", "app.review"), ("colors", "app.theme"), ("flows.sort", "flows.sort"), ("explain", "simulator.why")),
    ],
)
def test_commands_are_found_by_name_id_and_what_others_call_them(word: str, command: str) -> None:
    assert matching(word.replace(".", " "), palette(started(), (), {}))[0].value == command


def test_the_palette_begins_with_the_place_where_the_focus_is() -> None:
    groups = list(dict.fromkeys(entry.group for entry in palette(started(), ["list.up", "steps.add"], {})))
    assert groups[:2] == ["Steps", "Everywhere"]


def test_synonyms_are_of_commands_that_there_are() -> None:
    assert SYNONYMS.keys() <= {key.id for key in SHORTCUTS} | {"app.editor", "app.copy", "app.zoom", "app.workspaces"}


def test_commands_show_their_keys_the_users_own_too() -> None:
    entries = {entry.value: entry for entry in palette(started(), (), {})}
    assert entries["app.new"].aside == "n"
    assert {entry.value: entry for entry in palette(started(), (), {"app.new": "f7"})}["app.new"].aside == "f7"


def test_the_help_has_every_key_once() -> None:
    listed = [entry.value for entry in help_entries((), {})]
    assert sorted(map(str, listed)) == sorted(key.id for key in SHORTCUTS)


def test_the_help_starts_with_the_place_where_the_focus_is() -> None:
    active = ["list.up", "steps.add", "steps.remove#2", "app.save", "", "of-somebody-else"]
    contexts = list(dict.fromkeys(str(entry.value).split(".")[0] for entry in help_entries(active, {})))
    assert contexts[:3] == ["steps", "list", "app"]
