"""Every screen in every size, clicked everywhere, and fed with what no user types: M2, M3, S1, S2 and S5."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.endure.rows import SAMPLE
from tests.endure.terminal import AppError, Size, TerminalApp, terminal_app
from tests.endure.terminal_hostile import canaries, hostile
from tests.endure.tried import Row, Tried

SCREENS = {
    "flows": b"1",
    "trigger": b"2",
    "a field": b"2\x1b[Z\x1b[Z",
    "a choice": b"2\t\t\r",
    "steps": b"3",
    "a step": b"3e",
    "kinds of steps": b"3a",
    "simulator": b"4cxxxw",
    "conversations": b"4co",
    "recording": b"4cxe",
    "problems": b"5",
    "help": b"\x1bOP",
    "palette": b"\x10",
    "finding": b"1f",
    "jumping": b"1g",
    "themes": b"\x1b[20~",
    "filter": b"1/a",
    "renaming": b"1r",
    "deleting": b"1x",
    "quitting": b"1e\x11",
}
"""The keys that lead from the list of flows to each screen."""

SIZES_AT_ONCE, CLICKS_AT_ONCE, STORM, WRITES = 40, 60, 400, 6
"""How many sizes, clicks, resizes and writes there are in an attempt."""

_SMALL = [(columns, rows) for columns in range(1, 31) for rows in range(1, 13)]
_LARGER = [
    (columns, rows) for columns in (1, 2, 7, 20, 40, 60, 80, 100, 132, 200) for rows in (1, 2, 5, 10, 24, 40, 60)
]


@contextmanager
def _tried(
    workspace: Path, folder: Path, tried: Tried, how: str, variables: Mapping[str, str | None] | None = None
) -> Iterator[TerminalApp]:
    """The app on a workspace; whatever is wrong with it at the end is a failure."""
    with terminal_app(workspace, folder, variables=variables) as app:
        try:
            yield app.start()
            if app.lives:
                app.heartbeat()
                app.leave()
            tried.failures += [f"{how}: {each}" for each in (*app.complaints(0), *canaries(bytes(app.output)))]
        except AppError as error:
            tried.failures.append(f"{how}: {error}")


def _at_many_sizes(rng: Random, workspace: Path, folder: Path, sizes: list[Size], tried: Tried) -> None:
    name, keys = rng.choice(list(SCREENS.items()))
    with _tried(workspace, folder, tried, name) as app:
        app.write(keys)
        app.read(0.2, 0.1)
        for size in rng.sample(sizes, min(SIZES_AT_ONCE, len(sizes))):
            app.resize(size)
            app.read(0.1, 0.02)
            tried.count += 1


def small_sizes(rng: Random, folder: Path, tried: Tried) -> None:
    """One of the screens of the sample in some of all sizes up to 30 x 12."""
    _at_many_sizes(rng, Path(shutil.copytree(SAMPLE, folder / "ws")), folder, _SMALL, tried)


def hostile_screens(rng: Random, folder: Path, tried: Tried) -> None:
    """One of the screens of a hostile workspace in many sizes; the bytes that are drawn are searched."""
    _at_many_sizes(rng, hostile(folder / "ws", rng), folder, _LARGER, tried)


def resize_storm(rng: Random, folder: Path, tried: Tried) -> None:
    """Resizes faster than the app can draw, to no size and to a huge one, too."""
    workspace = Path(shutil.copytree(SAMPLE, folder / "ws"))
    name, keys = rng.choice(list(SCREENS.items()))
    # Where Python does not buffer, the signals of the storm would cut frames.
    variables = {"PYTHONUNBUFFERED": rng.choice(("1", None))}
    with _tried(workspace, folder, tried, name, variables) as app:
        app.write(keys)
        for _ in range(STORM):
            odd = rng.random() < 0.03
            app.resize(rng.choice(((0, 0), (1_000, 500), (0, 5))) if odd else (rng.randint(1, 200), rng.randint(1, 60)))
            app.read(rng.choice((0, 0, 0.001, 0.01)), 0.001)
            tried.count += 1
        app.resize((120, 40))
        app.read(1, 0.1)


def clicks(rng: Random, folder: Path, tried: Tried) -> None:
    """Click into a screen of a hostile workspace wherever there may be something; no click on a text runs anything."""
    workspace = hostile(folder / "ws", rng)
    files = _files(workspace)
    name, keys = rng.choice(list(SCREENS.items()))
    answered = False
    with _tried(workspace, folder, tried, name) as app:
        app.write(keys)
        app.read(0.2, 0.1)
        for number in range(CLICKS_AT_ONCE):
            x, y = rng.randint(1, app.size[0]), rng.randint(1, app.size[1])
            app.write(b"\x1b[<0;%d;%dM\x1b[<0;%d;%dm" % (x, y, x, y))
            app.read(0.03)
            tried.count += 1
            if answered := not app.lives:  # by a click on an answer that leaves
                break
            if number % 10 == 9:  # back to where it began, whatever the clicks have opened
                app.write(b"\x1b")
                app.read(0.15, 0.12)
                app.write(b"\x1b" + keys)
                app.read(0.1)
    # A click on Save saves, in the palette or in the question whether to quit.
    if (changed := files ^ _files(workspace)) and b"Saved" not in app.output and not answered:
        tried.failures.append(f"{name}: clicks changed {sorted({file for file, _ in changed})}")


def _files(folder: Path) -> set[tuple[str, bytes]]:
    """The files of a workspace; not those of `.oncue`, which is made for the draft of what a click has edited."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".oncue" not in path.parts)
    return {(repr(path.name), path.read_bytes()) for path in files}


def _paste(rng: Random) -> bytes:
    inside = rng.choice((b"\x1b[200~x\x1b[201~", b"\x00\x03\x11", b"\n" * 500, b"z" * 300_000, b"\xff" * 100, b"a\tb"))
    return b"\x1b[200~" + inside + rng.choice((b"\x1b[201~", b"\x1b[201~", b"", b"\x1b[20"))


_BROKEN: tuple[Callable[[Random], bytes], ...] = (
    _paste,
    lambda rng: b"\x1b" * rng.randint(1, 3_000),
    lambda rng: b"\x1b[" * rng.randint(1, 1_000),
    lambda rng: b"\x1b[<" + rng.randbytes(8).hex().encode() + b";" * rng.randint(0, 9) + b"M",
    lambda rng: b"\x1b[M" + rng.randbytes(3),
    lambda rng: b"".join(b"\x1b[<35;%d;%dM" % (rng.randint(-9, 999), rng.randint(-9, 999)) for _ in range(300)),
    lambda rng: b"\x1b[I\x1b[O" * rng.randint(1, 300),
    lambda rng: b"\x1bO" * 50 + b"\x1bP" + b"x" * 500,
    lambda rng: b"\x1b]" + b"y" * rng.randint(1, 500),
    lambda rng: rng.randbytes(rng.randint(1, 600)).replace(b"\x11", b"").replace(b"q", b""),
    lambda rng: b"w" * rng.randint(1, 500),
)


def broken_input(rng: Random, folder: Path, tried: Tried) -> None:
    """Pastes that never end or nest, storms of ESC, reports of the mouse that are cut: the app goes on."""
    workspace = Path(shutil.copytree(SAMPLE, folder / "ws"))
    name, keys = rng.choice(list(SCREENS.items()))
    with _tried(workspace, folder, tried, name) as app:
        app.write(keys)
        app.read(0.2, 0.1)
        for _ in range(WRITES):
            app.write(rng.choice(_BROKEN)(rng))
            app.read(0.2, 0.1)
            tried.count += 1
            if not app.lives:
                break
            app.heartbeat()


ROWS = (
    Row("M2", "every screen at all sizes up to 30x12", "sizes", small_sizes),
    Row("M3", "a storm of resizes, 0x0 and 1000x500 among them", "resizes", resize_storm),
    Row("S1", "every screen of a hostile workspace at many sizes, the bytes searched", "sizes", hostile_screens),
    Row("S2", "clicks everywhere on a hostile workspace", "clicks", clicks),
    Row("S5", "pastes, storms of ESC, broken reports of the mouse", "writes", broken_input),
)
