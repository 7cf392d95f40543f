import errno
from pathlib import Path

import pytest
from tests.storage.saving.sessions import WELCOME

from oncue.storage.dot_folder import make_dot_folder
from oncue.storage.saving import exchange as module
from oncue.storage.saving import writer
from oncue.storage.saving.exchange import exchange
from oncue.storage.saving.transaction import recover


def test_two_files_exchange_their_names_or_nothing_happens(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    two.write_text("2")
    expected = ["2", "1"] if exchange(one, two) else ["1", "2"]
    assert [one.read_text(), two.read_text()] == expected


def test_a_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("1")
    if exchange(tmp_path / "one", tmp_path / "one"):
        with pytest.raises(FileNotFoundError):
            exchange(tmp_path / "one", tmp_path / "two")


def test_without_it_files_are_replaced_by_renaming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_renameat2", lambda: None)
    (tmp_path / "a").write_bytes(b"old")
    writer.replace_file(tmp_path / "a", b"new", expected=b"old")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_was_written_twice_during_the_exchange_is_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first foreign version comes out, a second one is in place before it is put back."""
    target = tmp_path / "a"
    target.write_bytes(b"old")
    if not exchange(target, target):
        pytest.skip("this file system cannot exchange names")
    versions = iter([b"first", b"second"])

    def raced(one: Path, other: Path) -> bool:
        if (data := next(versions, None)) is not None:
            other.write_bytes(data)
        return exchange(one, other)

    monkeypatch.setattr(writer, "exchange", raced)
    with pytest.raises(writer.OvertakenError) as caught:
        writer.replace_file(target, b"ours", expected=b"old")
    assert caught.value.errno == errno.EEXIST
    assert caught.value.displaced == (b"first",)
    assert target.read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


class Died(BaseException):
    """The process is gone: nothing after this is run."""


def test_without_it_a_process_that_dies_in_between_leaves_the_old_file_to_be_put_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Path) -> bool:
        raise Died

    before = (folder / WELCOME).read_bytes()
    make_dot_folder(folder)
    with monkeypatch.context() as patch:
        patch.setattr(module, "_renameat2", lambda: None)
        patch.setattr(writer, "_named_new", die)
        with pytest.raises(Died):
            writer.replace_file(folder / WELCOME, b"new", expected=before)
    assert not (folder / WELCOME).exists()
    recover(folder)
    assert (folder / WELCOME).read_bytes() == before
    assert not list(folder.rglob(".*.oncue-*"))


def test_without_it_what_was_written_since_is_not_replaced_by_the_old_file(folder: Path) -> None:
    aside = folder / "flows/.welcome-whatsapp.toml.oncue-0123abcd.old"
    aside.write_bytes(b"old")
    make_dot_folder(folder)
    before = (folder / WELCOME).read_bytes()
    recover(folder)
    assert (folder / WELCOME).read_bytes() == before
    assert not aside.exists()


def test_without_it_and_without_links_files_are_replaced_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(module, "_renameat2", lambda: None)
    monkeypatch.setattr("os.link", no_links)
    (tmp_path / "a").write_bytes(b"old")
    writer.replace_file(tmp_path / "a", b"new", expected=b"old")
    assert (tmp_path / "a").read_bytes() == b"new"
    with pytest.raises(writer.OvertakenError):
        writer.replace_file(tmp_path / "a", b"newer", expected=b"old")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
