"""A scenario's file is edited where its expectations changed, and nowhere else."""

from dataclasses import replace

import pytest

from oncue.domain.scenarios import ExpectedEffects, Scenario
from oncue.domain.values import replaced
from oncue.errors import SaveError
from oncue.storage.codec import decode_scenario
from oncue.storage.scenario_text import scenario_bytes

TEXT = b"""\
# What Jane sees.
name = "Jane"   # short

[[events]]
event = "conversation_created"
instance = "wa"
participant = { type = "contact", name = "Jane" }
expect = ["welcome"]  # the greeting

# Then she writes.
[[events]]
event = "message_created"
instance = "wa"
expect = []
"""


def with_event(scenario: Scenario, at: int, **changes: object) -> Scenario:
    events = list(scenario.events)
    events[at] = replaced(events[at], **changes)
    return replaced(scenario, events=tuple(events))


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_only_the_expectation_changes(newline: bytes) -> None:
    text = TEXT.replace(b"\n", newline)
    before = decode_scenario("jane", text)
    assert scenario_bytes(before, text) == text
    data = scenario_bytes(with_event(before, 0, expect=("hello", "welcome")), text)
    assert data == text.replace(b'["welcome"]  # the', b'["hello", "welcome"]  # the')


def test_a_time_stays_as_it_was_written() -> None:
    text = TEXT.replace(b"expect = []", b"at = 2026-07-10T16:50:00Z  # at noon\nexpect = []")
    after = with_event(decode_scenario("jane", text), 1, expect=("a",))
    assert scenario_bytes(after, text) == text.replace(b"expect = []", b'expect = ["a"]')


def test_an_expectation_of_effects_comes_and_reads_back() -> None:
    before = decode_scenario("jane", TEXT)
    after = with_event(before, 1, expect=("a",), expect_effects=ExpectedEffects(loops=("a",)))
    data = scenario_bytes(after, TEXT)
    assert decode_scenario("jane", data) == after
    assert data.startswith(TEXT[: TEXT.index(b"# Then she writes.")])


def test_events_in_a_list_are_edited_too() -> None:
    text = b'name = "J"\nevents = [\n  { event = "conversation_created", instance = "wa", expect = ["a"] },  # one\n]\n'
    before = decode_scenario("j", text)
    assert scenario_bytes(with_event(before, 0, expect=("b",)), text) == text.replace(b'"a"', b'"b"')


def test_what_would_lose_a_comment_is_refused() -> None:
    before = decode_scenario("jane", TEXT)
    with pytest.raises(SaveError, match="without losing comments"):
        scenario_bytes(replace(before, events=before.events[:1]), TEXT)
