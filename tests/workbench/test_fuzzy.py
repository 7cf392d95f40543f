"""What is found by a few letters."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from oncue.workbench.fuzzy import SHOWN, matching


class Entry(NamedTuple):
    value: object
    label: str
    help: str = ""
    aside: str = ""
    synonyms: str = ""
    off: bool = False


FLOWS = [
    Entry(1, "Welcome on WhatsApp", "welcome-whatsapp"),
    Entry(2, "Well done", "well-done"),
    Entry(3, "Bye", "says well then", "f9"),
    Entry(4, "On WhatsApp", "reply"),
]


def values(query: str) -> list[object]:
    return [entry.value for entry in matching(query, FLOWS)]


def test_every_word_must_be_there_and_a_beginning_comes_first() -> None:
    assert values("") == [1, 2, 3, 4]
    assert values("  ") == [1, 2, 3, 4]
    assert values("WELL") == [2, 3]
    assert values("whatsapp") == [1, 4]
    assert values("on whatsapp") == [4, 1]
    assert values("f9") == [3]


def test_letters_in_order_where_no_word_is_found() -> None:
    assert values("wwa") == [1]
    assert values("zzz") == []


def test_no_more_than_can_be_read() -> None:
    many = [Entry(number, f"flow {number}") for number in range(1_000)]
    assert len(matching("", many)) == SHOWN
    assert len(matching("flow", many)) == SHOWN
    assert [entry.value for entry in matching("flow 999", many)] == [999]


texts = st.text(max_size=8)
entries = st.lists(st.builds(Entry, st.integers(), texts, texts, texts, texts), max_size=30)


@given(st.text(max_size=6), entries)
def test_what_is_found_was_there_and_comes_once(query: str, known: list[Entry]) -> None:
    found = matching(query, known)
    assert len(found) <= len(known)
    assert all(entry in known for entry in found)
    words = query.casefold().split()
    if words:
        full = [entry for entry in known if all(word in " ".join(entry[1:5]).casefold() for word in words)]
        assert not full or sorted(map(repr, found)) == sorted(map(repr, full))


@given(entries)
def test_the_order_is_kept_without_a_query(known: list[Entry]) -> None:
    assert matching("", known) == known


def test_what_others_call_it_is_found_after_what_it_is_called() -> None:
    entries = [Entry(1, "Has the labels", synonyms="tags"), Entry(2, "Tags")]
    assert [entry.value for entry in matching("tags", entries)] == [2, 1]


def test_a_name_comes_before_what_begins_so_then_what_others_call_it() -> None:
    entries = [
        Entry(1, "Close", "quit a conversation"),
        Entry(2, "Quit now"),
        Entry(3, "Leave", synonyms="quit exit"),
        Entry(4, "Quit"),
    ]
    assert [entry.value for entry in matching("quit", entries)] == [4, 2, 3, 1]


def test_what_cannot_be_taken_is_found_behind_what_is_named_alike() -> None:
    entries = [Entry(1, "Undo", "nothing to undo", off=True), Entry(2, "Redo"), Entry(3, "Undo", "all")]
    assert [entry.value for entry in matching("undo", entries)] == [3, 1]
