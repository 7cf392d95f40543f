"""The journal: a save of several files happens to all of them or to none, whenever the power goes.

Before the first file takes its new name, the whole intent is written and flushed here: for each file what it
is to replace and what with. After the last one the entry is closed, that is, removed. An entry that is found
open belongs to a process that died between the two, and is finished at the next start. A file that is neither
as it was before nor as it was to be has been changed by somebody else since, and is left alone.
"""

import base64
import json
from pathlib import Path
from typing import NamedTuple

from oncue.errors import SaveError
from oncue.storage.files import digest
from oncue.storage.saving.writer import current_bytes, flush_folder, replace_file, target_of

_NAME = "journal.json"


class Intent(NamedTuple):
    """One file of a save: the hash of what it replaces and the new content; ``None`` is no file."""

    file: str
    before: str | None
    after: bytes | None


def open_entry(state: Path, intents: list[Intent]) -> None:
    """Write down what is about to happen; ``OSError`` if that fails."""
    entry = [
        {
            "file": intent.file,
            "before": intent.before,
            "after": None if intent.after is None else base64.b64encode(intent.after).decode(),
        }
        for intent in intents
    ]
    replace_file(state / _NAME, json.dumps({"version": 1, "changes": entry}).encode(), private=True)


def close_entry(state: Path) -> None:
    """It happened, or was taken back."""
    (state / _NAME).unlink(missing_ok=True)
    flush_folder(state)


def finish_open_entry(folder: Path, state: Path) -> tuple[str, ...]:
    """Finish what a dead process began; the files that were changed by it.

    Only under the workspace's lock. Raises `SaveError` if a file cannot be written; the entry stays open then.
    """
    finished = []
    for intent in _open_intents(state):
        try:
            target = target_of(folder, intent.file)
            now = current_bytes(target, intent.file)
        except SaveError:
            continue  # no longer a file of ours: somebody put something else in its place
        if (None if now is None else digest(now)) == intent.before != _hash(intent.after):
            _redo(target, intent)
            finished.append(intent.file)
    if (state / _NAME).exists():
        close_entry(state)
    return tuple(finished)


def _redo(target: Path, intent: Intent) -> None:
    try:
        if intent.after is None:
            target.unlink()
            flush_folder(target.parent)
        else:
            target.parent.mkdir(exist_ok=True)
            replace_file(target, intent.after, new=intent.before is None)
    except OSError as error:
        raise SaveError(intent.file, f"an interrupted save could not be finished: {error.strerror}") from None


def _open_intents(state: Path) -> list[Intent]:
    """The open entry. One that cannot be understood was never finished, so nothing had happened: no intents."""
    try:
        entry = json.loads((state / _NAME).read_bytes())
        return [
            Intent(
                str(change["file"]),
                change["before"],
                None if change["after"] is None else base64.b64decode(change["after"]),
            )
            for change in entry["changes"]
        ]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []


def _hash(data: bytes | None) -> str | None:
    return None if data is None else digest(data)
