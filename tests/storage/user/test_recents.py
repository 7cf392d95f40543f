from pathlib import Path

import pytest

from oncue.storage.user.recents import KEPT, last_flow, recents, remember


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_last_one_comes_first_and_each_is_there_once() -> None:
    assert recents() == []
    for name in ("a", "b", "a"):
        remember(Path(f"/{name}"), f"flow of {name}")
    assert recents() == [("/a", "flow of a"), ("/b", "flow of b")]
    assert (last_flow(Path("/b")), last_flow(Path("/c"))) == ("flow of b", "")
    for number in range(KEPT + 5):
        remember(Path(f"/{number}"), "")
    assert len(recents()) == KEPT


@pytest.mark.parametrize("content", ["", "{", "3", '[["only one"], 5, ["/a", "x"]]'])
def test_a_file_that_is_damaged_is_no_error(own_folder: Path, content: str) -> None:
    own_folder.mkdir()
    (own_folder / "recent.json").write_text(content)
    assert recents() in ([], [("/a", "x")])
    remember(Path("/b"), "y")
    assert recents()[0] == ("/b", "y")


def test_where_nothing_can_be_kept_nothing_happens(own_folder: Path) -> None:
    own_folder.write_text("a file")
    remember(Path("/b"), "y")
    assert recents() == []
