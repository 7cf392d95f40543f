"""Carry out a save: check, keep, stage, note, switch; or leave everything as it was.

In this order, under the workspace's lock: look whether each file is still what was loaded (by hash); keep what
will be replaced in the history; put all new content on the disk under temporary names; for more than one file,
write the intent into the journal; then switch the names. An error before the switch leaves nothing changed. One
in the middle of it takes back what was switched already.
"""

import errno
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from oncue.errors import ConflictError, SaveError
from oncue.storage.files import FileState, Signature, digest
from oncue.storage.saving import history, journal
from oncue.storage.saving.journal import Intent
from oncue.storage.saving.writer import (
    Staged,
    current_bytes,
    flush_folder,
    remove_strays,
    replace_file,
    target_of,
    why,
)
from oncue.storage.user.folders import locked, state_or_none


@dataclass(frozen=True)
class Change:
    """What is to happen to one file: new content, or its removal (``after`` is ``None``).

    ``before`` is the hash of what it replaces, ``None`` if it is not to be there yet. ``force``: replace what is
    there, whatever it is; only the user says so. Files with the same ``group`` are changed together or not at all.
    """

    file: str
    before: str | None
    after: bytes | None
    group: str = ""
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What happened: the state of each file that was saved (``None``: removed), and an error for each other."""

    saved: dict[str, FileState | None]
    errors: tuple[SaveError, ...] = ()


@dataclass
class _Step:
    """A change that is ready to happen: its target, and what the target holds now."""

    change: Change
    target: Path
    now: bytes | None
    staged: Staged | None = None
    switched: bool = False


def save(folder: Path, changes: Sequence[Change]) -> Outcome:
    """Make ``changes`` in the workspace ``folder``.

    A file that changed on disk is left out with a `ConflictError` (and its group with it). The rest is saved
    whole or, if a file of it cannot be written, not at all.
    """
    state = state_or_none(folder)
    try:
        with locked(state):
            if state is not None:
                journal.finish_open_entry(folder, state)
            return _save_locked(folder, state, changes)
    except SaveError as error:
        return Outcome({}, tuple(SaveError(change.file, error.reason) for change in changes))


def recover(folder: Path) -> tuple[str, ...]:
    """After a crash: finish a save that was interrupted and remove its temporary files.

    Returns the files that were written now. To be called when a workspace is opened, before it is loaded; does
    nothing where there is nothing to do. Raises `SaveError` if a file cannot be written.
    """
    folder = folder.resolve()
    state = state_or_none(folder)
    if state is None:
        return ()
    with locked(state):
        for place in (folder, folder / "flows", folder / "scenarios"):
            if place.resolve().is_relative_to(folder):
                remove_strays(place)
        return journal.finish_open_entry(folder, state)


def _save_locked(folder: Path, state: Path | None, changes: Sequence[Change]) -> Outcome:
    steps, errors = _checked(folder, changes)
    try:
        for step in steps:
            _keep(state, step)
            step.staged = _stage(folder, step)
    except SaveError as error:
        return _none_saved(steps, errors, error)
    if state is not None and len(steps) > 1 and not _noted(state, steps):
        state = None
    failure = _switch(steps)
    if failure is not None:
        if _taken_back(steps) and state is not None and len(steps) > 1:
            with suppress(OSError):
                journal.close_entry(state)
        return _none_saved(steps, errors, failure)
    saved = {step.change.file: _state(step) for step in steps}
    return _confirmed(steps, state, saved, errors)


def _checked(folder: Path, changes: Sequence[Change]) -> tuple[list[_Step], list[SaveError]]:
    """The steps of the changes whose files are as they were loaded, and the errors of the others."""
    steps, errors, failed_groups = [], [], set()
    for change in changes:
        try:
            steps.append(_check(folder, change))
        except SaveError as error:
            errors.append(error)
            failed_groups.add(change.group)
    failed_groups.discard("")
    for step in steps:
        if step.change.group in failed_groups:
            errors.append(SaveError(step.change.file, "not saved, because a file that belongs to it could not be"))
    return [step for step in steps if step.change.group not in failed_groups], errors


def _check(folder: Path, change: Change) -> _Step:
    if change.after is None and (folder / change.file).is_symlink():
        target_of(folder, change.file)  # refuses one that leads out
        step = _Step(change, folder / change.file, current_bytes(target_of(folder, change.file), change.file))
    else:
        target = target_of(folder, change.file)
        step = _Step(change, target, current_bytes(target, change.file))
    now = None if step.now is None else digest(step.now)
    if not change.force and now != change.before and step.now != change.after:
        raise ConflictError(change.file, step.now)
    return step


def _keep(state: Path | None, step: _Step) -> None:
    """Keep what will be replaced. Where that fails, only what nobody has seen must not be replaced."""
    if step.now is None or step.now == step.change.after:
        return
    try:
        if state is None:
            raise OSError(errno.ENOENT, "there is no state folder")
        history.keep(state, step.change.file, step.now)
    except OSError as error:
        if step.change.force:
            reason = f"what is on disk could not be kept in the history first, so it is not replaced: {why(error)}"
            raise SaveError(step.change.file, reason) from None


def _stage(folder: Path, step: _Step) -> Staged | None:
    if step.now == step.change.after:
        return None
    try:
        if step.target.parent.parent == folder:
            step.target.parent.mkdir(exist_ok=True)
        return Staged(step.target, step.change.after, new=step.now is None)
    except OSError as error:
        raise SaveError(step.change.file, why(error)) from None


def _noted(state: Path, steps: list[_Step]) -> bool:
    """Whether the journal has the intent. Without one the save goes on: a full state disk must not stop it."""
    intents = [Intent(step.change.file, _hash(step.now), step.change.after) for step in steps]
    try:
        journal.open_entry(state, intents)
    except OSError:
        return False
    return True


def _switch(steps: list[_Step]) -> SaveError | None:
    for step in steps:
        if step.staged is None:
            continue
        try:
            step.staged.take_place()
        except FileExistsError:
            return ConflictError(step.change.file, current_bytes(step.target, step.change.file))
        except OSError as error:
            return SaveError(step.change.file, why(error))
        step.switched = True
    return None


def _taken_back(steps: list[_Step]) -> bool:
    """Whether every file is again what it was."""
    whole = True
    for step in steps:
        if not step.switched:
            continue
        try:
            if step.now is None:
                step.target.unlink()
            else:
                replace_file(step.target, step.now)
        except OSError:
            whole = False
    return whole


def _none_saved(steps: list[_Step], errors: list[SaveError], cause: SaveError) -> Outcome:
    for step in steps:
        if step.staged is not None:
            step.staged.drop()
    others = [
        SaveError(step.change.file, f"not saved, because {cause.file} could not be: {cause.reason}")
        for step in steps
        if step.change.file != cause.file
    ]
    return Outcome({}, (*errors, cause, *others))


def _confirmed(
    steps: list[_Step], state: Path | None, saved: dict[str, FileState | None], errors: list[SaveError]
) -> Outcome:
    """Flush the folders and close the entry; the content is in place whatever happens here."""
    for step in steps:
        if step.staged is not None:
            step.staged.drop()
    try:
        for parent in {step.target.parent for step in steps}:
            flush_folder(parent)
        if state is not None and len(steps) > 1:
            journal.close_entry(state)
    except OSError as error:
        reason = f"it was written, but the disk does not confirm it: {why(error)}"
        return Outcome(saved, (*errors, *(SaveError(step.change.file, reason) for step in steps)))
    return Outcome(saved, tuple(errors))


def _state(step: _Step) -> FileState | None:
    if step.change.after is None:
        return None
    try:
        signature = Signature.of(step.target.stat())
    except OSError:  # it is there; at worst it is read once more than needed
        signature = Signature(0, 0, 0, 0)
    return FileState(digest(step.change.after), signature)


def _hash(data: bytes | None) -> str | None:
    return None if data is None else digest(data)
