"""The state folder of a workspace: the drafts and the history of one user, found again wherever the workspace is moved.

A state folder has the id of its workspace (`oncue.storage.dot_folder`) as its name, so a workspace that was renamed or
moved is known again. In it is noted where the workspace was last used, which tells two things:

- A workspace with a known id is a copy if the one at the noted place has the id still. It gets an id of its own: its
  state must not be that of the original, whose drafts would be offered in the copy, and then be gone.
- A workspace without an id, because it cannot be written to or ``git clean`` removed it, is known by its place.
"""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from oncue.errors import StateError
from oncue.storage.dot_folder import read_id, write_id
from oncue.storage.files import describe_os_error
from oncue.storage.saving.writer import OLD, remove_strays, replace_file
from oncue.storage.user.folders import make_private, state_root

_PLACE = "folder"
"""The file of a state folder with the path of its workspace."""


def state_folder(folder: Path) -> Path:
    """The state folder of the workspace in ``folder``, made if need be; `StateError` if it cannot be used."""
    folder = folder.resolve()
    root = _workspaces()
    path = root
    try:
        path = next(_known_states(root, folder), None) or root / _new_name(root, folder)
        make_private(path)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied")
        if _noted_place(path) != folder:
            replace_file(path / _PLACE, os.fsencode(folder), private=True)
    except OSError as error:
        raise StateError(f"{path}: the state folder cannot be used: {describe_os_error(error)}") from None
    return path


def state_folders(folder: Path) -> list[Path]:
    """All state folders of the workspace, the one in use first: two processes may each have made one at first."""
    return list(_known_states(_workspaces(), folder.resolve()))


def mark(folder: Path, state: Path) -> None:
    """Have the workspace known by the id of its state from now on, wherever it is moved; as far as it is writable."""
    with suppress(OSError):
        own = read_id(folder)
        foreign = own is not None and not (state.parent / own).exists()  # by another user, who finds his state by it
        if own != state.name and not foreign:
            write_id(folder, state.name)


def state_or_none(folder: Path) -> Path | None:
    """The state folder, or ``None`` where there can be none."""
    try:
        return state_folder(folder)
    except StateError:
        return None


def remove_half_made_states() -> None:
    """Remove state folders of processes that were killed before they had noted of which workspace they are."""
    before = time.time() - OLD
    for path in _entries(_workspaces()):
        with suppress(OSError):
            is_old = path.stat().st_mtime < before  # and not of a process that is just about to note it
            if is_old and not (path / _PLACE).exists():
                remove_strays(path, older_than=OLD)
                path.rmdir()  # one in which there is something stays


def _workspaces() -> Path:
    return state_root() / "workspaces"


def _known_states(root: Path, folder: Path) -> Iterator[Path]:
    own = read_id(folder)
    known = None if own is None or not _belongs(root / own, folder) else root / own
    if known is not None:
        yield known
    yield from (each for each in _entries(root) if each != known and _noted_place(each) == folder)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _belongs(state: Path, folder: Path) -> bool:
    """Whether the workspace, which has the id of ``state``, is the one that has it and no copy of that."""
    place = _noted_place(state)
    if place is None or place == folder or read_id(place) != state.name:
        return place is not None
    try:
        return place.samefile(folder)  # the same one, mounted twice
    except OSError:
        return False


def _noted_place(state: Path) -> Path | None:
    """Where the workspace of a state folder was used last; ``None`` if there is no such folder."""
    try:
        return Path(os.fsdecode((state / _PLACE).read_bytes()))
    except (OSError, ValueError):
        return None


def _new_name(root: Path, folder: Path) -> str:
    own = read_id(folder)
    return secrets.token_hex(16) if own is None or (root / own).exists() else own
