import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oncue.errors import WorkspaceError
from oncue.storage import files, loader
from oncue.storage.loader import changed_on_disk, load, load_workspace

GOOD = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'


def age(folder: Path) -> None:
    """Make every file older than a tick of the clock."""
    then = time.time_ns() - 10**10
    for path in folder.rglob("*.toml"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, ns=(then, then))


def test_a_workspace(folder: Path) -> None:
    workspace = load_workspace(folder)
    assert workspace.name == "My workspace"
    assert list(workspace.flows) == ["note-for-new-agent", "welcome-whatsapp"]
    assert list(workspace.scenarios) == ["agent-joins", "new-customer"]
    assert workspace.problems == ()


def test_without_flows_and_scenarios_it_is_empty(folder: Path) -> None:
    shutil.rmtree(folder / "flows")
    shutil.rmtree(folder / "scenarios")
    assert load_workspace(folder).flows == {}


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda folder: (folder / "workspace.toml").unlink(), ["no workspace.toml", "oncue init"]),
        (lambda folder: shutil.rmtree(folder), ["no such folder", "oncue init"]),
        (lambda folder: (folder / "workspace.toml").write_text("name = 3"), ["workspace.toml:1", "text in quotes"]),
        (lambda folder: (folder / "workspace.toml").write_text("name = "), ["workspace.toml:1"]),
        (lambda folder: [shutil.rmtree(folder), folder.write_text("x")], ["file", "folder"]),  # type: ignore[func-returns-value]
        (
            lambda folder: ((folder / "workspace.toml").unlink(), (folder / "workspace.toml").mkdir()),
            ["cannot be read"],
        ),
        (
            lambda folder: (
                (folder / "workspace.toml").rename(folder.parent / "out.toml"),
                (folder / "workspace.toml").symlink_to(folder.parent / "out.toml"),
            ),
            ["out of the workspace"],
        ),
    ],
)
def test_what_is_no_workspace(folder: Path, prepare: object, words: list[str]) -> None:
    prepare(folder)  # type: ignore[operator]
    with pytest.raises(WorkspaceError) as caught:
        load_workspace(folder)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_odd_files_are_a_problem_each_and_hide_nothing(folder: Path, tmp_path: Path) -> None:
    flows = folder / "flows"
    (tmp_path / "secret.toml").write_text(GOOD)
    (flows / "broken.toml").write_text("name = ")
    (flows / "Upper.toml").write_text(GOOD)
    (flows / "WELCOME-WHATSAPP.toml").write_text(GOOD)
    (flows / "con.toml").write_text(GOOD)
    (flows / "shout.TOML").write_text(GOOD)
    (flows / "é\u202e.toml").write_text(GOOD)
    Path(os.fsdecode(os.fsencode(flows) + b"/bad\xff.toml")).write_text(GOOD)
    (flows / "folder.toml").mkdir()
    os.mkfifo(flows / "pipe.toml")
    (flows / "outside.toml").symlink_to(tmp_path / "secret.toml")
    (flows / "device.toml").symlink_to("/dev/zero")
    (flows / "nothing.toml").symlink_to("gone.toml")
    (flows / "loop.toml").symlink_to("loop.toml")
    (flows / "inside.toml").symlink_to("welcome-whatsapp.toml")
    with (flows / "huge.toml").open("wb") as stream:
        stream.truncate(4 * 2**30)
    (flows / ".hidden.toml").write_text("broken")
    (flows / "notes.md").write_text("broken")
    with socket.socket(socket.AF_UNIX) as server:
        old = Path.cwd()
        os.chdir(flows)
        server.bind("socket.toml")
        os.chdir(old)

    workspace = load_workspace(folder)

    assert set(workspace.flows) == {"welcome-whatsapp", "note-for-new-agent", "inside"}
    words = {problem.file.removeprefix("flows/"): problem.message for problem in workspace.problems}
    expected = {
        "broken.toml": "value behind the = is missing",
        "Upper.toml": "a-z",
        "WELCOME-WHATSAPP.toml": "a-z",
        "con.toml": "Windows",
        "shout.TOML": "lower case",
        "é\u202e.toml": "a-z",
        "bad\\udcff.toml": "a-z",
        "folder.toml": "a folder",
        "pipe.toml": "a pipe",
        "socket.toml": "a socket",
        "outside.toml": "out of the workspace",
        "device.toml": "out of the workspace",
        "nothing.toml": "link to nothing",
        "loop.toml": "back to itself",
        "huge.toml": "limit",
    }
    assert words.keys() == expected.keys()
    for file, word in expected.items():
        assert word.lower() in words[file].lower(), words[file]
    assert str(workspace.problems).isprintable()
    assert {"broken", "upper", "huge"} <= load(folder).reserved


def test_an_unreadable_file_is_a_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.read_regular

    def refuse(path: str, limit: int) -> object:
        if path.endswith("welcome-whatsapp.toml"):
            raise PermissionError(13, "Permission denied")
        return real(path, limit)

    monkeypatch.setattr(loader, "read_regular", refuse)
    loaded = load(folder)
    assert [str(problem) for problem in loaded.workspace.problems] == [
        "flows/welcome-whatsapp.toml: the file cannot be read: permission denied"
    ]
    assert "welcome-whatsapp" in loaded.reserved


def test_what_did_not_change_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "flows" / "broken.toml").write_text("name = ")
    age(folder)
    before = load(folder)
    (folder / "flows" / "welcome-whatsapp.toml").write_text(GOOD)
    (folder / "flows" / "new.toml").write_text(GOOD)
    (folder / "flows" / "note-for-new-agent.toml").unlink()
    read: list[str] = []
    real = files.read_regular

    def noted(path: str, limit: int) -> object:
        read.append(Path(path).name)
        return real(path, limit)

    monkeypatch.setattr(loader, "read_regular", noted)
    after = load(folder, before)
    assert sorted(read) == ["new.toml", "welcome-whatsapp.toml"]
    assert after.workspace == load(folder).workspace
    assert after.workspace.scenarios["new-customer"] is before.workspace.scenarios["new-customer"]
    assert after.workspace.problems == before.workspace.problems


def test_same_size_and_time_but_other_content_is_read_again(folder: Path) -> None:
    path = folder / "flows" / "welcome-whatsapp.toml"
    age(folder)
    before, status = load(folder), path.stat()
    path.write_bytes(path.read_bytes().replace(b"Hello", b"Howdy"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert changed_on_disk(before)
    assert load(folder, before).workspace == load(folder).workspace != before.workspace


def test_a_file_written_in_the_same_tick_as_it_was_read_is_read_again(folder: Path) -> None:
    before = load(folder)
    assert changed_on_disk(before), "it was written just now"
    assert load(folder, before).workspace == before.workspace


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "workspace.toml").write_text('name = "B"'),
        lambda folder: (folder / "workspace.toml").unlink(),
        lambda folder: (folder / "flows" / "new.toml").write_text(GOOD),
        lambda folder: (folder / "flows" / "broken.toml").unlink(),
        lambda folder: (folder / "flows" / "broken.toml").write_text(GOOD),
        lambda folder: (folder / "flows" / "Bad Name.toml").unlink(),
        lambda folder: (folder / "flows" / "Worse Name.toml").write_text(GOOD),
        lambda folder: (folder / "scenarios" / "new-customer.toml").unlink(),
        lambda folder: (folder / "flows" / "welcome-whatsapp.toml").rename(folder / "flows" / "other.toml"),
        lambda folder: shutil.rmtree(folder / "flows"),
    ],
)
def test_changed_on_disk(folder: Path, change: object) -> None:
    (folder / "flows" / "broken.toml").write_text("name = ")
    (folder / "flows" / "Bad Name.toml").write_text(GOOD)
    age(folder)
    loaded = load(folder)
    assert not changed_on_disk(loaded)
    change(folder)  # type: ignore[operator]
    assert changed_on_disk(loaded)


def test_reading_imports_nothing_that_only_writing_needs() -> None:
    program = "import sys, oncue.storage.loader; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "rtoml" in loaded
    assert not loaded & {
        "oncue.storage.saving",
        "platformdirs",
        "tomli_w",
        "difflib",
        "oncue.editing",
        "oncue.storage.flow_text",
    }
    assert not {name for name in loaded if name.startswith(("oncue.storage.saving", "oncue.storage.user"))}


def test_a_file_over_the_limit_is_said_with_its_own_size(folder: Path) -> None:
    with (folder / "flows/huge.toml").open("wb") as file:
        file.truncate(4 * 1024**3)
    loaded = load(folder)
    (problem,) = loaded.workspace.problems
    assert problem.message == "the file has 4,294,967,296 bytes; the limit is 262,144"
    assert load(folder, loaded).workspace.problems == (problem,)
    with (folder / "workspace.toml").open("wb") as file:
        file.truncate(300_000)
    with pytest.raises(WorkspaceError, match="300,000 bytes"):
        load(folder)


FLOW = GOOD.replace('"sms"', '"whatsapp"')
SCENARIO = 'name = "S"\n[[events]]\nevent = "message_created"\ninstance = "wa-support-nl"\n'


def hints(folder: Path, previous: loader.Loaded | None = None) -> list[str]:
    return [each.message.rpartition("; ")[2] for each in load(folder, previous).workspace.problems]


def test_what_cannot_be_a_name_is_looked_for_among_what_there_is(folder: Path) -> None:
    write = (folder / "flows/x.toml").write_text
    instance = load(folder).workspace.config.instances[0]
    write(f'{FLOW}instance = "{instance.name}"')
    assert hints(folder) == [f"did you mean {instance.id!r}, whose name is {instance.name!r}?"]
    write(FLOW.replace("whatsapp", "whats app"))
    assert hints(folder) == ["did you mean 'whatsapp'?"]
    write(GOOD)
    (folder / "scenarios/x.toml").write_text(SCENARIO + 'expect = ["Welcome-WhatsApp"]')
    assert hints(folder) == ["did you mean 'welcome-whatsapp'?"]


def test_a_hint_names_nothing_that_is_gone_since(folder: Path) -> None:
    (folder / "scenarios/x.toml").write_text(SCENARIO + 'expect = ["Welcome-WhatsApp"]')
    age(folder)
    before = load(folder)
    assert hints(folder, before) == ["did you mean 'welcome-whatsapp'?"]
    (folder / "flows/welcome-whatsapp.toml").rename(folder / "flows/hello.toml")
    assert hints(folder, before) == ["expected one of: hello, note-for-new-agent"]
