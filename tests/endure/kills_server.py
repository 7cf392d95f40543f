"""``python -m tests.endure.kills_server KIND SAVE SEED TRIES HOME``: the tries of the rows in `kills`, in one process.

Each try is a fork of this process, which has one thread and everything imported; so a try takes some ten milliseconds.
It prints how many tries there were and what failed, as JSON.
"""

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.endure.kills_calls import Disturbance, disturbed
from tests.endure.kills_saves import SAVES, TEMPORARY, Files, prepared, strays, wrong_in_dot_folder

from oncue.errors import OncueError
from oncue.storage.loader import load
from oncue.storage.saving.transaction import recover
from oncue.storage.saving.writer import OLD
from oncue.storage.starter import init
from oncue.storage.user.drafts import find_drafts
from oncue.storage.user.settings import read_settings, save_theme

_ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE)


class Result(NamedTuple):
    """How a try ended: killed or not, what it told, an exception that is none of ours, how many calls it made."""

    killed: bool
    told: list[str]
    foreign: str = ""
    calls: int = 0


def in_child(act: Callable[[], list[str]], what: Disturbance, kill_after: float | None = None) -> Result:
    """Do ``act`` in a fork, disturbed; or kill it from outside after some seconds."""
    source, sink = os.pipe()
    child = os.fork()
    if child == 0:
        _report(act, what, sink)
        os._exit(0)
    os.close(sink)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(source, "rb") as stream:
        said = stream.read()
    os.waitpid(child, 0)
    return Result(False, **json.loads(said)) if said else Result(True, [])


def _report(act: Callable[[], list[str]], what: Disturbance, sink: int) -> None:
    told, foreign, calls = list[str](), "", 0
    with disturbed(what) as count:
        try:
            told = act()
        except OncueError as error:
            told = [str(error) or type(error).__name__]
        except BaseException:
            foreign = traceback.format_exc()[-2_000:]
        calls = count()
    os.write(sink, json.dumps({"told": told, "foreign": foreign, "calls": calls}).encode())


class Server:
    """The tries of one save."""

    def __init__(self, name: str, rng: Random, tries: int, home: Path) -> None:
        self.name, self.save, self.rng, self.tries = name, SAVES[name], rng, tries
        self.home, self._template = home / "home", home / "before"
        os.environ.update(ONCUE_STATE_DIR=str(self.home / "state"), ONCUE_CONFIG_DIR=str(self.home / "config"))
        prepared(self.home, name)  # the state of a workspace is found by its path, so that has to be the one
        shutil.copytree(self.home, self._template)
        self.count, self.failures, self.skipped = 0, list[str](), list[str]()
        self.old = self.files()
        self.ready = self.save.opened(self.home)
        whole = in_child(self.act, Disturbance())
        assert not whole.told and not whole.foreign, whole
        self.calls, self.new = whole.calls, self.files()
        assert self.old != self.new
        self.states = [self.old, self.new]
        if self.save.halfway is not None:
            self.reset()
            self.save.halfway(self.ready)
            self.states.append(self.files())

    def act(self) -> list[str]:
        return self.save.act(self.ready)

    def reset(self, around: Path | None = None) -> None:
        """Everything as before; nothing of ``around``, which is a mount point, is removed itself."""
        for folder in ("ws", "state", "config"):
            for path in sorted((self.home / folder).glob("*")):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            if (self._template / folder).exists():
                shutil.copytree(self._template / folder, self.home / folder, dirs_exist_ok=True)
        self.ready = self.save.opened(self.home)

    def files(self) -> Files:
        return self.save.judged(self.home)

    def recovered(self) -> list[str]:
        """What happens at the next start, and what it tells."""
        if self.name == "init" and not (self.home / "ws/workspace.toml").exists():
            return []  # a folder that may be half a workspace
        recover(self.home / "ws")
        load(self.home / "ws")
        found = find_drafts(self.home / "ws")
        return found.complaints

    def much_later(self) -> list[str]:
        """What happens when no temporary file can be of a write that is under way."""
        now = time.time
        time.time = lambda: now() + OLD + 60
        if self.name == "init" and not (self.home / "ws/workspace.toml").exists():
            init(self.home / "ws")
        if self.name == "settings":
            save_theme(read_settings(), "dracula")
        return self.recovered()

    def fail(self, what: object, problem: str) -> None:
        self.failures.append(f"{self.name}, {what} of {self.calls}: {problem}")

    def judge(self, what: object, now: Files) -> None:
        """Each file old or new; all of them, if they belong together; and nothing beside them."""
        if now in self.states:
            return
        for file in {**self.old, **self.new, **now}:
            if now.get(file) not in [state.get(file) for state in self.states]:
                self.fail(what, f"{file} is neither old nor new: {(now.get(file) or b'')[:100]!r}")
                return
        if self.save.whole:
            self.fail(what, f"a mix: {sorted(file for file in now if now[file] != self.old.get(file))} are new")

    def recover_and_judge(self, what: object) -> Files:
        """Start again, at once and much later; the files after the first, what was left over is judged after both."""
        at_once = in_child(self.recovered, Disturbance())
        if at_once.foreign or at_once.told:
            self.fail(what, f"the next start failed: {at_once}")
        now = self.files()
        if not (self.home / "ws/.oncue").exists() or self.name in ("settings", "draft"):
            # Where there is no lock, temporary files may be of a write that is under way, so they stay for a while.
            now = {file: data for file, data in now.items() if not TEMPORARY.match(file)}
        self.judge(what, now)
        if wrong := wrong_in_dot_folder(self.home):
            self.fail(what, f"of the hidden folder, {wrong}")
        later = in_child(self.much_later, Disturbance())
        if later.foreign or later.told:
            self.fail(what, f"the start after it failed: {later}")
        if left := strays(self.home):
            self.fail(what, f"left for good: {left}")
        return now

    # The rows

    def kills(self) -> None:
        """Killed before and after every call, and in the middle of writes."""
        moments = [Disturbance(number, after=after) for number in range(1, self.calls + 1) for after in (False, True)]
        for what in self.rng.sample(moments, min(self.tries, len(moments))):
            self.reset()
            self.count += in_child(self.act, what).killed  # what has its names by chance may make a call less
            self.recover_and_judge(what)

    def random_kills(self) -> None:
        begun = time.monotonic()
        self.reset()
        in_child(self.act, Disturbance())
        seconds = time.monotonic() - begun
        for _ in range(self.tries):
            self.reset()
            after = self.rng.uniform(0, seconds)
            in_child(self.act, Disturbance(), after)
            self.count += 1  # though the save may be over by then
            self.recover_and_judge(f"killed after {after * 1_000:.1f} ms")

    def errors(self) -> None:
        """One call fails, or all from it on: the user is told, files are whole, and the next save works."""
        kinds = [(error, lasting) for error in _ERRORS for lasting in (False, True)]
        for _ in range(self.tries):
            what = Disturbance(self.rng.randint(1, self.calls), *self.rng.choice(kinds))
            self.reset()
            self.one_error(what, in_child(self.act, what))

    def one_error(self, what: object, result: Result) -> None:
        self.count += 1
        if result.foreign:
            self.fail(what, result.foreign)
        lasting = not isinstance(what, Disturbance) or what.lasting
        if not lasting and (left := strays(self.home)):
            self.fail(what, f"left behind: {left}")
        now = self.recover_and_judge(what)
        if now != self.new and not result.told and not result.foreign:
            self.fail(what, "not saved, and nothing was told")
        if now == self.old and self.name != "init":
            self.ready = self.save.opened(self.home)
            again = in_child(self.act, Disturbance())
            if again.told or again.foreign or self.files() != self.new:
                self.fail(what, f"the next save does not work: {again}")

    def failing_recovery(self) -> None:
        """Killed in the switch; then each call of the recovery fails, once or for good; then one that does not."""
        for _ in range(20 * self.tries):
            first = Disturbance(self.rng.randint(self.calls // 3, self.calls), after=self.rng.random() < 0.5)
            self.reset()
            in_child(self.act, first)
            if not (self.home / "ws/.oncue/journal.json").exists():
                continue
            second = Disturbance(self.rng.randint(1, 60), self.rng.choice(_ERRORS), self.rng.random() < 0.5)
            what = f"{first}; then, of the recovery, {second}"
            if foreign := in_child(self.recovered, second).foreign:
                self.fail(what, foreign)
            self.count += 1
            self.recover_and_judge(what)
            if self.count == self.tries:
                return

    def full_disk(self) -> None:
        """Files must not grow beyond a limit; or the file system of the workspace or of the state is full."""
        for _ in range(self.tries):
            limit = self.rng.choice((0, 1, 12, 100, 300))

            def act(limit: int = limit) -> list[str]:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                return self.act()

            self.reset()
            self.one_error(f"files of {limit} bytes", in_child(act, Disturbance()))
        for place in ("ws", "state"):
            if not self.on_full(self.home / place):
                self.skipped.append("no tmpfs can be mounted here")

    def on_full(self, folder: Path) -> bool:
        """Save onto a full file system; whether one could be mounted."""
        shutil.rmtree(folder)
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
        try:
            if subprocess.run(command, capture_output=True).returncode:
                return False
        except OSError:
            return False
        try:
            for free in (0, 4, 8, 16):
                self.reset()
                filler = folder / "filler.bin"
                room = os.statvfs(folder)
                filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - free * 1_024)))
                result = in_child(self.act, Disturbance())
                filler.unlink()
                self.one_error(f"{free} kB free in {folder.name}", result)
        finally:
            subprocess.run(["umount", str(folder)], capture_output=True, check=False)
        return True


KINDS: dict[str, Callable[[Server], None]] = {
    "C1": Server.kills,
    "C2": Server.random_kills,
    "C3": Server.errors,
    "C3+": Server.failing_recovery,
    "C4": Server.full_disk,
}


def main(kind: str, name: str, seed: str, tries: str, home: str) -> None:
    """Try it, and say what came of it."""
    server = Server(name, Random(seed), int(tries), Path(home))
    KINDS[kind](server)
    found: dict[str, Any] = {"count": server.count, "failures": server.failures, "skipped": server.skipped}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
