"""Explanations say what matching decided, and the nearest edit makes it decide otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.rules import is_slug
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.matching.explain import NOT_STATED, ClauseResult, explain, nearest_first
from oncue.matching.semantics import CLAUSES, matches, verdicts

FLOW = Flow(
    id="a",
    name="A",
    trigger=Trigger(
        event="message_created",
        channel="whatsapp",
        instance="wa-1",
        participant_types=frozenset({"bot", "contact"}),
        message_types=frozenset({"text"}),
    ),
)
EVENT = Event(
    event="message_created",
    channel="whatsapp",
    instance="wa-1",
    participant=Participant(type="contact"),
    message=Message(type="text"),
)
JOINED = Event(event="participant_added", channel="whatsapp", instance="wa-1", participant=Participant(type="bot"))


def edit_for(event: Event, flow: Flow = FLOW) -> str:
    edit = explain(flow, event, CONFIG).nearest_edit
    assert edit is not None
    assert matches(edit.flow, event.key, CONFIG)
    return edit.words


@given(strategies.listeners(), strategies.events())
def test_an_explanation_is_what_the_predicate_says(flow: Flow, event: Event) -> None:
    explanation = explain(flow, event, CONFIG)
    assert explanation.matched == matches(flow, event.key, CONFIG)
    assert explanation.matched == (not explanation.failed)
    assert explanation.verdicts == verdicts(flow, event.key, CONFIG)
    shown = {result.clause: result.ok for result in explanation.clauses}
    assert list(shown) == [
        name for name in CLAUSES if name != "message_types" or flow.trigger.event == "message_created"
    ]
    assert all(shown[clause] is False for clause in explanation.failed)
    assert explanation.matched == all(shown.values())


@given(strategies.listeners(), strategies.events())
def test_the_nearest_edit_makes_it_match(flow: Flow, event: Event) -> None:
    explanation = explain(flow, event, CONFIG)
    edit = explanation.nearest_edit
    if edit is None:
        assert explanation.matched or not is_slug(explanation.key.channel)
    else:
        assert not explanation.matched
        assert matches(edit.flow, event.key, CONFIG)
        assert edit.words
        assert replaced(edit.flow, trigger=flow.trigger, enabled=flow.enabled) == flow, "it edits what triggers only"


@given(strategies.listeners(), strategies.events())
def test_the_nearest_edit_changes_no_clause_that_holds(flow: Flow, event: Event) -> None:
    explanation = explain(flow, event, CONFIG)
    if (edit := explanation.nearest_edit) is not None:
        held = set(CLAUSES) - set(explanation.failed)
        if event.event != "message_created":
            held.discard("message_types")  # an event of another kind has none
        before, after = flow.trigger, edit.flow.trigger
        assert all(getattr(before, clause) == getattr(after, clause) for clause in held - {"enabled"})
        for clause in ("participant_types", "message_types"):
            was, now = getattr(before, clause), getattr(after, clause)
            assert was is None or now is None or was <= now, "a list only grows"
        assert edit.words.count(", ") == len({*explanation.failed} | _emptied(before, after)) - 1


def _emptied(before: Trigger, after: Trigger) -> set[str]:
    return {"message_types"} if before.message_types is not None and after.message_types is None else set()


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (replaced(EVENT, instance="wa-2"), 'set instance = "wa-2"'),
        (replaced(EVENT, instance=None), "remove instance"),
        (replaced(EVENT, instance="whatsapp:+447700900999"), "remove instance"),
        (replaced(EVENT, channel="email"), 'set channel = "email"'),
        (replaced(EVENT, participant=Participant(type="agent")), 'add "agent" to participant_types'),
        (replaced(EVENT, participant=None), "remove participant_types"),
        (replaced(EVENT, message=Message(type="gif")), 'add "gif" to message_types'),
        (replaced(EVENT, message=None), "remove message_types"),
        (JOINED, 'set event = "participant_added", remove message_types'),
        (
            replaced(EVENT, instance="wa-2", message=Message(type="gif")),
            'set instance = "wa-2", add "gif" to message_types',
        ),
    ],
)
def test_nearest_edits_in_words(event: Event, words: str) -> None:
    assert edit_for(event) == words


def test_a_type_is_added_to_those_that_are_listed() -> None:
    edit = explain(
        FLOW, replaced(EVENT, participant=Participant(type="agent"), message=Message(type="gif")), CONFIG
    ).nearest_edit
    assert edit is not None
    assert edit.flow.trigger.participant_types == frozenset({"bot", "contact", "agent"})
    assert edit.flow.trigger.message_types == frozenset({"text", "gif"})


def test_the_nearest_edit_of_a_disabled_flow() -> None:
    assert edit_for(EVENT, replaced(FLOW, enabled=False)) == "enable the flow"


@pytest.mark.parametrize("channel", [None, "Not a slug", ""])
def test_no_edit_helps_without_a_channel_that_a_trigger_can_name(channel: str | None) -> None:
    assert explain(FLOW, replaced(EVENT, channel=channel, instance=None), CONFIG).nearest_edit is None


def test_a_match_needs_no_edit() -> None:
    assert explain(FLOW, EVENT, CONFIG).nearest_edit is None


def test_clauses_in_words() -> None:
    event = replaced(EVENT, instance=None, participant=Participant(type="agent"))
    assert explain(FLOW, event, CONFIG).clauses == (
        ClauseResult("enabled", "enabled", "enabled", True),
        ClauseResult("event", "message_created", "message_created", True),
        ClauseResult("channel", "whatsapp", "whatsapp", True),
        ClauseResult("instance", "wa-1", NOT_STATED, False),
        ClauseResult("participant_types", "contact or bot", "agent", False),
        ClauseResult("message_types", "text", "text", True),
    )


def test_clauses_of_an_open_disabled_flow_in_words() -> None:
    flow = Flow(id="b", name="B", enabled=False, trigger=Trigger(event="participant_added", channel="email"))
    assert explain(flow, Event(event="participant_added"), CONFIG).clauses == (
        ClauseResult("enabled", "enabled", "disabled", False),
        ClauseResult("event", "participant_added", "participant_added", True),
        ClauseResult("channel", "email", NOT_STATED, False),
        ClauseResult("instance", "any", NOT_STATED, True),
        ClauseResult("participant_types", "any", NOT_STATED, True),
    )


def test_an_empty_list_in_words() -> None:
    flow = replaced(FLOW, trigger=replaced(FLOW.trigger, participant_types=frozenset()))
    assert explain(flow, EVENT, CONFIG).clauses[4].expected == "nothing (the list is empty)"


@given(st.lists(strategies.listeners(), max_size=6), strategies.events())
def test_nearest_first(flows: list[Flow], event: Event) -> None:
    order = [(len(each.failed), each.flow.id) for each in nearest_first(explain(flow, event, CONFIG) for flow in flows)]
    assert order == sorted(order)
    assert len(order) == len(flows)


@given(strategies.listeners(), strategies.events())
def test_an_external_id_is_explained_as_the_instance(flow: Flow, event: Event) -> None:
    by_id = explain(flow, replaced(event, channel="whatsapp", instance="wa-1"), CONFIG)
    for channel in ("whatsapp", None):
        stated = replaced(event, channel=channel, instance="whatsapp:+447700900101")
        explanation = explain(flow, stated, CONFIG)
        assert explanation.event is stated
        assert explanation[2:] == by_id[2:]
        assert (explanation.clauses, explanation.nearest_edit) == (by_id.clauses, by_id.nearest_edit)
