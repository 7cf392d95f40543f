"""A little of the long-running check, and that faults that are put in are found."""

from pathlib import Path
from random import Random

import pytest
from tests.endure import kills, monkey, rows, terminal_screens
from tests.endure.rows import Row, Tried
from tests.endure.table import BY_ID, ROWS

from oncue.storage.saving import writer
from oncue.storage.saving.on_disk import OnDisk

ATTEMPTS = {"F1": 3, "P": 4, "E2": 80, "M1i": 1}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
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
    monkeypatch.setattr(writer, "exchange", lambda one, other: False)
    assert attempted(BY_ID["E2"], tmp_path, 80).failures
