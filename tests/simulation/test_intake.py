"""Which events are accepted in which conversation, how they are completed, and who joins by writing."""

from datetime import UTC, datetime

import pytest
from tests.builders import (
    ANNA,
    AT,
    BEN,
    CREATED,
    JANE,
    MAIL,
    ROBIN,
    added,
    conversation,
    flow,
    message,
    play,
    removed,
    rows,
    transcript_of,
    workspace,
)

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Participant
from oncue.domain.steps import AddNote, CloseConversation
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ImpossibleEvent
from oncue.simulation.intake import ALREADY_THERE, FIRST_MESSAGE, accept, new_conversation

NOT_STARTED = Conversation("c-1", "whatsapp", "wa")
CLOSED = conversation(JANE, open=False)
CONFIG = workspace().config


def test_a_new_conversation_is_on_its_instance_and_not_started() -> None:
    assert new_conversation("c-7", MAIL) == Conversation("c-7", "email", "mail")


@pytest.mark.parametrize(
    ("event", "now", "reason"),
    [
        (message(), NOT_STARTED, "conversation c-1 has not started; play conversation_created first"),
        (added(ANNA), NOT_STARTED, "has not started"),
        (removed(JANE), NOT_STARTED, "has not started"),
        (CREATED, conversation(JANE), "conversation c-1 was created already; start another one"),
        (CREATED, CLOSED, "was created already"),
        (message(), CLOSED, "conversation c-1 is closed; nobody can write in it"),
        (added(ANNA), CLOSED, "conversation c-1 is closed; nobody can join it"),
        (
            removed(ANNA),
            conversation(JANE, BEN),
            "Agent Anna is not in conversation c-1; there are: Contact Jane, Agent Ben",
        ),
        (removed(ANNA), conversation(), "nobody is in conversation c-1, so nobody can leave it"),
        (removed(Participant(type="agent")), conversation(ANNA, BEN), "which Agent left? State the name or id"),
        (Event(event="message_created", channel="email"), conversation(JANE), "channel 'email'.* is 'whatsapp'"),
        (Event(event="message_created", instance="mail"), conversation(JANE), "instance 'mail'.* is 'wa'"),
        (Event(event="message_created", conversation="c-2"), conversation(JANE), "conversation 'c-2'.* is 'c-1'"),
    ],
)
def test_what_cannot_happen_is_refused_with_the_reason(event: Event, now: Conversation, reason: str) -> None:
    with pytest.raises(ImpossibleEvent, match=reason.replace("?", r"\?")):
        accept(event, now, CONFIG, AT)


def test_an_event_is_completed_with_what_the_conversation_knows() -> None:
    spoken = Event(event="message_created", participant=Participant(type="contact"))
    event = accept(spoken, conversation(JANE), CONFIG, AT).event
    assert event == Event(
        event="message_created", channel="whatsapp", instance="wa", conversation="c-1", participant=JANE, at=AT
    )


def test_what_an_event_states_is_kept() -> None:
    at = datetime(2020, 2, 2, tzinfo=UTC)
    stated = Event(event="message_created", instance="whatsapp:+31", participant=JANE, at=at, id="evt-1")
    event = accept(stated, conversation(JANE), CONFIG, AT).event
    assert (event.at, event.id, event.instance) == (at, "evt-1", "wa")


def test_an_unknown_participant_stays_unknown() -> None:
    for unknown in (None, Participant(name="Jane")):
        for kind in ("participant_added", "participant_removed", "message_created", "conversation_created"):
            now = NOT_STARTED if kind == "conversation_created" else conversation(JANE)
            happened = accept(Event(event=kind, participant=unknown), now, CONFIG, AT)
            assert happened.event.participant == unknown
            assert happened.conversation.participants == now.participants


def test_of_two_agents_neither_is_guessed() -> None:
    nameless = Participant(type="agent")
    assert accept(message(nameless), conversation(ANNA, BEN), CONFIG, AT).event.participant == nameless
    assert accept(message(nameless), conversation(JANE, BEN), CONFIG, AT).event.participant == BEN


def test_people_join_by_writing() -> None:
    for who in (ANNA, ROBIN, Participant(type="contact", name="Omar")):
        happened = accept(message(who), conversation(JANE), CONFIG, AT)
        assert happened.conversation.participants == (JANE, who)
        assert happened.join is not None
        assert (happened.join.event, happened.join.participant, happened.join.at) == ("participant_added", who, AT)


@pytest.mark.parametrize("kind", ["flow", "access_key", "connector", "channel", "automation"])
def test_what_writes_from_outside_does_not_join(kind: str) -> None:
    happened = accept(message(Participant(type=kind, name="X")), conversation(JANE), CONFIG, AT)  # type: ignore[arg-type]
    assert (happened.join, happened.conversation.participants) == (None, (JANE,))


def test_the_join_starts_its_flows_before_the_message_does() -> None:
    where = workspace(
        flow("a-reply", "message_created", AddNote(text="reply")),
        flow("z-brief", "participant_added", CloseConversation()),
    )
    assert transcript_of(where, CREATED, message(ANNA)) == rows(
        """
        ● Agent Anna wrote: "hi"
          ● Agent Anna joined
            ▶ z-brief (Z-Brief)
              · closed the conversation
          ▶ a-reply (A-Reply)
            · noted "reply"
        """
    )


def test_adding_somebody_who_is_there_does_nothing() -> None:
    where = workspace(flow("brief", "participant_added", AddNote(text="x")))
    first, again = play(where, CREATED, added(ANNA), added(ANNA))[1:]
    assert (first.matched, again.matched, again.note) == (("brief",), (), ALREADY_THERE)
    assert again.conversation == first.conversation


def test_the_counts_tell_messages_apart_from_those_that_flows_sent() -> None:
    assert accept(message(), conversation(JANE, messages=4, received=1), CONFIG, AT).conversation[-3:] == (5, 2, 0)


def test_people_may_leave_a_closed_conversation() -> None:
    assert accept(removed(JANE), CLOSED, CONFIG, AT).conversation.participants == ()


def test_only_the_first_message_from_outside_is_the_opening_message() -> None:
    where = workspace(flow("greet", "message_created", AddNote(text="x")), first_message_fires_message_created=False)
    now = conversation(JANE, messages=3, received=0)
    opening = accept(message(), now, where.config, AT)
    later = accept(message(), opening.conversation, where.config, AT)
    assert (opening.fires, opening.note, later.fires, later.note) == (False, FIRST_MESSAGE, True, "")


def test_the_config_needs_no_instances() -> None:
    assert accept(message(), conversation(JANE), WorkspaceConfig(name="Empty"), AT).fires
