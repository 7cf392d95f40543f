from dataclasses import replace

import pytest
from tests.builders import CREATED, JANE, flow, message, removed, run_events, scripted, workspace

from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import ExpectedEffects
from oncue.domain.steps import AddNote, SendMessage
from oncue.simulation.results import EventResult
from oncue.workbench.expectations import (
    TextDifference,
    contradiction,
    event_of,
    explain_missing,
    explain_unexpected,
    text_differences,
)
from oncue.workbench.result_json import event_result_json

WHERE = replace(
    workspace(flow("greet", "conversation_created"), flow("reply", by="agent")),
    problems=(Problem("flows/broken.toml", "no TOML", Code.SYNTAX),),
)


def result(*expect: str) -> EventResult:
    return run_events(WHERE, scripted(CREATED, expect=expect)).events[0]


def test_a_flow_that_did_not_start_is_explained_by_its_clauses() -> None:
    (missing,) = explain_missing(result("greet", "reply"), WHERE)
    assert (missing.flow_id, missing.reason) == ("reply", None)
    assert missing.explanation is not None
    assert missing.explanation.failed == ("event", "participant_types")


def test_a_flow_that_is_not_there_is_no_matter_of_clauses() -> None:
    broken, gret = explain_missing(result("broken", "gret"), WHERE)
    assert broken.reason == "its file cannot be used: flows/broken.toml: no TOML"
    assert gret.reason == "there is no flow 'gret'; did you mean 'greet'?"
    assert broken.explanation is gret.explanation is None


def test_an_event_that_cannot_happen_starts_nothing() -> None:
    impossible = run_events(WHERE, scripted(removed(JANE), expect=["greet"])).events[0]
    assert [each.reason for each in explain_missing(impossible, WHERE)] == ["the event cannot happen"]
    assert event_of(impossible, WHERE).channel == "whatsapp"


def test_a_flow_that_would_match_an_event_that_starts_nothing_has_the_reason_of_the_event() -> None:
    where = workspace(flow("reply"), first_message_fires_message_created=False)
    first = run_events(where, scripted(CREATED), scripted(message(), expect=["reply"])).events[1]
    (missing,) = explain_missing(first, where)
    assert missing.explanation is not None
    assert missing.explanation.matched
    assert missing.reason is not None


def test_an_event_that_starts_nothing_is_the_reason_also_where_a_clause_fails() -> None:
    where = workspace(flow("greet", "conversation_created"), first_message_fires_message_created=False)
    first = run_events(where, scripted(CREATED), scripted(message(), expect=["greet"])).events[1]
    (missing,) = explain_missing(first, where)
    assert missing.reason is not None
    assert "belongs to the start of the conversation" in missing.reason
    assert event_result_json(first, "once", where)["missing"][0]["edits"] == [], "no edit would help"


def test_what_is_expected_of_events_that_are_alike_can_be_contradictory() -> None:
    once = [scripted(message(), expect=["any"]), scripted(message(text="again"), expect=[])]
    where = workspace(flow("any"))
    events = run_events(where, scripted(CREATED), *once, scripted(message(kind="image"), expect=[])).events
    assert contradiction("any", events[2], events) == (
        "event 2 is alike and is expected to start it, and no trigger tells them apart"
    )
    assert contradiction("any", events[1], events) == (
        "event 3 is alike and is expected not to start it, and no trigger tells them apart"
    )
    assert contradiction("any", events[3], events) is None, "an image is something else"
    assert contradiction("any", events[2], events[2:]) is None


def test_conditions_tell_apart_what_triggers_cannot() -> None:
    where = workspace(flow("any"))
    once, never = scripted(message(), expect=["any"]), scripted(message(), expect=[])
    events = run_events(where, scripted(CREATED), once, never).events
    (unexpected,) = event_result_json(events[2], "once", where, events)["unexpected"]
    assert unexpected["no_edit"] is None
    assert [each["words"] for each in unexpected["edits"]] == [
        'set once_per = "conversation" in [when]',
        "set first_message = true in [when]",
    ]
    events = run_events(where, scripted(CREATED), once, once, never).events
    (unexpected,) = event_result_json(events[3], "once", where, events)["unexpected"]
    assert (unexpected["edits"], unexpected["no_edit"]) == ([], contradiction("any", events[3], events))


def test_a_flow_that_started_unexpectedly_has_clauses_that_all_hold() -> None:
    (explanation,) = explain_unexpected(result(), WHERE)
    assert explanation.flow.id == "greet"
    assert explanation.matched
    assert not explain_unexpected(result("greet"), WHERE)
    assert not explain_missing(result("greet"), WHERE)


@pytest.mark.parametrize(
    ("expected", "found", "first", "at"),
    [
        (("a", "b"), ("a", "c"), 1, 0),
        (("same", "abcd"), ("same", "abXd"), 1, 2),
        (("a",), ("a", "b"), 1, 0),
        ((), ("b",), 0, 0),
        (("ab",), ("abc",), 0, 2),
        (("x", "y"), ("y", "x"), 0, 0),
    ],
)
def test_where_texts_differ_first(expected: tuple[str, ...], found: tuple[str, ...], first: int, at: int) -> None:
    difference = TextDifference("send", "sent", expected, found)
    assert (difference.first, difference.at) == (first, at)


def test_texts_that_are_not_expected_or_as_expected_do_not_differ() -> None:
    where = workspace(flow("reply", "message_created", SendMessage(text="Hello"), AddNote(text="noted"), by="contact"))

    def differing(**expected: object) -> list[str]:
        effects = ExpectedEffects(**expected)  # type: ignore[arg-type]
        events = run_events(where, scripted(CREATED), scripted(message(), expect_effects=effects)).events
        (sentences, differences) = events[1].differences, text_differences(events[1])
        assert [each.sentence for each in differences] == [
            sentence[: len(each.sentence)] for sentence, each in zip(sentences, differences, strict=True)
        ]
        return [each.past for each in differences]

    assert text_differences(run_events(where, scripted(CREATED)).events[0]) == []
    assert differing(closed=False) == []
    assert differing(messages=("Hello",), notes=("noted",)) == []
    assert differing(messages=("Hallo",), notes=("Noted",)) == ["sent", "noted"]
