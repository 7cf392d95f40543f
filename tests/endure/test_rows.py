"""A little of the long-running check, and that faults that are put in are found."""

from pathlib import Path
from random import Random

import pytest
from tests.endure import edits, kills, limits, matching, monkey, rows, terminal_screens
from tests.endure.table import BY_ID, ROWS
from tests.endure.tried import Row, Tried

from oncue.matching.matcher import Matcher
from oncue.storage.flow_text import flow_bytes
from oncue.storage.saving import exchange, writer
from oncue.storage.saving.on_disk import OnDisk

ATTEMPTS = {"F1": 3, "P": 4, "E2": 80, "8": 20, "L4": 2, "L7": 10, "L8, F3": 10, "P1": 3, "M1i": 1}
"""Where one is not enough."""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(limits, "SCALE", 0.02)
    # A little of what takes seconds otherwise.
    monkeypatch.setattr(monkey, "EVENTS", 40)
    monkeypatch.setattr(monkey, "_SOAK", (20, 60))
    monkeypatch.setattr(kills, "TRIES", 5)
    for name, few in (("SIZES_AT_ONCE", 10), ("CLICKS_AT_ONCE", 10), ("STORM", 50), ("WRITES", 1)):
        monkeypatch.setattr(terminal_screens, name, few)


def attempted(row: Row, folder: Path, times: int) -> Tried:
    tried = Tried()
    for number in range(times):
        (folder / str(number)).mkdir()
        row.attempt(Random(number), folder / str(number), tried)
    return tried


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_a_little_of_each_row(row: Row, tmp_path: Path) -> None:
    tried = attempted(row, tmp_path, ATTEMPTS.get(row.id, 1))
    assert tried.count
    assert tried.failures == []


def test_a_foreign_exception_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(flow_id: str, data: bytes) -> None:
        raise IndexError(flow_id)

    monkeypatch.setattr(rows, "decode_flow", fail)
    assert attempted(BY_ID["F1"], tmp_path, 1).failures


def test_a_lost_write_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OnDisk, "unchanged", lambda self: True)
    monkeypatch.setattr(exchange, "exchange", lambda one, other: bool(one.replace(other)))  # whatever is there
    monkeypatch.setattr(writer.Staged, "_check_what_came_out", lambda self, temporary: None)
    assert attempted(BY_ID["E2"], tmp_path, 80).failures


def test_a_comment_that_goes_to_another_step_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "step_sources", lambda flow, known, saved, saved_known: [0] * len(flow.steps))
    assert attempted(edits.ROW, tmp_path, 1).failures


def test_bytes_that_change_beside_an_edit_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "flow_bytes", lambda *given: flow_bytes(*given).replace(b" = ", b"= "))
    assert attempted(edits.ROW, tmp_path, 1).failures


def test_a_wrong_match_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matcher, "match", lambda self, event: ("f-1",))
    assert attempted(matching.ROWS[1], tmp_path, 1).failures


def test_time_that_grows_too_fast_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_GROWTH", 0.5)
    monkeypatch.setattr(limits, "AGAIN", 1)
    assert attempted(limits.ROWS[1], tmp_path, 1).failures
