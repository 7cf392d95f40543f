"""Crash reports say where, and nothing of what with."""

import stat
from pathlib import Path

import pytest

from oncue import __version__
from oncue.storage.user.crash_reports import KEPT, report, write_report


def crash(secret: str) -> BaseException:
    try:
        try:
            raise ValueError(f"bad: {secret}")
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError as error:
        return error


def test_a_report_has_places_and_types_and_no_values() -> None:
    text = report(crash("token-4711"))
    assert __version__ in text
    assert "KeyError" in text
    assert "ValueError" in text
    assert "test_crash_reports.py" in text
    assert "in crash" in text
    assert "4711" not in text
    assert "bad" not in text


def test_a_report_is_private_and_told_where(state_root: Path) -> None:
    path = write_report(crash("x"))
    assert path is not None
    assert path.parent == state_root / "crashes"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8") == report(crash("x"))


def test_only_the_newest_are_kept(state_root: Path) -> None:
    paths = [write_report(crash("x")) for _ in range(KEPT + 3)]
    kept = sorted((state_root / "crashes").iterdir())
    assert len(kept) == KEPT
    assert paths[-1] in kept
    assert paths[0] not in kept


def test_where_none_can_be_written_there_is_none(state_root: Path) -> None:
    state_root.write_text("in the way")
    assert write_report(crash("x")) is None


def test_errors_that_know_each_other_do_not_go_round_for_ever() -> None:
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert report(first).count("ValueError") >= 1


@pytest.mark.parametrize("error", [RecursionError("x"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), SystemExit(3)])
def test_any_error_has_a_report(error: BaseException) -> None:
    assert type(error).__qualname__ in report(error)
