"""Drafts: unsaved work, kept where a crash cannot destroy it.

Each process that edits a workspace has one draft file in the state folder, and holds a lock on it as long as it
lives. A draft whose lock is free belongs to a process that died: it is offered at the next start. Where the file system
has no locks, that cannot be told, and a draft is rather offered too often than lost. A draft contains values, as JSON,
and what was typed and is no value yet; nothing in it is executed. One that cannot be read is set aside, which is said,
and removed after `ASIDE_DAYS`.
"""

import json
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import MappingProxyType
from typing import Any, NamedTuple

from oncue.domain.conditions import CONDITIONS
from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of
from oncue.domain.rules import check_flow_id
from oncue.editing.session import Session
from oncue.errors import StateError, UnreadableError
from oncue.storage.codec import flow_from, flow_values
from oncue.storage.file_lock import FileLock
from oncue.storage.files import FileState, describe_os_error
from oncue.storage.saving.writer import OLD, flush_folder, remove_strays, replace_file
from oncue.storage.user.folders import make_private
from oncue.storage.user.states import mark, remove_half_made_states, state_folder, state_folders

RESTORE = "Restore unsaved work"
ASIDE_DAYS = 90
"""Days after which a draft that cannot be read is removed."""

_VERSION = 1

Texts = Mapping[tuple[str, int | str], str]
"""What was typed and is no value yet, by the flow, and the index of the step or the key of the condition."""
_NONE: Mapping[Any, Any] = MappingProxyType({})


class DraftStore:
    """The draft of this process for one workspace. Raises `StateError` if none can be kept."""

    def __init__(self, folder: Path) -> None:
        self._workspace = Path(folder).resolve()
        self._path = _drafts(self._workspace) / f"draft-{secrets.token_hex(8)}.json"
        self._lock = FileLock(_lock_path(self._path))
        try:
            self._lock.acquire()
        except OSError:  # a file system without locks
            if not os.path.lexists(_lock_path(self._path)):  # which never fails
                raise StateError(f"{self._path.parent}: no drafts can be kept there") from None
        self._open = True
        self._written: tuple[Session, Texts] | None = None
        # A draft may be written in a thread while the user leaves: it must not come back after it was removed.
        # Reentrant, because a signal handler may want to write in the middle of a write.
        self._writing = RLock()

    def write(self, session: Session, files: Mapping[str, FileState] = _NONE, texts: Texts = _NONE) -> None:
        """Keep the unsaved edits of ``session`` and the ``texts``; without any there is no draft. Raises `StateError`.

        ``files`` are those of `oncue.storage.loader.Loaded`, to tell later from which content an edit started.
        """
        with self._writing:
            if not self._open:
                return
            if self._written is not None and session is self._written[0] and texts == self._written[1]:
                return
            if session.dirty or texts:
                if self._written is None:
                    mark(self._workspace, self._path.parent.parent)
                self._replace(_encoded(session, self._workspace, files, texts))
            else:
                self._remove()
            self._written = session, texts

    def clear(self) -> None:
        """Remove the draft: there is no unsaved work any more. Raises `StateError`."""
        with self._writing:
            self._written = None
            self._remove()

    def close(self) -> None:
        """Release the draft. One that was not cleared will be offered at the next start."""
        with self._writing:
            if not self._open:
                return
            self._open = False
            with suppress(OSError):  # the lock is released whatever the disk says
                if not self._path.exists():
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


class Draft:
    """Unsaved work that a dead process left: when it was ``written``, the ``flows`` that it changed or ``deleted``.

    ``texts`` are those of steps and conditions that were no value yet; their flows are among ``flows``, changed or not.
    ``folder`` is where the workspace was at that time.
    """

    def __init__(self, path: Path, lock: FileLock, content: dict[str, Any]) -> None:
        self._path, self._lock = path, lock
        self.written = datetime.fromisoformat(content["written"])
        if self.written.tzinfo is None:
            raise ValueError("a time without its zone, which could not be compared with others")
        self.flows: Mapping[str, Flow] = {
            check_flow_id(flow_id): flow_from({**values, "id": flow_id}, flow_file(flow_id))
            for flow_id, values in content["flows"].items()
        }
        self.deleted = frozenset(check_flow_id(flow_id) for flow_id in content["deleted"])
        self.texts: Texts = {_slot(flow_id, at): _text(text) for flow_id, at, text in content.get("texts", ())}
        self.folder = Path(content["workspace"])
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


def _slot(flow_id: str, at: int | str) -> tuple[str, int | str]:
    if not isinstance(at, int) and at not in CONDITIONS:
        raise ValueError("neither the number of a step nor the key of a condition")
    return check_flow_id(flow_id), at


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError("a text that is none")
    text.encode()  # with halves of letters it could not be shown
    return text


def _encoded(session: Session, workspace: Path, files: Mapping[str, FileState], texts: Texts) -> bytes:
    dirty = sorted(session.dirty | {flow_id for flow_id, _ in texts})
    flows = session.workspace.flows
    states = {file: files.get(file) for file in map(flow_file, dirty)} if files else {}
    content = {
        "version": _VERSION,
        "workspace": os.fspath(workspace),
        "written": datetime.now(UTC).isoformat(),
        "flows": {flow_id: flow_values(flows[flow_id]) for flow_id in dirty if flow_id in flows},
        "texts": [[flow_id, at, text] for (flow_id, at), text in texts.items()],
        "deleted": [flow_id for flow_id in dirty if flow_id not in flows],
        "based_on": {file: state.digest if state else None for file, state in states.items()},
    }
    return json.dumps(content).encode()


class LeftBehind(NamedTuple):
    """The ``drafts`` of processes that died, newest first, and ``complaints`` about those that cannot be read.

    Each draft is locked until it is discarded or released, so that no other process offers it too.
    """

    drafts: list[Draft]
    complaints: list[str]


def find_drafts(folder: Path) -> LeftBehind:
    """What earlier sessions on the workspace ``folder`` left behind; nothing where there is no state folder."""
    found = LeftBehind([], [])
    try:
        states = state_folders(folder)
    except (StateError, OSError):
        return found
    for place in (state / "drafts" for state in states):
        for path in _paths(place, "draft-*.json"):
            _look_at(path, found)
        with suppress(OSError):  # what was found must be offered whatever becomes of the rest
            _tidy(place)
    remove_half_made_states()
    found.drafts.sort(key=lambda draft: draft.written, reverse=True)
    return found


def _look_at(path: Path, found: LeftBehind) -> None:
    lock = FileLock(_lock_path(path))
    try:
        if not lock.acquire():
            return  # its process lives
    except OSError:
        pass  # a file system without locks
    try:
        content = json.loads(path.read_bytes())
        if content["version"] == _VERSION:
            found.drafts.append(Draft(path, lock, content))
            return
        found.complaints.append(
            f"Unsaved work of an earlier session was kept by another version of oncue, which can restore it: {path}."
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, UnreadableError):
        aside = path.with_suffix(".corrupt")
        found.complaints.append(f"Unsaved work of an earlier session cannot be read; its draft is kept as {aside}.")
        with suppress(OSError):  # so that it is not tried again; its age counts from now
            path.replace(aside)
            os.utime(aside)
    except OSError as error:
        found.complaints.append(
            f"Unsaved work of an earlier session cannot be read now: {path}: {describe_os_error(error)}."
        )
    lock.release()


def _tidy(place: Path) -> None:
    """Remove what nobody will miss: drafts set aside long ago, locks of dead processes without a draft, strays."""
    for aside in _paths(place, "draft-*.corrupt"):
        with suppress(OSError):
            if aside.stat().st_mtime < time.time() - ASIDE_DAYS * 86_400:
                aside.unlink()
    for path in _paths(place, "draft-*.lock"):
        with suppress(OSError):
            lock = FileLock(path)
            if not path.with_suffix(".json").exists() and lock.acquire():
                path.unlink()
                lock.release()
    state = place.parent
    for each in (state, place, *(path for path in _paths(state / "history", "*/*") if path.is_dir())):
        remove_strays(each, older_than=OLD)


def _paths(place: Path, pattern: str) -> list[Path]:
    try:
        return sorted(place.glob(pattern))
    except OSError:
        return []


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
