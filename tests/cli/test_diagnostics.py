"""Where exceptions end."""

import pytest
from click import Abort

from oncue.cli.diagnostics import UsageError, guarded, print_message
from oncue.cli.exit_status import Exit
from oncue.errors import OncueError


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (OncueError("no"), 2, "oncue: no\n"),
        (UsageError("no\nway"), 2, "oncue: no␊way\n"),
        (FileNotFoundError(2, "No such file or directory", "a\x1b[2J"), 2, "oncue: a␛[2J: no such file or directory\n"),
        (OSError("odd"), 2, "oncue: odd\n"),
        (OSError(28, "No space left on device"), 2, "oncue: no space left on device\n"),
        (KeyboardInterrupt(), 130, ""),
        (Abort(), 130, ""),
        (BrokenPipeError(), 0, ""),
        (
            ValueError("x\x1b"),
            70,
            "oncue: internal error: ValueError: x␛ (a bug in oncue; ONCUE_DEBUG=1 shows the traceback)\n",
        ),
    ],
)
def test_an_error_is_one_line_and_a_status(
    capsys: pytest.CaptureFixture[str], error: BaseException, status: int, line: str
) -> None:
    def fail() -> int:
        raise error

    assert guarded(fail) == status
    assert capsys.readouterr() == ("", line)


def test_debugging_shows_the_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise ValueError("x\x1b")

    monkeypatch.setenv("ONCUE_DEBUG", "1")
    assert guarded(fail) == Exit.INTERNAL
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "\x1b" not in err


def test_nothing_is_said_where_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    print_message("anything")
