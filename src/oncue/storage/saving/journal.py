"""The journal: a save of several files changes all of them or none, even if the power fails.

Before the first file is switched to its new content, the whole intent is written and flushed here: for each file
what it is to replace, and with what. After the last one the entry is closed, that is, removed. An entry that is found
open belongs to a process that died between the two, and is finished at the next start. A file that is neither what it
was before nor what it was to become has been changed by somebody else since, and is left alone.
"""

import base64
import json
from pathlib import Path
from typing import NamedTuple

from oncue.errors import NotReplaceable, SaveError
from oncue.storage.files import describe_os_error, digest
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.writer import describe_write_error, flush_folder, replace_file

_NAME = "journal.json"
_VERSION = 1


class Intent(NamedTuple):
    """One file of a save: the hash of what is replaced, and the new content. ``None`` stands for no file."""

    file: str
    before: str | None
    after: bytes | None


def open_entry(state: Path, intents: list[Intent]) -> None:
    """Note what is about to happen; ``OSError`` if that fails."""
    entry = [
        {
            "file": intent.file,
            "before": intent.before,
            "after": None if intent.after is None else base64.b64encode(intent.after).decode(),
        }
        for intent in intents
    ]
    replace_file(state / _NAME, json.dumps({"version": _VERSION, "changes": entry}).encode(), private=True)


def close_entry(state: Path) -> None:
    """Remove the entry: everything in it happened, or was taken back."""
    (state / _NAME).unlink(missing_ok=True)
    flush_folder(state)


def finish_open_entry(folder: Path, state: Path) -> tuple[str, ...]:
    """Finish what a process that died had begun; the files that were changed by it.

    To be called under the workspace's lock only. Raises `SaveError` if the entry cannot be read or a file cannot be
    read or written; the entry stays open then.
    """
    intents = _open_intents(state)
    if intents is None:
        return ()
    finished = []
    for intent in intents:
        try:
            on_disk = OnDisk.read(folder, intent.file)
        except NotReplaceable:
            continue  # somebody put something else in its place since
        if on_disk.digest == intent.before != _hash(intent.after):
            _redo(on_disk, intent)
            finished.append(intent.file)
    try:
        close_entry(state)
    except OSError as error:
        raise SaveError(_NAME, f"it cannot be removed: {describe_write_error(error)}") from None
    return tuple(finished)


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


def _open_intents(state: Path) -> list[Intent] | None:
    """The intents of the open entry; ``None`` if there is no entry.

    One that cannot be understood was never completed, so nothing had happened: no intents. One that cannot be read
    is another matter: it may be there, so nothing must be concluded from it.
    """
    try:
        data = (state / _NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"the note of an interrupted save cannot be read: {describe_os_error(error)}"
        raise SaveError(_NAME, problem) from None
    try:
        entry = json.loads(data)
        if entry["version"] != _VERSION:
            problem = (
                f"another version of oncue was interrupted while it saved; use that one, or remove {state / _NAME}"
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
