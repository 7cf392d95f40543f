from pathlib import Path

import pytest
from tests.storage.saving.sessions import WELCOME, kept

from oncue.storage.saving import history
from oncue.storage.user.folders import state_folder


def test_history_is_bounded_and_holds_each_content_once_in_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    state = state_folder(folder)
    for number in [1, 2, 2, 3, 4, 5]:
        history.keep(state, WELCOME, b"%d" % number)
    assert kept(folder, WELCOME) == [b"5", b"4", b"3"]
