"""The texts of events in any kind of stream."""

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.recorded_texts import KEPT, texts


def read(pieces: list[bytes]) -> list[bytes]:
    return [text for _, text in texts(pieces)]


@given(st.lists(st.text("ab\n", min_size=1, max_size=5).map(str.encode)))
def test_however_they_arrive(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    expected = whole.split(b"\n")
    assert read(pieces) == (expected[:-1] if whole.endswith(b"\n") or not whole else expected)


@pytest.mark.parametrize("end", [b"\n", b""])
def test_an_endless_line_is_cut_and_counts_as_one(end: bytes) -> None:
    tracemalloc.start()
    found = [len(text) for _, text in texts([b"first\n", *[b"x" * 60_000] * 200, end])]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [5, KEPT]
    assert peak < 5 * KEPT


@pytest.mark.parametrize(
    ("filling", "times"),
    [(b"x" * 60_000, 200), (b'\\"' * 30_000, 200), (b'","' * 20_000, 100), (b'":{},"' * 10_000, 25)],
)
def test_an_endless_object_in_a_list_is_cut_and_the_next_one_read(filling: bytes, times: int) -> None:
    tracemalloc.start()
    chunks = [b'[\n{"a": "', *[filling] * times, b'"},\n{}\n]']
    found = [(line, len(text)) for line, text in texts(chunks)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [(2, KEPT), (3, 2)]
    assert peak < 6 * KEPT


@given(
    st.recursive(st.text('ab\\\\"{}[],\n') | st.none() | st.integers(), lambda v: st.dictionaries(st.text('a{"'), v))
)
def test_an_object_ends_where_json_says(value: object) -> None:
    objects = [{"a": value}, {}, {"b": [value]}]
    for indent in (None, 1):
        whole = json.dumps(objects, indent=indent).encode()
        assert [json.loads(text) for text in read([whole])] == objects
        assert read([whole]) == read([whole[at : at + 1] for at in range(len(whole))])


def test_what_is_ready_is_given_before_more_is_waited_for() -> None:
    """A pipe may give one line, and the next one in an hour."""
    seen: list[object] = []

    def chunks() -> Iterator[bytes]:
        for chunk in (b'{"a": 1}\n{"b": 2}\n', b'{"c": 3}\n'):
            seen.append("waits")
            yield chunk
        seen.append("waits")

    for _, text in texts(chunks()):
        seen.append(text)
    assert seen == ["waits", b'{"a": 1}', b'{"b": 2}', "waits", b'{"c": 3}', "waits"]
