"""When events happen: a minute apart, after a time, or at one."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import CREATED, message, run_events, scripted, workspace

from oncue.domain.fitting import ContradictionError
from oncue.domain.scenarios import ScenarioEvent
from oncue.simulation.clock import BEGIN, PACE, Clock

WHERE = workspace()
EARLY = datetime(2020, 3, 29, 0, 30, tzinfo=UTC)


def minutes(*events: ScenarioEvent, since: datetime = BEGIN) -> list[float | None]:
    """When each happened; ``None`` for one that is refused."""
    results = run_events(WHERE, *events).events
    return [(each.at - since) / PACE if each.at and each.trace else None for each in results]


def test_a_minute_passes_or_what_the_event_says() -> None:
    said = [scripted(message(), after=after) for after in (None, "10m", "0s", "1h", None)]
    assert minutes(scripted(CREATED), *said) == [0, 1, 11, 11, 71, 72]
    assert minutes(scripted(CREATED, after="5m"), scripted(message())) == [5, 6]


def test_the_first_event_may_begin_at_any_time_and_time_never_goes_back() -> None:
    at = [EARLY, EARLY + 5 * PACE, EARLY + 4 * PACE, EARLY.replace(tzinfo=None) + 5 * PACE]
    events = [scripted(message() if number else CREATED, at=each) for number, each in enumerate(at)]
    assert minutes(*events, scripted(message()), since=EARLY) == [0, 5, None, 5, 6]
    (refusal,) = filter(None, (each.refusal for each in run_events(WHERE, *events).events))
    assert refusal == "2020-03-29 00:34 UTC is over: it is 2020-03-29 00:35 UTC already"


def test_a_refused_event_takes_its_time() -> None:
    assert minutes(scripted(message()), scripted(CREATED)) == [None, 1]


def test_no_time_is_outside_the_calendar() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    result = run_events(WHERE, scripted(CREATED, at=last), scripted(message()), scripted(message(), after="1d"))
    assert [(each.refusal or "")[:35] for each in result.events] == ["", *["it happens outside the calendar, wh"] * 2]
    assert Clock(last).later_by(timedelta(days=1)) == last


def test_after_and_at_contradict_each_other() -> None:
    with pytest.raises(ContradictionError, match="remove one of them"):
        scripted(CREATED, after="1m", at=EARLY)


def test_when_time_has_passed_the_next_event_happens_right_then() -> None:
    clock = Clock(BEGIN)
    clock.event_at(BEGIN)
    clock.passed_to(BEGIN + 10 * PACE)
    assert clock.time_of(scripted(message())) == BEGIN + 10 * PACE
    assert clock.time_of(scripted(message(), after="30m")) == BEGIN + 30 * PACE
    assert clock.time_of(scripted(message(), after="3m")) == BEGIN + 10 * PACE
