"""Workspaces in which every name and text is an attack: names of files, each command's output, reports of crashes."""

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from xml.etree import ElementTree

from tests.endure.tried import Row, Tried
from tests.tui.hands import Hands, designer
from tests.tui.test_hostile import CONTROL, LONG, MARKUP, spoil

from oncue.editing import edits
from oncue.errors import EditError
from oncue.storage.loader import load
from oncue.storage.starter import init
from oncue.storage.user.crash_reports import write_report
from oncue.tui.app import OncueApp

# P1

_PARTS = (
    "..", ".", "/", "\\", "a", "A", "é", "e\u0301", "-rf", "~", "con", "\x1b[2J", "\n", "\t", " ", "$(id)", "`id`",
    "%s", "\u202e", "\ud800", ".lock", ".toml", "x" * 64, "x" * 65, "x" * 250, "_", "-", "0", "\x7f", "\x9b", "[b]",
    "|", ":", "*", "\ufb01", "ß", "İ",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")


def name_files(rng: Random, folder: Path, tried: Tried) -> None:
    """Files with hostile names beside those of a workspace, and flows that are to be called so."""
    init(folder / "ws")
    flow = (folder / "ws/flows/welcome-whatsapp.toml").read_bytes()
    names = {"".join(rng.choices(_PARTS, k=rng.randint(1, 3))) for _ in range(40)}
    for name in names:
        tried.count += 1
        if "/" not in name and name not in ("", ".", ".."):
            try:
                (folder / "ws/flows" / f"{name}.toml").write_bytes(flow)
            except (OSError, ValueError):
                tried.notes["names that the file system refuses"] += 1
    workspace = load(folder / "ws").workspace
    bad = [flow_id for flow_id in workspace.flows if not _ID.match(flow_id)]
    if bad:
        tried.failures.append(f"ids: {bad}")
    for name in names:
        try:
            renamed = edits.rename_flow(workspace, "welcome-whatsapp", name)
        except EditError:
            continue
        if not _ID.match(name) or name not in renamed.flows:
            tried.failures.append(f"renamed to {name!r}")
    outside = [path for path in folder.iterdir() if path.name != "ws"]
    if outside:
        tried.failures.append(f"outside: {outside}")


# S3, S4

_RAW = re.compile(b"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("match", "ws", "--event", "conversation_created", "--instance", "i-1", "--explain"),
    ("match", "ws", "events.jsonl"),
    ("match", "ws", "events.jsonl", "--explain"),
    ("simulate", "ws", "s"),
    ("test", "ws"),
    ("test", "ws", "-v"),
    ("test", "ws", "--mutate"),
    ("test", "ws", "--junit", "out.xml"),
)


def run_commands(rng: Random, folder: Path, tried: Tried) -> None:
    """Each command on a hostile workspace, as text, JSON and JUnit: nothing raw, and valid."""
    init(folder / "ws")
    spoil(folder / "ws", rng.sample([*MARKUP, *CONTROL, *(each[:500] for each in LONG)], 6))
    text = rng.choice([json.loads(f'"{each}"') for each in CONTROL])
    event = {"event": "conversation_created", "instance": "i-1", "participant": {"type": "contact", "name": text}}
    bad = {"event": text, text: text}
    (folder / "events.jsonl").write_text(f"{json.dumps(event)}\n{json.dumps(bad)}\n{text!r}\n", "utf-8")
    command = rng.choice(_COMMANDS)
    for options in ((), ("--format", "json")):
        line = [sys.executable, "-m", "oncue", *command, *options]
        ran = subprocess.run(line, cwd=folder, capture_output=True, timeout=120)
        tried.count += 1
        what = f"{command + options}: "
        if ran.returncode not in (0, 1, 2):
            tried.failures.append(f"{what}{ran.returncode}, {ran.stderr[-300:]!r}")
        raw = _RAW.search(ran.stdout + ran.stderr)
        if raw is not None:
            tried.failures.append(
                f"{what}raw {raw[0]!r} near {(ran.stdout + ran.stderr)[raw.start() - 80 : raw.end()]!r}"
            )
        if options and ran.stdout:
            _check_json(ran.stdout, what, tried)
    report = folder / "out.xml"
    if report.exists():
        raw = _RAW.search(report.read_bytes())
        if raw is not None:
            tried.failures.append(f"{command}: raw {raw[0]!r} in the report")
        try:
            ElementTree.fromstring(report.read_bytes())
        except ElementTree.ParseError as error:
            tried.failures.append(f"{command}: {error}: {report.read_bytes()!r}")


def _check_json(data: bytes, what: str, tried: Tried) -> None:
    try:
        json.loads(data)
    except ValueError:
        for line in data.splitlines():
            try:
                json.loads(line)
            except ValueError as error:
                tried.failures.append(f"{what}{error}: {line[:300]!r}")
                return


# S6

SECRET = "a token that nobody may see"


def _raise() -> None:
    raise ZeroDivisionError(SECRET)


async def _raise_later() -> None:
    _raise()


def _in_handler(hands: Hands) -> None:
    hands.app.call_later(_raise)


def _in_timer(hands: Hands) -> None:
    hands.app.set_timer(0.01, _raise)


def _in_refresh(hands: Hands) -> None:
    hands.app.call_after_refresh(_raise)


def _in_worker(hands: Hands) -> None:
    hands.app.run_worker(_raise_later())


def _in_thread_worker(hands: Hands) -> None:
    hands.app.run_worker(_raise, thread=True)


def _in_pane(hands: Hands) -> None:
    hands.app.screen.query("Pane").first().call_later(_raise)


def _in_task(hands: Hands) -> None:
    task = asyncio.get_running_loop().create_task(_raise_later())
    task.add_done_callback(lambda done: None)


def _in_call_soon(hands: Hands) -> None:
    asyncio.get_running_loop().call_soon(_raise)


def _in_thread(hands: Hands) -> None:
    threading.Thread(target=_raise).start()


PLACES: dict[str, Callable[[Hands], None]] = {
    "a handler": _in_handler,
    "a timer": _in_timer,
    "after a refresh": _in_refresh,
    "a worker": _in_worker,
    "a thread worker": _in_thread_worker,
    "a handler of a pane": _in_pane,
    "a task": _in_task,
    "call_soon": _in_call_soon,
    "a thread": _in_thread,
}
"""Where an error ends the app."""


def crash(rng: Random, folder: Path, tried: Tried) -> None:
    """An error with a secret in one of the places: exit status 70, a report of mode 0600, and the secret nowhere."""
    init(folder / "ws")
    place = rng.choice(list(PLACES))
    tried.count += 1
    app = asyncio.run(_crashed(folder / "ws", PLACES[place]))
    if app.return_code != 70 or app.crash is None:
        tried.failures.append(f"{place}: exit status {app.return_code}, {app.crash!r}")
        return
    report = write_report(app.crash)
    if report is None:
        tried.failures.append(f"{place}: no report")
    elif SECRET in report.read_text("utf-8") or report.stat().st_mode & 0o777 != 0o600:
        tried.failures.append(f"{place}: the report {report.stat().st_mode:o} {report.read_text('utf-8')[-300:]!r}")


async def _crashed(folder: Path, act: Callable[[Hands], None]) -> OncueApp:
    apps: list[OncueApp] = []
    try:
        async with designer(folder) as hands:
            apps.append(hands.app)
            act(hands)
            await hands.until(lambda: hands.app.crash is not None)
    except Exception:  # the harness raises what ended the app, or that nothing did
        if not apps:
            raise
    return apps[0]


ROWS = (
    Row("P1", "files with hostile names, and flows to be called so", "names", name_files),
    Row("S3, S4", "each command on a hostile workspace, text, JSON and JUnit", "commands", run_commands),
    Row("S6", "an error with a secret somewhere in the app", "errors", crash),
)
