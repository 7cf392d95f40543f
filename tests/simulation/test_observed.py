"""What a recording tells of its conversations, and how much of it is remembered."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.builders import ANNA, JANE, flow, workspace

from oncue.domain.conditions import When
from oncue.domain.events import Event, Message, Participant
from oncue.domain.values import replaced
from oncue.matching.matcher import compile_matcher
from oncue.matching.occasions import Known
from oncue.simulation import observed
from oncue.simulation.observed import Observed

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BARE = workspace(flow("a"))


def happened(kind: str, who: Participant | None = None, conversation: str | None = "c", minutes: int = 0) -> Event:
    message = Message(type="text", text="hi") if kind == "message_created" else None
    at = AT + timedelta(minutes=minutes)
    return Event(
        event=kind,  # type: ignore[arg-type]
        channel="whatsapp",
        conversation=conversation,
        participant=who,
        message=message,
        at=at,
    )


def last_known(*events: Event) -> Known:
    seen = Observed(BARE)
    return [seen.known(event) for event in events][-1]


STARTED, WROTE = happened("conversation_created", JANE), happened("message_created", JANE)


def test_a_conversation_whose_start_is_recorded() -> None:
    found = last_known(STARTED, happened("participant_added", ANNA), WROTE)
    assert (found.started_by, set(found.present), found.everybody) == ("contact", {"contact", "agent"}, True)
    assert (found.first_message, found.every_start) == (True, True)
    assert (found.responsible, found.labels, found.attributes, found.reopened) == (None, None, None, None)
    assert last_known(STARTED, WROTE, WROTE).first_message is True  # the same event twice is told apart by nothing
    assert last_known(STARTED, WROTE, happened("message_created", JANE, minutes=1)).first_message is False
    assert last_known(STARTED, happened("participant_added", ANNA), happened("participant_removed", ANNA)).present == {
        "contact"
    }


def test_a_conversation_that_was_under_way() -> None:
    found = last_known(happened("message_created", ANNA), WROTE)
    assert (found.started_by, set(found.present), found.everybody) == (None, {"contact", "agent"}, False)
    assert (found.first_message, found.every_start) == (None, False)
    assert last_known(WROTE, happened("message_created", JANE, minutes=1)).first_message is False


def test_without_its_conversation_only_the_event_is_known() -> None:
    lost = replaced(WROTE, conversation=None)
    assert last_known(STARTED, lost)._replace(served=frozenset()) == Known.of_event(lost)


def test_somebody_of_several_who_leaves() -> None:
    ben = Participant(type="agent", name="Ben")
    joined = [happened("participant_added", each) for each in (ANNA, ben)]
    found = last_known(STARTED, *joined, happened("participant_removed", Participant(type="agent")))
    assert (set(found.present), found.everybody) == ({"contact"}, False)
    found = last_known(STARTED, joined[0], happened("participant_removed", Participant(type="agent")))
    assert (set(found.present), found.everybody) == ({"contact"}, True)


def answers(when: When, *events: Event) -> list[str]:
    where = workspace(replaced(flow("a"), when=when))
    matcher, seen, found = compile_matcher(where), Observed(where), []
    for event in events:
        decision = matcher.decide(event, seen.known(event))
        seen.decided(event, decision)
        found.append("runs" if decision.runs else "depends" if decision.depends else "")
    return found


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(once_per="conversation"), ["", "runs", "", ""]),
        (When(cooldown="10m"), ["", "runs", "", "runs"]),
        (When(once_per="contact"), ["", "depends", "depends", "depends"]),
        (When(once_per="conversation", responsible="nobody"), ["", "depends", "depends", "depends"]),
        (When(cooldown="10m", labels=("x",)), ["", "depends", "depends", "depends"]),
    ],
)
def test_the_past_of_flows(when: When, expected: list[str]) -> None:
    wrote = [happened("message_created", JANE, minutes=minutes) for minutes in (1, 5, 11)]
    assert answers(when, STARTED, *wrote) == expected


def test_the_past_before_the_recording_is_not_known() -> None:
    wrote = [happened("message_created", JANE, minutes=minutes) for minutes in (1, 5)]
    assert answers(When(once_per="conversation"), *wrote) == ["depends", "depends"]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "CONVERSATIONS", 2)
    seen = Observed(BARE)
    for name in ("c", "d", "c", "e"):
        seen.known(replaced(STARTED, conversation=name))
    assert seen.known(replaced(WROTE, conversation="c")).every_start
    assert not seen.known(replaced(WROTE, conversation="d")).every_start


def test_contacts_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observed, "CONTACTS", 3)
    where = workspace(replaced(flow("a"), when=When(cooldown="1s")))
    matcher, seen = compile_matcher(where), Observed(where)
    for number in range(9):
        who = Participant(type="contact", id=f"p-{number}")
        for kind in ("conversation_created", "message_created"):
            event = happened(kind, who, f"c-{number}")
            seen.decided(event, matcher.decide(event, seen.known(event)))
    assert len(seen.known(replaced(WROTE, conversation=None)).served) == 3
