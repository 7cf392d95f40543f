import io

import pytest

from oncue.cli.diagnostics import UsageError
from oncue.cli.stdout import BLOCK, Output, stdout


class Recorder(io.BytesIO):
    """A stream that remembers each write."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        self.writes.append(bytes(data))
        return len(data)


class Full(io.BytesIO):
    """A full disk."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        raise OSError(28, "No space left on device")


def test_data_is_written_in_blocks_and_the_rest_at_the_end() -> None:
    stream = Recorder()
    with Output(stream, at_once=False) as output:
        for _ in range(3):
            output.write(b"x" * (BLOCK // 2))
        assert stream.writes == [b"x" * BLOCK]
    assert stream.writes[1:] == [b"x" * (BLOCK // 2)]


def test_a_terminal_gets_everything_at_once() -> None:
    stream = Recorder()
    with Output(stream, at_once=True) as output:
        output.write(b"a")
        output.write(b"b")
        assert stream.writes == [b"a", b"b"]


def test_a_full_disk_is_an_error_of_one_line() -> None:
    with pytest.raises(UsageError, match="stdout cannot be written: no space left on device"):
        Output(Full(), at_once=True).write(b"a")


class Unbuffered(io.BytesIO):
    """A stream that takes two bytes at a time, and none any more when it holds ``room`` of them."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, data: bytes, /) -> int | None:  # type: ignore[override]
        return super().write(data[: min(2, self.room - self.tell())]) or None


def test_what_python_does_not_buffer_is_written_whole_or_is_an_error() -> None:
    stream = Unbuffered(100)
    with Output(stream, at_once=False) as output:
        output.write(b"abcde")
    assert stream.getvalue() == b"abcde"
    with pytest.raises(UsageError, match="stdout cannot be written: resource temporarily unavailable"):
        Output(Unbuffered(4), at_once=True).write(b"abcde")


def test_a_closed_stdout_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(UsageError, match="stdout is closed"):
        stdout()
