"""Scenarios follow the renames of a session, whatever becomes of them."""

from dataclasses import replace

from tests.builders import CREATED, flow, scenario, scripted, workspace

from oncue.domain.scenarios import ExpectedEffects
from oncue.editing import edits
from oncue.editing.session import Session

STORY = scenario(
    scripted(CREATED, expect=["welcome", "other"], expect_effects=ExpectedEffects(loops=("welcome",))),
    scripted(CREATED, expect=["other"]),
)
FLOWS = replace(workspace(flow("welcome", "conversation_created"), flow("other")), scenarios={STORY.id: STORY})


def renamed(session: Session, old: str, new: str) -> Session:
    after = edits.rename_flow(session.workspace, old, new)
    return session.edit("Rename", after, {old, new}, selected=new, derived=(old, new))


def expected(session: Session) -> list[tuple[str, ...] | None]:
    return [each.expect for each in session.workspace.scenarios[STORY.id].events]


def test_scenarios_follow_through_undo_redo_and_save() -> None:
    session = renamed(Session.start(FLOWS), "welcome", "hello")
    assert session.renames == {"hello": "welcome"}
    assert expected(session) == [("hello", "other"), ("other",)]
    effects = session.workspace.scenarios[STORY.id].events[0].expect_effects
    assert effects is not None and effects.loops == ("hello",)
    assert expected(session.undo()) == [("welcome", "other"), ("other",)]
    assert session.undo().workspace.scenarios is FLOWS.scenarios
    assert expected(session.undo().redo()) == expected(session)
    saved = session.mark_saved(["welcome", "hello"])
    assert (expected(saved), saved.renames, saved.dirty) == (expected(session), {}, frozenset())
    assert expected(saved.undo()) == [("welcome", "other"), ("other",)], "the id goes back"


def test_a_second_rename_and_an_edit_follow_as_well() -> None:
    session = renamed(renamed(Session.start(FLOWS), "welcome", "hello"), "hello", "greet")
    assert expected(session) == [("greet", "other"), ("other",)]
    before = session.workspace.scenarios
    session = session.edit("Name", edits.set_name(session.workspace, "greet", "Greet"), {"greet"})
    assert session.workspace.scenarios is before, "what did not change is the same object"


def test_a_flow_that_is_deleted_is_still_expected() -> None:
    session = Session.start(FLOWS)
    session = session.edit("Delete", edits.delete_flow(session.workspace, "welcome"), {"welcome"})
    assert expected(session) == [("welcome", "other"), ("other",)]
