from tests.builders import CREATED, JANE, flow, message, removed, run_events, scripted, workspace

from oncue.cli.output.differences import difference_rows, event_line
from oncue.domain.scenarios import ExpectedEffects

WHERE = workspace(flow("greet", "conversation_created"), flow("reply", by="agent"))


def test_an_event_is_named_by_number_delivery_words_and_place() -> None:
    once, twice = run_events(WHERE, scripted(CREATED), scripted(message(text="a\x1bb"), delivery="twice")).events
    assert event_line(once, "once", WHERE) == (
        "event 1: Contact Jane started a conversation on WhatsApp · Support · c-1"
    )
    assert event_line(twice, "once", WHERE) == (
        'event 2, delivered twice: Contact Jane wrote: "a␛b" · WhatsApp · Support · c-1'
    )


def test_each_difference_has_its_reasons() -> None:
    effects = ExpectedEffects(closed=True)
    (found,) = run_events(WHERE, scripted(CREATED, expect=["reply"], expect_effects=effects)).events
    assert difference_rows(found, WHERE) == [
        "expected  reply",
        "started   greet",
        "✗ reply was expected and did not start",
        "      ✗ fails  event              conversation_created, expected message_created",
        "      ✗ fails  participant_types  contact, expected agent",
        '      to make it run: set event = "conversation_created", add "contact" to participant_types',
        "✗ greet started and was not expected",
        "      it matched on event conversation_created, channel whatsapp",
        "✗ expected the conversation to be closed, it is open",
    ]


def test_an_event_that_cannot_happen_says_why_and_nothing_else() -> None:
    (found,) = run_events(WHERE, scripted(removed(JANE), expect=["reply"])).events
    (row,) = difference_rows(found, WHERE)
    assert row.startswith("✗ cannot happen: ")
