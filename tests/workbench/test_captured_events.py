from datetime import UTC, datetime

import pytest

from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EventKind, ParticipantType
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant
from oncue.matching.matcher import compile_matcher
from oncue.workbench.captured_events import MOST_FAILURES, CapturedEvents
from oncue.workbench.captured_list import CapturedList
from oncue.workbench.captured_rows import detail_rows, event_row
from oncue.workbench.spans import width_of

CONFIG = WorkspaceConfig(name="Acme", instances=(Instance(id="wa", channel="whatsapp", name="Support"),))


def flow(flow_id: str, **when: object) -> Flow:
    trigger = Trigger(event="message_created", channel="whatsapp", participant_types=frozenset({"contact"}))
    return Flow(id=flow_id, name=flow_id.title(), trigger=trigger, when=When(**when) if when else None)  # type: ignore[arg-type]


def found(*flows: Flow) -> CapturedEvents:
    workspace = Workspace.of(CONFIG, flows)
    return CapturedEvents(workspace, compile_matcher(workspace))


def stated(
    kind: EventKind = "message_created",
    conversation: str = "c",
    by: ParticipantType | None = "contact",
    text: str = "Hi",
) -> RecordedEvent:
    message = RecordedMessage("text", text) if kind == "message_created" else None
    who = RecordedParticipant(by, "p-1", "Jane")
    return RecordedEvent(kind, None, "wa", conversation, who, message, datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_what_was_known_then_is_kept_and_not_what_is_known_at_the_end() -> None:
    events = found(flow("once", once_per="conversation"))
    for each in (stated("conversation_created"), stated(), stated()):
        events.add(each)
    assert [each.runs for each in events.events] == [(), ("once",), ()]
    first, second = (each.known for each in events.events[1:])
    assert first is not None
    assert second is not None
    assert not first.past
    assert second.past
    told = "".join(text for row in detail_rows(events.events[1], events.workspace, 80) for text, _ in row.spans)
    assert "✓ Once" in told


def test_without_conditions_nothing_is_remembered_of_conversations() -> None:
    events = found(flow("reply"))
    events.add(stated())
    assert events.events[0].known is None
    assert events.events[0].runs == ("reply",)


def test_failures_are_kept_up_to_a_limit_and_counted_beyond() -> None:
    events = found()
    for number in range(MOST_FAILURES + 5):
        events.fail(f"line {number}")
    said = list(events.left_out())
    assert said[0] == f"{MOST_FAILURES + 5} could not be read:"
    assert said[-1] == "  … and 5 more"
    assert len(said) == MOST_FAILURES + 2


def test_a_filter_that_is_typed_finds_what_it_finds_at_once() -> None:
    events = found(flow("reply"))
    listing = CapturedList(events)
    for number, text in enumerate(("refund please", "please", "a refund", "hello")):
        events.add(stated(text=text, conversation=f"c-{number}"))
    listing.catch_up()
    for typed in ("r", "re", "refund", "refund p", "refund pl", "refund", "plea", ""):
        listing.narrow(typed)
        fresh = [each for each in events.events if listing.filter.holds(each)]
        assert listing.listed == fresh, typed
    listing.narrow("refund")
    events.add(stated(text="one more refund"))
    listing.catch_up()
    assert [each.number for each in listing.listed] == [1, 3, 5]
    assert listing.near(events.events[1]) == 1


def test_marks_stay_while_a_filter_hides_them() -> None:
    events = found()
    listing = CapturedList(events)
    for conversation in ("a", "b", "a"):
        events.add(stated(conversation=conversation))
    listing.catch_up()
    listing.mark(listing.same_conversation(events.events[0]))
    listing.narrow("nowhere")
    assert listing.marked == {1, 3}
    assert "2 marked" in listing.summary(True)
    listing.mark(frozenset({1}))
    assert listing.marked == {3}


def test_an_event_that_states_nothing_is_a_row_too() -> None:
    events = found()
    events.add(RecordedEvent("message_created"))
    row = "".join(text for text, _ in event_row(events.events[0], events.workspace, False, 70))
    assert row.split() == ["✎", "Message", "created", "nothing"]
    assert detail_rows(events.events[0], events.workspace, 70)


@pytest.mark.parametrize("width", [43, 66, 73, 110])
def test_the_columns_of_a_row_never_run_together(width: int) -> None:
    events = found(replaced(flow("reply"), name="A flow of a name that is longer than its column"))
    events.add(stated(text="A text that goes on and on " * 9))
    spans = event_row(events.events[0], events.workspace, False, width)
    row = "".join(text for text, _ in spans)
    assert width_of(spans) == width
    assert "  → A flow of" in row
    assert ("A text" in row) == (width >= 66), "what has no room is left out"
