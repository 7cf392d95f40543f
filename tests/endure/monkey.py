"""M1: a monkey at the app in a real terminal. M6: what a long session costs in memory.

After a run of random input the app must have crashed nowhere, answer (a resize is answered by a drawing), be left by
escape, ctrl+q and d, and give the terminal back; nothing of a hostile workspace may be drawn as it is. Should a key
quit it on the way, that is checked as well, and the rest goes to a new one on the same folder.
"""

import shutil
import signal
from collections.abc import Iterable
from pathlib import Path
from random import Random

from tests.endure.rows import SAMPLE
from tests.endure.terminal import AppError, Size, TerminalApp
from tests.endure.terminal_hostile import canaries, hostile
from tests.endure.terminal_input import SIZES, SMALL, Input, anything, inputs, plain_key
from tests.endure.tried import Row, Tried

from oncue.errors import OncueError
from oncue.storage.codec import decode_flow

EVENTS = 400
"""Events of one attempt: few enough to repeat a failure in some ten seconds, enough for the start to cost little."""

_BEAT = 40  # writes between two heartbeats
_SHOWN = 12  # writes that are shown with a failure; all of them are made again from the seed
_MOST_MEMORY = 300.0
_SOAK = (300, 1_500)
_GROWTH = 25.0
_PASSING = (b"j", b"k", b"1", b"2", b"3", b"4c", b"4x", b"4z", b"f\x1b", b"\x10a\x1b", b"/b\x1b", b"e\x1a")


def hostile_monkey(rng: Random, folder: Path, tried: Tried) -> None:
    """Anything on the hostile workspace, in a window of any size."""
    workspace = hostile(folder / "ws", rng)
    size = rng.choice(SIZES)
    run(folder, workspace, size, inputs(rng, size, EVENTS, anything, 0.05), tried)


def plain_monkey(rng: Random, folder: Path, tried: Tried) -> None:
    """Plain keys on the sample; every file of it must be a whole flow afterwards."""
    workspace = folder / "ws"
    shutil.copytree(SAMPLE, workspace)
    size = rng.choice([each for each in SIZES if each not in SMALL] + [(20, 5)])
    run(folder, workspace, size, inputs(rng, size, EVENTS, lambda rng, _: plain_key(rng), 0.01), tried)
    for file in sorted((workspace / "flows").glob("*.toml")):
        try:
            decode_flow(file.stem, file.read_bytes())
        except OncueError as error:
            tried.failures.append(f"{file.name} is broken: {error}")


def run(folder: Path, workspace: Path, size: Size, given: Iterable[Input], tried: Tried) -> None:
    """Send ``given`` to the app, and look how it takes it."""
    app, sent = TerminalApp(workspace, folder, size), list[Input]()
    try:
        app.start()
        for number, each in enumerate(given, 1):
            if not app.lives:
                _check(app, sent, tried)
                app.close()
                app = TerminalApp(workspace, folder, app.size).start()
            sent.append(each)
            tried.count += each.events
            _send(app, each)
            if number % _BEAT == 0 and app.lives:
                app.heartbeat()
                if app.memory > _MOST_MEMORY:
                    raise AppError(f"it has {app.memory:.0f} MB")
        app.leave()
        _check(app, sent, tried)
    except AppError as error:
        if app.lives or app.process.returncode:  # else a key quit it while something was waited for
            tried.failures.append(f"{error}; {_last(sent, app)}")
    finally:
        app.close()


def _send(app: TerminalApp, given: Input) -> None:
    if given.resize is not None:
        app.resize(given.resize)
    app.write(given.data)
    app.read(given.wait)


def _check(app: TerminalApp, sent: list[Input], tried: Tried) -> None:
    # Once the terminal is given back, a ctrl+c that still comes is the system's.
    for complaint in (*app.complaints(0, 130, -signal.SIGINT), *canaries(bytes(app.output))):
        tried.failures.append(f"{complaint}; {_last(sent, app)}")


def _last(sent: list[Input], app: TerminalApp) -> str:
    last = ", ".join(f"{each.data[:80]!r}{each.resize or ''}" for each in sent[-_SHOWN:])
    return f"{app.size}, after {len(sent)} writes, the last of them {last}"


def soak(rng: Random, folder: Path, tried: Tried) -> None:
    """What comes and goes must leave nothing: after the first few hundred keys memory hardly grows any more."""
    workspace = folder / "ws"
    shutil.copytree(SAMPLE, workspace)
    app = TerminalApp(workspace, folder)
    memory = list[float]()
    try:
        app.start()
        for number in range(1, _SOAK[1] + 1):
            app.write(rng.choice(_PASSING))
            app.read(0.03)
            tried.count += 1
            if number in _SOAK:
                app.heartbeat()
                memory.append(app.memory)
        app.leave()
        tried.failures += list(app.complaints(0))
        if memory[1] - memory[0] > _GROWTH:
            tried.failures.append(f"it grew from {memory[0]:.0f} to {memory[1]:.0f} MB")
    except AppError as error:
        tried.failures.append(str(error))
    finally:
        app.close()


ROWS = (
    Row("M1", "a monkey in a terminal, on a hostile workspace, 1x1 to 200x60", "events", hostile_monkey),
    Row("M1'", "plain keys in a terminal, on the sample", "keys", plain_monkey),
    Row("M6", "memory over a long session", "keys", soak),
)
