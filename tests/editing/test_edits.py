"""Every edit does what it says, leaves alone what it does not name, and refuses in one clear line."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    STEP_TYPES,
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    StepType,
    UpdateContact,
    new_step,
)
from oncue.domain.triggers import MessageTypes, Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, EventKind, MessageType
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.errors import EditError

HELLO, NOTE, CLOSE = SendMessage(text="Hello"), AddNote(text="A note"), CloseConversation()
FLOW = Flow(
    id="a",
    name="A",
    description="What it is for",
    tags=("x",),
    trigger=Trigger(
        event="message_created",
        channel="whatsapp",
        instance="wa-1",
        participant_types=frozenset({"contact"}),
        message_types=frozenset({"text"}),
    ),
    steps=(HELLO, NOTE, CLOSE),
)
OTHER = Flow(id="b", name="B", trigger=Trigger(event="participant_added", channel="email"))
WORKSPACE = Workspace(CONFIG, {"a": FLOW, "b": OTHER})


def after(workspace: Workspace, flow_id: str = "a") -> Flow:
    """The edited flow, when nothing else was edited."""
    assert {**workspace.flows, flow_id: None} == {**WORKSPACE.flows, flow_id: None}
    assert workspace.config is WORKSPACE.config
    return workspace.flows[flow_id]


def with_trigger(**changes: object) -> Flow:
    return replaced(FLOW, trigger=replaced(FLOW.trigger, **changes))


def test_new_flow() -> None:
    workspace, flow_id = edits.new_flow(WORKSPACE, "Welcome!")
    trigger = Trigger(event="conversation_created", channel="whatsapp", instance="wa-1")
    assert after(workspace, flow_id) == Flow(id="welcome", name="Welcome!", trigger=trigger)


def test_a_new_flow_takes_no_id_that_is_taken_or_reserved() -> None:
    assert edits.new_flow(WORKSPACE, "A", reserved=["a-2"])[1] == "a-3"


def test_a_new_flow_needs_a_name_and_an_instance() -> None:
    with pytest.raises(EditError, match="a flow needs a name"):
        edits.new_flow(WORKSPACE, "")
    with pytest.raises(
        EditError, match=re.escape("no channel is installed; add [[instances]] to workspace.toml first")
    ):
        edits.new_flow(Workspace(WorkspaceConfig(name="W")))


def test_duplicate_flow() -> None:
    workspace, flow_id = edits.duplicate_flow(WORKSPACE, "a")
    assert after(workspace, flow_id) == replaced(FLOW, id="a-copy", name="A (copy)", enabled=False)
    assert edits.duplicate_flow(workspace, "a", reserved=["a-copy-2"])[1] == "a-copy-3"


def test_delete_flow() -> None:
    assert edits.delete_flow(WORKSPACE, "a").flows == {"b": OTHER}


def test_rename_flow() -> None:
    assert edits.rename_flow(WORKSPACE, "a", "c").flows == {"b": OTHER, "c": replaced(FLOW, id="c")}
    assert edits.rename_flow(WORKSPACE, "a", "a") is WORKSPACE


@pytest.mark.parametrize(
    ("new_id", "message"),
    [
        ("b", "there is a flow 'b' already; choose another id"),
        ("broken", "there is a flow 'broken' already; choose another id"),
        ("A b", "'A b' cannot be a flow id: expected 1 to 64 of a-z, 0-9 and '-', starting with a letter or digit"),
        ("../b", "'../b' cannot be a flow id: expected 1 to 64 of a-z, 0-9 and '-', starting with a letter or digit"),
        ("con", "'con' cannot be a flow id: this name is a device on Windows; choose another"),
    ],
)
def test_names_that_a_flow_cannot_have(new_id: str, message: str) -> None:
    with pytest.raises(EditError) as refused:
        edits.rename_flow(WORKSPACE, "a", new_id, reserved=["broken"])
    assert str(refused.value) == message


def test_names_descriptions_and_tags() -> None:
    assert after(edits.set_name(WORKSPACE, "a", "New")) == replaced(FLOW, name="New")
    assert after(edits.set_description(WORKSPACE, "a", "")) == replaced(FLOW, description="")
    assert after(edits.set_tags(WORKSPACE, "a", ["y", "", "x", "y"])) == replaced(FLOW, tags=("y", "x"))
    assert after(edits.toggle_enabled(WORKSPACE, "a")) == replaced(FLOW, enabled=False)
    with pytest.raises(EditError, match="a flow needs a name"):
        edits.set_name(WORKSPACE, "a", "")


@pytest.mark.parametrize("event", list(EVENT_KINDS))
def test_set_event(event: EventKind) -> None:
    trigger = after(edits.set_event(WORKSPACE, "a", event)).trigger
    assert trigger.event == event
    assert trigger.message_types == (FLOW.trigger.message_types if event == "message_created" else None)
    assert trigger.participant_types == FLOW.trigger.participant_types


@pytest.mark.parametrize(
    ("before", "channel", "instance"),
    [
        ("wa-1", "email", "mail"),  # the only instance there
        ("wa-1", "sms", None),  # not installed
        (None, "email", None),  # every instance stays every instance
        ("wa-1", "whatsapp", "wa-1"),
        ("mail", "whatsapp", "mail"),  # already wrong, and not for this edit to say
    ],
)
def test_set_channel(before: str | None, channel: str, instance: str | None) -> None:
    workspace = WORKSPACE.with_flow(with_trigger(instance=before))
    trigger = after(edits.set_channel(workspace, "a", channel)).trigger
    assert (trigger.channel, trigger.instance) == (channel, instance)


def test_a_channel_with_several_instances_is_set_to_every_one() -> None:
    trigger = after(edits.set_channel(WORKSPACE.with_flow(replaced(OTHER)), "b", "whatsapp"), "b").trigger
    assert (trigger.channel, trigger.instance) == ("whatsapp", None)
    on_mail = WORKSPACE.with_flow(with_trigger(channel="email", instance="mail"))
    assert edits.set_channel(on_mail, "a", "whatsapp").flows["a"].trigger.instance is None


@pytest.mark.parametrize(
    ("instance", "channel"), [("wa-2", "whatsapp"), ("mail", "email"), ("gone", "whatsapp"), (None, "whatsapp")]
)
def test_set_instance(instance: str | None, channel: str) -> None:
    trigger = after(edits.set_instance(WORKSPACE, "a", instance)).trigger
    assert (trigger.channel, trigger.instance) == (channel, instance)


def test_types() -> None:
    trigger = after(edits.set_participant_types(WORKSPACE, "a", ["bot", "bot"])).trigger
    assert trigger.participant_types == frozenset({"bot"})
    assert after(edits.set_participant_types(WORKSPACE, "a", None)).trigger.participant_types is None
    assert after(edits.set_message_types(WORKSPACE, "a", [])).trigger.message_types == frozenset()
    assert after(edits.set_message_types(WORKSPACE, "a", None)).trigger.message_types is None


def test_chips() -> None:
    assert after(edits.toggle_participant_type(WORKSPACE, "a", "bot")) == with_trigger(
        participant_types=frozenset({"contact", "bot"})
    )
    assert after(edits.toggle_message_type(WORKSPACE, "a", "text")) == with_trigger(message_types=frozenset())
    off = edits.toggle_participant_type(WORKSPACE, "b", "bot")
    assert off.flows["b"].trigger.participant_types == frozenset(PARTICIPANT_TYPES) - {"bot"}
    assert edits.toggle_participant_type(off, "b", "bot").flows == WORKSPACE.flows


@given(strategies.some_messages, strategies.message_types)
def test_a_chip_pressed_twice_is_as_it_was(chosen: MessageTypes | None, value: MessageType) -> None:
    before = None if chosen is None or len(chosen) == len(MESSAGE_TYPES) else chosen
    once = edits.toggled(before, value, MESSAGE_TYPES)
    assert once != before
    assert edits.toggled(once, value, MESSAGE_TYPES) == before


def test_replace_flow() -> None:
    edited = replaced(FLOW, name="New")
    assert after(edits.replace_flow(WORKSPACE, edited)) is edited
    assert edits.replace_flow(WORKSPACE, replaced(FLOW)) is WORKSPACE
    new = replaced(FLOW, id="new")
    assert edits.replace_flow(WORKSPACE, new).flows == {**WORKSPACE.flows, "new": new}


@pytest.mark.parametrize("kind", list(STEP_TYPES))
def test_add_step(kind: StepType) -> None:
    assert after(edits.add_step(WORKSPACE, "a", kind)).steps == (HELLO, NOTE, CLOSE, new_step(kind))
    assert after(edits.add_step(WORKSPACE, "a", kind, at=1)).steps == (HELLO, new_step(kind), NOTE, CLOSE)


def test_duplicate_and_remove_step() -> None:
    assert after(edits.duplicate_step(WORKSPACE, "a", 1)).steps == (HELLO, NOTE, NOTE, CLOSE)
    assert after(edits.remove_step(WORKSPACE, "a", 1)).steps == (HELLO, CLOSE)


@pytest.mark.parametrize(
    ("index", "to", "steps"),
    [
        (0, 1, (NOTE, HELLO, CLOSE)),
        (0, 2, (NOTE, CLOSE, HELLO)),
        (0, 99, (NOTE, CLOSE, HELLO)),
        (2, 0, (CLOSE, HELLO, NOTE)),
        (2, -1, (CLOSE, HELLO, NOTE)),
        (2, -5, (CLOSE, HELLO, NOTE)),
    ],
)
def test_move_step(index: int, to: int, steps: tuple[Step, ...]) -> None:
    assert after(edits.move_step(WORKSPACE, "a", index, to)).steps == steps


def test_change_step() -> None:
    assert after(edits.change_step(WORKSPACE, "a", 0, text="Hi", message_type="html")).steps[0] == SendMessage(
        text="Hi", message_type="html"
    )
    with pytest.raises(EditError, match="text: found 5, expected text in quotes"):
        edits.change_step(WORKSPACE, "a", 0, text=5)
    with pytest.raises(EditError, match="agent: unknown key; expected one of: type, text, message_type"):
        edits.change_step(WORKSPACE, "a", 0, agent="Ann")


def test_an_attribute_changed_from_a_number_to_a_flag_is_a_change() -> None:
    workspace = WORKSPACE.with_flow(replaced(FLOW, steps=(UpdateContact(attributes={"vip": 1}),)))
    edited = edits.change_step(workspace, "a", 0, attributes={"vip": True})
    assert edited is not workspace


@pytest.mark.parametrize(
    ("before", "kind", "expected"),
    [
        (HELLO, "add_note", AddNote(text="Hello")),
        (NOTE, "send_message", SendMessage(text="A note")),
        (NotifyParticipants(text="x", participant_types=frozenset({"bot"})), "add_note", AddNote(text="x")),
        (
            AddParticipant(participant_type="bot", name="Paddle"),
            "remove_participant",
            RemoveParticipant(participant_type="bot", name="Paddle"),
        ),
        (
            AddParticipant(participant_type="bot", name=""),
            "remove_participant",
            RemoveParticipant(participant_type="bot"),
        ),
        (
            RemoveParticipant(participant_type="flow"),
            "add_participant",
            AddParticipant(participant_type="flow", name=""),
        ),
        (HELLO, "close_conversation", CLOSE),
        (CLOSE, "assign_agent", AssignAgent(agent="")),
        (UpdateContact(attributes={"a": 1}), "send_message", SendMessage(text="")),
    ],
)
def test_retype_step(before: Step, kind: StepType, expected: Step) -> None:
    workspace = WORKSPACE.with_flow(replaced(FLOW, steps=(before,)))
    assert after(edits.retype_step(workspace, "a", 0, kind)).steps == (expected,)


def test_retyping_to_the_same_type_keeps_everything() -> None:
    assert edits.retype_step(WORKSPACE, "a", 0, "send_message") is WORKSPACE


@given(strategies.steps, st.sampled_from(list(STEP_TYPES)))
def test_any_step_can_become_any_other(step: Step, kind: StepType) -> None:
    workspace = WORKSPACE.with_flow(replaced(FLOW, steps=(step,)))
    assert edits.retype_step(workspace, "a", 0, kind).flows["a"].steps[0].type == kind


NO_CHANGES: list[Callable[[Workspace], Workspace]] = [
    lambda workspace: edits.set_name(workspace, "a", FLOW.name),
    lambda workspace: edits.set_description(workspace, "a", FLOW.description),
    lambda workspace: edits.set_tags(workspace, "a", FLOW.tags),
    lambda workspace: edits.set_event(workspace, "a", FLOW.trigger.event),
    lambda workspace: edits.set_channel(workspace, "a", FLOW.trigger.channel),
    lambda workspace: edits.set_instance(workspace, "a", FLOW.trigger.instance),
    lambda workspace: edits.set_participant_types(workspace, "a", FLOW.trigger.participant_types),
    lambda workspace: edits.set_message_types(workspace, "a", FLOW.trigger.message_types),
    lambda workspace: edits.move_step(workspace, "a", 0, 0),
    lambda workspace: edits.change_step(workspace, "a", 0, text="Hello"),
    lambda workspace: edits.set_condition(workspace, "a", "labels", None),
]


@given(strategies.whens(), strategies.whens())
def test_conditions_come_change_and_go_one_by_one(one: When, other: When) -> None:
    workspace = WORKSPACE
    for when in (one, other):
        for key in when.lines:
            workspace = edits.set_condition(workspace, "a", key, getattr(when, key))
    both = {key: getattr(one, key) for key in one.lines} | {key: getattr(other, key) for key in other.lines}
    assert workspace.flows["a"].when == When(**both)
    for key in both:
        assert workspace.flows["a"].when is not None
        workspace = edits.set_condition(workspace, "a", key, None)
    assert workspace.flows["a"] == FLOW, "a table without a condition is none"


def test_types_and_hours_of_a_condition_come_and_go() -> None:
    def toggled(key: str, *values: str) -> object:
        workspace = WORKSPACE
        for value in values:
            workspace = edits.toggle_in_condition(workspace, "a", key, value)
        when = workspace.flows["a"].when
        return None if when is None else getattr(when, key)

    assert toggled("present", "agent", "bot", "agent") == {"bot"}
    assert toggled("present", "agent", "agent") is None
    assert toggled("during_hours", "b", "a", "c", "a") == ("b", "c"), "in the order in which they came"
    assert toggled("during_hours", "b", "b") is None


def test_a_flag_is_turned_round() -> None:
    once = edits.toggle_flag(WORKSPACE, "a", "reopened")
    assert once.flows["a"].when == When(reopened=True)
    assert edits.toggle_flag(once, "a", "reopened").flows["a"].when == When(reopened=False)


def test_a_condition_that_cannot_be_is_refused_in_one_line() -> None:
    with pytest.raises(EditError, match="cooldown: found '3', expected a duration"):
        edits.set_condition(WORKSPACE, "a", "cooldown", "3")


@pytest.mark.parametrize("edit", NO_CHANGES)
def test_an_edit_that_changes_nothing_returns_the_workspace(edit: Callable[[Workspace], Workspace]) -> None:
    assert edit(WORKSPACE) is WORKSPACE


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda: edits.set_channel(WORKSPACE, "a", "No slug"),
            "channel: found 'No slug', expected 1 to 64 of a-z, 0-9, '_' and '-'",
        ),
        (
            lambda: edits.set_message_types(WORKSPACE, "b", ["text"]),
            'message_types is only for event = "message_created"',
        ),
    ],
)
def test_an_edit_that_cannot_be_made(edit: Callable[[], Workspace], message: str) -> None:
    with pytest.raises(EditError) as refused:
        edit()
    assert str(refused.value).startswith(message)
    assert "\n" not in str(refused.value)


def test_an_edit_of_a_flow_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        edits.set_name(WORKSPACE, "gone", "New")


def test_nothing_was_changed_by_all_this() -> None:
    assert WORKSPACE.flows == {"a": FLOW, "b": OTHER}
    assert FLOW.steps == (HELLO, NOTE, CLOSE)
