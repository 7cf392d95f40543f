"""What git knows of a workspace: the branch, and how many of its files differ from the last commit.

Everything works without git. Where the folder is in no repository, no process is started; where git is missing, slow
or refuses, the branch is read from its file and nothing is counted. Git is asked to write nothing, not even its index,
and to start no file monitor that the repository names.
"""

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 5.0
"""Seconds that git may take in a repository with very many files."""

_COMMAND = ("git", "-c", "core.fsmonitor=false", "status", "--porcelain=v1", "-z", "--no-renames", "--", ".")
_HEAD = "ref: refs/heads/"
_SHORT = 8
"""Digits of a commit that is no branch."""

Signature = tuple[tuple[str, int], ...]


class GitState(NamedTuple):
    """The branch, or the commit if there is none; ``changes`` is ``None`` where they could not be counted."""

    branch: str
    changes: int | None


def git_folder(folder: Path) -> Path | None:
    """The folder of git's own files for the repository that ``folder`` is in; ``None`` if it is in none."""
    with suppress(OSError, RuntimeError):
        for place in (resolved := folder.resolve(), *resolved.parents):
            own = place / ".git"
            if own.is_dir():
                return own
            if own.is_file():  # a work tree or a submodule: its file says where the folder is
                named = own.read_text("utf-8", "replace").strip().removeprefix("gitdir:").strip()
                return place / named if named else None
    return None


def signature(own: Path) -> Signature:
    """What changes when git does something: a commit, another branch, a file that is added."""
    found = []
    for name in ("HEAD", "index", "logs/HEAD"):
        with suppress(OSError):
            found.append((name, (own / name).stat().st_mtime_ns))
    return tuple(found)


def read_git(folder: Path, own: Path) -> GitState | None:
    """The state of the repository whose own folder is ``own``; ``None`` if it cannot even be told which branch it is.

    To be called in a thread: git looks at every file of the workspace.
    """
    branch = _branch(own)
    return None if branch is None else GitState(branch, _changes(folder))


def _branch(own: Path) -> str | None:
    try:
        head = (own / "HEAD").read_text("utf-8", "replace").strip()
    except OSError:
        return None
    return head.removeprefix(_HEAD) if head.startswith(_HEAD) else head[:_SHORT] or None


def _changes(folder: Path) -> int | None:
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            _COMMAND,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return done.stdout.count(b"\0") if done.returncode == 0 else None
