"""C1 to C4: saves that are killed, whose calls fail, and whose disk is full.

Afterwards each file is old or new, and of a save of several all are, whatever failed, reading included. The hidden
folder and the drafts are saves like any other. Temporary files where no lock tells whether they are in use, as in the
state and config folders, are judged after the hour for which they are kept.

An attempt is one kind of save and some of its moments. It runs in a process of its own (`tests.endure.kills_server`),
because what it forks and kills must not have the threads of this one.
"""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random

from tests.endure.kills_saves import SAVES
from tests.endure.tried import Row, Tried

TRIES = 60
"""Moments of a save that an attempt tries."""

_ROOT = Path(__file__).parents[2]
_ALL, _SEVERAL = tuple(SAVES), ("again", "three", "rename")
_ON_DISK = ("edit", "again", "three", "rename", "new", "scenario", "draft", "settings")


def _serve(kind: str, names: tuple[str, ...], rng: Random, folder: Path, tried: Tried) -> None:
    name, seed = rng.choice(names), str(rng.random())
    command = [sys.executable, "-m", "tests.endure.kills_server", kind, name, seed, str(TRIES), str(folder)]
    ran = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=600)
    if ran.returncode:
        tried.failures.append(f"{name}: {ran.stderr.decode(errors='replace')[-1_500:]}")
        return
    found = json.loads(ran.stdout)
    tried.count += found["count"]
    tried.failures += found["failures"]
    tried.skipped |= set(found["skipped"])


ROWS = (
    Row("C1", "SIGKILL before, after or in the middle of a call of a save", "kills", partial(_serve, "C1", _ALL)),
    Row("C2", "SIGKILL at a random moment of a save", "kills", partial(_serve, "C2", _ALL)),
    Row("C3", "a call of a save fails, once or from then on", "failures", partial(_serve, "C3", _ALL)),
    Row("C3+", "a call of the recovery after a kill fails", "failures", partial(_serve, "C3+", _SEVERAL)),
    Row("C4", "files that must not grow, a full file system", "saves", partial(_serve, "C4", _ON_DISK)),
)
