"""M4+, M4s, M4h, C9: the app is stopped, told to end while it saves, loses its window, and is killed while one types.

However it is interrupted, the terminal is as it was, each flow is whole, and what was typed is in its file or is
offered at the next start, once.
"""

import signal
import time
from pathlib import Path
from random import Random

from tests.endure.terminal import AppError, TerminalApp, terminal_app
from tests.endure.tried import Row, Tried

from oncue.errors import OncueError
from oncue.storage.codec import decode_flow
from oncue.storage.starter import init

_TO_DESCRIPTION = b"2\x1b[Z\x1b[Z"  # from the list of flows to a line of text
_PAUSE = 0.05  # between two letters: 20 a second
_MOST_MISSING = 1.5  # seconds of typing; a draft is written a second after an edit, and that takes a moment
_GONE_IN = 5.0
_STOPS = 12
_MARK = "ß"


def stops(rng: Random, folder: Path, tried: Tried) -> None:
    """SIGSTOP and ctrl+z from outside, while keys come; it goes on each time."""
    workspace = _workspace(folder)
    with terminal_app(workspace, folder) as app:
        try:
            app.start()
            for _ in range(_STOPS):
                app.write(rng.choice((b"j", b"4c", b"2\t\t ", b"\x10", b"\x1b", b"1/a\x1b", b"?")))
                app.read(rng.choice((0, 0.01, 0.1)))
                app.signal(rng.choice((signal.SIGSTOP, signal.SIGTSTP)))
                app.wait_for(lambda: _state(app) == "T", "stop")
                time.sleep(rng.choice((0, 0.05)))
                app.signal(signal.SIGCONT)
                app.wait_for(lambda: _state(app) != "T", "going on")
                tried.count += 1
            app.heartbeat()
            app.leave()
            tried.failures += list(app.complaints(0))
        except AppError as error:
            tried.failures.append(str(error))


def _state(app: TerminalApp) -> str:
    return Path(f"/proc/{app.process.pid}/stat").read_text().rpartition(") ")[2][:1]


def ended_in_a_save(rng: Random, folder: Path, tried: Tried) -> None:
    """A signal at a random moment of a save."""
    workspace, number = _workspace(folder), rng.choice((signal.SIGTERM, signal.SIGHUP, signal.SIGINT))
    after = rng.choice((0, rng.uniform(0, 0.1)))
    what = f"{number.name} {after:.4f} s after ctrl+s"
    with terminal_app(workspace, folder) as app:
        try:
            _begin(app)
            app.write(_MARK.encode() * 5)
            app.read(0.2, 0.1)
            app.write(b"\x13")
            time.sleep(after)
            app.signal(number)
            complaints = list(app.complaints(0, 128 + number, -number))
        except AppError as error:
            complaints = [str(error)]
    tried.count += 1
    tried.failures += [f"{what}: {each}" for each in (*complaints, *_afterwards(workspace, folder, 5, tried))]


def hung_up(rng: Random, folder: Path, tried: Tried) -> None:
    """The window is closed, at a random moment after some letters."""
    workspace, after = _workspace(folder), rng.uniform(0, 1.5)
    what = f"the window was closed {after:.4f} s after the last letter"
    with terminal_app(workspace, folder) as app:
        try:
            _begin(app)
            app.write(_MARK.encode() * 5)
            app.read(0.2, 0.1)
            time.sleep(after)
            app.hang_up()
            begun = time.monotonic()
            complaints = [] if app.end() in (128 + signal.SIGHUP, -signal.SIGHUP) else [f"ended with {app.end()}"]
            if time.monotonic() - begun > _GONE_IN:
                complaints.append(f"gone after {time.monotonic() - begun:.1f} s only")
        except AppError as error:
            complaints = [str(error)]
    tried.count += 1
    tried.failures += [f"{what}: {each}" for each in (*complaints, *_afterwards(workspace, folder, 5, tried))]


def killed_while_typing(rng: Random, folder: Path, tried: Tried) -> None:
    """SIGKILL after some seconds of typing, 20 letters a second."""
    workspace, seconds, typed = _workspace(folder), rng.uniform(1.6, 5), 0
    with terminal_app(workspace, folder) as app:
        try:
            _begin(app)
            begun = time.monotonic()
            while (now := time.monotonic()) < begun + seconds:
                app.write(_MARK.encode())
                typed += 1
                app.read(0)
                time.sleep(max(0.0, begun + typed * _PAUSE - now))
            app.process.kill()
        except AppError as error:
            tried.failures.append(str(error))
            return
    tried.count += 1
    most = int(_MOST_MISSING / _PAUSE)
    tried.failures += [
        f"killed after {typed} letters: {each}" for each in _afterwards(workspace, folder, typed, tried, most)
    ]


def _workspace(folder: Path) -> Path:
    init(folder / "ws")
    return folder / "ws"


def _begin(app: TerminalApp) -> None:
    app.start()
    app.write(_TO_DESCRIPTION)
    app.read(0.3, 0.15)


def _afterwards(workspace: Path, folder: Path, typed: int, tried: Tried, most_missing: int = 0) -> list[str]:
    """What is wrong with what is left of ``typed`` letters: they are saved, or are offered at the next start, once."""
    try:
        if _letters(workspace) != typed:
            with terminal_app(workspace, folder) as app:
                app.start()
                app.wait_for_text("Unsaved work")
                app.write(b"r")
                app.read(0.5, 0.2)
                app.write(b"\x13")
                app.wait_for_text("Saved")
                app.leave()
                if complaints := list(app.complaints(0)):
                    return complaints
        with terminal_app(workspace, folder) as app:
            app.start()
            app.read(0.6, 0.5)
            if b"Unsaved" in app.output:
                return ["it is offered again"]
            app.leave()
        missing = typed - _letters(workspace)
    except (AppError, OncueError) as error:
        return [str(error)]
    tried.notes[f"{missing * _PAUSE:.1f} s of typing missing"] += 1
    return [] if 0 <= missing <= most_missing else [f"{missing} letters are missing"]


def _letters(workspace: Path) -> int:
    """How many of our letters are in the flows, each of which must be whole."""
    flows = [decode_flow(file.stem, file.read_bytes()) for file in sorted((workspace / "flows").glob("*.toml"))]
    return sum(flow.description.count(_MARK) for flow in flows)


ROWS = (
    Row("M4+", "SIGSTOP or SIGTSTP, then SIGCONT, while keys come", "stops", stops),
    Row("M4s", "SIGTERM, SIGHUP or SIGINT at a random moment of a save", "saves", ended_in_a_save),
    Row("M4h", "the window is closed while something is unsaved", "windows", hung_up),
    Row("C9", "SIGKILL while typing 20 letters a second, then a start", "kills", killed_while_typing),
)
