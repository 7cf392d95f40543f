"""Hypothesis strategies for flows of every shape, with hostile text."""

from hypothesis import strategies as st

from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES

HOSTILE = ['"""', "'''", "\\", '"', "'", "\r\n", "\n", "\r", "\t", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ufeff"]
HOSTILE += ["#", "[[steps]]", "[trigger]", "= 1", "🙂", "\U000e0041", "null", "\\u0000", "{{x}}", "<<<<<<< HEAD", "]", "}"]

texts = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=6), max_size=5).map("".join)
names = texts.filter(bool)
slugs = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
participants = st.frozensets(st.sampled_from(list(PARTICIPANT_TYPES)), max_size=4)
messages = st.frozensets(st.sampled_from(list(MESSAGE_TYPES)), max_size=4)
numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)

steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(SendMessage, text=texts, message_type=st.sampled_from(list(MESSAGE_TYPES))),
    st.builds(AssignAgent, agent=texts),
    st.builds(AddNote, text=texts),
    st.builds(NotifyParticipants, text=texts, participant_types=st.none() | participants),
    st.builds(UpdateContact, attributes=st.dictionaries(texts, texts | numbers | st.booleans(), max_size=3)),
    st.builds(AddParticipant, participant_type=st.sampled_from(list(PARTICIPANT_TYPES)), name=texts),
    st.builds(
        RemoveParticipant, participant_type=st.sampled_from(list(PARTICIPANT_TYPES)), name=st.none() | texts
    ),
    st.builds(CloseConversation),
)


@st.composite
def triggers(draw: st.DrawFn) -> Trigger:
    event = draw(st.sampled_from(list(EVENT_KINDS)))
    return Trigger(
        event=event,
        channel=draw(slugs),
        instance=draw(st.none() | slugs),
        participant_types=draw(st.none() | participants),
        message_types=draw(st.none() | messages) if event == "message_created" else None,
    )


flows = st.builds(
    Flow,
    id=st.just("x"),
    name=names,
    description=texts,
    enabled=st.booleans(),
    tags=st.lists(texts, max_size=3).map(tuple),
    trigger=triggers(),
    steps=st.lists(steps, max_size=4).map(tuple),
)
