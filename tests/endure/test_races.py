"""What another program writes during a save is not lost, whatever the moment, and a save that loses it is found."""

from pathlib import Path

import pytest
from tests.endure import races
from tests.endure.races import KINDS, Kind, sweep
from tests.endure.tried import Tried

from oncue.storage.saving import writer
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.starter import init


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("os.fsync", lambda handle: None)  # counted all the same
    path = (tmp_path / "workspace").resolve()
    init(path)
    return path


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.how != "remove"], ids=str)
def test_a_foreign_write_is_not_lost(folder: Path, kind: Kind) -> None:
    tried = Tried()
    sweep(folder, kind, tried, step=1 if kind.change is races.one_edit else 7)
    assert tried.count > 10
    assert tried.failures == []


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_lost_write_is_found(folder: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OnDisk, "unchanged", lambda self: True)
    monkeypatch.setattr(writer.Staged, "take_place", lambda self: self._temporary.replace(self.target))
    tried = Tried()
    sweep(folder, Kind(races.one_edit, KINDS[0].file, "replace", exchanges), tried)
    assert tried.failures
