"""Each condition: when it holds, fails, and is not known."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.builders import ANNA, JANE, ROBIN, conversation, message

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Message, Participant
from oncue.domain.hours import Hours
from oncue.domain.pasts import Starts
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.conditions import actual_value, all_hold, expected_values, line_verdicts
from oncue.matching.occasions import Known, Occasion

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CONFIG = WorkspaceConfig(
    name="x",
    hours=(
        Hours(id="office", timezone="UTC", from_="09:00", to="17:00"),
        Hours(id="nights", timezone="UTC", from_="22:00", to="06:00"),
    ),
)
NOW = Known()


def wrote(text: str | None = "hi", who: Participant | None = JANE, at: datetime | None = AT) -> Event:
    return Event(event="message_created", participant=who, message=Message(type="text", text=text), at=at)


JOINED = Event(event="participant_added", participant=ANNA, at=AT)
STARTED = Event(event="conversation_created", participant=JANE, at=AT)


def known(**facts: Any) -> Known:
    return Known()._replace(**facts)


def past(ago: timedelta | None, complete: bool = True) -> Known:
    start = Starts(None if ago is None else AT - ago, True, complete)
    return known(past={"me": start}, every_start=True)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRESH = known(every_start=True)
SERVED = known(contact=(("id", "p-1"),), served=frozenset({("me", ("id", "p-1"))}), every_contact=True)

CASES: list[tuple[str, Any, Event, Known, bool | None]] = [
    ("text_any", ["a", "hi"], wrote(), NOW, True),
    ("text_any", ["a"], wrote(), NOW, False),
    ("text_any", ["hi"], wrote(None), NOW, None),
    ("text_any", ["hi"], JOINED, NOW, False),
    ("text_all", ["hi", "you"], wrote("you, hi"), NOW, True),
    ("text_all", ["hi", "you"], wrote(), NOW, False),
    ("text_all", ["hi"], wrote(None), NOW, None),
    ("text_none", ["a"], wrote(), NOW, True),
    ("text_none", ["a", "hi"], wrote(), NOW, False),
    ("text_none", ["a"], wrote(None), NOW, None),
    ("text_none", ["a"], JOINED, NOW, False),
    ("text_starts", ["a", "hi"], wrote("hi you"), NOW, True),
    ("text_starts", ["you"], wrote("hi you"), NOW, False),
    ("text_starts", ["hi"], wrote(None), NOW, None),
    ("participants", ["p-1"], wrote(), NOW, True),
    ("participants", ["x", "Jane"], wrote(), NOW, True),
    ("participants", ["Tom"], wrote(), NOW, False),
    ("participants", ["Tom"], wrote(who=None), NOW, None),
    ("participants", ["Tom"], wrote(who=Participant(type="contact", id="p-1")), NOW, None),
    ("participants", ["Tom"], wrote(who=ANNA), known(everybody=True), False),
    ("attributes", {"plan": "pro"}, wrote(), known(attributes={"plan": "pro", "x": 1}), True),
    ("attributes", {"plan": "pro", "x": 2}, wrote(), known(attributes={"plan": "pro", "x": 1}), False),
    ("attributes", {"x": 1}, wrote(), known(attributes={"x": True}), False),
    ("attributes", {"plan": "pro"}, wrote(), NOW, None),
    ("started_by", ["contact"], wrote(), known(started_by="contact"), True),
    ("started_by", ["agent", "bot"], wrote(), known(started_by="contact"), False),
    ("started_by", ["agent"], wrote(), NOW, None),
    ("present", ["bot", "agent"], wrote(), known(present=frozenset({"bot", "agent"})), True),
    ("present", ["bot", "agent"], wrote(), known(present=frozenset({"bot"}), everybody=True), False),
    ("present", ["bot", "agent"], wrote(), known(present=frozenset({"bot"})), None),
    ("absent", ["bot", "agent"], wrote(), known(present=frozenset({"contact"}), everybody=True), True),
    ("absent", ["bot", "agent"], wrote(), known(present=frozenset({"bot"})), False),
    ("absent", ["bot", "agent"], wrote(), known(present=frozenset({"contact"})), None),
    ("responsible", "nobody", wrote(), known(responsible=()), True),
    ("responsible", "nobody", wrote(), known(responsible=("Anna",)), False),
    ("responsible", "somebody", wrote(), known(responsible=("Anna",)), True),
    ("responsible", "somebody", wrote(), known(responsible=()), False),
    ("responsible", "A\u0301nna", wrote(), known(responsible=("\u00c1nna", "a-1")), True),
    ("responsible", "a-1", wrote(), known(responsible=("Anna", "a-1")), True),
    ("responsible", "Ben", wrote(), known(responsible=("Anna",)), False),
    ("responsible", "nobody", wrote(), NOW, None),
    ("labels", ["vip"], wrote(), known(labels=frozenset({"vip", "new"})), True),
    ("labels", ["vip", "old"], wrote(), known(labels=frozenset({"vip"})), False),
    ("labels", ["vip"], wrote(), NOW, None),
    ("labels", ["caf\u00e9"], wrote(), known(labels=frozenset({"cafe\u0301"})), True),
    ("without_labels", ["caf\u00e9"], wrote(), known(labels=frozenset({"cafe\u0301"})), False),
    ("without_labels", ["spam"], wrote(), known(labels=frozenset({"vip"})), True),
    ("without_labels", ["spam", "vip"], wrote(), known(labels=frozenset({"vip"})), False),
    ("without_labels", ["spam"], wrote(), NOW, None),
    ("first_message", True, wrote(), known(first_message=True), True),
    ("first_message", True, wrote(), known(first_message=False), False),
    ("first_message", False, wrote(), known(first_message=False), True),
    ("first_message", False, wrote(), NOW, None),
    ("reopened", True, wrote(), known(reopened=True), True),
    ("reopened", False, wrote(), known(reopened=True), False),
    ("reopened", True, wrote(), NOW, None),
    ("during_hours", ["nights", "office"], wrote(), NOW, True),
    ("during_hours", ["nights"], wrote(), NOW, False),
    ("during_hours", ["office"], wrote(at=None), NOW, None),
    ("during_hours", ["office"], wrote(at=AT.replace(tzinfo=None)), NOW, None),
    ("during_hours", ["gone"], wrote(), NOW, None),
    ("during_hours", ["gone", "office"], wrote(), NOW, True),
    ("outside_hours", ["nights"], wrote(), NOW, True),
    ("outside_hours", ["nights", "office"], wrote(), NOW, False),
    ("outside_hours", ["nights", "gone"], wrote(), NOW, None),
    ("outside_hours", ["office"], wrote(at=None), NOW, None),
    ("once_per", "conversation", wrote(), FRESH, True),
    ("once_per", "conversation", wrote(), past(30 * DAY), False),
    ("once_per", "conversation", wrote(), NOW, None),
    ("once_per", "contact", wrote(), SERVED._replace(served=frozenset()), True),
    ("once_per", "contact", wrote(), SERVED, False),
    ("once_per", "contact", wrote(), SERVED._replace(served=frozenset(), every_contact=False), None),
    ("once_per", "contact", wrote(), SERVED._replace(contact=()), None),
    ("once_per", "day", wrote(), FRESH, True),
    ("once_per", "day", wrote(), past(12 * HOUR + timedelta(seconds=1)), True),
    ("once_per", "day", wrote(), past(12 * HOUR), False),
    ("once_per", "day", wrote(), past(DAY, complete=False), None),
    ("once_per", "day", wrote(), past(HOUR, complete=False), False),
    ("once_per", "day", wrote(), past(None), None),
    ("once_per", "day", wrote(at=None), past(DAY), None),
    ("once_per", "day", wrote(), NOW, None),
    ("cooldown", "2h", wrote(), FRESH, True),
    ("cooldown", "2h", wrote(), past(2 * HOUR), True),
    ("cooldown", "2h", wrote(), past(2 * HOUR - timedelta(seconds=1)), False),
    ("cooldown", "2h", wrote(), past(-HOUR), False),
    ("cooldown", "2h", wrote(), past(DAY, complete=False), None),
    ("cooldown", "2h", wrote(at=None), past(DAY), None),
    ("cooldown", "2h", wrote(), NOW, None),
]


@pytest.mark.parametrize(("key", "written", "event", "facts", "verdict"), CASES)
def test_each_line(key: str, written: Any, event: Event, facts: Known, verdict: bool | None) -> None:
    when, now = When(**{key: written}), Occasion.of(event, CONFIG, facts)
    assert line_verdicts(when, now, "me") == {key: verdict}
    expected, actual = expected_values(key, when), actual_value(key, when, now, "me")
    assert expected
    assert all(isinstance(each, str) for each in expected)
    assert actual is None or isinstance(actual, str)


def test_every_line_holds_fails_and_is_not_known_somewhere() -> None:
    assert {(key, verdict) for key, *_, verdict in CASES} == {
        (key, ok) for key in CONDITIONS for ok in (True, False, None)
    }


@pytest.mark.parametrize(
    ("verdicts", "answer"),
    [([True, True], True), ([True, None], None), ([None, False], False), ([False, True], False)],
)
def test_one_line_that_fails_decides(verdicts: list[bool | None], answer: bool | None) -> None:
    assert all_hold(verdicts) is answer


def test_days_begin_in_the_zone_of_the_first_hours() -> None:
    there = WorkspaceConfig(name="x", hours=(Hours(id="o", timezone="Asia/Tokyo", from_="09:00", to="17:00"),))
    started = datetime(2026, 11, 23, 14, 59, tzinfo=UTC)  # 23:59 in Tokyo
    now = Occasion.of(wrote(at=started + timedelta(minutes=2)), there, known(past={"me": Starts(started, True)}))
    assert line_verdicts(When(once_per="day"), now, "me") == {"once_per": True}
    assert line_verdicts(When(once_per="day"), now._replace(config=CONFIG), "me") == {"once_per": False}


def actual(key: str, written: Any, event: Event, facts: Known) -> str | None:
    return actual_value(key, When(**{key: written}), Occasion.of(event, CONFIG, facts), "me")


def test_what_is_the_case_in_words() -> None:
    assert actual("text_any", ["x"], wrote("hello"), NOW) == "hello"
    assert actual("text_any", ["x"], JOINED, NOW) == "no message"
    assert actual("attributes", {"a": 1, "b": 2}, wrote(), known(attributes={"b": True})) == "a not set, b = true"
    assert actual("absent", ["bot"], wrote(), known(present=frozenset({"bot", "contact"}))) == "contact, bot"
    assert actual("absent", ["bot"], wrote(), known(everybody=True)) == "nobody"
    assert actual("responsible", "Anna", wrote(), known(responsible=())) == "nobody"
    assert actual("labels", ["x"], wrote(), known(labels=frozenset())) == "no label"
    assert actual("during_hours", ["nights"], wrote(), NOW) == "Mon 2026-11-23 12:00 (UTC)"
    assert actual("cooldown", "2h", wrote(), past(90 * timedelta(minutes=1))) == "started 90 minutes ago"
    assert actual("cooldown", "2h", wrote(), past(timedelta(seconds=1))) == "started 1 second ago"
    assert actual("once_per", "conversation", wrote(), past(3 * DAY)) == "started 3 days ago"
    assert actual("once_per", "conversation", wrote(), FRESH) == "not started"
    assert actual("once_per", "conversation", wrote(at=None), past(DAY)) == "started before"
    assert actual("once_per", "contact", wrote(), SERVED) == "started for this contact"


def test_a_single_event_tells_who_is_certainly_there() -> None:
    assert Known.of_event(wrote()).present == {"contact"}
    assert Known.of_event(JOINED).present == {"agent"}
    assert Known.of_event(wrote(who=Participant(type="flow"))).present == frozenset()
    assert Known.of_event(Event(event="participant_removed", participant=ANNA)).present == frozenset()
    started = Known.of_event(STARTED)
    assert (started.started_by, started.reopened, started.every_start, started.first_message) == (
        "contact",
        False,
        True,
        False,
    )
    assert Known.of_event(wrote()).first_message is None
    assert Known.of_event(wrote(who=ANNA)).first_message is False
    assert Known.of_event(wrote(who=None)).first_message is None


def test_a_conversation_tells_everything() -> None:
    first = message(text="hi")
    now: Conversation = conversation(
        JANE, ROBIN, responsible=ROBIN, started_by="contact", first_message=first, closed_before=True
    )
    found = Known.of(now, first)
    assert (found.started_by, set(found.present), found.everybody) == ("contact", {"contact", "bot"}, True)
    assert (found.responsible, found.first_message, found.reopened) == (("Robin",), True, True)
    assert found.contact == (("id", "p-1"), ("name", "Jane"))
    assert Known.of(now, message(text="other")).first_message is False
    assert Known.of(now, message(who=None)).first_message is None
    assert Known.of(conversation(), first).responsible == ()
    unnamed = Participant(type="agent")
    assert Known.of(conversation(unnamed, responsible=unnamed), first).responsible == ("agent",)
    assert Known.of(conversation(Participant(type="contact")), JOINED).contact == (("conversation", "c-1"),)
