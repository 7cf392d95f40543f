"""The ways in which oncue is tried: each attempt is decided by a random generator, so that it can be repeated.

These are the ones that run inside of this process or start a command. What needs a real terminal, kill -9 or a full
disk is not here.
"""

import asyncio
import shutil
import string
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.endure.races import Race
from tests.endure.tried import Row, Tried
from tests.storage.saving.sessions import opened, three_edits
from tests.tui.hands import designer

from oncue.domain.problems import Problem
from oncue.errors import OncueError
from oncue.storage.codec import decode_config, decode_flow, decode_scenario
from oncue.storage.recordings import read_events
from oncue.storage.saving.save import save_session
from oncue.storage.starter import init
from oncue.storage.user.states import state_folder

SAMPLE = Path(__file__).parents[2] / "sample_workspace"
SLOW = 2.0
"""Seconds for one small input after which it counts as a hang."""


# F1: the reader

_PIECES = (
    b"",
    b"[",
    b"]",
    b"{",
    b"=",
    b'"""',
    b"'",
    b"\\",
    b"\x00",
    b"\xff",
    b"\r\n",
    b"#",
    b".",
    b"[[",
    b"\xef\xbb\xbf",
)
_LINES = (
    b'{"event":"message_created","channel":"whatsapp","participant":{"type":"contact","name":"Jane"}}',
    b'{"event":"conversation_created","instance":"wa-main","at":"2026-03-01T12:00:00Z","id":"1"}',
)


def mutated(rng: Random, data: bytes) -> bytes:
    """``data`` with a few pieces cut, doubled or put in."""
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((0, 0, 1, 1, 3, 20)))
        piece = rng.choice((*_PIECES, data[start:end] * rng.choice((2, 50)), rng.randbytes(2)))
        data = data[:start] + piece + data[end:]
    return data


def read_mutated(rng: Random, folder: Path, tried: Tried) -> None:
    """Every file of the sample once, and recordings; anything but a value or a refusal of ours is a failure."""
    folders: dict[str, Callable[[bytes], object]] = {
        "flows": lambda data: decode_flow("a", data),
        "scenarios": lambda data: decode_scenario("a", data),
        ".": decode_config,
    }
    for name, decode in folders.items():
        for file in sorted((SAMPLE / name).glob("*.toml")):
            _read(tried, decode, mutated(rng, file.read_bytes()))
    for _ in range(50):
        _read(tried, _read_lines, mutated(rng, b"\n".join(rng.choices(_LINES, k=2))))


def _read_lines(data: bytes) -> None:
    for event in read_events([data], "log"):
        assert str(event) or isinstance(event, Problem)


def _read(tried: Tried, decode: Callable[[bytes], object], data: bytes) -> None:
    tried.count += 1
    begun = time.monotonic()
    try:
        with suppress(OncueError):
            decode(data)
    except Exception as error:
        tried.failures.append(f"{type(error).__name__}: {error}: {data!r}")
    if time.monotonic() - begun > SLOW:
        tried.failures.append(f"{time.monotonic() - begun:.1f} s: {data!r}")


# P and M5: the command line

_WORDS = (
    *("init", "match", "simulate", "test", "schema", "--version", "--help", "--completion", "bash", "--", "-"),
    *("sample", "sample/flows", "sample/workspace.toml", "new-customer", "gone", ".", "/dev/null", "/", "~", "", " "),
    *(
        "--event",
        "message_created",
        "--instance",
        "wa-main",
        "--explain",
        "--format",
        "json",
        "--format=text",
        "--text",
    ),
    *(
        "-k",
        "-q",
        "-v",
        "--mutate",
        "--junit",
        "--junit=-",
        "out.xml",
        "sample/flows/x.xml",
        "flow",
        "\x1b[2J",
        "\udcff",
    ),
    *("a\nb", "$(touch gone)", "-rf", "--\x1b", "x" * 5_000, "../..", "sample/../sample", "%s", "[b]"),
)
_STATUSES = {0, 1, 2}


def abuse_command(rng: Random, folder: Path, tried: Tried) -> None:
    """Run a random command line with a random stdin; it has to end in time, with a status and messages of ours."""
    shutil.copytree(SAMPLE, folder / "sample")
    arguments = rng.choices(_WORDS, k=rng.randint(0, 5))
    given = rng.choice((b"", mutated(rng, _LINES[0]), rng.randbytes(200)))
    before = {path: path.read_bytes() for path in (folder / "sample").rglob("*") if path.is_file()}
    tried.count += 1
    what = repr(arguments)
    try:
        command = [sys.executable, "-m", "oncue", *arguments]
        ran = subprocess.run(command, cwd=folder, input=given, capture_output=True, timeout=30)
    except subprocess.TimeoutExpired:
        tried.failures.append(f"{what}: does not end")
        return
    said = ran.stderr.decode(errors="replace")
    if ran.returncode not in _STATUSES or not all(line.startswith("oncue: ") for line in said.splitlines()):
        tried.failures.append(f"{what}, stdin {given!r}: {ran.returncode}, {said[-300:]!r}")
    elif b"\x1b" in ran.stdout + ran.stderr:
        tried.failures.append(f"{what}: an escape sequence gets through")
    elif before != {path: path.read_bytes() for path in before if path.is_file()}:
        tried.failures.append(f"{what}: the workspace was changed")


# E2: somebody else writes during a save

THEIRS = b'name = "Theirs"\n[trigger]\nevent = "message_created"\nchannel = "whatsapp"\n'
_MOST_CALLS = 250
"""A few more than a save of three files makes."""


def race_save(rng: Random, folder: Path, tried: Tried) -> None:
    """Replace a file at one system call of a save; the foreign content has to be in the file or in the history."""
    init(folder / "ws")
    loaded, session = opened(folder / "ws")
    file = loaded.folder / "flows/welcome-whatsapp.toml"
    (folder / "theirs").write_bytes(THEIRS)
    number = rng.randint(1, _MOST_CALLS)

    def write() -> None:
        (folder / "theirs").replace(file)

    tried.count += 1
    race = Race(number, write)
    with race.under_way():
        _, _, errors = save_session(loaded, three_edits(session))
    if not race.happened:
        tried.count -= 1  # the save was over before
        return
    history = (path.read_bytes() for path in state_folder(loaded.folder).rglob("*") if path.is_file())
    if file.read_bytes() != THEIRS and THEIRS not in history:
        tried.failures.append(f"lost, written before call {number}; told: {[str(error) for error in errors]}")


# M1i: plain keys

_KEYS = (
    *("1", "2", "3", "4", "5", "tab", "shift+tab", "up", "down", "left", "right", "enter", "escape", "space", "home"),
    *string.ascii_letters.replace("q", ""), *"/?:;=*{}[]+,",
    *("ctrl+z", "ctrl+y", "ctrl+s", "ctrl+p", "backspace", "delete", "pageup", "end", "f1", "f8", "f9"),
    *("ctrl+u", "ctrl+a", "ctrl+w"),
)  # fmt: skip


def press_keys(rng: Random, folder: Path, tried: Tried) -> None:
    """Random keys on the sample, one by one and in bursts, in a small and a large terminal; the app must live."""
    shutil.copytree(SAMPLE, folder / "sample")
    size = rng.choice(((120, 40), (80, 24), (20, 5), (200, 60)))
    bursts = [rng.choices(_KEYS, k=rng.choice((1, 1, 2, 3, 8))) for _ in range(60)]
    pressed: list[str] = []
    try:
        asyncio.run(_press(folder / "sample", size, bursts, pressed))
    except Exception as error:
        tried.failures.append(f"{type(error).__name__}: {str(error)[:200]}, {size}: {' '.join(pressed)}")
    tried.count += len(pressed)


async def _press(folder: Path, size: tuple[int, int], bursts: list[list[str]], pressed: list[str]) -> None:
    async with designer(folder, size, paint=True) as hands:
        for burst in bursts:
            if not hands.app._running or hands.app._exit:
                return  # a key that leaves
            pressed += burst
            await hands.quickly(*burst)


ROWS = (
    Row("F1", "mutated TOML and JSON lines, decoded", "inputs", read_mutated),
    Row("P", "random command lines on the sample", "commands", abuse_command),
    Row(
        "E2",
        "a foreign write before a random system call of a save",
        "saves",
        race_save,
    ),
    Row("M1i", "random plain keys on the sample, in this process", "keys", press_keys),
)
