"""The folders in which oncue keeps what belongs to the user, or to a workspace but not into it.

Flows may hold personal data: folders are 0700 and files 0600. ``ONCUE_STATE_DIR`` and ``ONCUE_CONFIG_DIR`` put all of
it elsewhere.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oncue.errors import StateError


def config_folder() -> Path:
    """The folder of the user's settings; `StateError` if the system does not say where it is."""
    with _home_needed():
        if own := os.environ.get("ONCUE_CONFIG_DIR"):
            return Path(own).expanduser()  # who set it may not have been a shell
        from platformdirs import user_config_path  # not needed where the variable is set

        return _in_a_home(user_config_path("oncue"))


def state_root() -> Path:
    """The folder of everything that oncue keeps for this user; `StateError` as for `config_folder`."""
    with _home_needed():
        if own := os.environ.get("ONCUE_STATE_DIR"):
            return Path(own).expanduser()
        from platformdirs import user_state_path

        return _in_a_home(user_state_path("oncue", appauthor=False))


def make_private(path: Path) -> None:
    """Make the folder ``path`` and those above it, for this user alone."""
    if path.is_dir():
        return
    if path.parent != path:
        make_private(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)


def _in_a_home(path: Path) -> Path:
    """``path``, which platformdirs leaves at ``~/…``, in the current folder, where it finds no home."""
    if path.parts[0].startswith("~"):
        raise RuntimeError("Could not determine home directory.")
    return path


@contextmanager
def _home_needed() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # a user without a home folder, as containers have them
        raise StateError(f"{error}; set ONCUE_STATE_DIR and ONCUE_CONFIG_DIR") from None
