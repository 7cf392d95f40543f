"""The laws of widened lines: they hold, each part of the change is needed, and most keep what held."""

from typing import Any

import pytest
from hypothesis import given
from tests import strategies
from tests.matching.test_candidates import CONFIG as HOURS
from tests.matching.test_candidates import events, facts
from tests.matching.test_conditions import AT, CASES, CONFIG, HOUR, NOW, STARTED, known, past, wrote

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.events import Event, Participant
from oncue.matching.conditions import LINES, line_verdicts
from oncue.matching.line_changes import with_lines
from oncue.matching.occasions import Known, Occasion
from oncue.matching.widenings import widenings

SHORTENED = ("text_all", "text_none", "attributes", "present", "absent", "labels", "without_labels", "outside_hours")
"""Lists that lose values when they are widened."""


def words(key: str, written: Any, event: Event, facts: Known) -> list[str]:
    changes = widenings(key, When(**{key: written}), Occasion.of(event, CONFIG, facts), "me")
    return [each.words.removesuffix(" in [when]").removesuffix(" from [when]") for each in changes]


@given(strategies.whens(), events(), facts)
def test_a_widened_line_holds_and_no_part_of_the_change_can_be_missed(
    when: When, event: Event, known: Known | None
) -> None:
    now = Occasion.of(event, HOURS, known)
    for key, ok in line_verdicts(when, now, "a").items():
        if ok is not False:
            continue
        for change in widenings(key, when, now, "a"):
            assert change.verdict(now, "a") is True
            assert with_lines(when, [change]) != when
            assert change.words
            assert change.spoken
            if change.value is not None and key in SHORTENED:
                old = getattr(when, key)
                for each in old:
                    if each not in change.value:
                        value = {**change.value, each: old[each]} if key == "attributes" else {*change.value, each}
                        back = value if key == "attributes" else type(old)(value)
                        assert LINES[key](back, now, "a") is not True


@pytest.mark.parametrize("case", [case for case in CASES if case[-1] is False], ids=lambda case: case[0])
def test_every_line_that_fails_is_widened(case: tuple[Any, ...]) -> None:
    key, written, event, facts, _ = case
    assert words(key, written, event, facts)


def test_every_line_is_among_them() -> None:
    assert {case[0] for case in CASES if case[-1] is False} == set(CONDITIONS)


@pytest.mark.parametrize(
    ("key", "written", "event", "facts", "said"),
    [
        ("text_any", ["thing", "boat"], wrote("two boats"), NOW, 'replace "boat" by "boat*" in text_any'),
        ("text_any", ["hi"], wrote("history"), NOW, "remove text_any"),
        ("text_any", ["boat"], wrote("kayak"), NOW, "remove text_any"),
        ("text_starts", ["boat"], wrote("boats"), NOW, 'replace "boat" by "boat*" in text_starts'),
        ("text_all", ["boat", "two"], wrote("boats"), NOW, 'replace "boat" and "two" by "boat*" in text_all'),
        ("text_all", ["x", "two"], wrote("two"), NOW, 'remove "x" from text_all'),
        ("text_all", ["x"], wrote("two"), NOW, "remove text_all"),
        ("text_none", ["x", "two"], wrote("two"), NOW, 'remove "two" from text_none'),
        ("text_none", ["two"], wrote("two"), NOW, "remove text_none"),
        ("text_none", ["two"], STARTED, NOW, "remove text_none"),
        ("participants", ["Tom"], wrote(), NOW, 'add "Jane" to participants'),
        ("participants", ["Tom"], wrote(who=Participant(type="contact")), known(everybody=True), "remove participants"),
        ("attributes", {"plan": "pro", "x": 1}, wrote(), known(attributes={"x": 1}), "remove plan from attributes"),
        ("started_by", ["agent"], wrote(), known(started_by="bot"), 'add "bot" to started_by'),
        (
            "present",
            ["agent", "bot"],
            wrote(),
            known(present=frozenset({"bot"}), everybody=True),
            'remove "agent" from present',
        ),
        ("absent", ["agent"], wrote(), known(present=frozenset({"agent"})), "remove absent"),
        ("responsible", "Ben", wrote(), known(responsible=("Anna",)), 'set responsible = "somebody"'),
        ("responsible", "Ben", wrote(), known(responsible=()), "remove responsible"),
        ("responsible", "nobody", wrote(), known(responsible=("Anna",)), "remove responsible"),
        ("labels", ["vip", "new"], wrote(), known(labels=frozenset({"new"})), 'remove "vip" from labels'),
        ("without_labels", ["vip"], wrote(), known(labels=frozenset({"vip"})), "remove without_labels"),
        (
            "first_message",
            True,
            wrote(),
            known(first_message=False),
            "remove first_message | set first_message = false",
        ),
        ("first_message", True, STARTED, known(first_message=False), "remove first_message"),
        ("reopened", False, wrote(), known(reopened=True), "remove reopened | set reopened = true"),
        ("during_hours", ["nights"], wrote(), NOW, 'add "office" to during_hours'),
        ("during_hours", ["office"], wrote(at=AT + 7 * HOUR), NOW, "remove during_hours"),
        ("outside_hours", ["office", "nights"], wrote(), NOW, 'remove "office" from outside_hours'),
        ("once_per", "conversation", wrote(), past(24 * HOUR), 'set once_per = "day"'),
        ("once_per", "day", wrote(), past(HOUR), "remove once_per"),
        ("cooldown", "1d", wrote(), past(HOUR * 3 / 2), 'set cooldown = "90m"'),
        ("cooldown", "1d", wrote(), past(-HOUR), "remove cooldown"),
    ],
)
def test_widened_by_as_little_as_a_person_would_want(
    key: str, written: Any, event: Event, facts: Known, said: str
) -> None:
    assert " | ".join(words(key, written, event, facts)) == said
