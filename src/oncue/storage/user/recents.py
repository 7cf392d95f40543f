"""The workspaces that were opened last, each with the flow that was open when it was left.

One small file in the state folder. It is of use only to its user, so what cannot be read or written is no error.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from oncue.errors import StateError
from oncue.storage.saving.writer import replace_file
from oncue.storage.user.folders import make_private, state_root

KEPT = 20
_FILE = "recent.json"
_LARGEST = 100_000


class Recent(NamedTuple):
    """A workspace, and the id of the flow that was open."""

    folder: str
    flow: str


def recents() -> list[Recent]:
    """The workspaces that were opened last, the latest first."""
    with suppress(OSError, ValueError, StateError):
        path = state_root() / _FILE
        if path.stat().st_size <= _LARGEST:
            read = json.loads(path.read_bytes())
            pairs = [
                each for each in (read if isinstance(read, list) else ()) if isinstance(each, list) and len(each) == 2
            ]
            return [Recent(*map(str, each)) for each in pairs][:KEPT]
    return []


def last_flow(folder: Path) -> str:
    """The flow that was open in the workspace ``folder`` when it was left; empty if that is not known."""
    return next((each.flow for each in recents() if each.folder == str(folder)), "")


def remember(folder: Path, flow: str) -> None:
    """Remember that ``folder`` was left just now, with ``flow`` open."""
    with suppress(OSError, StateError):
        rest = [each for each in recents() if each.folder != str(folder)]
        root = state_root()
        make_private(root)
        data = json.dumps([Recent(str(folder), flow), *rest][:KEPT]).encode()
        replace_file(root / _FILE, data, private=True)
