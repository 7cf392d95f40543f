"""Writing an export: what was there is looked at, and nothing that came meanwhile is lost."""

from pathlib import Path

import pytest
from tests.tui.fakes import FakeUser

from oncue.exporters.preview import Preview
from oncue.tui.exporting import write_export

FOUND = Preview("json", "JSON", "oncue.json", {"oncue.json": "new"})


async def test_a_file_that_comes_while_the_user_answers_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out/a.json"
    user = FakeUser(str(target), "keep", None)

    def meanwhile() -> None:
        target.parent.mkdir(exist_ok=True)
        target.write_text("theirs")

    user.before_answering = meanwhile
    assert not await write_export(FOUND, tmp_path / "acme", user)
    assert user.asked[1] == f"Replace\n{target} exists already and has other content."
    assert target.read_text() == "theirs"


async def test_what_cannot_be_written_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    user = FakeUser(str(tmp_path / "file/below.json"), str(tmp_path / "fine.json"))
    assert await write_export(FOUND, tmp_path / "acme", user) == f"Written: {tmp_path / 'fine.json'}."
    assert user.asked == ["Write JSON", "Write JSON"]


async def test_where_the_app_was_started_may_be_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    user = FakeUser("a.json", str(tmp_path / "a.json"))
    assert await write_export(FOUND, tmp_path / "acme", user)
    assert (tmp_path / "a.json").read_text() == "new"
    monkeypatch.chdir(tmp_path)
