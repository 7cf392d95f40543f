import os
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, TWO, WELCOME, opened, renamed

from oncue.domain.flows import Flow
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError, SaveWarning
from oncue.storage.saving.save import save_session


def under_another_id(session: Session) -> Session:
    workspace = edits.rename_flow(session.workspace, ONE, "hello")
    return session.edit("Rename", workspace, [ONE, "hello"], derived=(ONE, "hello"))


def test_a_renamed_flow_keeps_its_comments(folder: Path) -> None:
    loaded, session = opened(folder)
    before = (folder / WELCOME).read_bytes()
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    loaded, session, errors = save_session(loaded, session)
    assert errors == ()
    assert (folder / "flows/hello.toml").read_bytes() == before
    assert not (folder / WELCOME).exists()


def test_a_flow_renamed_and_edited_keeps_its_comments_too(folder: Path) -> None:
    loaded, session = opened(folder)
    session = under_another_id(session)
    session = renamed(session, "hello", "Other")
    _, session, errors = save_session(loaded, session)
    assert errors == ()
    assert b"# Fires once" in (folder / "flows/hello.toml").read_bytes()


def test_a_renamed_flow_that_cannot_be_written_keeps_its_old_file(folder: Path) -> None:
    loaded, session = opened(folder)
    session = under_another_id(session)
    workspace = edits.set_description(session.workspace, "hello", "x" * 300_000)
    session = renamed(session.edit("Description", workspace, ["hello"]), TWO, "Saved")
    before = (folder / WELCOME).read_bytes()
    _, session, errors = save_session(loaded, session)
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


def scenario_file_of(folder: Path) -> Path:
    return next(path for path in (folder / "scenarios").iterdir() if f'"{ONE}"' in path.read_text("utf-8"))


def test_scenarios_expect_a_renamed_flow_under_its_new_id(folder: Path) -> None:
    loaded, session = opened(folder)
    file = scenario_file_of(folder)
    before = file.read_bytes()
    loaded, session, errors = save_session(loaded, under_another_id(session))
    assert errors == ()
    assert file.read_bytes() == before.replace(f'"{ONE}"'.encode(), b'"hello"')
    assert loaded.workspace.scenarios == session.saved.scenarios == session.workspace.scenarios
    assert session.workspace.scenarios_expecting("hello") == [file.stem]
    again, session, errors = save_session(loaded, session.undo())
    assert errors == ()
    assert file.read_bytes() == before, "undo goes back through the save"
    assert again.workspace.scenarios == session.workspace.scenarios


def test_a_rename_follows_into_what_another_program_made_of_a_scenario(folder: Path) -> None:
    loaded, session = opened(folder)
    file = scenario_file_of(folder)
    file.write_bytes(b"# Mine.\n" + file.read_bytes())
    _, _, errors = save_session(loaded, under_another_id(session))
    assert errors == ()
    assert file.read_bytes().startswith(b"# Mine.\n")
    assert b'"hello"' in file.read_bytes()


def test_a_scenario_that_became_unreadable_is_left_alone_and_told(folder: Path) -> None:
    loaded, session = opened(folder)
    file = scenario_file_of(folder)
    file.write_bytes(b"name = ")
    _, session, errors = save_session(loaded, under_another_id(session))
    assert [(error.file, type(error)) for error in errors] == [(f"scenarios/{file.name}", SaveWarning)]
    assert file.read_bytes() == b"name = "
    assert not session.dirty, "the flow itself is saved"


def test_a_rename_that_is_not_saved_leaves_the_scenarios_alone(folder: Path) -> None:
    loaded, session = opened(folder)
    file = scenario_file_of(folder)
    before = file.read_bytes()
    (folder / WELCOME).write_bytes(b"name = 1")
    save_session(loaded, under_another_id(session))
    assert file.read_bytes() == before
