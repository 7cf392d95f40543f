"""Which workspace is which: renamed, moved, copied, cleaned, read-only, and from somebody else."""

import errno
import os
import shutil
import time
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, WELCOME, kept, opened, renamed

from oncue.errors import StateError
from oncue.storage import dot_folder
from oncue.storage.dot_folder import DOT_FOLDER, make_dot_folder, read_id, write_id
from oncue.storage.loader import load
from oncue.storage.saving import journal
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import recover
from oncue.storage.saving.writer import OLD
from oncue.storage.user import states
from oncue.storage.user.drafts import DraftStore, find_drafts
from oncue.storage.user.states import mark, state_folder, state_folders


def left_behind(folder: Path, name: str = "Unsaved") -> None:
    """What a session that died leaves: a saved edit in the history, and an unsaved one in a draft."""
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, renamed(session, ONE, f"Saved {name}"))
    assert errors == ()
    store = DraftStore(folder)
    store.write(renamed(session, ONE, name), loaded.files)
    store.close()


def names(folder: Path) -> list[str]:
    """The names in the drafts that are offered."""
    found = find_drafts(folder).drafts
    for draft in found:
        draft.release()
    return [draft.flows[ONE].name for draft in found]


def test_a_workspace_that_was_moved_finds_its_draft_history_and_journal(folder: Path) -> None:
    before = (folder / WELCOME).read_bytes()
    left_behind(folder)
    journal.open_entry(make_dot_folder(folder), [journal.Intent("flows/fresh.toml", None, b"x")])
    moved = folder.rename(folder.with_name("moved"))
    assert recover(moved) == ("flows/fresh.toml",)
    assert names(moved) == ["Unsaved"]
    assert kept(moved, WELCOME) == [before]
    (draft,) = find_drafts(moved).drafts
    assert draft.folder == folder
    draft.discard()


def test_a_copy_does_not_take_the_drafts_of_its_original(folder: Path, tmp_path: Path) -> None:
    left_behind(folder)
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert read_id(copy) == read_id(folder)
    assert names(copy) == []
    left_behind(copy, "Of the copy")
    assert read_id(copy) != read_id(folder)
    assert (names(folder), names(copy)) == (["Unsaved"], ["Of the copy"])
    moved = copy.rename(tmp_path / "moved")
    assert (names(folder), names(moved)) == (["Unsaved"], ["Of the copy"])


def test_a_new_workspace_in_the_place_of_one_that_was_moved_and_used_there(folder: Path) -> None:
    left_behind(folder)
    moved = folder.rename(folder.with_name("moved"))
    state_folder(moved)
    shutil.copytree(moved, folder, ignore=shutil.ignore_patterns(DOT_FOLDER))
    assert (names(folder), names(moved)) == ([], ["Unsaved"])


def test_without_its_hidden_folder_it_is_known_by_its_place(folder: Path) -> None:
    """As after `git clean -dfx`."""
    left_behind(folder)
    state = state_folder(folder)
    shutil.rmtree(folder / DOT_FOLDER)
    assert names(folder) == ["Unsaved"]
    mark(folder, state)
    assert read_id(folder) == state.name


def test_a_folder_that_cannot_be_written_to_is_known_by_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(_folder: Path) -> Path:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(dot_folder, "make_dot_folder", read_only)
    loaded, session = opened(folder)
    store = DraftStore(folder)
    store.write(renamed(session, ONE, "Unsaved"), loaded.files)
    store.close()
    assert not (folder / DOT_FOLDER).exists()
    assert names(folder) == ["Unsaved"]


def test_two_processes_that_begin_at_once_find_the_drafts_of_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(states, "_known_states", lambda *_: iter(()))
        state_folder(folder)
        one = DraftStore(folder)
        other = DraftStore(folder)
    loaded, session = opened(folder)
    for store, name in ((one, "One"), (other, "Other")):
        store.write(renamed(session, ONE, name), loaded.files)
        store.close()
    assert sorted(names(folder)) == ["One", "Other"]
    assert state_folders(folder)[0].name == read_id(folder)


def test_a_workspace_of_another_user_keeps_its_id(folder: Path) -> None:
    write_id(folder, "a" * 32)
    left_behind(folder)
    assert read_id(folder) == state_folder(folder).name == "a" * 32


def test_a_workspace_that_claims_the_id_of_another_gets_none_of_its_drafts(folder: Path, tmp_path: Path) -> None:
    left_behind(folder)
    hostile = tmp_path / "hostile"
    shutil.copytree(folder, hostile)
    state_folder(hostile)
    assert names(hostile) == []


def test_a_workspace_that_is_reached_by_two_paths_is_one(folder: Path, tmp_path: Path) -> None:
    left_behind(folder)
    (tmp_path / "link").symlink_to(folder)
    assert state_folder(tmp_path / "link") == state_folder(folder)
    assert names(tmp_path / "link") == ["Unsaved"]


def test_no_file_where_a_state_folder_should_be_ends_anything(folder: Path, state_root: Path) -> None:
    (state_root / "workspaces").mkdir(parents=True)
    (state_root / "workspaces" / "file").write_text("x")
    (state_root / "workspaces" / "odd").mkdir()
    (state_root / "workspaces" / "odd" / "folder").mkdir()
    state_folder(folder)
    assert names(folder) == []
    shutil.rmtree(state_root)
    state_root.write_text("x")
    assert names(folder) == []
    with pytest.raises(StateError):
        state_folder(folder)
    load(folder)


def test_a_state_folder_of_a_process_that_was_killed_while_it_was_made_goes(
    folder: Path, state_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half, used, young = (state_root / "workspaces" / name for name in ("a" * 32, "b" * 32, "c" * 32))
    (used / "history").mkdir(parents=True)
    for path in (half, young):
        path.mkdir()
        (path / ".folder.oncue-0123abcd.tmp").touch()
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + OLD + 60)
    os.utime(young, (time.time(), time.time()))
    find_drafts(folder)
    assert not half.exists()
    assert used.exists(), "nobody knows whose it is, but it is not empty"
    assert (young / ".folder.oncue-0123abcd.tmp").exists(), "its process may be about to note the workspace"


def test_a_failing_disk_ends_neither_a_save_nor_a_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether another user's state folder exists cannot be told."""
    write_id(folder, "1" * 32)
    loaded, session = opened(folder)
    store = DraftStore(folder)
    write_id(folder, "2" * 32)
    real = Path.exists

    def exists(path: Path, **options: bool) -> bool:
        if path.name == "2" * 32 or path.suffix == ".json":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "exists", exists)
        store.write(renamed(session, ONE, "Unsaved"), loaded.files)
        store.close()
        _, after, _ = save_session(loaded, renamed(session, ONE, "Saved"))
    assert not after.dirty
    assert names(folder) == ["Unsaved"], "and its lock is free"
