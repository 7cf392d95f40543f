"""Two users on one shared folder: the lock holds between them, and neither leaves the other unable to go on.

An attempt is a folder that is shared in one way. It runs in a process of its own (``python -m tests.endure.users``),
which has to be root's and forks for each user: one saves, is killed in the middle, or holds the lock, and the other one
opens the folder, finishes what the first had begun, and saves.
"""

import importlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tests.endure.kills_calls import Disturbance
from tests.endure.kills_saves import TEMPORARY, Edit, strays, wrong_in_dot_folder
from tests.endure.kills_server import Result, in_child
from tests.endure.tried import Row, Tried
from tests.storage.saving.sessions import ONE, TWO, contents, opened, renamed, three_edits

from oncue.editing.session import Session
from oncue.storage.dot_folder import read_id
from oncue.storage.loader import load
from oncue.storage.saving import exchange, transaction
from oncue.storage.saving.lock import locked
from oncue.storage.saving.save import save_session
from oncue.storage.saving.transaction import exclusive, recover
from oncue.storage.saving.writer import Staged
from oncue.storage.starter import init
from oncue.storage.user.drafts import DraftStore, find_drafts

TRIES = 12
GROUP, USERS = 20_000, (20_001, 20_002)
FRESH = {"flows/fresh.toml"}


class Shared:
    """A folder that two users share, and what they do in it."""

    def __init__(self, rng: Random) -> None:
        self.rng, self.count, self.failures = rng, 0, list[str]()
        self.home = Path(tempfile.mkdtemp(prefix="oncue-users-"))
        self.home.chmod(0o755)
        self.workspace = self.home / "ws"
        self.umasks = rng.choice((0o002, 0o022, 0o077)), rng.choice((0o002, 0o022, 0o077))

    def prepare(self) -> None:
        for path in self.home.iterdir():
            shutil.rmtree(path)
        for user in USERS:
            (self.home / str(user)).mkdir()
            os.chown(self.home / str(user), user, user)
        init(self.workspace)
        for path in (self.workspace, *self.workspace.rglob("*")):
            os.chown(path, USERS[0], GROUP)
            path.chmod(0o2775 if path.is_dir() else 0o664)

    def as_user(self, number: int, act: Callable[[], list[str]], what: Disturbance | None = None) -> Result:
        """What one of the users does, in a process of his own."""

        def run() -> list[str]:
            os.setgroups([GROUP])
            os.setgid(USERS[number])
            os.setuid(USERS[number])
            os.umask(self.umasks[number])
            own = self.home / str(USERS[number])
            os.environ.update(ONCUE_STATE_DIR=str(own / "state"), ONCUE_CONFIG_DIR=str(own / "config"))
            return act()

        return in_child(run, what or Disturbance())

    def save(self, edit: Callable[[Session], Session]) -> list[str]:
        loaded, session = opened(self.workspace)
        errors = save_session(loaded, edit(session))[2]
        return [str(error) for error in errors]

    def start(self) -> list[str]:
        recover(self.workspace)
        problems = load(self.workspace).workspace.problems
        return [*map(str, problems), *find_drafts(self.workspace).complaints]

    def whole(self) -> dict[str, bytes]:
        """The files of the workspace that are none of a save that is under way or was killed."""
        return {file: data for file, data in contents(self.workspace).items() if not TEMPORARY.match(file)}

    def strays(self) -> list[str]:
        """Temporary files in the workspace."""
        return [file for file in strays(self.home) if file.startswith("ws/flows/")]

    def expect(self, what: str, result: Result) -> None:
        self.count += 1
        if result.killed or result.told or result.foreign:
            masks = " and ".join(f"{mask:03o}" for mask in self.umasks)
            self.failures.append(f"umasks {masks}, {what}: {result}")

    # What is tried

    def by_turns(self) -> None:
        """Each saves the same flows in turn, and keeps drafts."""
        self.prepare()
        ids = set[str | None]()
        for turn in range(4):
            number = turn % 2
            name = f"Turn {turn}"
            self.expect(f"{name}, start", self.as_user(number, self.start))
            self.expect(name, self.as_user(number, partial(self.save, partial(_two, name=name))))
            self.expect(f"{name}, draft", self.as_user(number, partial(self.draft, name)))
            ids.add(read_id(self.workspace))
        if len(ids) != 1:
            self.failures.append(f"umasks {self.umasks}: the workspace has had the ids {ids}")
        for path in (*self.workspace.rglob("*.toml"),):
            if path.stat().st_mode & 0o060 != 0o060 or path.stat().st_gid != GROUP:
                self.failures.append(f"{path.name} is {stat.filemode(path.stat().st_mode)} of {path.stat().st_gid}")

    def draft(self, name: str) -> list[str]:
        loaded, session = opened(self.workspace)
        store = DraftStore(self.workspace)
        store.write(renamed(session, ONE, f"{name}, unsaved"), loaded.files)
        store.close()
        found = find_drafts(self.workspace)
        names = [draft.flows[ONE].name for draft in found.drafts]
        for draft in found.drafts:
            draft.discard()
        return [] if names == [f"{name}, unsaved"] else [f"found the drafts {names}"]

    def killed(self) -> None:
        """One is killed while he saves; the other one finishes it and saves, then the first one does again.

        Whoever has the umask 077 wants nobody to read his new files, so a save with one could be finished by him only.
        """
        several: Edit = partial(_two, name="Killed") if self.umasks[0] == 0o077 else three_edits
        self.prepare()
        calls = self.as_user(0, partial(self.save, several)).calls
        new = contents(self.workspace)
        self.prepare()
        old = contents(self.workspace)
        what = Disturbance(self.rng.randint(calls // 2, calls), after=self.rng.random() < 0.5)
        self.as_user(0, partial(self.save, several), what)
        self.expect(f"{what}, start of the other", self.as_user(1, self.start))
        if self.whole() not in (old, new):
            self.failures.append(f"{what}: a mix of old and new")
        if wrong := wrong_in_dot_folder(self.home):
            self.failures.append(f"{what}: {wrong}")
        for number in (1, 0):
            edit = partial(renamed, flow_id=ONE, name=f"By {number}")
            self.expect(f"{what}, save of {number}", self.as_user(number, partial(self.save, edit)))
        self.expect(f"{what}, last start", self.as_user(1, self.start))
        if left := [file for file in strays(self.home) if file.startswith("ws/")]:
            self.failures.append(f"{what}: left {left}")

    def held(self) -> None:
        """One is in the middle of a save; the other one neither saves nor tidies up."""
        self.prepare()
        self.expect("first save", self.as_user(0, partial(self.save, partial(renamed, flow_id=ONE, name="First"))))
        holder = os.fork()
        if holder == 0:
            self.as_user(self.rng.randint(0, 1), self.hold)
            os._exit(0)
        deadline = time.monotonic() + 10
        while not self.strays() and time.monotonic() < deadline:
            time.sleep(0.005)
        staged, before = self.strays(), self.whole()
        other = self.rng.randint(0, 1)
        self.count += 1
        for act in (self.start, partial(self.save, partial(renamed, flow_id=TWO, name="Second"))):
            result = self.as_user(other, act)
            if not any("another oncue" in told for told in result.told):
                self.failures.append(f"the lock is not honoured: {result}")
        if not staged or self.strays() != staged or self.whole() != before:
            self.failures.append(f"a save that is under way was disturbed: {staged}, {self.strays()}")
        (self.home / "go on").touch()
        os.waitpid(holder, 0)
        self.expect(
            "the save after it", self.as_user(other, partial(self.save, partial(renamed, flow_id=TWO, name="x")))
        )
        if load(self.workspace).workspace.flows[ONE].name != "Held":
            self.failures.append("the save that was under way did not end")

    def hold(self) -> list[str]:
        target = self.workspace / f"flows/{ONE}.toml"
        with exclusive(self.workspace):
            data = target.read_bytes()
            staged = Staged(target, data.replace(b'"First"', b'"Held"'), expected=data)
            while not (self.home / "go on").exists():
                time.sleep(0.005)
            staged.take_place()
        return []


def _two(session: Session, name: str) -> Session:
    return renamed(renamed(session, ONE, name), TWO, f"{name}, too")


def main(seed: str) -> None:
    """Try all, and say what came of it."""
    transaction.locked = partial(locked, timeout=0.2)  # type: ignore[attr-defined]
    # Users may not be permitted to read where Python is, so everything is imported before.
    exchange._renameat2()
    importlib.import_module("oncue.validation.careful")
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(300)
    shared = Shared(Random(seed))
    try:
        for _ in range(TRIES):
            shared.killed()
        shared.by_turns()
        shared.held()
    finally:
        shutil.rmtree(shared.home, ignore_errors=True)
    sys.stdout.write(json.dumps({"count": shared.count, "failures": shared.failures}))


def share(rng: Random, folder: Path, tried: Tried) -> None:
    """A shared folder and two users with umasks of their own."""
    if os.geteuid() != 0:
        tried.skipped.add("only root can be two users")
        tried.count += 1
        return
    command = [sys.executable, "-m", "tests.endure.users", str(rng.random())]
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, timeout=600)
    if ran.returncode:
        tried.failures.append(ran.stderr.decode(errors="replace")[-1_500:])
        return
    found = json.loads(ran.stdout)
    tried.count += found["count"]
    tried.failures += found["failures"]


ROWS = (Row("E7", "two users on one shared folder: by turns, killed, at the same time", "acts", share),)

if __name__ == "__main__":
    main(*sys.argv[1:])
