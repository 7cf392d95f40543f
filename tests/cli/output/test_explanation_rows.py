from tests.builders import flow, message, workspace

from oncue.cli.output.explanation_rows import LONGEST_NAME, explanation_rows
from oncue.domain.events import Event
from oncue.domain.values import replaced
from oncue.matching.explain import explain

WHERE = workspace(flow("reply", by="agent"))
WROTE = replaced(message(), channel="whatsapp")


def test_every_clause_has_a_row_and_the_nearest_edit_is_last() -> None:
    assert explanation_rows(explain(WHERE.flows["reply"], WROTE, WHERE.config)) == [
        "      ✓ holds  enabled            enabled",
        "      ✓ holds  event              message_created",
        "      ✓ holds  channel            whatsapp",
        "      ✓ holds  instance           not stated by the event",
        "      ✗ fails  participant_types  contact, expected agent",
        "      ✓ holds  message_types      text",
        '      to make it run: add "contact" to participant_types',
    ]


def test_only_what_fails() -> None:
    rows = explanation_rows(explain(WHERE.flows["reply"], message(), WHERE.config), failed_only=True)
    assert rows == [
        "      ✗ fails  channel            not stated by the event, expected whatsapp",
        "      ✗ fails  participant_types  contact, expected agent",
        "      no edit can make it run: the event does not state its channel",
    ]


def test_rows_are_safe_to_print_and_cut() -> None:
    hostile = Event(event="message_created", channel="\x1b[2J" * 1_000)
    rows = explanation_rows(explain(WHERE.flows["reply"], hostile, WHERE.config))
    assert "\x1b" not in "".join(rows)
    assert max(map(len, rows)) < 2 * LONGEST_NAME
