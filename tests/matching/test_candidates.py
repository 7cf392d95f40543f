"""The readable predicate and the compiled form agree, *depends* included."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.builders import flow, workspace
from tests.matching.test_phrases import calls

from oncue.domain.conditions import When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.pasts import Starts
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.explain import explain
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.matching.occasions import Known
from oncue.matching.semantics import matches, starts
from oncue.matching.suggested_edits import Shift

NIGHTS = Hours(id="nights", timezone="America/New_York", from_="22:00", to="06:00", closed_on=(date(2026, 1, 5),))
CONFIG = replaced(
    strategies.CONFIG, hours=(Hours(id="office", timezone="Asia/Tokyo", from_="09:00", to="17:30"), NIGHTS)
)
AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
moments = st.integers(-(10**6), 10**6).map(lambda seconds: AT + timedelta(seconds=seconds))
texts = (
    st.sampled_from(["", "hi", "REFUND please", "Money\tback, hi", "x y c++", "A ß", "我要退款", "नमस्ते"])
    | strategies.texts
)
contacts = st.tuples(st.just("name"), st.sampled_from(["Jane", "p-1"]))


@st.composite
def events(draw: st.DrawFn) -> Event:
    event = draw(strategies.events())
    if event.message is not None:
        event = replaced(event, message=Message(type=event.message.type, text=draw(st.none() | texts)))
    if event.participant is not None and draw(st.booleans()):
        named = Participant(type=event.participant.type, name=draw(st.sampled_from(["Jane", "p-1", None])))
        event = replaced(event, participant=named)
    return replaced(event, at=draw(st.none() | moments))


facts = st.none() | st.builds(
    Known,
    started_by=st.none() | strategies.participant_types,
    present=st.frozensets(strategies.participant_types, max_size=3),
    everybody=st.booleans(),
    responsible=st.sampled_from([None, (), ("Anna",), ("Ben", "a-1")]),
    labels=st.none() | st.frozensets(st.sampled_from(["vip", "spam"])),
    attributes=st.none() | st.dictionaries(st.sampled_from(["plan", "vip"]), st.sampled_from(["pro", 1, True])),
    first_message=st.none() | st.booleans(),
    reopened=st.none() | st.booleans(),
    contact=st.lists(contacts, max_size=1).map(tuple),
    past=st.dictionaries(strategies.flow_ids, st.builds(Starts, st.none() | moments, st.booleans(), st.booleans())),
    every_start=st.booleans(),
    served=st.frozensets(st.tuples(strategies.flow_ids, contacts), max_size=3),
    every_contact=st.booleans(),
)


def conditional() -> st.SearchStrategy[Flow]:
    return st.builds(
        lambda each, when: replaced(each, when=when), strategies.listeners(), st.none() | strategies.whens()
    )


def workspaces() -> st.SearchStrategy[Workspace]:
    return strategies.workspaces(conditional()).map(lambda each: Workspace(CONFIG, each.flows))


def assert_agree(matcher: Matcher, where: Workspace, event: Event, known: Known | None) -> None:
    runs, depends = matcher.decide(event, known)
    verdicts = {each.id: starts(each, event, where.config, known) for each in where.flows.values()}
    assert list(runs) == sorted(flow_id for flow_id, verdict in verdicts.items() if verdict is True)
    assert list(depends) == sorted(flow_id for flow_id, verdict in verdicts.items() if verdict is None)


@given(workspaces(), st.lists(st.tuples(events(), facts), min_size=1, max_size=4))
def test_the_compiled_form_agrees_with_the_predicate(
    where: Workspace, occasions: list[tuple[Event, Known | None]]
) -> None:
    matcher = compile_matcher(where)
    for event, known in (*occasions, *occasions):  # a key that was met before, too
        assert_agree(matcher, where, event, known)
        assert matcher.match(event) == matcher.decide(event).runs
        assert matcher.has_conditions(event.key) == any(
            each.when is not None and matches(each, event.key, CONFIG) for each in where.flows.values()
        )


some_phrases = st.lists(st.sampled_from(["a", "a b", "b", "b a", "c*", "+", "ß", "SS"]), min_size=1, max_size=3)
text_lines = st.dictionaries(
    st.sampled_from(["text_any", "text_all", "text_none", "text_starts"]), some_phrases.map(tuple), min_size=1
)
answers_to_texts = st.builds(
    lambda flow_id, lines, others: replaced(flow(flow_id), when=When(**lines, **others)),
    strategies.flow_ids,
    text_lines,
    st.sampled_from([{}, {}, {"responsible": "nobody"}, {"labels": ("vip",)}]),
)
small_texts = st.lists(st.sampled_from(["a", "b", "cc", "+", "ss", "x"]), max_size=5).map(" ".join)


@given(strategies.workspaces(answers_to_texts), st.lists(st.none() | small_texts, min_size=1, max_size=4), facts)
def test_flows_that_ask_for_the_same_phrases(where: Workspace, said: list[str | None], known: Known | None) -> None:
    matcher = compile_matcher(where)
    for text in said:
        event = Event(event="message_created", channel="whatsapp", message=Message(type="text", text=text))
        assert_agree(matcher, where, event, known)


@pytest.mark.parametrize("text", ["nothing of that", "word 3, please", None])
def test_flows_whose_phrases_do_not_occur_cost_nothing(text: str | None) -> None:
    event = Event(event="message_created", channel="whatsapp", message=Message(type="text", text=text))

    def asked(count: int) -> int:
        flows = (replaced(flow(f"f-{n}"), when=When(text_any=(f"word {n}", f"other{n}"))) for n in range(count))
        return calls(partial(compile_matcher(workspace(*flows)).decide, event))

    assert asked(1_000) == asked(10)


@given(workspaces(), conditional(), events(), facts)
def test_an_updated_matcher_agrees_too(where: Workspace, edited: Flow, event: Event, known: Known | None) -> None:
    matcher = compile_matcher(where)
    matcher.match(event)
    after = where.with_flow(edited)
    assert_agree(matcher.updated(where.flows, after.flows, (edited.id,)), after, event, known)
    assert_agree(matcher, where, event, known)


_CONDITIONAL = st.builds(lambda each, when: replaced(each, when=when), strategies.listeners(), strategies.whens())
_ANSWERS = (False, None, True)
"""From not at all, by *depends*, to certain."""


@given(_CONDITIONAL, events(), facts, st.data())
def test_a_flow_without_its_conditions_starts_at_least_where_it_started(
    each: Flow, event: Event, known: Known | None, data: st.DataObject
) -> None:
    """In both forms, with all lines dropped or some: runs stays runs, and depends becomes depends or runs."""
    assert each.when is not None
    dropped = data.draw(st.lists(st.sampled_from(each.when.lines), min_size=1, unique=True))
    bare, fewer = replaced(each, when=None), replaced(each, when=each.when.without(*dropped))
    answers = [_ANSWERS.index(starts(one, event, CONFIG, known)) for one in (each, fewer, bare)]
    assert answers == sorted(answers)
    assert answers[2] != _ANSWERS.index(None), "a trigger always knows"
    compiled = [compile_matcher(Workspace(CONFIG, {one.id: one})).decide(event, known) for one in (each, fewer, bare)]
    assert [_ANSWERS.index(True if runs else None if depends else False) for runs, depends in compiled] == answers


@given(conditional(), events(), facts)
def test_explanations_say_what_the_predicate_says(each: Flow, event: Event, known: Known | None) -> None:
    explanation, verdict = explain(each, event, CONFIG, known), starts(each, event, CONFIG, known)
    assert explanation.matched == (verdict is True)
    assert bool(explanation.depends_on) == (verdict is None)
    assert bool(explanation.failed) == (verdict is not True)
    if verdict is None:
        assert explanation.failed == explanation.depends_on
        assert explanation.edits == ()
    assert [clause.clause for clause in explanation.clauses if clause.ok is not True and clause.expected is not None][
        :1
    ] == list(explanation.failed)[:1] or "message_types" in explanation.failed
    if verdict is True:
        assert all(starts(edit.flow, event, CONFIG, known) is False for edit in explanation.edits)
    if verdict is False:
        for edit in explanation.edits:
            assert edit.flow != each
            assert starts(edit.flow, event, CONFIG, known) is (None if edit.depends else True)
            assert explain(edit.flow, event, CONFIG, known).depends_on == edit.depends


def test_an_edit_removes_the_lines_that_do_not_hold() -> None:
    asked = replaced(flow("a"), when=When(text_any=("x",), text_none=("y",), responsible="nobody"))
    event = Event(event="message_created", channel="whatsapp", message=Message(type="text", text="hi"))
    (edit,) = explain(asked, event, CONFIG, Known(responsible=("Anna",))).edits
    assert edit.words == "remove text_any from [when], remove responsible from [when]"
    assert edit.spoken == "drop the condition “the text has “x””, drop the condition “nobody is responsible”"
    assert edit.shift == Shift(("text_any", "responsible"), "more", 351)
    assert edit.flow.when == When(text_none=("y",))


def test_keys_without_conditions_are_answered_as_before() -> None:
    where = workspace(flow("a"), replaced(flow("b", "participant_added"), when=When(responsible="nobody")))
    matcher = compile_matcher(where)
    assert matcher.conditional
    message = Event(event="message_created", channel="whatsapp")
    assert not matcher.has_conditions(message.key)
    assert matcher.match_key(message.key) == ("a",)
    joined = Event(event="participant_added", channel="whatsapp")
    assert matcher.match_key(joined.key) == matcher.match(joined) == ()
    assert matcher.decide(joined).depends == ("b",)
    assert matcher.decide(joined, lambda: Known(responsible=())).runs == ("b",)
