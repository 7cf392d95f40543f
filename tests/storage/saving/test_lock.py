import errno
from pathlib import Path

import pytest
from filelock import FileLock
from tests.storage.saving.sessions import ONE, opened, renamed

from oncue.storage.saving import lock, transaction
from oncue.storage.saving.save import save_session
from oncue.storage.user.folders import state_folder


def test_another_process_that_is_saving_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    monkeypatch.setattr(transaction, "locked", lambda state: lock.locked(state, timeout=0.05))
    with lock.locked(state_folder(folder)):
        _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert "another oncue is saving" in str(error)
    assert after.dirty == {ONE}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # older locks try again when collected
def test_a_lock_that_cannot_be_released_does_not_undo_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: FileLock, force: bool = False) -> None:
        raise OSError(errno.EIO, "no")

    monkeypatch.setattr(FileLock, "release", fail)
    with lock.locked(tmp_path):
        pass
