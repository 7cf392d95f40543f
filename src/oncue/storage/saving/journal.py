"""The journal: a save of several files changes all of them or none, even if the power fails.

Before the first file is switched to its new content, the whole intent is written and flushed here: for each file
what it is to replace, and with what. After the last one the entry is closed, that is, removed. An entry that is found
open belongs to a process that died between the two, and is finished at the next start. A file that is neither what it
was before nor what it was to become has been changed by somebody else since, and is left alone.

It lies with the files that it is about, in the workspace's hidden folder. A folder that came from somebody else may
bring one along, so it can only speak of flows and scenarios.
"""

import base64
import errno
import json
import os
from pathlib import Path
from typing import NamedTuple

from oncue.domain.paths import CONFIG_FILE, flow_file, id_of, scenario_file
from oncue.domain.rules import check_flow_id
from oncue.errors import NotReplaceable, SaveError
from oncue.storage.dot_folder import shared_mode
from oncue.storage.files import describe_os_error, digest, read_regular
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.writer import describe_write_error, flush_folder, replace_file
from oncue.storage.toml.read import MAX_FILE

_NAME = "journal.json"
_VERSION = 1
_MOST = 256 * 1024 * 1024
"""Bytes of an entry."""


class Intent(NamedTuple):
    """One file of a save: the hash of what is replaced, and the new content. ``None`` stands for no file."""

    file: str
    before: str | None
    after: bytes | None


def open_entry(beside: Path, intents: list[Intent]) -> None:
    """Note what is about to happen; ``OSError`` if that fails."""
    changes = [
        {
            "file": intent.file,
            "before": intent.before,
            "after": None if intent.after is None else base64.b64encode(intent.after).decode(),
        }
        for intent in intents
    ]
    entry = json.dumps({"version": _VERSION, "changes": changes}).encode()
    if len(entry) > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    replace_file(beside / _NAME, entry, private=True, mode=_mode(beside))


def _mode(beside: Path) -> int:
    """Who may use the folder and may read the workspace may finish a save of it, so the umask must not forbid that."""
    try:
        return shared_mode(beside) & (beside.parent / CONFIG_FILE).stat().st_mode | 0o600
    except OSError:
        return 0o600


def close_entry(beside: Path) -> None:
    """Remove the entry: everything in it happened, or was taken back."""
    (beside / _NAME).unlink(missing_ok=True)
    flush_folder(beside)


def finish_open_entry(folder: Path, beside: Path) -> tuple[str, ...]:
    """Finish what a process that died had begun; the files that were changed by it.

    To be called under the workspace's lock only. Raises `SaveError` if the entry cannot be read or a file cannot be
    read or written; the entry stays open then.
    """
    intents = _open_intents(beside)
    if intents is None:
        return ()
    finished = []
    for intent in filter(_is_possible, intents):
        try:
            on_disk = OnDisk.read(folder, intent.file)
        except NotReplaceable:
            continue  # somebody put something else in its place since
        if on_disk.digest == intent.before != _hash(intent.after):
            _redo(on_disk, intent)
            finished.append(intent.file)
    try:
        close_entry(beside)
    except OSError as error:
        raise SaveError(_NAME, f"it cannot be removed: {describe_write_error(error)}") from None
    return tuple(finished)


def _is_possible(intent: Intent) -> bool:
    """Whether oncue can have written it: a flow or a scenario of a possible size."""
    if intent.after is not None and len(intent.after) > MAX_FILE:
        return False
    try:
        own = check_flow_id(id_of(intent.file))
    except ValueError:
        return False
    return intent.file in (flow_file(own), scenario_file(own))


def _redo(on_disk: OnDisk, intent: Intent) -> None:
    target = on_disk.target
    try:
        if intent.after is not None:
            target.parent.mkdir(exist_ok=True)
        replace_file(target, intent.after, new=intent.before is None, expected=on_disk.data)
    except FileExistsError:
        return  # another program was faster, so it is left alone
    except OSError as error:
        problem = f"an interrupted save could not be finished: {describe_write_error(error)}"
        raise SaveError(intent.file, problem) from None


def _open_intents(beside: Path) -> list[Intent] | None:
    """The intents of the open entry; ``None`` if there is no entry.

    One that cannot be understood was never completed, so nothing had happened: no intents. One that cannot be read
    is another matter: it may be there, so nothing must be concluded from it.
    """
    try:
        data, _ = read_regular(os.fspath(beside / _NAME), _MOST)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        problem = f"the note of an interrupted save cannot be read: {describe_os_error(error)}"
        raise SaveError(_NAME, problem) from None
    try:
        entry = json.loads(data)
        if entry["version"] != _VERSION:
            problem = (
                f"another version of oncue was interrupted while it saved; use that one, or remove {beside / _NAME}"
            )
            raise SaveError(_NAME, problem)
        return [
            Intent(
                str(change["file"]),
                change["before"],
                None if change["after"] is None else base64.b64decode(change["after"]),
            )
            for change in entry["changes"]
        ]
    except (ValueError, LookupError, TypeError, RecursionError):
        return []


def _hash(data: bytes | None) -> str | None:
    return None if data is None else digest(data)
