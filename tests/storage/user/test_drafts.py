import errno
import json
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import StateError
from oncue.storage.file_lock import FileLock
from oncue.storage.loader import load
from oncue.storage.user import drafts as drafts_module
from oncue.storage.user.drafts import RESTORE, DraftStore, find_drafts
from oncue.storage.user.states import state_folder

ONE, TWO = "welcome-whatsapp", "note-for-new-agent"


def edited(session: Session) -> Session:
    session = session.edit("Name", edits.set_name(session.workspace, ONE, 'Hi "\x00\x1b🙂'), [ONE])
    session = session.edit("Delete", edits.delete_flow(session.workspace, TWO), [TWO])
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    return session.edit("New", workspace, [new_id])


def started(folder: Path) -> Session:
    return Session.start(load(folder).workspace)


def left_behind(folder: Path, session: Session) -> None:
    """A draft whose process is gone."""
    store = DraftStore(folder)
    store.write(session, load(folder).files)
    store.close()


def drafts(folder: Path) -> list[Path]:
    return sorted((state_folder(folder) / "drafts").glob("*"))


def test_unsaved_work_comes_back_as_one_step_of_undo(folder: Path) -> None:
    session = edited(started(folder))
    left_behind(folder, session)
    (draft,) = find_drafts(folder).drafts
    assert draft.flow_ids == {ONE, TWO, "fresh"}
    assert abs((datetime.now(UTC) - draft.written).total_seconds()) < 60
    fresh = started(folder)
    restored = draft.apply(fresh)
    assert restored.workspace == session.workspace
    assert restored.dirty == session.dirty
    assert restored.undo_label == RESTORE
    assert restored.undo().workspace == fresh.workspace
    draft.discard()
    assert find_drafts(folder).drafts == []
    assert drafts(folder) == []


def test_a_draft_in_use_is_no_orphan(folder: Path) -> None:
    store = DraftStore(folder)
    store.write(edited(started(folder)))
    assert find_drafts(folder).drafts == []
    store.close()
    first = find_drafts(folder).drafts
    assert len(first) == 1
    assert find_drafts(folder).drafts == [], "it is being offered"
    first[0].release()
    again = find_drafts(folder).drafts
    assert len(again) == 1
    again[0].discard()


def test_the_draft_of_a_killed_process_is_found(folder: Path) -> None:
    script = """
import os, signal, sys
from pathlib import Path
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import StateError
from oncue.storage.user.drafts import DraftStore
from oncue.storage.file_lock import FileLock
from oncue.storage.loader import load
folder = Path(sys.argv[1])
session = Session.start(load(folder).workspace)
store = DraftStore(folder)
store.write(session.edit("Name", edits.set_name(session.workspace, "welcome-whatsapp", "Mine"), ["welcome-whatsapp"]))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script, str(folder)], check=False).returncode == -9
    (draft,) = find_drafts(folder).drafts
    assert draft.apply(started(folder)).workspace.flows[ONE].name == "Mine"
    draft.discard()


def test_saved_or_undone_work_leaves_no_draft(folder: Path) -> None:
    session = started(folder)
    store = DraftStore(folder)
    store.write(edited(session))
    store.write(session)
    store.close()
    assert drafts(folder) == []
    store = DraftStore(folder)
    store.write(edited(session))
    store.clear()
    store.close()
    store.close()
    assert drafts(folder) == []


def test_an_unchanged_session_is_not_written_again(folder: Path) -> None:
    session = edited(started(folder))
    store = DraftStore(folder)
    store.write(session)
    (path,) = (path for path in drafts(folder) if path.suffix == ".json")
    path.unlink()
    store.write(session)
    assert not path.exists()
    store.close()


def test_drafts_are_private(folder: Path) -> None:
    left_behind(folder, edited(started(folder)))
    for path in drafts(folder):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_knows_which_files_changed_since(folder: Path) -> None:
    left_behind(folder, edited(started(folder)))
    (draft,) = find_drafts(folder).drafts
    assert draft.changed_since(load(folder).files) == set()
    (folder / f"flows/{ONE}.toml").write_text("name = 1")
    (folder / "flows/fresh.toml").write_text("name = 1")
    assert draft.changed_since(load(folder).files) == {ONE, "fresh"}
    draft.discard()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        b'{"version": 1, "written": "2026-01-01T00:00:00", "flows": {}, "deleted": [], "based_on": {}}',
        b'{"version": 1, "written": "now", "flows": {}, "deleted": [], "based_on": {}}',
        b'{"version": 1, "written": "2026-01-01T00:00:00+00:00", "flows": {"../x": {}}, "deleted": [], "based_on": {}}',
        b'{"version": 1, "written": "2026-01-01T00:00:00Z", "flows": {"x": {"n": 3}}, "deleted": [], "based_on": {}}',
        b'{"version": 1, "written": "2026-01-01T00:00:00+00:00", "flows": {"x": 3}, "deleted": [], "based_on": {}}',
        b'{"version": 1, "written": "2026-01-01T00:00:00+00:00", "flows": {}, "deleted": ["../../x"], "based_on": {}}',
    ],
)
def test_a_corrupt_draft_is_set_aside_and_hides_no_other(folder: Path, content: bytes) -> None:
    left_behind(folder, edited(started(folder)))
    bad = state_folder(folder) / "drafts" / "draft-0bad.json"
    bad.write_bytes(content)
    found = find_drafts(folder).drafts
    assert len(found) == 1
    assert bad.with_suffix(".corrupt").read_bytes() == content
    assert not bad.exists()
    found[0].discard()


def test_without_a_state_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", "/proc/nothing")
    with pytest.raises(StateError, match="state folder"):
        DraftStore(folder)
    assert find_drafts(folder).drafts == []


def test_a_draft_that_cannot_be_written_keeps_the_last_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = started(folder)
    store = DraftStore(folder)
    store.write(edited(session))
    (path,) = (path for path in drafts(folder) if path.suffix == ".json")
    before = path.read_bytes()

    def full(handle: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StateError, match="no space left"):
            store.write(session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE]))
    assert path.read_bytes() == before
    assert json.loads(before)["workspace"] == str(folder)
    store.close()


def test_a_draft_of_another_version_is_left_for_it(folder: Path) -> None:
    left_behind(folder, edited(started(folder)))
    (path,) = (path for path in drafts(folder) if path.suffix == ".json")
    content = path.read_bytes().replace(b'"version": 1', b'"version": 2')
    path.write_bytes(content)
    assert find_drafts(folder).drafts == []
    assert path.read_bytes() == content


def test_a_draft_that_is_being_written_does_not_outlive_its_removal(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is slow, and the user leaves meanwhile."""
    store, session = DraftStore(folder), edited(started(folder))
    begun, go_on, real = threading.Event(), threading.Event(), os.fsync

    def leave() -> None:
        store.clear()
        store.close()

    def slow(handle: int) -> None:
        begun.set()
        go_on.wait(10)
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", slow)
        writing = threading.Thread(target=store.write, args=[session])
        writing.start()
        assert begun.wait(10)
        leaving = threading.Thread(target=leave)
        leaving.start()
        go_on.set()
        writing.join(10)
        leaving.join(10)
    assert drafts(folder) == []


def test_nothing_is_written_once_it_is_closed(folder: Path) -> None:
    store = DraftStore(folder)
    store.close()
    store.write(edited(started(folder)))
    assert drafts(folder) == []


def test_what_was_found_is_offered_even_if_tidying_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_behind(folder, edited(started(folder)))

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(drafts_module, "remove_strays", fail)
    (draft,) = find_drafts(folder).drafts
    draft.discard()


def test_what_is_typed_and_no_value_yet_is_kept_without_any_edit(folder: Path) -> None:
    session, loaded = started(folder), load(folder)
    store = DraftStore(folder)
    texts: dict[tuple[str, int | str], str] = {(ONE, 0): 'a note\n"\x00🙂'}
    store.write(session, loaded.files, texts)
    store.write(session, loaded.files, texts)
    assert find_drafts(folder).drafts == [], "it is in use"
    store.write(session, loaded.files, {(ONE, 0): "longer", (ONE, "cooldown"): "30"})
    store.close()
    (draft,) = find_drafts(folder).drafts
    assert draft.texts == {(ONE, 0): "longer", (ONE, "cooldown"): "30"}
    assert draft.flow_ids == {ONE}
    assert draft.changed_since(load(folder).files) == set()
    fresh = started(folder)
    assert draft.apply(fresh) is fresh
    draft.discard()


def test_a_text_comes_with_its_flow_if_that_changed_on_disk(folder: Path) -> None:
    session, loaded = started(folder), load(folder)
    store = DraftStore(folder)
    store.write(session, loaded.files, {(ONE, 0): "a note"})
    store.close()
    file = folder / f"flows/{ONE}.toml"
    file.write_text(file.read_text().replace("name = ", "name = 'Theirs' # "))
    (draft,) = find_drafts(folder).drafts
    assert draft.changed_since(load(folder).files) == {ONE}
    assert draft.apply(started(folder)).workspace.flows[ONE] == session.workspace.flows[ONE]
    draft.discard()


def test_no_text_any_more_leaves_no_draft(folder: Path) -> None:
    session = started(folder)
    store = DraftStore(folder)
    store.write(session, texts={(ONE, 0): "a note"})
    store.write(session)
    assert not [path for path in drafts(folder) if path.suffix == ".json"]
    store.close()


@pytest.mark.parametrize(
    "texts", [3, [3], [[ONE, "0", "x"]], [[ONE, 1e999, "x"]], [[ONE, 0, 3]], [["../x", 0, "x"]], [[ONE, 0, "\ud800"]]]
)
def test_texts_that_are_none_are_set_aside(folder: Path, texts: object) -> None:
    left_behind(folder, edited(started(folder)))
    (path,) = (path for path in drafts(folder) if path.suffix == ".json")
    path.write_text(json.dumps({**json.loads(path.read_bytes()), "texts": texts}))
    found = find_drafts(folder)
    assert (found.drafts, len(found.complaints)) == ([], 1)


def test_a_disk_that_fails_from_the_start_on_is_a_state_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(FileLock, "acquire", fail)
    monkeypatch.setattr(Path, "exists", fail)
    with pytest.raises(StateError, match="no drafts can be kept"):
        DraftStore(folder)
