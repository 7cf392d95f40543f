import os
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import rtoml
from tests.storage.saving.sessions import ONE, TWO, WELCOME, contents, kept, opened, renamed, three_edits

from oncue.domain.steps import AddNote
from oncue.editing import edits
from oncue.errors import ConflictError, SaveError, SaveWarning
from oncue.storage import files
from oncue.storage.dot_folder import make_dot_folder
from oncue.storage.loader import load
from oncue.storage.saving import lock, transaction
from oncue.storage.saving.save import overwrite, save_copy, save_scenario, save_session, text_to_save, with_copy
from oncue.storage.saving.transaction import recover


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
    assert load(folder).files[WELCOME].digest == loaded.files[WELCOME].digest
    assert kept(folder, WELCOME) == [before[WELCOME]]


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


def test_changed_new_and_removed(folder: Path) -> None:
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, three_edits(session))
    assert errors == ()
    assert not session.dirty
    assert load(folder).workspace == loaded.workspace
    assert set(loaded.workspace.flows) == {ONE, "fresh"}
    assert not list(folder.rglob("journal.json"))


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


def test_a_flows_folder_that_is_gone_is_made(folder: Path) -> None:
    for path in (folder / "flows").iterdir():
        path.unlink()
    (folder / "flows").rmdir()
    loaded, session = opened(folder)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    loaded, session, errors = save_session(loaded, session.edit("New", workspace, [new_id]))
    assert errors == ()
    assert set(load(folder).workspace.flows) == {"fresh"}


def test_saving_works_without_a_state_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", "/proc/nothing")
    loaded, session = opened(folder)
    loaded, session, errors = save_session(loaded, three_edits(session))
    assert {type(error) for error in errors} == {SaveWarning}, "that there is no history is said"
    assert {error.file for error in errors} == {WELCOME, f"flows/{TWO}.toml"}
    assert load(folder).workspace == loaded.workspace
    assert recover(folder) == ()


def test_a_file_with_other_names_is_saved_and_said(folder: Path) -> None:
    (folder / "other").hardlink_to(folder / WELCOME)
    loaded, session = opened(folder)
    _, after, (error,) = save_session(loaded, renamed(session, ONE, "Mine"))
    assert isinstance(error, SaveWarning)
    assert "hard links" in str(error)
    assert not after.dirty


def test_overwrite_keeps_what_was_there(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    theirs = (folder / WELCOME).read_bytes() + b"# theirs\n"
    (folder / WELCOME).write_bytes(theirs)
    loaded, session, _ = overwrite(loaded, session, WELCOME)
    assert not session.dirty
    assert load(folder).workspace.flows[ONE].name == "Mine"
    assert (folder / WELCOME).read_bytes().endswith(b"# theirs\n")
    assert kept(folder, WELCOME)[0] == theirs


def test_overwrite_a_broken_file_and_a_removed_flow(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).write_bytes(b"<<<<<<< HEAD")
    loaded, session, _ = overwrite(loaded, renamed(session, ONE, "Mine"), WELCOME)
    assert load(folder).workspace.flows[ONE].name == "Mine"
    (folder / WELCOME).write_bytes(b"theirs")
    session = session.edit("Delete", edits.delete_flow(session.workspace, ONE), [ONE])
    loaded, session, _ = overwrite(loaded, session, WELCOME)
    assert not (folder / WELCOME).exists()
    assert kept(folder, WELCOME)[0] == b"theirs"


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
    loaded, copy, warnings = save_copy(loaded, session, ONE)
    assert warnings == ()
    after = with_copy(session, ONE, copy)
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

    loaded, _ = save_scenario(loaded, replaced(scenario, id="again"))
    assert load(folder).workspace.scenarios == loaded.workspace.scenarios
    with pytest.raises(ConflictError):
        save_scenario(loaded, replaced(scenario, id="again", name="Other"))


# --- what a save costs --------------------------------------------------------------------------------------------


class Counted:
    """Counts how often each file of a workspace is read, and how many texts are parsed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reads, self.parses = Counter[str](), 0
        real_open, real_loads = os.open, rtoml.loads

        def opened(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            if str(path).startswith(str(folder)) and str(path).endswith(".toml") and not flags & os.O_CREAT:
                self.reads[str(Path(path).relative_to(folder))] += 1
            return real_open(path, flags, *rest, **named)

        def loads(text: str) -> dict[str, Any]:
            self.parses += 1
            return real_loads(text)

        monkeypatch.setattr(os, "open", opened)
        monkeypatch.setattr(rtoml, "loads", loads)
        # The files were made a moment ago. In real life they were not, and their time stamps can be trusted.
        monkeypatch.setattr(files, "CLOCK_TICK_NS", 0, raising=False)


def test_a_save_of_one_flow_reads_its_file_once_and_parses_the_old_and_the_new_text_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    count = Counted(folder, monkeypatch)
    assert save_session(loaded, session)[2] == ()
    assert count.reads == {WELCOME: 1}
    assert count.parses == 2


def test_a_save_of_several_flows_reads_each_file_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(folder / WELCOME, folder / "flows/other.toml")
    shutil.copy(folder / WELCOME, folder / "flows/third.toml")
    loaded, session = opened(folder)
    session = renamed(renamed(three_edits(session), "other", "Other"), "third", "Third")
    workspace = edits.rename_flow(session.workspace, "third", "moved")
    session = session.edit("Rename", workspace, ["third", "moved"], derived=("third", "moved"))
    count = Counted(folder, monkeypatch)
    assert save_session(loaded, session)[2] == ()
    changed, removed = ["flows/other.toml", "flows/third.toml", WELCOME], [f"flows/{TWO}.toml"]
    created = ["flows/fresh.toml", "flows/moved.toml"]  # looked for, not there
    assert count.reads == dict.fromkeys([*changed, *removed, *created], 1)
    assert count.parses == 2 * len(changed) + 1, "three edited texts, old and new, and one that is new"


def test_a_list_of_several_lines_is_not_parsed_element_by_element(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (folder / WELCOME).read_text().replace('["welcome"]', '[\n  "welcome", # a tag\n  "new",\n]')
    (folder / WELCOME).write_text(text)
    loaded, session = opened(folder)
    session = session.edit("Tags", edits.set_tags(session.workspace, ONE, ["welcome"]), [ONE])
    count = Counted(folder, monkeypatch)
    assert save_session(loaded, session)[2] == ()
    assert count.parses == 2


def test_what_would_be_written_over_another_version_keeps_its_comments(folder: Path) -> None:
    loaded, session = opened(folder)
    session = renamed(session, ONE, "Mine")
    (folder / WELCOME).write_text(f"# theirs\n{(folder / WELCOME).read_text()}")
    shown = text_to_save(loaded, session, ONE)
    overwrite(loaded, session, WELCOME)
    assert (folder / WELCOME).read_text() == shown
    assert "# theirs" in (shown or "")


def test_without_the_lock_every_unsaved_flow_has_its_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, session = opened(folder)
    monkeypatch.setattr(transaction, "locked", lambda beside: lock.locked(beside, timeout=0.05))
    with lock.locked(make_dot_folder(folder)):
        after, still, errors = save_session(loaded, three_edits(session))
        with pytest.raises(SaveError, match="another oncue"):
            overwrite(loaded, session, WELCOME)
    assert [error.file for error in errors] == ["flows/fresh.toml", f"flows/{TWO}.toml", WELCOME]
    assert still.dirty == {ONE, TWO, "fresh"}
    assert after is loaded
