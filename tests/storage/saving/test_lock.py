import errno
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, opened, renamed

from oncue.errors import SaveWarning
from oncue.storage import file_lock
from oncue.storage.dot_folder import make_dot_folder
from oncue.storage.saving import lock, transaction
from oncue.storage.saving.save import save_session


def test_another_process_that_is_saving_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    monkeypatch.setattr(transaction, "locked", lambda beside: lock.locked(beside, timeout=0.05))
    with lock.locked(make_dot_folder(folder)):
        _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert "another oncue is saving" in str(error)
    assert after.dirty == {ONE}


def test_where_there_are_no_locks_saving_works_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(file_lock, "_take", fail)
    loaded, session = opened(folder)
    _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert isinstance(error, SaveWarning)
    assert "without the lock" in str(error)
    assert not after.dirty
    assert capfd.readouterr() == ("", "")
