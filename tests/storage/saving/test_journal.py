import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from tests.storage.saving.sessions import WELCOME, contents, opened, three_edits

from oncue.errors import SaveError
from oncue.storage import files
from oncue.storage.dot_folder import DOT_FOLDER, make_dot_folder
from oncue.storage.files import digest
from oncue.storage.loader import load
from oncue.storage.saving import journal, on_disk, writer
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import recover


class Died(BaseException):
    """The process is gone: nothing after this is run."""


def test_an_interrupted_save_of_three_files_is_finished_at_the_next_start(folder: Path) -> None:
    old = contents(folder)
    ends = set()
    for at in range(3):
        loaded, session = opened(folder)
        session = three_edits(session)
        count = 0
        real = writer.Staged.take_place

        def die(self: writer.Staged, real: Callable[[writer.Staged], None] = real, at: int = at) -> None:
            nonlocal count
            if DOT_FOLDER in self.target.parts or not self.target.is_relative_to(folder):
                return real(self)  # the journal's own
            if count == at:
                self._temporary = None  # what a dead process leaves, it leaves
                raise Died
            count += 1
            return real(self)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writer.Staged, "take_place", die)
            with pytest.raises(Died):
                save_session(loaded, session)
        assert recover(folder)
        assert recover(folder) == ()
        fresh = load(folder).workspace
        assert fresh.flows == session.workspace.flows
        assert not list(folder.rglob(".*.tmp"))
        ends.add(frozenset(contents(folder).items()))
        for path in folder.rglob("*.toml"):
            path.unlink()
        for file, data in old.items():
            (folder / file).write_bytes(data)
    assert len(ends) == 1


def test_recovery_leaves_alone_what_somebody_changed_since(folder: Path) -> None:
    beside = make_dot_folder(folder)
    journal.open_entry(
        beside,
        [
            journal.Intent(WELCOME, "0" * 64, b"never"),
            journal.Intent("flows/fresh.toml", None, b'name = "F"\n'),
            journal.Intent("../outside.toml", None, b"never"),
        ],
    )
    before = (folder / WELCOME).read_bytes()
    assert recover(folder) == ("flows/fresh.toml",)
    assert (folder / WELCOME).read_bytes() == before
    assert not (folder.parent / "outside.toml").exists()


@pytest.mark.parametrize("entry", [b"", b"{", b"[]", b'{"changes": [{}]}', b'{"changes": 3}', b"\xff"])
def test_a_torn_journal_means_that_nothing_had_happened(folder: Path, entry: bytes) -> None:
    (make_dot_folder(folder) / "journal.json").write_bytes(entry)
    before = contents(folder)
    assert recover(folder) == ()
    assert contents(folder) == before
    assert not (make_dot_folder(folder) / "journal.json").exists()


def left_open(folder: Path, *intents: journal.Intent) -> Path:
    """The journal of a process that died."""
    journal.open_entry(make_dot_folder(folder), list(intents))
    return make_dot_folder(folder) / "journal.json"


@pytest.mark.parametrize("code", [errno.EIO, errno.EMFILE])
def test_an_entry_that_cannot_be_read_now_is_kept(folder: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = left_open(folder, journal.Intent("flows/fresh.toml", None, b"x"))
    real = files.read_regular

    def read(path: str, limit: int) -> tuple[bytes, os.stat_result]:
        if path == str(entry):
            raise OSError(code, os.strerror(code))
        return real(path, limit)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "read_regular", read)
        with pytest.raises(SaveError, match="interrupted save"):
            recover(folder)
    assert recover(folder) == ("flows/fresh.toml",)


def test_an_entry_whose_file_cannot_be_read_now_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / WELCOME).read_bytes()
    left_open(folder, journal.Intent(WELCOME, digest(before), b"after"))

    def failing(path: str, limit: int) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(on_disk, "read_regular", failing)
        with pytest.raises(SaveError):
            recover(folder)
    assert recover(folder) == (WELCOME,)
    assert (folder / WELCOME).read_bytes() == b"after"


def test_an_entry_of_another_version_is_not_carried_out(folder: Path) -> None:
    entry = left_open(folder, journal.Intent("flows/fresh.toml", None, b"x"))
    entry.write_bytes(entry.read_bytes().replace(b'"version": 1', b'"version": 2'))
    with pytest.raises(SaveError, match="another version"):
        recover(folder)
    assert not (folder / "flows/fresh.toml").exists()
    assert entry.exists()


def test_a_file_in_whose_place_is_something_else_now_does_not_hold_up_the_others(folder: Path) -> None:
    (folder / WELCOME).unlink()
    (folder / WELCOME).mkdir()
    entry = left_open(folder, journal.Intent(WELCOME, "0" * 64, b"x"), journal.Intent("flows/fresh.toml", None, b"y"))
    assert recover(folder) == ("flows/fresh.toml",)
    assert not entry.exists()


@pytest.mark.parametrize("file", [".git/config", "workspace.toml", "flows/../x.toml", "flows/A.toml", ".oncue/id", "x"])
def test_an_entry_that_came_with_the_folder_can_only_be_about_flows_and_scenarios(folder: Path, file: str) -> None:
    (folder / ".git").mkdir()
    (folder / ".git/config").write_text("theirs")
    before = contents(folder)
    old = before.get(file)
    left_open(folder, journal.Intent(file, None if old is None else digest(old), b"harm"))
    assert recover(folder) == ()
    assert contents(folder) == before


def test_an_entry_is_as_readable_as_the_workspace(folder: Path) -> None:
    for mode, readable in ((0o640, True), (0o600, False)):
        (folder / "workspace.toml").chmod(mode)
        entry = left_open(folder, journal.Intent("flows/fresh.toml", None, b"x"))
        assert bool(entry.stat().st_mode & 0o044) is readable
        recover(folder)


def test_whoever_shares_the_workspace_may_finish_a_save_whatever_the_umask_of_the_other_one_is(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        entry = left_open(folder, journal.Intent("flows/fresh.toml", None, b"x"))
    finally:
        os.umask(before)
    assert entry.stat().st_mode & 0o777 == folder.stat().st_mode & 0o666
