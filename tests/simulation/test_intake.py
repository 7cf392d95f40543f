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
from oncue.simulation.intake import ALREADY_THERE, FIRST_MESSAGE, REOPENS, accept, new_conversation

NOT_STARTED = Conversation("c-1", "whatsapp", "wa")
CLOSED = conversation(JANE, open=False)
CONFIG = workspace().config
CLOSE = flow("close", "message_created", CloseConversation(), of="action")


def test_a_new_conversation_is_on_its_instance_and_not_started() -> None:
    assert new_conversation("c-7", MAIL) == Conversation("c-7", "email", "mail")


@pytest.mark.parametrize(
    ("event", "now", "reason"),
    [
        (message(), NOT_STARTED, "conversation c-1 has not started; play conversation_created first"),
        (added(ANNA), NOT_STARTED, "has not started"),
        (removed(JANE), NOT_STARTED, "has not started"),
        (
            CREATED,
            conversation(JANE),
            'conversation c-1 was created already; conversation = "…" gives another one a name',
        ),
        (CREATED, CLOSED, "was created already"),
        (
            message(ANNA),
            CLOSED,
            "conversation c-1 is closed; only a contact's message opens it again; to start another",
        ),
        (message(None), CLOSED, "only a contact's message opens it again"),
        (added(ANNA), CLOSED, "conversation c-1 is closed; nobody can join it"),
        (
            removed(ANNA),
            conversation(JANE, BEN),
            "Agent Anna is not in conversation c-1; there are: Contact Jane, Agent Ben",
        ),
        (removed(ANNA), conversation(), "Agent Anna is not in conversation c-1; there are: nobody"),
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
        assert happened.first is not None
        join = happened.first.event
        assert (join.event, join.participant, join.at) == ("participant_added", who, AT)


@pytest.mark.parametrize("kind", ["flow", "access_key", "connector", "channel", "automation"])
def test_what_writes_from_outside_does_not_join(kind: str) -> None:
    happened = accept(message(Participant(type=kind, name="X")), conversation(JANE), CONFIG, AT)  # type: ignore[arg-type]
    assert (happened.first, happened.conversation.participants) == (None, (JANE,))


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


def _counts(now: Conversation) -> tuple[int, int, int]:
    return now.messages, now.received, now.notes


def test_the_counts_tell_messages_apart_from_those_that_flows_sent() -> None:
    assert _counts(accept(message(), conversation(JANE, messages=4, received=1), CONFIG, AT).conversation) == (5, 2, 0)


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


def test_a_message_by_a_flow_is_not_the_opening_message() -> None:
    where = workspace(flow("greet", "message_created", AddNote(text="x")), first_message_fires_message_created=False)
    by_flow = message(Participant(type="flow", name="Welcome"))
    assert [trace.matched for trace in play(where, CREATED, by_flow, message(), message())[1:]] == [
        ("greet",),
        (),
        ("greet",),
    ]


def test_who_joins_without_id_and_name_is_new() -> None:
    where = workspace(flow("brief", "participant_added", AddNote(text="x")))
    unnamed = Participant(type="agent")
    for present in ((ANNA,), (ANNA, BEN), ()):
        trace = play(where, CREATED, *map(added, present), added(unnamed), added(unnamed))[-1]
        assert trace.matched == ("brief",)
        assert trace.conversation.participants == (JANE, *present, unnamed, unnamed)
        left = accept(removed(unnamed), trace.conversation, CONFIG, AT).conversation
        assert left.participants == (JANE, *present, unnamed), "one of the two has left"


def test_somebody_unknown_may_leave_whoever_is_there() -> None:
    for unknown in (None, Participant(name="Jane")):
        for now in (conversation(), conversation(JANE)):
            gone = accept(Event(event="participant_removed", participant=unknown), now, CONFIG, AT)
            assert gone.conversation == now


def test_an_id_or_a_name_is_adopted_when_it_is_first_stated() -> None:
    jane = Participant(type="contact", name="Jane")
    now = accept(message(JANE), conversation(jane, responsible=jane), CONFIG, AT).conversation
    assert (now.participants, now.responsible) == ((JANE,), JANE)
    assert accept(removed(Participant(type="contact", id="p-1")), now, CONFIG, AT).conversation.participants == ()
    named = accept(message(JANE), conversation(Participant(type="contact", id="p-1")), CONFIG, AT).conversation
    assert named.participants == (JANE,)
    other = Participant(type="contact", id="p-1", name="Jane Doe")
    assert accept(message(other), now, CONFIG, AT).conversation.participants == (JANE,), "the first name stays"


def test_a_name_is_the_same_however_its_accents_are_composed() -> None:
    composed, decomposed = (Participant(type="contact", name=name) for name in ("Jos\u00e9", "Jose\u0301"))
    assert accept(message(decomposed), conversation(composed), CONFIG, AT).conversation.participants == (composed,)
    assert conversation(composed).named("contact", "Jose\u0301") == composed


def test_a_message_in_a_closed_conversation_follows_the_setting() -> None:
    note = flow("note", "message_created", AddNote(text="x"))
    assert transcript_of(workspace(note, CLOSE), CREATED, message(text="bye", kind="action"), message()) == rows(
        """
        ● Contact Jane wrote: "hi"
          i opens the conversation again (message_in_closed_conversation = "reopens")
          ▶ note (Note)
            · noted "x"
        """
    )
    refusing = workspace(message_in_closed_conversation="refused").config
    with pytest.raises(ImpossibleEvent, match='refused"\\); to start another one play conversation_created'):
        accept(message(), CLOSED, refusing, AT)
    starting = workspace(message_in_closed_conversation="new_conversation").config
    with pytest.raises(ImpossibleEvent, match="only a contact's message starts another one"):
        accept(message(ANNA), CLOSED, starting, AT)


def test_the_first_message_of_all_may_open_a_closed_conversation_again() -> None:
    config = workspace(first_message_fires_message_created=False).config
    happened = accept(message(), CLOSED, config, AT)
    assert (happened.fires, happened.conversation.open, happened.note) == (False, True, f"{REOPENS}; {FIRST_MESSAGE}")


def test_an_empty_id_or_name_is_none() -> None:
    nameless, empty = Participant(type="agent"), Participant(type="agent", id="", name="")
    now = accept(added(empty), conversation(JANE, ANNA), CONFIG, AT)
    assert (now.event.participant, now.conversation.participants) == (nameless, (JANE, ANNA, nameless))
    left = accept(removed(Participant(type="agent", id="", name="Anna")), now.conversation, CONFIG, AT)
    assert left.conversation.participants == (JANE, nameless)
