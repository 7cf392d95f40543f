from collections.abc import Iterator
from pathlib import Path

import pytest

from oncue.storage.starter import init


@pytest.fixture(autouse=True)
def state_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test touches the state of whoever runs it."""
    root = tmp_path / "state"
    monkeypatch.setenv("ONCUE_STATE_DIR", str(root))
    return root


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A small workspace with two flows and a scenario."""
    path = (tmp_path / "workspace").resolve()
    init(path)
    yield path
