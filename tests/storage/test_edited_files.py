"""Comments for the linter in the files of a workspace that is being edited."""

from pathlib import Path

import pytest

from oncue.domain.problems import Code, Problem
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.storage.edited_files import EditedFiles
from oncue.storage.loader import Loaded, load

FLOW = """\
name = "A"

[trigger]
event = "message_created"
channel = "whatsapp"
message_types = []   # oncue: ignore OC204

[[steps]]
type = "send_message"
text = ""
"""
EMPTY = Problem("flows/a.toml", "empty", Code.MATCHES_NOTHING, ("trigger", "message_types"))
STEP = Problem("flows/a.toml", "empty", Code.EMPTY_STEP, ("steps", 0, "text"))


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    (tmp_path / "flows").mkdir()
    (tmp_path / "workspace.toml").write_text('name = "W"\n[[instances]]\nid = "wa"\nchannel = "whatsapp"\nname = "W"\n')
    (tmp_path / "flows/a.toml").write_text(FLOW)
    (tmp_path / "flows/b.toml").write_text(FLOW.replace("# oncue: ignore OC204", ""))
    return load(tmp_path)


def left(loaded: Loaded, session: Session, *problems: Problem, files: EditedFiles | None = None) -> list[Problem]:
    return list((files or EditedFiles()).not_ignored(loaded, session, problems))


def test_what_a_comment_names_is_left_out(loaded: Loaded) -> None:
    session = Session.start(loaded.workspace)
    other = EMPTY._replace(file="flows/b.toml")
    assert left(loaded, session, EMPTY, STEP, other) == [STEP, other]
    nowhere = EMPTY._replace(file="flows/gone.toml")
    assert left(loaded, session, nowhere) == [nowhere]


def test_of_an_unsaved_flow_the_file_counts_as_it_would_be_saved(loaded: Loaded) -> None:
    (loaded.folder / "flows/a.toml").write_text(
        FLOW
        + """
[[steps]]
type = "add_note"
text = ""   # oncue: ignore OC205
"""
    )
    loaded = load(loaded.folder)
    second = STEP._replace(path=("steps", 1, "text"))
    session = Session.start(loaded.workspace)
    assert left(loaded, session, STEP, second) == [STEP]
    session = session.edit("x", edits.move_step(loaded.workspace, "a", 1, 0), ["a"])
    assert left(loaded, session, STEP, second) == [second], "the comment went along with its step"


def test_a_comment_goes_along_with_a_rename(loaded: Loaded) -> None:
    workspace = edits.rename_flow(loaded.workspace, "a", "z")
    session = Session.start(loaded.workspace).edit("x", workspace, ["a", "z"], derived=("a", "z"))
    renamed = [each._replace(file="flows/z.toml") for each in (EMPTY, STEP)]
    assert left(loaded, session, *renamed) == renamed[1:]


def test_a_comment_that_comes_later_is_seen(loaded: Loaded) -> None:
    files, session = EditedFiles(), Session.start(loaded.workspace)
    assert left(loaded, session, STEP, files=files) == [STEP]
    (loaded.folder / "flows/a.toml").write_text(f"# oncue: ignore\n{FLOW}")
    again = load(loaded.folder, loaded)
    assert left(again, Session.start(again.workspace), STEP, files=files) == []
