"""Where oncue keeps what belongs to a workspace but not into it: drafts, history, journal, lock.

Each workspace has a folder of its own below the user's state folder, named by a hash of where it is, so that
nothing of ours shows up in anybody's git repository. Flows may hold personal data: folders are 0700 and files
0600. ``ONCUE_STATE_DIR`` puts all of it elsewhere.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from oncue.errors import OncueError, SaveError
from oncue.storage.files import reason

LOCK_SECONDS = 10.0


class StateError(OncueError):
    """The state folder cannot be used: there are no drafts, no history and no journal. Saving still works."""


def state_root() -> Path:
    """The folder of all that oncue keeps for this user."""
    if own := os.environ.get("ONCUE_STATE_DIR"):
        return Path(own)
    from platformdirs import user_state_path

    return user_state_path("oncue", appauthor=False)


def state_folder(folder: Path) -> Path:
    """The state folder of the workspace in ``folder``, made if need be; `StateError` if it cannot be used."""
    path = state_root() / "workspaces" / sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    try:
        make_private(path)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied")
    except OSError as error:
        raise StateError(f"{path}: the state folder cannot be used: {reason(error)}") from None
    return path


def make_private(path: Path) -> None:
    """Make the folder ``path`` and those above it, for this user alone."""
    if path.is_dir():
        return
    if path.parent != path:
        make_private(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def state_or_none(folder: Path) -> Path | None:
    """The state folder, or ``None`` where there can be none."""
    try:
        return state_folder(folder)
    except StateError:
        return None


@contextmanager
def locked(state: Path | None, timeout: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the workspace's lock: one writer at a time. Without a state folder there is none to hold.

    Raises `SaveError` if another oncue holds it for longer than ``timeout`` seconds.
    """
    if state is None:
        yield
        return
    from filelock import FileLock, Timeout

    lock = FileLock(state / "lock", timeout=timeout, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise SaveError("workspace", "another oncue is saving to it; try again when it is done") from None
    except OSError:  # a state folder on a file system without locks, or one that is full
        yield
        return
    try:
        yield
    finally:
        lock.release()
