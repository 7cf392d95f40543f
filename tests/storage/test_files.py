import errno
import os
import threading
from pathlib import Path

import pytest

from oncue.domain.problems import Problem
from oncue.storage import files
from oncue.storage.files import (
    FileState,
    Found,
    Signature,
    describe_os_error,
    digest,
    find,
    read_regular,
    why_unreadable,
)


def found(folder: Path, name: str = "flows") -> dict[str, str]:
    """The ids that were found and what is to be opened for them, or the problem."""
    return {
        each.id if isinstance(each, Found) else each.file: each.path if isinstance(each, Found) else each.message
        for each in find(folder, name)
    }


def test_only_toml_files_are_found(folder: Path) -> None:
    for name in ("notes.md", ".hidden.toml", "toml"):
        (folder / "flows" / name).write_text("")
    paths = {flow_id: f"{folder}/flows/{flow_id}.toml" for flow_id in ("welcome-whatsapp", "note-for-new-agent")}
    assert found(folder) == paths
    assert found(folder, "none") == {}


def test_a_name_that_cannot_be_an_id_is_a_problem_with_the_name_that_could(folder: Path) -> None:
    (folder / "flows/My Flow.toml").write_text("")
    assert "; rename it, for example to my-flow.toml" in found(folder)["flows/My Flow.toml"]


def test_the_name_that_could_be_an_id_is_free_and_keeps_its_letters(folder: Path) -> None:
    for name in (
        "bienvenue-été.toml",
        "welcome (1).toml",
        "welcome-1.toml",
        "owner-change-live_chat.toml",
        "Привет.toml",
    ):
        (folder / "flows" / name).write_text("")
    said = found(folder)
    assert said["flows/bienvenue-été.toml"].endswith("to bienvenue-ete.toml")
    assert said["flows/welcome (1).toml"].endswith("to welcome-1-2.toml")
    assert said["flows/owner-change-live_chat.toml"].endswith("to owner-change-live-chat.toml")
    assert said["flows/Привет.toml"].endswith("to privet.toml")


@pytest.mark.parametrize("outside", [True, False])
def test_a_linked_folder_is_followed_inside_only(folder: Path, tmp_path: Path, outside: bool) -> None:
    target = tmp_path / "elsewhere" if outside else folder / "real"
    (folder / "flows").rename(target)
    (folder / "flows").symlink_to(target)
    assert len(found(folder)) == (1 if outside else 2)
    assert ("flows" in found(folder)) is outside


@pytest.mark.parametrize("link", [True, False])
def test_a_folder_that_cannot_be_read_is_one_problem(tmp_path: Path, link: bool) -> None:
    folder = tmp_path.resolve()
    if link:
        (folder / "flows").symlink_to("flows")
    else:
        (folder / "flows").write_text("")
    (problem,) = find(folder, "flows")
    assert isinstance(problem, Problem)
    assert problem.file == "flows"


def test_a_regular_file_is_read_with_its_status(folder: Path) -> None:
    path = folder / "workspace.toml"
    data, status = read_regular(str(path), 1_000_000)
    assert data == path.read_bytes()
    assert Signature.of(status) == Signature.of(path.stat())
    assert len(read_regular(str(path), 10)[0]) == 11, "by which the caller knows that there is more"


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: real(handle, min(size, 7)))
    path = folder / "workspace.toml"
    assert read_regular(str(path), 1_000_000)[0] == path.read_bytes()


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "device"])
def test_what_is_no_regular_file_is_not_read_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.toml"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to("/etc/hostname")
        case "device":
            path = Path("/dev/zero")
    caught: list[BaseException] = []

    def read() -> None:
        try:
            read_regular(str(path), 100)
        except (OSError, ValueError) as error:
            caught.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(10)
    assert caught


def test_a_time_stamp_tells_later_writes_only_if_it_is_older_than_a_tick() -> None:
    signature = Signature(mtime_ns=1_000_000_000, size=1, inode=1, ctime_ns=1)
    assert signature.tells_writes_since(1_000_000_000 + files.CLOCK_TICK_NS + 1)
    assert not signature.tells_writes_since(1_000_000_000 + files.CLOCK_TICK_NS)
    assert not signature.tells_writes_since(0), "written after it was read"


def test_a_digest_tells_contents_apart() -> None:
    assert digest(b"a") == digest(b"a") != digest(b"b")
    assert FileState(digest(b"a"), Signature(0, 0, 0, 0)).digest == digest(b"a")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links"), "a link that leads back to itself"),
        (RuntimeError("Symlink loop from 'x'"), "a link that leads back to itself"),
        (ValueError("a pipe, not a file"), "a pipe, not a file"),
        (ValueError(), "ValueError"),
    ],
)
def test_an_error_of_the_system_in_a_few_words(error: Exception, words: str) -> None:
    assert describe_os_error(error) == words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "there is no such file"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), "there is no such file"),
        (IsADirectoryError(errno.EISDIR, "Is a directory"), "this is a folder; expected a file"),
        (PermissionError(errno.EACCES, "Permission denied"), "the file cannot be read: permission denied"),
        (ValueError("a pipe, not a file"), "the file cannot be read: a pipe, not a file"),
    ],
)
def test_why_a_file_cannot_be_read(error: Exception, words: str) -> None:
    assert why_unreadable(error) == words


def test_a_folder_that_cannot_be_read_to_its_end_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    class Failing:
        def __init__(self, path: Path) -> None:
            self._entries = real(path)

        def __enter__(self) -> "Failing":
            return self

        def __exit__(self, *_: object) -> None:
            self._entries.close()

        def __iter__(self) -> "Failing":
            return self

        def __next__(self) -> object:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "scandir", Failing)
    (problem,) = find(folder, "flows")
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.message


def test_a_name_that_no_spelling_makes_valid_gets_no_advice(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/CON.toml").touch()
    (problem,) = find(tmp_path, "flows")
    assert isinstance(problem, Problem)
    assert "did you mean" not in problem.message


def test_a_folder_that_is_not_there() -> None:
    assert why_unreadable(FileNotFoundError(errno.ENOENT, "No such file"), "folder") == "there is no such folder"
