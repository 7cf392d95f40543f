"""What flows and steps are is known through all edits of them, and never guessed."""

from collections.abc import Callable

import pytest

from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, SendMessage
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.identities import after_edit, identity_of, step_sources, text_source

NOTE = AddNote(text="same")
STEPS = (SendMessage(text="hello"), NOTE, AddNote(text="same"))
FLOW = Flow(id="a", name="A", trigger=Trigger(event="message_created", channel="sms"), steps=STEPS)
WORKSPACE = Workspace(WorkspaceConfig(name="Test"), {"a": FLOW})
NEW = "new"


def steps_after(change: Callable[[Workspace], Workspace]) -> list[object] | None:
    after = change(WORKSPACE).flows
    known = after_edit({}, FLOW, after["a"], after).steps
    return None if known is None else [what if isinstance(what, int) else NEW for what in known]


@pytest.mark.parametrize(
    ("change", "known"),
    [
        (lambda now: edits.move_step(now, "a", 0, 2), [1, 2, 0]),
        (lambda now: edits.remove_step(now, "a", 1), [0, 2]),
        (lambda now: edits.duplicate_step(now, "a", 1), [0, 1, NEW, 2]),
        (lambda now: edits.add_step(now, "a", "add_note", 0), [NEW, 0, 1, 2]),
        (lambda now: edits.change_step(now, "a", 2, text="other"), [0, 1, 2]),
        (lambda now: edits.retype_step(now, "a", 0, "add_note"), [0, 1, 2]),
        (lambda now: edits.set_name(now, "a", "B"), [0, 1, 2]),
        (lambda now: edits.replace_flow(now, replaced(FLOW, enabled=False)), [0, 1, 2]),
        (lambda now: edits.replace_flow(now, replaced(FLOW, steps=(AddNote(text="1"), AddNote(text="2")))), None),
    ],
)
def test_the_steps_after_an_edit(change: Callable[[Workspace], Workspace], known: list[object] | None) -> None:
    assert steps_after(change) == known


def test_a_renamed_flow_a_copy_and_a_new_one() -> None:
    renamed, copy = replaced(FLOW, id="b"), replaced(FLOW, id="c")
    known = {"b": after_edit({}, FLOW, renamed, {"b": renamed})}
    assert text_source(renamed, known, {"a": FLOW}, {}) == "a"
    assert step_sources(renamed, known, FLOW, {}) == [0, 1, 2]
    known = {"c": after_edit({}, FLOW, copy, {"a": FLOW, "c": copy})}
    assert text_source(copy, known, {"a": FLOW}, {}) == "a"
    assert text_source(copy, known, {"a": FLOW, "c": copy}, known) == "c"
    assert identity_of(copy, known).flow != identity_of(FLOW, {}).flow
    known = {"d": after_edit({}, None, replaced(FLOW, id="d"), {})}
    assert text_source(replaced(FLOW, id="d"), known, {"a": FLOW}, {}) is None


def test_steps_that_are_not_known_are_not_invented() -> None:
    other = replaced(FLOW, steps=tuple(replaced(step) for step in STEPS))
    known = {"a": after_edit({}, FLOW, other, {"a": other})}
    assert step_sources(other, known, FLOW, {}) is None
    assert text_source(other, known, {"a": FLOW}, {}) == "a"
