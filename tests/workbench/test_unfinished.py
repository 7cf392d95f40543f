"""What is typed and is no value yet: it is kept by its step, counts as unsaved, and is a problem of its place."""

from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, UpdateContact
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.state import State
from oncue.workbench.store import Store
from oncue.workbench.unfinished import text_of

TEXT = 'plan = "pro"\njust a note'


def store() -> Store:
    flow = Flow(
        id="a",
        name="A",
        trigger=Trigger(event="message_created", channel="x"),
        steps=(UpdateContact(attributes={"plan": "pro"}), AddNote(text="n")),
    )
    made = Store(State.start(Session.start(Workspace(WorkspaceConfig(name="W"), {"a": flow}), "a")))
    made.keep_text("a", 0, TEXT)
    return made


def test_it_is_unsaved_work_and_a_problem_of_its_place() -> None:
    state = store().state
    assert state.session.dirty == frozenset()
    assert state.unsaved == {"a"}
    problem = next(each for each in state.problems if "not saved" in each.message)
    assert (problem.file, problem.key) == ("flows/a.toml", "steps[1].attributes")
    assert problem.message == "not saved: 'just a note' has no '='"


def test_what_says_the_same_in_whole_lines_is_finished() -> None:
    made = store()
    made.keep_text("a", 0, '\nplan="pro"\n')
    assert made.state.unsaved == frozenset()
    assert text_of(made.session, made.state.texts, "a", 0) == '\nplan="pro"\n'


def test_it_goes_with_its_step_and_its_flow() -> None:
    made = store()
    made.edit("Move", lambda before: edits.move_step(before, "a", 0, 1), {"a"})
    assert text_of(made.session, made.state.texts, "a", 1) == TEXT
    made.edit("Rename", lambda before: edits.rename_flow(before, "a", "b"), {"a", "b"}, derived=("a", "b"))
    assert [(each.flow_id, each.at) for each in made.state.unfinished] == [("b", 1)]
    made.edit("Remove", lambda before: edits.remove_step(before, "b", 1), {"b"})
    assert made.state.unfinished == ()
    made.undo()
    assert len(made.state.unfinished) == 1, "it is back with the step"


def test_an_edit_that_is_undone_takes_it_away_and_redone_brings_it_back() -> None:
    made = store()
    made.keep_text("a", 0, TEXT + "\nvisits = 3")
    made.edit(
        "Type",
        lambda before: edits.change_step(before, "a", 0, attributes={"plan": "pro", "visits": 3}),
        {"a"},
    )
    assert made.state.unfinished
    made.undo()
    assert text_of(made.session, made.state.texts, "a", 0) == 'plan = "pro"'
    made.redo()
    assert text_of(made.session, made.state.texts, "a", 0) == TEXT + "\nvisits = 3"
