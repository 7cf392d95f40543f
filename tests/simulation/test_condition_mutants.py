"""Conditions are dropped, made wider or narrower by one value, and negated; each mutant decides otherwise somewhere."""

from typing import Any

import pytest
from hypothesis import given
from tests.builders import flow, workspace
from tests.strategies import whens

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote
from oncue.domain.values import replaced
from oncue.simulation.condition_mutants import changes_of
from oncue.simulation.mutants import mutants_of

CONFIG = workspace().config


@pytest.mark.parametrize(
    ("lines", "changed"),
    [
        ({"text_any": ["a", "b"]}, [None, {"text_any": ["a"]}, {"text_none": ["a", "b"]}]),
        (
            {"text_any": ["a"], "text_none": ["b"]},
            [{"text_none": ["b"]}, {"text_none": ["b", "a"]}, {"text_any": ["a"]}],
        ),
        ({"text_none": ["b"]}, [None, {"text_any": ["b"]}]),
        ({"text_all": ["a", "b"]}, [None, {"text_all": ["a"]}]),
        ({"text_all": ["a"]}, [None, {"text_none": ["a"]}]),
        ({"present": ["agent", "bot"]}, [None, {"present": ["agent"]}]),
        ({"absent": ["bot"]}, [None, {"present": ["bot"]}]),
        ({"attributes": {"plan": "pro", "vip": True}}, [None, {"attributes": {"plan": "pro"}}]),
        ({"labels": ["x"]}, [None, {"without_labels": ["x"]}]),
        ({"without_labels": ["x", "y"]}, [None, {"without_labels": ["x"]}]),
        ({"responsible": "nobody"}, [None, {"responsible": "somebody"}]),
        ({"responsible": "Anna"}, [None]),
        ({"first_message": True}, [None, {"first_message": False}]),
        ({"reopened": False}, [None, {"reopened": True}]),
        ({"during_hours": ["office"]}, [None, {"outside_hours": ["office"]}]),
        ({"outside_hours": ["office"]}, [None, {"during_hours": ["office"]}]),
        ({"once_per": "contact"}, [None, {"once_per": "conversation"}]),
        ({"once_per": "day"}, [None]),
        ({"cooldown": "1h"}, [None]),
    ],
)
def test_the_changes_of_each_line(lines: dict[str, Any], changed: list[dict[str, Any] | None]) -> None:
    found = [each.when for each in changes_of(When(**lines))]
    assert found == [each and When(**each) for each in changed]


@given(whens())
def test_every_change_is_another_condition_in_other_words(when: When) -> None:
    for change in changes_of(when):
        assert change.when != when
        assert change.key in when.lines
    words = [(each.key, each.words) for each in changes_of(when)]
    assert len({*words}) == len(words)


def test_a_mutant_that_decides_alike_is_left_out() -> None:
    same = replaced(
        flow("a", "message_created", AddNote(text="n")),
        when=When(
            text_any=(
                "refund",
                "refund*",
            ),
            text_none=(
                "no",
                "yes",
            ),
        ),
    )
    by_words = {each.words: each for each in mutants_of(same, CONFIG)}
    only = by_words["“the text has “refund”” instead of “the text has “refund” or “refund*””"]
    assert any(only.differs_on(key, CONFIG) for key in _keys(same))
    turned = replaced(
        same,
        when=When(
            text_any=(
                "refund*",
                "refund",
            )
        ),
    )
    (less,) = [each for each in mutants_of(turned, CONFIG) if each.change and each.change.narrower]
    assert not any(less.differs_on(key, CONFIG) for key in _keys(turned)), "“refund*” has “refund” among its words"


def test_a_narrower_line_starts_less_often_and_a_wider_one_more_often() -> None:
    when = When(
        text_any=(
            "a",
            "b",
        ),
        text_none=(
            "c",
            "d",
        ),
        once_per="conversation",
    )
    setting = Setting("message_created", "contact")
    old = Conditions("f", when, CONFIG)
    for change in changes_of(when):
        new = Conditions("f", change.when, CONFIG)
        if change.words.startswith("only if"):
            continue
        stronger, weaker = (new, old) if change.narrower else (old, new)
        assert not solve(setting, [stronger], [weaker]).possible
        assert solve(setting, [weaker], [stronger]).possible


def _keys(of: Flow) -> list[EventKey]:
    trigger = of.trigger
    return [EventKey(trigger.event, trigger.channel, each.id, "contact", "text") for each in CONFIG.instances]
