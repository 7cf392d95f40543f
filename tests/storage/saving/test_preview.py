"""What a save would write is said before, of every file that it would change."""

from pathlib import Path

from tests.storage.saving.sessions import ONE, WELCOME, contents, opened, three_edits

from oncue.editing import edits
from oncue.storage.saving.preview import Pending, pending
from oncue.storage.saving.save import save_session


def test_what_is_shown_is_what_is_written(folder: Path) -> None:
    loaded, session = opened(folder)
    before = contents(folder)
    found = pending(loaded, three_edits(session))
    save_session(loaded, three_edits(session))
    after = contents(folder)
    changed = {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
    assert {each.file for each in found} == changed
    for each in found:
        assert each.before == text(before, each.file)
        assert each.after == text(after, each.file)


def test_a_rename_is_one_and_the_scenarios_that_follow_it_are_shown(folder: Path) -> None:
    loaded, session = opened(folder)
    before = contents(folder)
    session = session.edit("Rename", edits.rename_flow(session.workspace, ONE, "hello"), [ONE, "hello"])
    flow, *scenarios = pending(loaded, session)
    assert flow == Pending("flows/hello.toml", text(before, WELCOME), text(before, WELCOME), WELCOME)
    assert flow.flow_id == "hello"
    assert scenarios
    save_session(loaded, session)
    for each in scenarios:
        assert not each.flow_id, "it is no file of a flow"
        assert each.file.startswith("scenarios/")
        assert (each.before, each.after) == (text(before, each.file), text(contents(folder), each.file))


def test_what_cannot_be_saved_says_why(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).write_text("changed by another program", "utf-8")
    session = session.edit("Name", edits.set_name(session.workspace, ONE, "Other"), [ONE])
    (each,) = pending(loaded, session)
    assert (each.file, each.before, each.after) == (WELCOME, "changed by another program", None)
    assert each.why_not


def text(files: dict[str, bytes], file: str) -> str | None:
    return files[file].decode() if file in files else None
