from typing import Any

from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.workbench.findings import Counts
from oncue.workbench.flow_rows import FlowRow, one_line, two_lines
from oncue.workbench.spans import Line, width_of

FLOW = Flow(id="a", name="Location shared", trigger=Trigger(event="message_created", channel="whatsapp"))
OFF = Flow(
    id="b", name="Left", trigger=Trigger(event="participant_removed", channel="whatsapp", instance=None), enabled=False
)


def text(shown: Line) -> str:
    return "".join(words for words, _ in shown)


def row(flow: Flow = FLOW, **more: Any) -> FlowRow:
    return FlowRow(flow, "WhatsApp", "WA")._replace(**more)


def test_a_flow_in_one_line() -> None:
    (shown,) = one_line(row(), 26)
    assert text(shown) == " ● ✎ Location shared    WA"
    (shown,) = one_line(row(OFF), 26)
    assert text(shown) == " ○ « Left               WA"


def test_everything_about_it_is_seen_without_colour() -> None:
    (shown,) = one_line(row(marked=True, unsaved=True, counts=Counts(1, 1)), 26)
    assert text(shown) == "✓● ✎ Location shared !* WA"
    (shown,) = one_line(row(counts=Counts(0, 2)), 26)
    assert text(shown) == " ● ✎ Location shared  ▲ WA"
    (shown,) = one_line(row(counts=Counts(0, 0, 2)), 26)
    assert text(shown) == " ● ✎ Location shared    WA", "a hint may be right as it is"


def test_the_name_is_cut_and_nothing_else() -> None:
    (shown,) = one_line(row(unsaved=True), 16)
    assert text(shown) == " ● ✎ Locat… * WA"
    assert width_of(shown) == 16


def test_in_two_lines_the_signs_are_said_in_words() -> None:
    first, second = two_lines(row(OFF, unsaved=True, counts=Counts(1, 2, 1)), 60)
    assert text(first) == " ○ « Left"
    assert text(second).split("  ")[0].strip() == ""
    assert text(second).strip().startswith("off · left · WhatsApp")
    assert text(second).endswith("! 1 error ▲ 2 warnings * unsaved")


def test_the_event_has_its_colour_while_the_flow_is_on() -> None:
    assert ("✎", "message") in one_line(row(), 40)[0]
    assert ("«", "muted") in one_line(row(OFF), 40)[0]
