import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, TWO, WELCOME, contents, kept, opened, renamed, three_edits

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import ConflictError
from oncue.storage.dot_folder import make_dot_folder
from oncue.storage.saving import history, writer
from oncue.storage.saving.exchange import exchange
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import recover


def test_a_new_flow_does_not_replace_one_that_comes_in_the_last_moment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, session = opened(folder)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    real = os.link

    def link(source: Path, target: Path) -> None:
        Path(target).write_text("theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    errors = save_session(loaded, session.edit("New", workspace, [new_id]))[2]
    assert [type(error) for error in errors] == [ConflictError]
    assert (folder / "flows/fresh.toml").read_text() == "theirs"
    assert not list(folder.rglob(".*.tmp"))


def test_permissions_are_kept_and_state_is_private(folder: Path, state_root: Path) -> None:
    (folder / WELCOME).chmod(0o640)
    loaded, session = opened(folder)
    save_session(loaded, three_edits(session))
    assert stat.S_IMODE((folder / WELCOME).stat().st_mode) == 0o640
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((folder / "flows/fresh.toml").stat().st_mode) == 0o666 & ~mask
    for path in state_root.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_linked_flow_that_is_removed_leaves_the_target(folder: Path) -> None:
    (folder / "real.toml").write_bytes((folder / WELCOME).read_bytes())
    (folder / WELCOME).unlink()
    (folder / WELCOME).symlink_to("../real.toml")
    loaded, session = opened(folder)
    _, _, errors = save_session(loaded, session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE]))
    assert errors == ()
    assert not (folder / WELCOME).is_symlink()
    assert (folder / "real.toml").exists()


_WRITING = ("write", "fsync", "link", "fchmod")
_READING = ("fstat", "stat", "read", "lstat", "readlink", "scandir")


def test_a_write_in_the_middle_of_a_save_is_a_conflict(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program writes the file after it was compared: while the history and the new content are flushed."""
    theirs = b'name = "Theirs"\n'
    real = history.keep

    def keep(state: Path, file: str, data: bytes) -> Path:
        (folder / WELCOME).write_bytes(theirs)
        return real(state, file, data)

    monkeypatch.setattr(history, "keep", keep)
    loaded, session = opened(folder)
    before = contents(folder)
    loaded, session, errors = save_session(loaded, three_edits(session))
    conflicts = [error for error in errors if isinstance(error, ConflictError)]
    assert [(error.file, error.on_disk) for error in conflicts] == [(WELCOME, theirs)]
    assert contents(folder) == {**before, WELCOME: theirs}, "all of the save or nothing, and never over theirs"
    assert session.dirty == {ONE, TWO, "fresh"}


def test_a_file_that_was_only_touched_in_the_middle_of_a_save_is_no_conflict(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = history.keep

    def keep(state: Path, file: str, data: bytes) -> Path:
        os.utime(folder / file)
        return real(state, file, data)

    monkeypatch.setattr(history, "keep", keep)
    loaded, session = opened(folder)
    assert save_session(loaded, renamed(session, ONE, "Mine"))[2] == ()


class Faults:
    """Makes the n-th call of a system function that concerns the workspace (or a file opened in it) fail."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, code: int, reading: bool) -> None:
        self._root, self._at, self._code, self._reading = str(folder), at, code, reading
        self.count, self._handles = 0, set[int]()
        names = ("open", "close", *_WRITING, *(_READING if reading else ()))
        for module, name in [(os, name) for name in names] + [
            *((Path, name) for name in ("replace", "unlink", "mkdir")),
            (writer, "exchange"),
        ]:
            monkeypatch.setattr(module, name, self._wrapped(getattr(module, name), name))

    def happen(self, where: object) -> None:
        """What befalls the n-th call."""
        raise OSError(self._code, os.strerror(self._code), str(where))

    def _wrapped(self, real: Callable[..., object], name: str) -> Callable[..., object]:
        def call(first: object, *rest: object, **named: object) -> object:
            ours = first in self._handles if isinstance(first, int) else self._root in os.fspath(first)  # type: ignore[call-overload]
            if ours and name == "open" and not self._reading and not rest[0] & os.O_CREAT:  # type: ignore[operator]
                ours = False
            if ours:
                self.count += 1
                if self.count == self._at:
                    if name == "close" and self._code:
                        real(first)
                    self.happen(first)
            result = real(first, *rest, **named)
            if name == "open" and ours:
                self._handles.add(result)  # type: ignore[arg-type]
            if name == "close":
                self._handles.discard(first)
            return result

        return call


def faulty_saves(
    folder: Path, code: int, change: Callable[[Session], Session], reading: bool
) -> Iterator[tuple[int, list[str]]]:
    """Saves with the 1st, 2nd, 3rd … call failing, each on the same old content, until one goes through."""
    old = contents(folder)
    for at in range(1, 500):
        loaded, session = opened(folder)
        session = change(session)
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(folder, patch, at, code, reading)
            _, after, errors = save_session(loaded, session)
        if faults.count < at:
            return
        new = contents(folder)
        yield at, [file for file in old.keys() | new.keys() if old.get(file) != new.get(file)]
        assert errors or not after.dirty
        assert not list(folder.rglob(".*.tmp")), "a temporary file was left"
        _, dirty, again = save_session(loaded, session)
        assert again == (), "it works once the cause is gone"
        assert not dirty.dirty
        for path in folder.rglob("*.toml"):
            path.unlink()
        for file, data in old.items():
            (folder / file).write_bytes(data)
    pytest.fail("it never went through")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_an_edit_is_whole_whatever_fails(folder: Path, code: int) -> None:
    tries = 0
    for _, changed in faulty_saves(folder, code, lambda session: renamed(session, ONE, "Mine"), True):
        assert changed in ([], [WELCOME])
        if changed:
            assert b"Mine" in (folder / WELCOME).read_bytes()
        tries += 1
    assert tries > 8


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_three_files_are_all_or_none_whatever_fails(folder: Path, code: int) -> None:
    tries = 0
    for at, changed in faulty_saves(folder, code, three_edits, True):
        assert len(changed) in (0, 3), (at, changed)
        tries += 1
    assert tries > 10


def test_stray_temporary_files_are_removed_and_others_are_not(folder: Path) -> None:
    stray = folder / "flows/.welcome-whatsapp.toml.oncue-0123abcd.tmp"
    other = folder / "flows/.welcome.toml.swp"
    for path in (stray, other):
        path.write_text("x")
    recover(folder)
    assert stray.exists(), "without a lock, it may be of a save that is under way"
    make_dot_folder(folder)
    recover(folder)
    assert not stray.exists()
    assert other.exists()


class Foreign(Faults):
    """Another program writes a file before the n-th call, by renaming another one over it or in its place."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, file: str, how: str) -> None:
        super().__init__(folder, monkeypatch, at, 0, True)
        self.target, self.how = folder / file, how

    def happen(self, where: object) -> None:
        if self.how == "rename":
            beside = self.target.with_name("theirs")
            beside.write_bytes(THEIRS)
            beside.replace(self.target)
        elif self.how == "write":
            self.target.write_bytes(THEIRS)
        else:
            self.target.unlink(missing_ok=True)


THEIRS = b"# theirs, not to be lost\n"


def renamed_and_edited(session: Session) -> Session:
    workspace = edits.rename_flow(session.workspace, ONE, "fresh")
    return renamed(session.edit("Rename", workspace, [ONE, "fresh"], derived=(ONE, "fresh")), "fresh", "Mine")


@pytest.mark.parametrize("how", ["rename", "write", "remove"])
@pytest.mark.parametrize("file", [WELCOME, f"flows/{TWO}.toml", "flows/fresh.toml"])
@pytest.mark.parametrize("change", [three_edits, renamed_and_edited])
def test_a_foreign_write_at_any_moment_of_a_save_is_never_lost(
    folder: Path, change: Callable[[Session], Session], file: str, how: str
) -> None:
    if not exchanges(folder):
        pytest.skip("this file system cannot exchange names")
    old = contents(folder)
    for at in range(1, 500):
        loaded, session = opened(folder)
        session = change(session)
        with pytest.MonkeyPatch.context() as patch:
            foreign = Foreign(folder, patch, at, file, how)
            _, after, errors = save_session(loaded, session)
        if foreign.count < at:
            assert at > 10
            return
        assert not list(folder.rglob(".*.tmp")), at
        asked = [error.on_disk for error in errors if isinstance(error, ConflictError)]
        if how != "remove":
            in_place = (folder / file).exists() and (folder / file).read_bytes() == THEIRS
            assert in_place or (THEIRS in kept(folder, file) and errors) or THEIRS in asked, at
        if errors:
            assert after.dirty
        for path in (*folder.rglob("*.toml"), *(folder.parent / "state").rglob("history/*/*/*")):
            path.unlink()
        for name, data in old.items():
            (folder / name).write_bytes(data)
    pytest.fail("it never went through")


def exchanges(folder: Path) -> bool:
    (folder / "one").touch()
    (folder / "two").touch()
    try:
        return exchange(folder / "one", folder / "two")
    finally:
        (folder / "one").unlink()
        (folder / "two").unlink()


def test_links_that_lead_in_a_circle_do_not_keep_a_workspace_from_being_opened(folder: Path) -> None:
    for path in (folder / "scenarios").iterdir():
        path.unlink()
    (folder / "scenarios").rmdir()
    (folder / "scenarios").symlink_to("scenarios")
    assert recover(folder) == ()
    make_dot_folder(folder)
    assert recover(folder) == ()
