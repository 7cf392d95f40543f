"""What is typed and is no value yet: it is kept by its step, counts as unsaved, and is a problem of its place."""

import pytest

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, Step, UpdateContact
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
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


def on_disk(made: Store, *steps: Step, name: str = "Theirs") -> Workspace:
    """The workspace after another program changed the flow."""
    flow = replaced(made.session.saved.flows["a"], name=name, steps=steps)
    return made.session.saved.with_flow(flow)


OWN, NOTE = UpdateContact(attributes={"plan": "pro"}), AddNote(text="n")


@pytest.mark.parametrize(
    ("steps", "at"), [((OWN, NOTE), 0), ((NOTE, OWN), 1), ((NOTE, NOTE, OWN, OWN), 2), ((OWN, OWN), 0)]
)
def test_it_goes_on_with_its_step_when_another_program_changes_the_flow(steps: tuple[Step, ...], at: int) -> None:
    made = store()
    made.reload(on_disk(made, *steps))
    assert made.session.flow is not None
    assert made.session.flow.name == "Theirs"
    assert made.session.dirty == frozenset()
    assert [(each.at, each.text) for each in made.state.unfinished] == [(at, TEXT)]


def test_a_flow_whose_step_is_gone_from_the_file_stays_as_it_is_here_and_is_unsaved() -> None:
    made = store()
    before = made.session.flow
    made.edit("Other", lambda workspace: edits.set_name(workspace, "a", "Mine"), {"a"})
    made.undo()
    made.reload(on_disk(made, NOTE))
    assert made.session.flow == before
    assert made.session.dirty == {"a"}
    assert [(each.at, each.text) for each in made.state.unfinished] == [(0, TEXT)]
    assert made.redo() == "Other"
    assert len(made.state.unfinished) == 1


def test_a_flow_that_is_gone_from_the_disk_stays() -> None:
    made = store()
    made.reload(Workspace(WorkspaceConfig(name="W")))
    assert made.session.dirty == {"a"}
    assert made.state.unfinished


def test_it_goes_with_the_edits_that_are_given_up() -> None:
    made = store()
    made.reload(on_disk(made, NOTE), drop="a")
    assert made.session.dirty == frozenset()
    assert made.state.unfinished == ()


def test_other_flows_follow_the_disk() -> None:
    made = store()
    other = replaced(made.session.workspace.flows["a"], id="b")
    made.reload(made.session.saved.with_flow(other))
    assert made.session.workspace.flows.keys() == {"a", "b"}
    assert made.state.unsaved == {"a"}


def test_half_of_a_condition_is_unsaved_work_by_its_key() -> None:
    made = store()
    made.keep_text("a", "cooldown", "30")
    found = made.state.unfinished
    assert [each.at for each in found] == ["cooldown", 0]
    assert found[0].problem.key == "when.cooldown"
    assert text_of(made.session, made.state.texts, "a", "cooldown") == "30"
    made.keep_text("a", "cooldown", "30m")
    made.edit("Type", lambda before: edits.set_condition(before, "a", "cooldown", "30m"), {"a"})
    assert [each.at for each in made.state.unfinished] == [0]
    made.undo()
    assert text_of(made.session, made.state.texts, "a", "cooldown") == ""


def test_half_of_a_condition_goes_on_when_another_program_changes_the_flow() -> None:
    made = store()
    made.keep_text("a", 0, "")
    made.keep_text("a", "labels", '"\\ud800"')
    made.reload(on_disk(made, NOTE))
    assert made.session.flow is not None
    assert made.session.flow.name == "Theirs"
    assert [each.at for each in made.state.unfinished] == ["labels"]
    theirs = made.session.saved.flows["a"]
    made.reload(made.session.saved.with_flow(replaced(theirs, name="Again", when=When(labels=("vip",)))))
    assert made.session.flow.name == "Theirs", "it has another value there, so the flow stays as it is here"
    assert made.session.dirty == {"a"}


def test_a_key_that_is_no_condition_is_kept_for_nothing() -> None:
    made = store()
    before = made.state
    made.keep_text("a", "reopened", "x")
    assert made.state is before


def test_attributes_of_another_type_are_another_value() -> None:
    made = store()
    made.edit("Add", lambda before: edits.set_condition(before, "a", "attributes", {"n": 1}), {"a"})
    made.keep_text("a", "attributes", "n = true\nhalf")
    assert text_of(made.session, made.state.texts, "a", "attributes") == "n = 1"
