"""Carry out a save: keep, stage, note, switch; or leave everything as it was.

All of it happens under the workspace's lock, which `exclusive` holds, and in this order: what will be replaced is kept
in the history; all new content is written to the disk under temporary names; for more than one file, the intent is
written into the journal; then each file, if it still is what was read, is switched to its new content. An error before
the first switch leaves nothing changed; one after it takes back what was switched already.
"""

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from oncue.domain.paths import FLOWS, SCENARIOS
from oncue.errors import ConflictError, SaveError, SaveWarning
from oncue.storage.dot_folder import DOT_FOLDER, dot_folder, make_dot_folder
from oncue.storage.files import FileState, Signature, digest
from oncue.storage.saving import history, journal
from oncue.storage.saving.journal import Intent
from oncue.storage.saving.lock import locked
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.writer import (
    OLD,
    OvertakenError,
    Staged,
    describe_write_error,
    flush_folder,
    remove_strays,
    replace_file,
)
from oncue.storage.user.states import mark, state_or_none


class Safety(NamedTuple):
    """What protects a save: the user's ``state`` folder, for the history, and the folder ``beside`` the files, for
    the journal; each ``None`` where there can be none. ``unlocked`` is why there is no lock, or "".
    """

    state: Path | None = None
    beside: Path | None = None
    unlocked: str = ""


@dataclass(frozen=True)
class Change:
    """What is to happen to a file that was read: new content, or its removal (``after`` is ``None``).

    ``unseen``: it holds something that the user never loaded, so it is not replaced unless the history has it.
    Changes with the same ``group`` are made together or not at all.
    """

    on_disk: OnDisk
    after: bytes | None
    group: str = ""
    unseen: bool = False

    @property
    def file(self) -> str:
        """The file, relative to the workspace."""
        return self.on_disk.file

    @property
    def is_made(self) -> bool:
        """Whether the file already is as it is to be."""
        return self.on_disk.data == self.after


@dataclass(frozen=True)
class Outcome:
    """What happened: the state of each file that was saved (``None``: removed), and an error for each other.

    Among the errors may be a `SaveWarning` about one that was saved.
    """

    saved: dict[str, FileState | None]
    errors: tuple[SaveError, ...] = ()


@dataclass
class _Step:
    """A change on its way."""

    change: Change
    target: Path
    staged: Staged | None = None
    switched: bool = False


@contextmanager
def exclusive(folder: Path) -> Iterator[Safety]:
    """Hold the workspace's lock, after a save that was interrupted was finished; gives what protects the save.

    What a save replaces is to be read inside, so that no other oncue can come in between. Raises `SaveError` if
    another one holds the lock, or if the interrupted save cannot be finished.
    """
    state = state_or_none(folder)
    try:
        beside = make_dot_folder(folder)
    except OSError as error:
        yield Safety(state, None, describe_write_error(error))
        return
    with locked(beside) as unlocked:
        if state is not None:
            mark(folder, state)
        journal.finish_open_entry(folder, beside)
        yield Safety(state, beside, unlocked)


def carry_out(folder: Path, safety: Safety, changes: Sequence[Change]) -> Outcome:
    """Make ``changes`` in the workspace ``folder``, all of them or none. To be called inside `exclusive`."""
    steps = [_Step(change, _place(folder, change)) for change in changes]
    warnings: list[SaveWarning] = []
    try:
        for step in steps:
            if not step.change.is_made:
                warnings += _keep(safety.state, step.change)
                step.staged = _stage(folder, step)
    except SaveError as error:
        return _none_saved(steps, error)
    noted_in = safety.beside if len(steps) > 1 and _note(safety.beside, changes) else None
    if steps and (missing := _missing(safety, noted_in is not None or len(steps) == 1)):
        warnings.append(SaveWarning(steps[0].change.file, f"saved, but {missing}"))
    failure = _switch(folder, safety.state, steps)
    if failure is not None:
        if _take_back(steps) and noted_in is not None:
            with suppress(OSError):
                journal.close_entry(noted_in)
        return _none_saved(steps, failure)
    return _confirmed(steps, noted_in, warnings)


def _missing(safety: Safety, noted: bool) -> str:
    """What there was not, for a sentence."""
    problems = []
    if safety.unlocked:
        problems.append(f"without the lock that keeps two from saving at once ({safety.unlocked})")
    if not noted:
        problems.append("without a journal of what belongs together")
    return " and ".join(problems)


def recover(folder: Path) -> tuple[str, ...]:
    """After a crash: finish a save that was interrupted and remove its temporary files.

    Returns the files that were written now. To be called when a workspace is opened, before it is loaded; does
    nothing where there is nothing to do. Raises `SaveError` if a file cannot be written.
    """
    folder = folder.resolve()
    beside = dot_folder(folder)
    if beside is None:
        _tidy(folder, None)
        return ()
    with locked(beside) as unlocked:
        _tidy(folder, None if unlocked else beside)
        return journal.finish_open_entry(folder, beside)


def _tidy(folder: Path, locked_by: Path | None) -> None:
    """Remove the temporary files of processes that were killed; without a lock, only those that are surely theirs."""
    for place in (folder, folder / DOT_FOLDER, folder / FLOWS, folder / SCENARIOS):
        with suppress(OSError, RuntimeError):  # links that lead in a circle
            if place.resolve().is_relative_to(folder):
                remove_strays(place, older_than=0.0 if locked_by else OLD)


def _place(folder: Path, change: Change) -> Path:
    """What is replaced or removed: a link is removed itself, but written through."""
    link = folder / change.file
    removed_link = change.after is None and os.path.islink(link)  # noqa: PTH114 - which never fails
    return link if removed_link else change.on_disk.target


def _keep(state: Path | None, change: Change) -> list[SaveWarning]:
    """Keep what will be replaced. Where that fails, only what nobody has seen must not be replaced.

    The warnings are to be said once it was saved: that nothing was kept, and that other names of the file stay behind.
    """
    if change.on_disk.data is None:
        return []
    warnings = []
    if change.after is not None and _has_other_names(change.on_disk.target):
        problem = "saved, but it had other names (hard links), which still have the old content"
        warnings.append(SaveWarning(change.file, problem))
    try:
        if state is None:
            raise OSError(errno.ENOENT, "there is no state folder")
        history.keep(state, change.file, change.on_disk.data)
    except OSError as error:
        if change.unseen:
            problem = "what is on disk could not be kept in the history first, so it is not replaced"
            raise SaveError(change.file, f"{problem}: {describe_write_error(error)}") from None
        problem = f"saved, but what it replaced could not be kept in the history: {describe_write_error(error)}"
        warnings.append(SaveWarning(change.file, problem))
    return warnings


def _has_other_names(target: Path) -> bool:
    try:
        return target.stat().st_nlink > 1
    except OSError:
        return False


def _stage(folder: Path, step: _Step) -> Staged:
    try:
        if step.target.parent.parent == folder:
            step.target.parent.mkdir(exist_ok=True)
        before = step.change.on_disk.data
        return Staged(step.target, step.change.after, new=before is None, expected=before)
    except OSError as error:
        raise SaveError(step.change.file, describe_write_error(error)) from None


def _note(beside: Path | None, changes: Sequence[Change]) -> bool:
    """Whether the journal has the intent. The save goes on without one, and says so."""
    if beside is None:
        return False
    try:
        journal.open_entry(beside, [Intent(each.file, each.on_disk.digest, each.after) for each in changes])
    except OSError:
        return False
    return True


def _switch(folder: Path, state: Path | None, steps: list[_Step]) -> SaveError | None:
    """Switch every file to its new content; the error of the first that cannot be."""
    for step in steps:
        if step.staged is None:
            continue
        try:
            # Staging and history took their time, so look again: nothing but the rename follows on this.
            if not step.change.on_disk.unchanged():
                return _conflict(folder, step.change.file)
            step.staged.take_place()
        except FileExistsError as error:
            if isinstance(error, OvertakenError):
                _keep_displaced(state, step, error)
            return _conflict(folder, step.change.file)
        except OSError as error:
            return SaveError(step.change.file, describe_write_error(error))
        step.switched = True
    return None


def _keep_displaced(state: Path | None, step: _Step, error: OvertakenError) -> None:
    """Keep what another program wrote and wrote over again while the file changed its name."""
    for data in error.displaced:
        with suppress(OSError):
            if state is not None:
                history.keep(state, step.change.file, data)


def _conflict(folder: Path, file: str) -> SaveError:
    try:
        return ConflictError(file, OnDisk.read(folder, file).data)
    except SaveError as error:
        return error


def _take_back(steps: list[_Step]) -> bool:
    """Put back what was replaced already, but not over what another program wrote since; whether all is as it was."""
    whole = True
    for step in steps:
        if not step.switched:
            continue
        before = step.change.on_disk.data
        try:
            replace_file(step.target, before, new=step.change.after is None, expected=step.change.after)
        except FileExistsError:
            continue
        except OSError:
            whole = False
    return whole


def _none_saved(steps: list[_Step], cause: SaveError) -> Outcome:
    _drop_staged(steps)
    return Outcome({}, (cause, *not_saved_with(cause, (step.change.file for step in steps))))


def not_saved_with(cause: SaveError, files: Iterable[str]) -> list[SaveError]:
    """The errors of the other ``files`` of a save that failed because of one."""
    reason = f"not saved, because {cause.file} could not be: {cause.reason}"
    return [SaveError(file, reason) for file in files if file != cause.file]


def _confirmed(steps: list[_Step], noted_in: Path | None, warnings: list[SaveWarning]) -> Outcome:
    """Flush the folders and close the journal's entry; the content is in place whatever happens here."""
    _drop_staged(steps)
    saved = {step.change.file: _state(step) for step in steps}
    try:
        for parent in {step.target.parent for step in steps}:
            flush_folder(parent)
        if noted_in is not None:
            journal.close_entry(noted_in)
    except OSError as error:
        problem = f"it was written, but the disk does not confirm it: {describe_write_error(error)}"
        return Outcome(saved, tuple(SaveError(step.change.file, problem) for step in steps))
    return Outcome(saved, tuple(warnings))


def _drop_staged(steps: list[_Step]) -> None:
    for step in steps:
        if step.staged is not None:
            step.staged.drop()


def _state(step: _Step) -> FileState | None:
    if step.change.after is None:
        return None
    try:
        signature = Signature.of(step.target.stat())
    except OSError:  # it is there; at worst it is read once more than needed
        signature = Signature(0, 0, 0, 0)
    return FileState(digest(step.change.after), signature)
