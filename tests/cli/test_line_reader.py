"""Reading lines of any kind of stream."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncue.cli.line_reader import KEPT, lines


class Chunks(io.RawIOBase):
    """A stream that gives its bytes in these pieces, as a pipe does."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = [piece for piece in pieces if piece]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # type: ignore[override]
        if not self.pieces:
            return 0
        piece = self.pieces[0][: len(buffer)]
        buffer[: len(piece)] = piece
        self.pieces[0] = self.pieces[0][len(piece) :]
        if not self.pieces[0]:
            del self.pieces[0]
        return len(piece)


def read(pieces: list[bytes]) -> list[bytes]:
    return list(lines(io.BufferedReader(Chunks(pieces)), lambda: None))


@given(st.lists(st.text("ab\n", max_size=5).map(str.encode)))
def test_however_they_arrive(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    expected = whole.split(b"\n")
    assert read(pieces) == (expected[:-1] if whole.endswith(b"\n") or not whole else expected)


def test_says_when_it_waits() -> None:
    seen: list[object] = []
    for line in lines(io.BufferedReader(Chunks([b"a\nb\n", b"c\n"])), lambda: seen.append("waits")):
        seen.append(line)
    assert seen == ["waits", b"a", b"b", "waits", b"c", "waits"]


@pytest.mark.parametrize("end", [b"\n", b""])
def test_an_endless_line_is_cut_and_counts_as_one(end: bytes) -> None:
    tracemalloc.start()
    found = read([b"first\n", *[b"x" * 60_000] * 200, end])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [len(line) for line in found] == [5, KEPT]
    assert peak < 5 * KEPT
