from pathlib import Path

from tests.storage.saving.sessions import ONE, WELCOME, opened, renamed

from oncue.storage.saving.save import save_session


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


def test_a_folder_in_the_place_of_the_file(folder: Path) -> None:
    loaded, session = opened(folder)
    (folder / WELCOME).unlink()
    (folder / WELCOME).mkdir()
    (error,) = save_session(loaded, renamed(session, ONE, "Mine"))[2]
    assert "not a file" in str(error)
