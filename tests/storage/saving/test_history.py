import time
from pathlib import Path

import pytest
from tests.storage.saving.sessions import WELCOME, kept

from oncue.storage.saving import history
from oncue.storage.user.states import state_folder


def test_history_is_bounded_and_holds_each_content_once_in_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    state = state_folder(folder)
    for number in [1, 2, 2, 3, 4, 5]:
        history.keep(state, WELCOME, b"%d" % number)
    assert kept(folder, WELCOME) == [b"5", b"4", b"3"]


def test_the_newest_stays_the_newest_when_the_clock_is_set_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    state = state_folder(folder)
    for number, now in enumerate([5_000, 6_000, 7_000, 10, 20]):
        monkeypatch.setattr(time, "time_ns", lambda now=now: now)
        history.keep(state, WELCOME, b"%d" % number)
    assert kept(folder, WELCOME) == [b"4", b"3", b"2"]


def test_temporary_files_are_no_versions(tmp_path: Path) -> None:
    for number in range(3):
        history.keep(tmp_path, "flows/a.toml", b"%d" % number)
    (tmp_path / "history/flows/a.toml/.9-9.toml.oncue-0123abcd.tmp").write_bytes(b"")
    assert list(history.newest(tmp_path, "flows/a.toml", 2)) == [b"2", b"1"]
    assert list(history.newest(tmp_path, "flows/a.toml", 9)) == [b"2", b"1", b"0"]
