import pytest
from tests.builders import flow, message, workspace

from oncue.cli.output.explanation_rows import LONGEST_NAME, explanation_rows, far_row, held_row
from oncue.domain.conditions import When
from oncue.domain.events import Event
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.matching.explain import explain

WHERE = workspace(flow("reply", by="agent"))
WROTE = replaced(message(), channel="whatsapp")


def test_every_clause_that_fails_has_a_row_and_the_edit_is_last() -> None:
    assert explanation_rows(explain(WHERE.flows["reply"], WROTE, WHERE.config)) == [
        "      ✗ fails  participant_types  contact, expected agent",
        '      to make it run: add "contact" to participant_types',
        "          also runs in 25 other cases, such as: a contact sends a text message on WhatsApp · Support",
    ]


def test_without_an_edit_the_last_row_says_why() -> None:
    rows = explanation_rows(explain(WHERE.flows["reply"], message(), WHERE.config))
    assert rows == [
        "      ✗ fails  channel            not stated by the event, expected whatsapp",
        "      ✗ fails  participant_types  contact, expected agent",
        "      no edit can make it run: the event does not state its channel",
    ]


def test_a_flow_that_ran_has_its_open_clauses_and_edits_that_keep_it_off() -> None:
    where = workspace(flow("reply", by={"agent", "contact"}))
    assert explanation_rows(explain(where.flows["reply"], WROTE, where.config)) == [
        "      ✓ open   instance           not stated by the event (every instance)",
        "      ✓ open   message_types      text (any message type)",
        '      to keep it off: remove "contact" from participant_types',
        "          no longer runs in 25 other cases, such as: a contact sends a text message on WhatsApp · Support",
        '      to keep it off: set message_types to all but "text"',
        "          no longer runs in 7 other cases, such as: a contact sends a text message on WhatsApp · Support",
        '      to keep it off: set instance = "wa"',
        "          no longer runs in 25 other cases, such as: a contact sends an HTML message on WhatsApp",
    ]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ({"channel": "WhatsApp"}, "the event states no place of this workspace"),
        ({"channel": ""}, "the event states no place of this workspace"),
        ({"channel": "email", "instance": "wa"}, "the event states no place of this workspace"),
        ({}, "the event does not state its channel"),
    ],
)
def test_why_no_edit_helps(place: dict[str, str], reason: str) -> None:
    rows = explanation_rows(explain(WHERE.flows["reply"], replaced(message(), **place), WHERE.config))
    assert rows[-1] == f"      no edit can make it run: {reason}"


def test_why_no_edit_helps_is_said_in_the_words_of_the_form() -> None:
    asks = replaced(flow("reply"), when=When(text_none=("\x1brefund",)))
    joined = Event(event="participant_added", channel="whatsapp")
    assert explanation_rows(explain(asks, joined, WHERE.config))[-1] == (
        "      no edit can make it run: its condition “the text does not have “␛refund”” is about a message, "
        "and Participant added has none"
    )


def test_an_instance_called_any_is_not_every_instance() -> None:
    config = WorkspaceConfig(name="W", instances=(Instance(id="any", channel="sms", name="Any"),))
    where = workspace(flow("reply", channel="sms", instance="any"), config=config)
    rows = explanation_rows(explain(where.flows["reply"], replaced(message(), instance="any"), config))
    assert not [row for row in rows if "instance  " in row], "it is not open"
    assert "instance" in held_row(explain(where.flows["reply"], replaced(message(), instance="any"), config))


def test_the_clauses_that_hold_have_one_row() -> None:
    where = workspace(flow("reply", by={"agent", "contact"}))
    row = held_row(explain(where.flows["reply"], WROTE, where.config))
    assert row == "      ✓ holds  enabled, event, channel, participant_types"


def test_a_flow_that_is_far_has_one_row() -> None:
    far = flow("far", "participant_added", channel="email", by=set(), enabled=False)
    assert far_row(explain(far, WROTE, WHERE.config)) == (
        "      ✗ expects  enabled; event participant_added; channel email; "
        "participant_types nothing (the list is empty)"
    )


def test_a_value_that_is_empty_is_seen() -> None:
    rows = explanation_rows(explain(WHERE.flows["reply"], replaced(message(), channel=""), WHERE.config))
    assert rows[0] == "      ✗ fails  channel            (empty), expected whatsapp"


def test_rows_are_safe_to_print_and_cut() -> None:
    hostile = Event(event="message_created", channel="\x1b[2J" * 1_000)
    rows = explanation_rows(explain(WHERE.flows["reply"], hostile, WHERE.config))
    assert "\x1b" not in "".join(rows)
    assert max(map(len, rows)) < 2 * LONGEST_NAME
