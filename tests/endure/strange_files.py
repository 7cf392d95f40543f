"""P2 and P3: what is no file where one is expected: loops of links, pipes, sockets, devices, folders, ways out.

Nothing may hang, nothing outside of the workspace may be read as a part of it or written, and each thing is said. It is
there when the workspace is opened, or takes a file's place between that and a save; the hidden folder is not spared.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from types import FrameType

from tests.endure.tried import Row, Tried
from tests.storage.saving.sessions import ONE, TWO, WELCOME, opened, renamed, three_edits

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import OncueError, SaveWarning
from oncue.storage.loader import changed_on_disk, load
from oncue.storage.saving.save import save_scenario, save_session
from oncue.storage.saving.transaction import recover
from oncue.storage.starter import init
from oncue.storage.user.drafts import DraftStore, find_drafts

HANG = 15
"""Seconds after which something that takes milliseconds hangs."""
FOREIGN = b'name = "Not of this workspace"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'


class HangError(Exception):
    """It took too long."""


def _loop(path: Path, outside: Path) -> None:
    path.symlink_to(path)


def _long_loop(path: Path, outside: Path) -> None:
    other = path.with_name(f".{path.name}-2")
    path.symlink_to(other)
    other.symlink_to(path)


def _pipe(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path, outside: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    try:
        with closing(socket.socket(socket.AF_UNIX)) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def _endless(path: Path, outside: Path) -> None:
    path.symlink_to("/dev/zero")


def _terminal(path: Path, outside: Path) -> None:
    path.symlink_to("/dev/tty")


def _folder(path: Path, outside: Path) -> None:
    (path / "inside.toml").mkdir(parents=True)


def _nothing(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "nothing.toml")


def _out(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "foreign.toml")


def _out_by_name(path: Path, outside: Path) -> None:
    path.symlink_to(Path("../.." if path.parent.name != "ws" else "..") / outside.name / "foreign.toml")


def _out_folder(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def _up(path: Path, outside: Path) -> None:
    path.symlink_to("..")


STRANGE: dict[str, Callable[[Path, Path], None]] = {
    "a link to itself": _loop,
    "a loop of two links": _long_loop,
    "a pipe": _pipe,
    "a socket": _socket,
    "a link to /dev/zero": _endless,
    "a link to /dev/tty": _terminal,
    "a folder": _folder,
    "a link to nothing": _nothing,
    "a link to a file outside": _out,
    "a relative link to a file outside": _out_by_name,
    "a link to a folder outside": _out_folder,
    "a link to the folder above": _up,
}
FOLDERS = ("flows", "scenarios", ".oncue")
FILES = (
    *("flows/x.toml", "scenarios/x.toml", WELCOME, "workspace.toml", "flows/fresh.toml", "scenarios/recorded.toml"),
    *(".oncue/lock", ".oncue/journal.json", ".oncue/id", ".oncue/.gitignore"),
)


@contextmanager
def _no_hang() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(HANG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def strange_files(rng: Random, folder: Path, tried: Tried) -> None:
    """One strange thing in one place, before the workspace is opened or while it is."""
    kind, place = rng.choice(list(STRANGE)), rng.choice((*FOLDERS, *FILES))
    while_open = rng.random() < 0.4
    what = f"{kind} as {place}{' while it is open' if while_open else ''}"
    tried.count += 1
    try:
        with _no_hang():
            _try(rng, folder, kind, place, while_open, tried, what)
    except HangError:
        tried.failures.append(f"{what}: hangs")
    except Exception as error:
        tried.failures.append(f"{what}: {type(error).__name__}: {error}")


def _try(rng: Random, folder: Path, kind: str, place: str, while_open: bool, tried: Tried, what: str) -> None:
    outside, workspace = folder / "outside", folder / "ws"
    init(workspace)
    if rng.random() < 0.5:
        loaded, session = opened(workspace)
        save_session(loaded, renamed(session, ONE, "Before"))
    outside.mkdir()
    (outside / "foreign.toml").write_bytes(FOREIGN)
    before = _content(outside)
    ready = opened(workspace)
    _put(kind, workspace / place, outside)
    if not while_open:
        try:
            ready = opened(workspace)
        except OncueError:
            tried.notes["refused as a whole"] += 1
            if place != "workspace.toml":
                tried.failures.append(f"{what}: the whole workspace is refused")
            _command(workspace, tried, what)
            return
        read = ready[0].workspace
        said = [problem for problem in read.problems if f"{problem.file}/".startswith(f"{place}/")]
        if place.startswith(("flows", "scenarios")) and len(said) != 1:
            tried.failures.append(f"{what}: {len(said)} problems")
        if any(flow.name.startswith("Not of this") for flow in read.flows.values()):
            tried.failures.append(f"{what}: a file outside is a flow")
        _command(workspace, tried, what)
    loaded_now, session = ready[0], _edited(ready[1])
    changed_on_disk(loaded_now)
    _, after, errors = save_session(loaded_now, session)
    if after.dirty and all(isinstance(error, SaveWarning) for error in errors):
        tried.failures.append(f"{what}: not saved, and nothing was told")
    try:
        scenario = next(iter(loaded_now.workspace.scenarios.values()))
        save_scenario(loaded_now, replace(scenario, id="recorded"))
    except (StopIteration, OncueError):
        pass
    try:
        recover(workspace)
    except OncueError:
        tried.notes["a start that tells an error"] += 1
    try:
        store = DraftStore(workspace)
        store.write(session, loaded_now.files)
        store.close()
    except OncueError:
        tried.failures.append(f"{what}: no draft can be kept")
    drafts = find_drafts(workspace)
    for draft in drafts.drafts:
        draft.discard()
    if session.dirty and len(drafts.drafts) != 1:
        tried.failures.append(f"{what}: {len(drafts.drafts)} drafts are found, {drafts.complaints}")
    try:
        load(workspace)
    except OncueError:
        if place != "workspace.toml":
            tried.failures.append(f"{what}: cannot be read any more")
    if _content(outside) != before:
        tried.failures.append(f"{what}: written outside: {sorted(_content(outside).keys() ^ before.keys())}")


def _edited(session: Session) -> Session:
    if {ONE, TWO} <= session.workspace.flows.keys():
        return three_edits(session)
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    return session.edit("New", workspace, [new_id])


def _put(kind: str, path: Path, outside: Path) -> None:
    """Put it in the place of what is there."""
    path.parent.mkdir(exist_ok=True)
    if path.is_dir():
        path.rename(outside.with_name("was there"))
    else:
        path.unlink(missing_ok=True)
    STRANGE[kind](path, outside)


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _command(workspace: Path, tried: Tried, what: str) -> None:
    line = [sys.executable, "-m", "oncue", "test", str(workspace)]
    try:
        ran = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, timeout=HANG - 5)
    except subprocess.TimeoutExpired:
        tried.failures.append(f"{what}: the command hangs")
        return
    if ran.returncode not in (0, 1, 2) or b"Traceback" in ran.stderr:
        tried.failures.append(f"{what}: {ran.returncode}, {ran.stderr[-500:]!r}")


ROWS = (Row("P2, P3", "what is no file in the place of one, and links that lead out", "places", strange_files),)
