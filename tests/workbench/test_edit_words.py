"""What an edit changed, in one sentence."""

from collections.abc import Callable
from functools import partial

import pytest
from tests import strategies

from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.workbench.edit_words import changed_in, edit_words

Change = Callable[[Workspace, str], Workspace]


def started() -> Workspace:
    workspace, _ = edits.new_flow(Workspace(strategies.CONFIG, {}), "Welcome")
    workspace = edits.add_step(workspace, "welcome", "add_note")
    return edits.add_step(workspace, "welcome", "close_conversation")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (edits.toggle_enabled, "Welcome off"),
        (partial(edits.set_name, name="Hello"), "Name: Hello"),
        (partial(edits.set_tags, tags=["vip"]), "Tags: vip in Welcome"),
        (partial(edits.set_description, description="x"), "About changed in Welcome"),
        (partial(edits.toggle_participant_type, value="contact"), "Contact off in Welcome"),
        (partial(edits.set_participant_types, types=["contact"]), "Only Contact on in Welcome"),
        (partial(edits.set_participant_types, types=[]), "All participants off in Welcome"),
        (partial(edits.set_participant_types, types=["contact", "agent", "bot"]), "3 of 8 participants on in Welcome"),
        (partial(edits.set_event, event="message_created"), "Event: Message created in Welcome"),
        (partial(edits.add_step, kind="send_message", at=0), "Step 1 added: Send a message in Welcome"),
        (partial(edits.remove_step, index=1), "Step 2 deleted: Close the conversation in Welcome"),
        (partial(edits.move_step, index=0, to=1), "Close the conversation is step 1 now in Welcome"),
        (partial(edits.change_step, index=0, text="Hi"), "Step 1 changed: Add a note in Welcome"),
        (partial(edits.set_condition, key="first_message", value=True), "First message: added in Welcome"),
        (edits.delete_flow, "Welcome deleted"),
        (partial(edits.rename_flow, new_id="hi"), "Welcome has the id hi"),
    ],
)
def test_an_edit_names_the_thing_and_the_flow(change: Change, words: str) -> None:
    before = started()
    after = change(before, "welcome")
    assert edit_words(before, after) == words
    assert changed_in(before, after) == ("Hello" if "Hello" in words else "Welcome")


def test_several_flows_are_counted() -> None:
    before = started()
    for name in ("One", "Two"):
        before, _ = edits.new_flow(before, name)
    after = before
    for flow_id in before.flows:
        after = edits.toggle_enabled(after, flow_id)
    assert edit_words(before, after) == "3 flows off"
    assert edit_words(after, before) == "3 flows on"
    assert changed_in(before, after) == ""
    fewer = edits.delete_flow(edits.set_name(before, "one", "1"), "two")
    assert edit_words(before, fewer) == "1 flow deleted, 1 flow changed"
    assert edit_words(before, before) == ""
