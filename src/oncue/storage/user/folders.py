"""The folders in which oncue keeps what belongs to the user, or to a workspace but not into it.

Each workspace has a folder of its own below the user's state folder, named by a hash of where it is, so that nothing
of ours shows up in anybody's git repository: drafts, history, journal and lock are there. Flows may hold personal
data: folders are 0700 and files 0600. ``ONCUE_STATE_DIR`` and ``ONCUE_CONFIG_DIR`` put all of it elsewhere.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from oncue.errors import StateError
from oncue.storage.files import describe_os_error


def config_folder() -> Path:
    """The folder of the user's settings; `StateError` if the system does not say where it is."""
    with _home_needed():
        if own := os.environ.get("ONCUE_CONFIG_DIR"):
            return Path(own).expanduser()  # who set it may not have been a shell
        from platformdirs import user_config_path  # not needed where the variable is set

        return user_config_path("oncue")


def state_root() -> Path:
    """The folder of everything that oncue keeps for this user; `StateError` as for `config_folder`."""
    with _home_needed():
        if own := os.environ.get("ONCUE_STATE_DIR"):
            return Path(own).expanduser()
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
        raise StateError(f"{path}: the state folder cannot be used: {describe_os_error(error)}") from None
    return path


def state_or_none(folder: Path) -> Path | None:
    """The state folder, or ``None`` where there can be none."""
    try:
        return state_folder(folder)
    except StateError:
        return None


def make_private(path: Path) -> None:
    """Make the folder ``path`` and those above it, for this user alone."""
    if path.is_dir():
        return
    if path.parent != path:
        make_private(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _home_needed() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # a user without a home folder, as containers have them
        raise StateError(f"{error}; set ONCUE_STATE_DIR and ONCUE_CONFIG_DIR") from None
