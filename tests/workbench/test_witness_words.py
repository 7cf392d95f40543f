"""A witness tells what the conditions in question look at, and nothing else."""

import json

import pytest
from tests.analysis.states import CONFIG

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.analysis.states import witness
from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.events import EventKey
from oncue.workbench.witness_words import lines_of, witness_json, witness_words

PLACE = CONFIG.instances[0]
KEY = EventKey("message_created", PLACE.channel, PLACE.id, "contact", "text")
WHENS = {
    "text_any": (When(text_any=("refund",)), "refund"),
    "text_starts": (When(text_starts=("hello",)), "hello"),
    "attributes": (When(attributes={"plan": "pro"}), "the contact has plan = pro"),
    "started_by": (When(started_by=frozenset({"bot"})), "a bot started the conversation"),
    "present": (When(present=frozenset({"agent"})), "agent"),
    "absent": (When(absent=frozenset({"agent"})), "there: contact"),
    "responsible": (When(responsible="Anna"), "Anna is responsible"),
    "labels": (When(labels=("vip",)), "labels: vip"),
    "without_labels": (When(without_labels=("vip",)), "no labels"),
    "first_message": (When(first_message=False), "not the contact's first message"),
    "reopened": (When(reopened=True), "closed before"),
    "during_hours": (When(during_hours=("office",)), "UTC"),
    "once_per": (When(once_per="conversation"), "no flow has started before"),
}


@pytest.mark.parametrize(("when", "words"), WHENS.values(), ids=WHENS)
def test_it_says_what_the_line_looks_at(when: When, words: str) -> None:
    conditions = Conditions("some", when, CONFIG)
    state = solve(Setting.of(KEY), (conditions,)).state
    assert state is not None
    shown = witness(KEY, state)
    assert words in witness_words(shown, CONFIG, lines_of([conditions]))
    assert words not in witness_words(shown, CONFIG, ()) or words in ("agent", "UTC")
    assert set(witness_json(shown)) == {"event", "conversation"}
    json.dumps(witness_json(shown))


def test_who_has_started_before_is_told() -> None:
    conditions = Conditions("some", When(cooldown="30m"), CONFIG)
    state = solve(Setting.of(KEY), (), (conditions,)).state
    assert state is not None
    assert "some started at 2026-" in witness_words(witness(KEY, state), CONFIG, lines_of([conditions]))


def test_lines_are_those_that_were_written() -> None:
    assert lines_of([None, When(reopened=True), Conditions("a", When(labels=("x",)), CONFIG)]) == {"reopened", "labels"}
    assert lines_of([]) <= set(CONDITIONS)
