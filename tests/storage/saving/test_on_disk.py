import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.storage.saving.sessions import ONE, WELCOME, opened, renamed

from oncue.errors import NotReplaceable
from oncue.storage import files
from oncue.storage.files import Signature, digest
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.save import save_session
from oncue.storage.toml.read import MAX_FILE


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


def read(folder: Path) -> OnDisk:
    return OnDisk.read(folder, WELCOME)


def test_what_was_read_is_unchanged_until_somebody_writes(folder: Path) -> None:
    before = read(folder)
    assert before.data == (folder / WELCOME).read_bytes()
    assert before.digest == digest(before.data or b"")
    assert before.unchanged()
    (folder / WELCOME).touch()
    assert before.unchanged(), "the same bytes"
    (folder / WELCOME).write_bytes(b"other")
    assert not before.unchanged()
    (folder / WELCOME).unlink()
    assert not before.unchanged()
    (folder / WELCOME).mkdir()
    assert not before.unchanged()


def test_a_file_that_is_not_there_is_unchanged_until_it_is_made(folder: Path) -> None:
    before = OnDisk.read(folder, "flows/new.toml")
    assert (before.data, before.digest) == (None, None)
    assert before.unchanged()
    (folder / "flows/new.toml").write_bytes(b"")
    assert not before.unchanged()


def test_a_change_that_left_the_same_signature_is_seen_where_the_clock_is_too_coarse(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(folder)
    (folder / WELCOME).write_bytes(b"x" * len(before.data or b""))
    coarse = Signature.of((folder / WELCOME).stat())
    assert not replace(before, signature=coarse).unchanged(), "it was written a moment before it was read"
    monkeypatch.setattr(files, "CLOCK_TICK_NS", 0)
    assert replace(before, signature=coarse, read_at=time.time_ns()).unchanged(), "the time stamp can be trusted"


@pytest.mark.parametrize("kind", ["folder", "pipe", "large", "link out", "link to nothing", "link to itself"])
def test_what_must_not_be_replaced_is_no_file_of_ours(folder: Path, kind: str) -> None:
    path = folder / WELCOME
    path.unlink()
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "large":
            path.write_bytes(b"x" * (MAX_FILE + 1))
        case "link out":
            path.symlink_to("/etc/hostname")
        case "link to nothing":
            path.symlink_to("nothing")
        case "link to itself":
            path.symlink_to(path)
    with pytest.raises(NotReplaceable):
        read(folder)
