"""Random events are always possible, seeded, and a realistic mix."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import ANNA, AT, CREATED, JANE, WA, conversation, flow, play_random, workspace

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Participant
from oncue.domain.steps import AssignAgent, CloseConversation, RemoveParticipant
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.errors import ImpossibleEvent
from oncue.simulation.intake import accept, new_conversation
from oncue.simulation.random_events import random_event

CONFIG = workspace().config
_PEOPLE = st.lists(
    st.builds(
        Participant,
        type=st.sampled_from(list(PARTICIPANT_TYPES)),
        id=st.sampled_from([None, "agent-anna", "x"]),
        name=st.sampled_from([None, "Anna", "Ben"]),
    ),
    max_size=4,
    unique=True,
)


@given(st.integers(), _PEOPLE, st.booleans())
def test_it_is_possible_in_whatever_state_it_meets(seed: int, present: list[Participant], is_open: bool) -> None:
    now = conversation(*present, open=is_open)
    rng = random.Random(seed)
    for _ in range(5):
        if now.closed and not now.participants:
            break
        before = now
        happened = accept(random_event(rng, now), now, CONFIG, AT)
        now = happened.conversation
        assert now != before
        assert happened.note == ""


def test_a_conversation_that_is_closed_and_empty_has_none() -> None:
    with pytest.raises(ImpossibleEvent, match="c-1 is closed and empty; start another one"):
        random_event(random.Random(1), conversation(open=False))


def test_in_a_closed_conversation_people_leave() -> None:
    event = random_event(random.Random(1), conversation(JANE, open=False))
    assert event == Event(event="participant_removed", participant=JANE)


def test_the_first_one_starts_the_conversation() -> None:
    assert random_event(random.Random(1), new_conversation("c", WA)).event == CREATED.event


def test_same_seed_same_events_and_another_seed_others() -> None:
    where = workspace(flow("a", "message_created", AssignAgent(agent="Anna")))
    events = [[trace.event for trace in play_random(where, seed, 50)[0]] for seed in (1, 1, 2)]
    assert events[0] == events[1] != events[2]


def test_the_mix_is_that_of_an_inbox() -> None:
    traces, _ = play_random(workspace(), 3, 3_000)
    kinds = Counter(trace.event.event for trace in traces)
    assert kinds["conversation_created"] == 1
    assert kinds["message_created"] > 0.7 * 3_000
    assert min(kinds["participant_added"], kinds["participant_removed"]) > 100
    types = Counter(trace.event.key.message_type for trace in traces)
    assert types.keys() >= MESSAGE_TYPES.keys()
    assert types["text"] > sum(types[kind] for kind in MESSAGE_TYPES if kind != "text")
    writers = Counter(trace.event.key.participant_type for trace in traces if trace.event.event == "message_created")
    assert writers.keys() >= PARTICIPANT_TYPES.keys() - {"flow"}
    assert writers["contact"] > 0.3 * 3_000


def test_flows_that_remove_everybody_and_close_leave_it_something_to_do() -> None:
    gone = [RemoveParticipant(participant_type=kind) for kind in ("contact", "agent", "bot")]
    where = workspace(
        flow("a", "message_created", *gone), flow("b", "participant_added", CloseConversation(), by="bot")
    )
    for seed in range(20):
        traces, last = play_random(where, seed, 40)
        assert len(traces) == 40 or (last.closed and not last.participants)


def test_a_contact_comes_back() -> None:
    joining = [random_event(random.Random(seed), conversation(ANNA)).participant for seed in range(100)]
    assert any(each.type == "contact" for each in joining if each)


def test_who_is_there_under_another_name_form_is_not_added_again() -> None:
    there: Conversation = conversation(JANE, ANNA)
    joining = [random_event(random.Random(seed), there) for seed in range(300)]
    names = {event.participant.name for event in joining if event.event == "participant_added" and event.participant}
    assert names == {"Ben", "Chidi", "Dora", "Helper", "Triage"}
