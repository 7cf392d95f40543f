import pytest
from tests.builders import CREATED, JANE, flow, message, removed, run_events, scripted, workspace

from oncue.cli.output.differences import difference_rows, event_line
from oncue.domain.scenarios import ExpectedEffects
from oncue.domain.steps import SendMessage
from oncue.simulation.results import EventResult

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
        "          also runs in 3 other cases, such as: an agent starts a conversation on WhatsApp · Support",
        "          no longer runs in 26, such as: an agent sends a text message on WhatsApp · Support",
        "✗ greet started and was not expected",
        "      ✓ open   instance           wa (every instance)",
        "      ✓ open   participant_types  contact (anybody)",
        '      to keep it off: set participant_types to all but "contact"',
        "          no longer runs in 3 other cases, such as: "
        "somebody unknown starts a conversation on WhatsApp · Support",
        "✗ expected the conversation to be closed, it is open",
    ]


def test_an_event_that_cannot_happen_says_why_and_nothing_else() -> None:
    (found,) = run_events(WHERE, scripted(removed(JANE), expect=["reply"])).events
    (row,) = difference_rows(found, WHERE)
    assert row.startswith("✗ cannot happen: ")


def said(*texts: str, expected: tuple[str, ...]) -> EventResult:
    """The result of a message that is answered by ``texts``, where ``expected`` were expected."""
    where = workspace(flow("reply", "message_created", *(SendMessage(text=text) for text in texts), by="contact"))
    effects = ExpectedEffects(messages=expected)
    return run_events(where, scripted(CREATED), scripted(message(), expect_effects=effects)).events[1]


def test_short_texts_are_compared_in_a_sentence() -> None:
    assert difference_rows(said("a", expected=("b",)), WHERE) == ['✗ expected to send "b", sent "a"']


@pytest.mark.parametrize("at", [0, 30, 1_249, 2_500, 5_999])
def test_where_two_long_texts_differ_is_seen_wherever_it_is(at: int) -> None:
    wanted = "x" * 6_000
    there = f"{wanted[:at]}HERE{wanted[at + 4 :]}"
    head, expected, sent, *_ = difference_rows(said("same", there, expected=("same", wanted)), WHERE)
    assert head == (f"✗ expected to send 2 texts, sent 2; the first difference is in text 2 at character {at + 1:,}:")
    assert "HERE"[: 6_000 - at] in sent
    assert "HERE" not in expected
    assert "xxx" in expected
    assert max(len(expected), len(sent)) < 200


def test_long_texts_are_shown_in_full_on_both_sides() -> None:
    texts = [f"{number} {'word ' * 90}" for number in range(5)]
    rows = difference_rows(said(*texts, expected=tuple(texts[:4])), WHERE)
    assert rows[0] == "✗ expected to send 4 texts, sent 5; the first difference is in text 5 at character 1:"
    assert rows[1] == "      expected  nothing"
    assert rows[2].startswith('      sent      "4 word')
    assert rows[3:7] == [f"      expected 1: {text}".replace(" 1:", f" {n}:") for n, text in enumerate(texts[:4], 1)]
    assert rows[7:] == [f"      sent {n}: {text}" for n, text in enumerate(texts, 1)]


def test_endless_texts_end() -> None:
    rows = difference_rows(said(*["y" * 3_000] * 30, expected=("z" * 10_000,) * 90), WHERE)
    assert max(map(len, rows)) < 1_900
    assert "      expected: and 70 more" in rows
    assert "      sent: and 10 more" in rows


def test_a_hostile_text_is_safe_also_in_an_excerpt() -> None:
    rows = difference_rows(said("a\x1b[2J" * 200, expected=("a\x1b[2K" * 200,)), WHERE)
    assert "\x1b" not in "".join(rows)
