"""Explanations say what matching decided, clause by clause; `test_suggested_edits` has what would change it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.matching.explain import ClauseResult, explain, findings_about, nearest_first
from oncue.matching.semantics import CLAUSES, matches, verdicts
from oncue.workbench.explanation_words import actual_words, expected_words

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
    assert explanation.open == tuple(result.clause for result in explanation.clauses if result.expected is None)


def test_clauses() -> None:
    event = replaced(EVENT, instance=None, participant=Participant(type="agent"))
    assert explain(FLOW, event, CONFIG).clauses == (
        ClauseResult("enabled", ("enabled",), "enabled", True),
        ClauseResult("event", ("message_created",), "message_created", True),
        ClauseResult("channel", ("whatsapp",), "whatsapp", True),
        ClauseResult("instance", ("wa-1",), None, False),
        ClauseResult("participant_types", ("contact", "bot"), "agent", False),
        ClauseResult("message_types", ("text",), "text", True),
    )


def test_clauses_of_an_open_disabled_flow() -> None:
    flow = Flow(id="b", name="B", enabled=False, trigger=Trigger(event="participant_added", channel="email"))
    explanation = explain(flow, Event(event="participant_added"), CONFIG)
    assert explanation.clauses == (
        ClauseResult("enabled", ("enabled",), "disabled", False),
        ClauseResult("event", ("participant_added",), "participant_added", True),
        ClauseResult("channel", ("email",), None, False),
        ClauseResult("instance", None, None, True),
        ClauseResult("participant_types", None, None, True),
    )
    assert explanation.open == ("instance", "participant_types")


def test_an_empty_list_is_not_open() -> None:
    flow = replaced(FLOW, trigger=replaced(FLOW.trigger, participant_types=frozenset()))
    clause = explain(flow, EVENT, CONFIG).clauses[4]
    assert (clause.expected, clause.open, clause.ok) == ((), False, False)


def test_an_instance_called_any_is_one_like_others() -> None:
    config = WorkspaceConfig(name="W", instances=(Instance(id="any", channel="sms", name="Any"),))
    flow = Flow(id="a", name="A", trigger=Trigger(event="participant_added", channel="sms", instance="any"))
    clause = explain(flow, Event(event="participant_added", instance="any"), config).clauses[3]
    assert clause == ClauseResult("instance", ("any",), "any", True)
    assert not clause.open


@given(strategies.listeners(), strategies.events())
def test_where_no_edit_helps_it_is_said_why(flow: Flow, event: Event) -> None:
    explanation = explain(flow, event, CONFIG)
    assert (explanation.no_edit is None) == bool(explanation.edits)
    if explanation.no_edit is not None and explanation.no_edit.words == "the event states no place of this workspace":
        assert explanation.findings == findings_about(event, CONFIG) != ()
    elif explanation.no_edit is not None:
        assert event.channel is None
        assert explanation.no_edit.words == "the event does not state its channel"


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
        assert (explanation.clauses, explanation.edits) == (by_id.clauses, by_id.edits)


VERDICTS: list[tuple[str, dict[str, object], dict[str, object], str]] = [
    ("enabled", {}, {"enabled": False}, "disabled, expected enabled"),
    ("event", {}, {"event": "participant_added"}, "message_created, expected participant_added"),
    ("channel", {}, {"channel": "email"}, "whatsapp, expected email"),
    ("instance", {"instance": "wa-1"}, {"instance": "wa-2"}, "wa-1, expected wa-2"),
    ("participant_types", {"participant_types": ["contact"]}, {"participant_types": ["bot"]}, "contact, expected bot"),
    ("message_types", {"message_types": ["text"]}, {"message_types": ["gif"]}, "text, expected gif"),
]


@pytest.mark.parametrize(("clause", "holds", "fails", "words"), VERDICTS)
def test_each_clause_of_a_trigger_and_its_words(
    clause: str, holds: dict[str, object], fails: dict[str, object], words: str
) -> None:
    def result(keys: dict[str, object], event: Event) -> ClauseResult:
        keys = {"event": "message_created", "channel": "whatsapp", **keys}
        enabled = keys.pop("enabled", True)
        flow = Flow(id="a", name="A", enabled=enabled, trigger=Trigger(**keys))  # type: ignore[arg-type]
        return {each.clause: each for each in explain(flow, event, CONFIG).clauses}[clause]

    assert result(holds, EVENT).ok is True
    failed = result(fails, EVENT)
    assert failed.ok is False
    assert f"{actual_words(failed)}, expected {expected_words(failed)}" == words
    if clause not in ("enabled", "event"):  # which every event states
        unstated = result(fails, Event(event="message_created"))
        assert (unstated.ok, actual_words(unstated)) == (False, "not stated by the event")


def test_every_clause_of_a_trigger_is_among_them() -> None:
    assert tuple(clause for clause, *_ in VERDICTS) == CLAUSES
