"""The laws of narrowed conditions: none is proposed that would not keep the flow off."""

from typing import Any

import pytest
from hypothesis import given
from tests import strategies
from tests.builders import ANNA, flow
from tests.matching.test_candidates import CONFIG as HOURS
from tests.matching.test_candidates import events, facts
from tests.matching.test_conditions import AT, CONFIG, HOUR, known, past, wrote

from oncue.domain.checks import check_flow
from oncue.domain.conditions import When
from oncue.domain.events import Event
from oncue.domain.values import replaced
from oncue.matching.conditions import all_hold, line_verdicts
from oncue.matching.explain import explain
from oncue.matching.line_changes import with_lines
from oncue.matching.narrowings import MOST, narrowings
from oncue.matching.occasions import Known, Occasion


@given(strategies.whens(), events(), facts)
def test_none_would_let_the_flow_run(when: When, event: Event, known: Known | None) -> None:
    now = Occasion.of(event, HOURS, known)
    if all_hold(line_verdicts(when, now, "a").values()):
        for change in narrowings(replaced(flow("a"), when=when), now):
            after = with_lines(when, [change])
            assert after is not None
            assert line_verdicts(after, now, "a")[change.key] is False


@given(events(), facts)
def test_few_are_offered_and_none_makes_a_problem(event: Event, known: Known | None) -> None:
    each = replaced(flow("a", event.event), when=When(present=frozenset({"agent"})))
    explanation = explain(each, event, HOURS, known)
    if explanation.matched:
        of_lines = [edit for edit in explanation.edits if edit.flow.when != each.when]
        assert len(of_lines) <= MOST
        assert all(check_flow(edit.flow, HOURS) == check_flow(each, HOURS) for edit in of_lines)


def words(when: When | None, facts: Known, event: Event) -> list[str]:
    now = Occasion.of(event, CONFIG, facts)
    changes = narrowings(replaced(flow("me"), when=when), now)
    return [each.words.removesuffix(" in [when]").removesuffix(" from [when]") for each in changes]


LATE = wrote(at=AT + 7 * HOUR)


@pytest.mark.parametrize(
    ("when", "facts", "said"),
    [
        (None, {}, []),
        (When(text_any=("hi", "hello")), {}, ['remove "hi" from text_any']),
        (When(text_any=("hi",)), {}, []),
        (When(started_by=frozenset({"contact", "bot"})), {"started_by": "bot"}, ['remove "bot" from started_by']),
        (None, {"ran": frozenset({"me"})}, ['set once_per = "conversation"']),
        (When(once_per="day"), {"ran": frozenset({"me"})}, []),
        (None, {"responsible": ("Anna",), "present": frozenset({"agent"})}, ['set responsible = "nobody"']),
        (None, {"responsible": (), "present": frozenset({"agent"})}, ['set absent = ["agent"]']),
        (When(absent=frozenset({"bot"})), {"present": frozenset({"agent"})}, ['add "agent" to absent']),
        (None, {"first_message": False}, ["set first_message = true"]),
        (None, {"labels": frozenset({"vip"})}, ['set without_labels = ["vip"]']),
        (None, {"labels": frozenset({"vip", "new"})}, []),
        (None, {"reopened": True}, ["set reopened = false"]),
    ],
)
def test_the_likeliest_reasons_to_keep_quiet(when: When | None, facts: dict[str, Any], said: list[str]) -> None:
    assert words(when, known(**facts), LATE) == said


def test_hours_that_run_are_a_reason_and_an_agent_who_writes_is_none() -> None:
    assert words(None, known(), wrote()) == ['set outside_hours = ["office"]']
    assert words(None, known(present=frozenset({"agent"})), wrote(who=ANNA, at=None)) == []
    assert words(When(cooldown="1h"), past(2 * HOUR), LATE) == ['set once_per = "conversation"']
