import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError
from oncue.storage.loader import Loaded, load
from oncue.storage.saving import history, journal, transaction, writer
from oncue.storage.saving.save import overwrite, recover, save_copy, save_scenario, save_session, text_to_save
from oncue.storage.user.folders import state_folder

WELCOME = "flows/welcome-whatsapp.toml"
ONE, TWO = "welcome-whatsapp", "note-for-new-agent"


def opened(folder: Path) -> tuple[Loaded, Session]:
    loaded = load(folder)
    return loaded, Session.start(loaded.workspace, ONE)


def renamed(session: Session, flow_id: str, name: str) -> Session:
    return session.edit("Name", edits.set_name(session.workspace, flow_id, name), [flow_id])


def three_edits(session: Session) -> Session:
    """A changed, a new and a removed flow."""
    session = renamed(session, ONE, "Changed")
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    session = session.edit("New", workspace, [new_id])
    return session.edit("Delete", edits.delete_flow(session.workspace, TWO), [TWO])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_edited_flow(folder: Path) -> None:
    loaded, session = opened(folder)
    before = contents(folder)
    loaded, session, errors = save_session(loaded, renamed(session, ONE, "Hi"))
    assert errors == ()
    assert not session.dirty
    after = contents(folder)
    assert {file for file in after if after[file] != before[file]} == {WELCOME}
    assert after[WELCOME] == before[WELCOME].replace(b"Welcome on WhatsApp", b"Hi")
    assert load(folder).workspace == loaded.workspace == session.workspace
    assert load(folder).files[WELCOME].sha256 == loaded.files[WELCOME].sha256
    assert [path.read_bytes() for path in history.versions(state_folder(folder), WELCOME)] == [before[WELCOME]]


def test_nothing_unsaved_touches_nothing(folder: Path) -> None:
    loaded, session = opened(folder)
    status = (folder / WELCOME).stat()
    assert save_session(loaded, session)[2] == ()
    assert (folder / WELCOME).stat() == status


def test_saving_twice(folder: Path) -> None:
    loaded, session = opened(folder)
    for name in ("One", "Two", "Three"):
        loaded, session, errors = save_session(loaded, renamed(session, ONE, name))
        assert errors == ()
        assert load(folder).workspace.flows[ONE].name == name


def test_changed_new_and_removed(folder: Path, state_root: Path) -> None:
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, three_edits(session))
    assert errors == ()
    assert not session.dirty
    assert load(folder).workspace == loaded.workspace
    assert set(loaded.workspace.flows) == {ONE, "fresh"}
    assert not list(state_root.rglob("journal.json"))


def test_a_renamed_flow_keeps_its_comments(folder: Path) -> None:
    loaded, session = opened(folder)
    before = (folder / WELCOME).read_bytes()
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    assert (folder / "flows/hello.toml").read_bytes() == before
    assert not (folder / WELCOME).exists()


def test_a_flow_renamed_and_edited_when_told_so(folder: Path) -> None:
    loaded, session = opened(folder)
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    session = renamed(session, "hello", "Other")
    _, session, errors = save_session(loaded, session, {"hello": ONE})
    assert errors == ()
    assert b"# Fires once" in (folder / "flows/hello.toml").read_bytes()


def test_a_renamed_flow_that_cannot_be_written_keeps_its_old_file(folder: Path) -> None:
    loaded, session = opened(folder)
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    workspace = edits.set_description(session.workspace, "hello", "x" * 300_000)
    session = renamed(session.edit("Description", workspace, ["hello"]), TWO, "Saved")
    before = (folder / WELCOME).read_bytes()
    _, session, errors = save_session(loaded, session, {"hello": ONE})
    assert {error.file for error in errors} == {WELCOME, "flows/hello.toml"}
    assert session.dirty == {ONE, "hello"}, "what does not belong to it was saved"
    assert (folder / WELCOME).read_bytes() == before


def test_a_rename_of_a_file_that_changed_on_disk_does_nothing(folder: Path) -> None:
    loaded, session = opened(folder)
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    (folder / WELCOME).write_bytes(b"name = 1")
    _, session, errors = save_session(loaded, session)
    assert {type(error) for error in errors} == {ConflictError, SaveError}
    assert session.dirty == {ONE, "hello"}
    assert (folder / WELCOME).read_bytes() == b"name = 1"
    assert not (folder / "flows/hello.toml").exists()


@pytest.mark.parametrize("on_disk", [b"name = 1", b"", None])
def test_a_file_that_changed_on_disk_is_never_overwritten(folder: Path, on_disk: bytes | None) -> None:
    loaded, session = opened(folder)
    session = renamed(renamed(session, ONE, "Mine"), TWO, "Also mine")
    path = folder / WELCOME
    path.unlink() if on_disk is None else path.write_bytes(on_disk)
    loaded, session, errors = save_session(loaded, session)
    (error,) = errors
    assert isinstance(error, ConflictError)
    assert error.on_disk == on_disk
    assert session.dirty == {ONE}, "the other was saved"
    assert (path.read_bytes() if path.exists() else None) == on_disk


def test_same_time_and_size_but_other_content_is_a_conflict(folder: Path) -> None:
    loaded, session = opened(folder)
    path = folder / WELCOME
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Hello", b"Howdy"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    (error,) = save_session(loaded, renamed(session, ONE, "Mine"))[2]
    assert isinstance(error, ConflictError)


def test_a_new_flow_does_not_replace_a_file_that_came_meanwhile(folder: Path) -> None:
    loaded, session = opened(folder)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    (folder / "flows/fresh.toml").write_text("theirs")
    (error,) = save_session(loaded, session.edit("New", workspace, [new_id]))[2]
    assert isinstance(error, ConflictError)
    assert (folder / "flows/fresh.toml").read_text() == "theirs"


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


def test_the_same_edit_made_elsewhere_is_no_conflict(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Same")
    save_session(loaded, session)
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    assert not session.dirty


def test_a_broken_file_is_never_written_to(folder: Path) -> None:
    (folder / "flows/broken.toml").write_text("name = ")
    loaded, session = opened(folder)
    flow = Flow(id="broken", name="B", trigger=session.workspace.flows[ONE].trigger)
    session = session.edit("New", session.workspace.with_flow(flow), ["broken"])
    (error,) = save_session(loaded, session)[2]
    assert "broken" in str(error)
    assert (folder / "flows/broken.toml").read_text() == "name = "


def test_overwrite_keeps_what_was_there(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    theirs = (folder / WELCOME).read_bytes() + b"# theirs\n"
    (folder / WELCOME).write_bytes(theirs)
    loaded, session = overwrite(loaded, session, WELCOME)
    assert not session.dirty
    assert load(folder).workspace.flows[ONE].name == "Mine"
    assert (folder / WELCOME).read_bytes().endswith(b"# theirs\n")
    assert history.versions(state_folder(folder), WELCOME)[0].read_bytes() == theirs


def test_overwrite_a_broken_file_and_a_removed_flow(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).write_bytes(b"<<<<<<< HEAD")
    loaded, session = overwrite(loaded, renamed(session, ONE, "Mine"), WELCOME)
    assert load(folder).workspace.flows[ONE].name == "Mine"
    (folder / WELCOME).write_bytes(b"theirs")
    session = session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE])
    loaded, session = overwrite(loaded, session, WELCOME)
    assert not (folder / WELCOME).exists()
    assert history.versions(state_folder(folder), WELCOME)[0].read_bytes() == b"theirs"


def test_overwrite_without_a_history_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).write_bytes(b"theirs")
    monkeypatch.setenv("ONCUE_STATE_DIR", "/proc/nothing")
    with pytest.raises(SaveError, match="history"):
        overwrite(loaded, renamed(session, ONE, "Mine"), WELCOME)
    assert (folder / WELCOME).read_bytes() == b"theirs"


def test_save_copy(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    theirs = (folder / WELCOME).read_bytes() + b"# theirs\n"
    (folder / WELCOME).write_bytes(theirs)
    loaded, after = save_copy(loaded, session, ONE)
    assert after.dirty == {ONE}
    assert load(folder).workspace.flows["welcome-whatsapp-mine"].name == "Mine"
    assert (folder / WELCOME).read_bytes() == theirs


def test_text_to_save(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    assert "# Fires once" in (text_to_save(loaded, session, ONE) or "")
    session = session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE])
    assert text_to_save(loaded, session, ONE) is None


def test_save_scenario(folder: Path) -> None:
    loaded, _ = opened(folder)
    scenario = loaded.workspace.scenarios["new-customer"]
    from oncue.domain.values import replaced

    loaded = save_scenario(loaded, replaced(scenario, id="again"))
    assert load(folder).workspace.scenarios == loaded.workspace.scenarios
    with pytest.raises(ConflictError):
        save_scenario(loaded, replaced(scenario, id="again", name="Other"))


def test_saving_works_without_a_state_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", "/proc/nothing")
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, three_edits(session))
    assert errors == ()
    assert load(folder).workspace == loaded.workspace
    assert recover(folder) == ()


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


def test_links_inside_are_written_through_and_links_outside_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "real.toml").write_bytes((folder / WELCOME).read_bytes())
    (folder / WELCOME).unlink()
    (folder / WELCOME).symlink_to("../real.toml")
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, renamed(session, ONE, "Mine"))
    assert errors == ()
    assert (folder / WELCOME).is_symlink()
    assert b"Mine" in (folder / "real.toml").read_bytes()
    (folder / "real.toml").rename(tmp_path / "out.toml")
    (folder / WELCOME).unlink()
    (folder / WELCOME).symlink_to(tmp_path / "out.toml")
    before = (tmp_path / "out.toml").read_bytes()
    (error,) = save_session(loaded, renamed(session, ONE, "Again"))[2]
    assert "out of the workspace" in str(error)
    assert (tmp_path / "out.toml").read_bytes() == before


def test_a_linked_flow_that_is_removed_leaves_the_target(folder: Path) -> None:
    (folder / "real.toml").write_bytes((folder / WELCOME).read_bytes())
    (folder / WELCOME).unlink()
    (folder / WELCOME).symlink_to("../real.toml")
    loaded, session = opened(folder)
    _, _, errors = save_session(loaded, session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE]))
    assert errors == ()
    assert not (folder / WELCOME).is_symlink()
    assert (folder / "real.toml").exists()


def test_a_folder_in_the_place_of_the_file(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).unlink()
    (folder / WELCOME).mkdir()
    (error,) = save_session(loaded, renamed(session, ONE, "Mine"))[2]
    assert "not a file" in str(error)


def test_a_flows_folder_that_is_gone_is_made(folder: Path) -> None:
    for path in (folder / "flows").iterdir():
        path.unlink()
    (folder / "flows").rmdir()
    loaded, session = opened(folder)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    loaded, session, errors = save_session(loaded, session.edit("New", workspace, [new_id]))
    assert errors == ()
    assert set(load(folder).workspace.flows) == {"fresh"}


# --- every operation fails once -----------------------------------------------------------------------------------

_WRITING = ("write", "fsync", "link", "fchmod")
_READING = ("fstat", "stat", "read", "lstat", "readlink", "scandir")


class Faults:
    """Makes the n-th call of a system function that concerns the workspace (or a file opened in it) fail."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, at: int, code: int, reading: bool) -> None:
        self._root, self._at, self._code, self._reading = str(folder), at, code, reading
        self.count, self._handles = 0, set[int]()
        names = ("open", "close", *_WRITING, *(_READING if reading else ()))
        for module, name in [(os, name) for name in names] + [(Path, name) for name in ("replace", "unlink", "mkdir")]:
            monkeypatch.setattr(module, name, self._wrapped(getattr(module, name), name))

    def _wrapped(self, real: Callable[..., object], name: str) -> Callable[..., object]:
        def call(first: object, *rest: object, **named: object) -> object:
            ours = first in self._handles if isinstance(first, int) else self._root in os.fspath(first)  # type: ignore[call-overload]
            if ours and name == "open" and not self._reading and not rest[0] & os.O_CREAT:  # type: ignore[operator]
                ours = False
            if ours:
                self.count += 1
                if self.count == self._at:
                    if name == "close":
                        real(first)
                    raise OSError(self._code, os.strerror(self._code), str(first))
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
        assert not list(folder.rglob(".*")), "a temporary file was left"
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
    for at, changed in faulty_saves(folder, code, three_edits, False):
        assert len(changed) in (0, 3), (at, changed)
        tries += 1
    assert tries > 10


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EACCES, "permission"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "error"),
        (errno.EFBIG, "larger"),
    ],
)
def test_the_error_says_what_helps(folder: Path, code: int, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")

    def fail(handle: int, data: bytes) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "write", fail)
    _, after, (error,) = save_session(loaded, session)
    assert words in str(error)
    assert after.dirty == {ONE}


def test_a_short_write_is_continued(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
    assert save_session(loaded, renamed(session, ONE, "Mine"))[2] == ()
    assert load(folder).workspace.flows[ONE].name == "Mine"


def test_the_order_of_a_save(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new content is on the disk before it gets its name, and the name before the save is over."""
    loaded, session = opened(folder)
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace
    root = os.fspath(folder)

    def sync(handle: int) -> None:
        path = str(Path(f"/proc/self/fd/{handle}").readlink())
        if path.startswith(root):
            done.append("flush folder" if Path(path).is_dir() else "flush file")
        real_sync(handle)

    def replace(self: Path, target: Path) -> Path:
        if os.fspath(target).startswith(root):
            done.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    save_session(loaded, renamed(session, ONE, "Mine"))
    assert done == ["flush file", "rename", "flush folder"]
    done.clear()
    writer.replace_file(folder / WELCOME, b"x")
    assert done == ["flush file", "rename", "flush folder"]


# --- after a crash ------------------------------------------------------------------------------------------------


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
            if not self.target.is_relative_to(folder):
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
        assert not list(folder.rglob(".*"))
        ends.add(frozenset(contents(folder).items()))
        for path in folder.rglob("*.toml"):
            path.unlink()
        for file, data in old.items():
            (folder / file).write_bytes(data)
    assert len(ends) == 1


def test_recovery_leaves_alone_what_somebody_changed_since(folder: Path) -> None:
    state = state_folder(folder)
    journal.open_entry(
        state,
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
    (state_folder(folder) / "journal.json").write_bytes(entry)
    before = contents(folder)
    assert recover(folder) == ()
    assert contents(folder) == before
    assert not (state_folder(folder) / "journal.json").exists()


def test_stray_temporary_files_are_removed_and_others_are_not(folder: Path) -> None:
    stray = folder / "flows/.welcome-whatsapp.toml.oncue-0123abcd.tmp"
    other = folder / "flows/.welcome.toml.swp"
    for path in (stray, other):
        path.write_text("x")
    recover(folder)
    assert not stray.exists()
    assert other.exists()


def test_another_process_that_is_saving_is_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from oncue.storage.user import folders as state

    loaded, session = opened(folder)
    monkeypatch.setattr(transaction, "locked", lambda place: state.locked(place, timeout=0.05))
    with state.locked(state.state_folder(folder)):
        _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert "another oncue is saving" in str(error)
    assert after.dirty == {ONE}


def test_history_is_bounded_and_holds_each_content_once_in_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "KEPT", 3)
    state = state_folder(folder)
    for number in [1, 2, 2, 3, 4, 5]:
        history.keep(state, WELCOME, b"%d" % number)
    assert [path.read_bytes() for path in history.versions(state, WELCOME)] == [b"5", b"4", b"3"]
    assert history.versions(state, "flows/none.toml") == ()


def test_two_sessions_lose_no_update(folder: Path) -> None:
    first_loaded, first = opened(folder)
    second_loaded, second = opened(folder)
    save_session(first_loaded, renamed(first, ONE, "First"))
    _, _, errors = save_session(second_loaded, renamed(second, ONE, "Second"))
    assert [type(error) for error in errors] == [ConflictError]
    assert load(folder).workspace.flows[ONE].name == "First"


def test_steps_added_to_a_flow_without_any(folder: Path) -> None:
    loaded, session = opened(folder)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    loaded, session, _ = save_session(loaded, session.edit("New", workspace, [new_id]))
    workspace = edits.add_step(session.workspace, new_id, "add_note")
    loaded, session, errors = save_session(loaded, session.edit("Step", workspace, [new_id]))
    assert errors == ()
    assert load(folder).workspace.flows[new_id].steps == (AddNote(text=""),)
