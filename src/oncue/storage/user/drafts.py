"""Drafts: unsaved work, kept where a crash cannot destroy it.

Each process that edits a workspace has one draft file in the state folder, and holds a lock on it as long as it
lives. A draft whose lock is free belongs to a process that died: it is offered at the next start. A draft contains
values, as JSON; nothing in it is executed, and one that cannot be read is set aside, not deleted.
"""

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of
from oncue.domain.rules import check_flow_id
from oncue.editing.session import Session
from oncue.errors import StateError, UnreadableError
from oncue.storage.codec import flow_from, flow_values
from oncue.storage.files import FileState, describe_os_error
from oncue.storage.saving.writer import flush_folder, replace_file
from oncue.storage.user.folders import make_private, state_folder

RESTORE = "Restore unsaved work"
_VERSION = 1


class DraftStore:
    """The draft of this process for one workspace. Raises `StateError` if none can be kept."""

    def __init__(self, folder: Path) -> None:
        self._workspace = Path(folder).resolve()
        self._path = _drafts(self._workspace) / f"draft-{secrets.token_hex(8)}.json"
        lock = _lock_of(self._path)
        if lock is None:
            raise StateError(f"{self._path.parent}: drafts cannot be locked there")
        self._lock = lock
        self._written: Session | None = None
        # A draft may be written in a thread while the user leaves: it must not come back after it was removed.
        # Reentrant, because a signal handler may want to write in the middle of a write.
        self._writing = RLock()

    def write(self, session: Session, files: Mapping[str, FileState] = MappingProxyType({})) -> None:
        """Keep the unsaved edits of ``session``; a clean one leaves no draft. Raises `StateError`.

        ``files`` are those of `oncue.storage.loader.Loaded`, to tell later from which content an edit started.
        """
        with self._writing:
            if session is self._written or not self._lock.is_locked:
                return
            if session.dirty:
                self._replace(_encoded(session, self._workspace, files))
            else:
                self._remove()
            self._written = session

    def clear(self) -> None:
        """Remove the draft: there is no unsaved work any more. Raises `StateError`."""
        with self._writing:
            self._written = None
            self._remove()

    def close(self) -> None:
        """Release the draft. One that was not cleared will be offered at the next start."""
        with self._writing:
            if not self._lock.is_locked:
                return
            if not self._path.exists():
                with suppress(OSError):
                    _lock_path(self._path).unlink()
            self._lock.release()

    def _replace(self, content: bytes) -> None:
        try:
            replace_file(self._path, content, private=True)
        except (OSError, ValueError) as error:
            problem = f"the draft could not be written: {describe_os_error(error)}"
            raise StateError(f"{self._path.parent}: {problem}") from None

    def _remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StateError(f"{self._path}: the draft could not be removed: {describe_os_error(error)}") from None

    @staticmethod
    def orphans(folder: Path) -> "list[Draft]":
        """The drafts of processes that died, newest first; none where there is no state folder.

        Each is locked until it is discarded or released, so that no other process offers it too.
        """
        workspace = Path(folder).resolve()
        found = []
        try:
            paths = sorted(_drafts(workspace).glob("draft-*.json"))
        except (StateError, OSError):
            return []
        for path in paths:
            if (lock := _lock_of(path)) is not None and (draft := _read(path, lock)) is not None:
                found.append(draft)
        return sorted(found, key=lambda draft: draft.written, reverse=True)


class Draft:
    """Unsaved work that a dead process left: when it was ``written``, the ``flows`` that it changed or ``deleted``."""

    def __init__(self, path: Path, lock: BaseFileLock, content: dict[str, Any]) -> None:
        self._path, self._lock = path, lock
        self.written = datetime.fromisoformat(content["written"])
        if self.written.tzinfo is None:
            raise ValueError("a time without its zone, which could not be compared with others")
        self.flows: Mapping[str, Flow] = {
            check_flow_id(flow_id): flow_from({**values, "id": flow_id}, flow_file(flow_id))
            for flow_id, values in content["flows"].items()
        }
        self.deleted = frozenset(check_flow_id(flow_id) for flow_id in content["deleted"])
        self.based_on: Mapping[str, str | None] = {str(file): digest for file, digest in content["based_on"].items()}

    @property
    def flow_ids(self) -> frozenset[str]:
        """The flows that it has edits of."""
        return self.deleted | self.flows.keys()

    def changed_since(self, files: Mapping[str, FileState]) -> frozenset[str]:
        """The flows whose files are no longer what the edits started from."""
        now = {file: state.digest for file, state in files.items()}
        return frozenset(id_of(file) for file, digest in self.based_on.items() if now.get(file) != digest)

    def apply(self, session: Session) -> Session:
        """``session`` with the unsaved work restored, as one step of undo."""
        flows = {**session.workspace.flows, **self.flows}
        for flow_id in self.deleted:
            flows.pop(flow_id, None)
        if flows == session.workspace.flows:
            return session
        return session.edit(RESTORE, replace(session.workspace, flows=flows), self.flow_ids)

    def discard(self) -> None:
        """Remove it for good."""
        with suppress(OSError):
            self._path.unlink()
            _lock_path(self._path).unlink()
        self._lock.release()

    def release(self) -> None:
        """Leave it for the next start."""
        self._lock.release()


def _encoded(session: Session, workspace: Path, files: Mapping[str, FileState]) -> bytes:
    dirty = sorted(session.dirty)
    flows = session.workspace.flows
    states = {file: files.get(file) for file in map(flow_file, dirty)} if files else {}
    content = {
        "version": _VERSION,
        "workspace": os.fspath(workspace),
        "written": datetime.now(UTC).isoformat(),
        "flows": {flow_id: flow_values(flows[flow_id]) for flow_id in dirty if flow_id in flows},
        "deleted": [flow_id for flow_id in dirty if flow_id not in flows],
        "based_on": {file: state.digest if state else None for file, state in states.items()},
    }
    return json.dumps(content).encode()


def _read(path: Path, lock: BaseFileLock) -> Draft | None:
    """The draft in ``path``; one that cannot be understood is renamed, so that it is not tried again.

    One of another version of oncue is left as it is: that version can still offer it.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["version"] == _VERSION:
            return Draft(path, lock, content)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, UnreadableError):
        with suppress(OSError):
            path.replace(path.with_suffix(".corrupt"))
    except OSError:
        pass
    lock.release()
    return None


def _drafts(workspace: Path) -> Path:
    folder = state_folder(workspace) / "drafts"
    try:
        make_private(folder)
        flush_folder(folder.parent)
    except OSError as error:
        raise StateError(f"{folder}: no drafts can be kept: {describe_os_error(error)}") from None
    return folder


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")


def _lock_of(path: Path) -> BaseFileLock | None:
    """The lock of a draft, acquired; ``None`` if another process has it."""
    lock = FileLock(_lock_path(path), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        return None
    return lock
