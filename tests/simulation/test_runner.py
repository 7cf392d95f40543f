"""Scenarios: expected flows against started flows, event by event, and bad events that do not stop the rest."""

from datetime import timedelta

from tests.builders import ANNA, CREATED, added, flow, message, run_events, scenario, scripted, workspace

from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.steps import AddNote, CloseConversation, SendMessage, Wait
from oncue.matching.matcher import compile_matcher
from oncue.simulation.clock import BEGIN
from oncue.simulation.results import ScenarioResult
from oncue.simulation.runner import first_failure, iter_results

WHERE = workspace(
    flow("bye", "participant_added", CloseConversation(), by="agent"),
    flow("greet", "message_created", SendMessage(text="Hi"), by="contact"),
    flow("log", "message_created", AddNote(text="x")),
)


START = scripted(CREATED)
WROTE = scripted(message())


def wrote(*expect: str) -> ScenarioEvent:
    """A message that is expected to start exactly these flows."""
    return scripted(message(), expect=expect)


def result_of(*events: ScenarioEvent) -> ScenarioResult:
    return run_events(WHERE, *events)


def test_what_was_expected_and_started_is_ok() -> None:
    result = result_of(START, wrote("log", "greet", "greet"))
    assert result.ok
    assert (result.events[1].expected, result.events[1].fired) == (("greet", "log"), ("greet", "log"))


def test_missing_and_unexpected_flows_are_named() -> None:
    result = result_of(START, wrote("bye", "log"))
    assert [each.ok for each in result.events] == [True, False]
    assert (result.events[1].missing, result.events[1].unexpected, result.ok) == (("bye",), ("greet",), False)


def test_nothing_expected_is_checked_and_no_expectation_is_not() -> None:
    assert not result_of(START, wrote()).ok
    assert result_of(START, WROTE).ok


def test_the_cascade_does_not_count_as_started() -> None:
    result = result_of(START, wrote("greet", "log"))
    trace = result.traces[1]
    assert result.ok
    assert trace.runs[0].steps[0].caused[0].matched == ("log",)


def test_an_impossible_event_is_reported_and_the_rest_is_run() -> None:
    result = result_of(WROTE, START, START, wrote("greet", "log"))
    assert [each.refusal is None for each in result.events] == [False, True, False, True]
    assert [each.ok for each in result.events] == [False, True, False, True]
    assert [str(problem) for problem in result.problems] == [
        "scenarios/s.toml: events[1]: conversation c-1 has not started; play conversation_created first",
        "scenarios/s.toml: events[3]: conversation c-1 was created already; "
        'conversation = "…" gives another one a name',
    ]
    assert not result.ok


def test_a_refused_event_misses_what_it_was_expected_to_start() -> None:
    (refused,) = result_of(wrote("greet")).events
    assert (refused.trace, refused.fired, refused.missing) == (None, (), ("greet",))


def test_unknown_names_are_problems_with_the_nearest_one() -> None:
    result = result_of(scripted(CREATED, instance="mial"), START, wrote("gret"))
    assert [str(problem) for problem in result.problems] == [
        "scenarios/s.toml: events[1].instance: no instance 'mial'; did you mean 'mail'?",
        "scenarios/s.toml: events[3].expect: no flow 'gret'; did you mean 'greet'?",
    ]
    assert result.events[0].refusal == "no instance 'mial'; did you mean 'mail'?"
    assert result.events[1].ok


def test_an_unnamed_event_belongs_to_the_current_conversation_of_its_instance() -> None:
    result = result_of(
        START,
        scripted(CREATED, instance="mail"),
        WROTE,
        scripted(CREATED, conversation="c-3"),
        scripted(message(), instance="mail"),
    )
    assert [each.conversation for each in result.events] == ["c-1", "c-2", "c-1", "c-3", "c-2"]
    assert result.ok


def test_after_a_close_conversation_created_starts_the_next_one() -> None:
    result = result_of(START, scripted(added(ANNA)), scripted(message(ANNA)), START, WROTE)
    assert [(each.conversation, each.refusal is None) for each in result.events] == [
        ("c-1", True),
        ("c-1", True),
        ("c-1", False),
        ("c-2", True),
        ("c-2", True),
    ]


def test_names_that_the_scenario_uses_are_not_given_to_others() -> None:
    result = result_of(START, scripted(CREATED, conversation="c-1"))
    assert [each.conversation for each in result.events] == ["c-2", "c-1"]


def test_a_conversation_is_on_one_instance() -> None:
    named = scripted(CREATED, conversation="x")
    result = result_of(named, scripted(message(), conversation="x", instance="mail"))
    assert result.events[1].refusal == "the event is of instance 'mail', but this conversation's instance is 'wa'"


def test_the_clock_is_virtual() -> None:
    times = [trace.event.at for trace in result_of(START, WROTE, WROTE).traces]
    assert times == [BEGIN, BEGIN + timedelta(minutes=1), BEGIN + timedelta(minutes=2)]


def test_it_can_be_run_event_by_event() -> None:
    results = iter_results(scenario(START, WROTE), WHERE, compile_matcher(WHERE))
    assert next(results).number == 1
    assert next(results).fired == ("greet", "log")


def test_the_first_failure_is_the_first_that_was_delivered() -> None:
    """Its flows wait, so that it is complete after the next one, which fails, too."""
    where = workspace(flow("later", "conversation_created", Wait(for_="1h"), AddNote(text="x")))
    script = scenario(scripted(CREATED, expect=()), wrote("later"))
    matcher = compile_matcher(where)
    assert [each.number for each in iter_results(script, where, matcher)] == [2, 1]
    assert first_failure(script, where, matcher) == 1
    assert first_failure(scenario(START, WROTE), where, matcher) is None
