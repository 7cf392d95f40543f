"""Another program writes at one system call of a save: at each call in turn, in each way, to each of the files.

Nothing of what it wrote may be lost: it has to be in its place, or in the history with a word about it, or in the
conflict that the user is asked about. `sweep` tries every call of one kind of save. `race_every_call` is a row of
`python -m tests.endure`, which does so for a kind that is chosen at random.
"""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from tests.endure.tried import Row, Tried
from tests.storage.saving.sessions import ONE, TWO, WELCOME, contents, opened, renamed, three_edits

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import ConflictError
from oncue.storage.saving import exchange as exchange_module
from oncue.storage.saving import writer
from oncue.storage.saving.save import save_session
from oncue.storage.starter import init
from oncue.storage.user.states import state_folder

_CALLS = (
    *("open", "close", "read", "write", "fsync", "stat", "lstat", "fstat", "scandir", "readlink", "mkdir", "fchmod"),
    *("link", "unlink", "rename", "replace", "chmod", "listxattr"),
)


def one_edit(session: Session) -> Session:
    return renamed(session, ONE, "Changed")


def renamed_and_edited(session: Session) -> Session:
    workspace = edits.rename_flow(session.workspace, ONE, "fresh")
    return renamed(session.edit("Rename", workspace, [ONE, "fresh"], derived=(ONE, "fresh")), "fresh", "Changed")


class Kind(NamedTuple):
    """A kind of race: what is saved, which file another program writes meanwhile, how, and what the system can.

    ``breaks``: the last file cannot be switched, so that those before it are taken back.
    """

    change: Callable[[Session], Session]
    file: str
    how: str
    exchanges: bool
    breaks: bool = False

    def __str__(self) -> str:
        exchange = "with exchange" if self.exchanges else "without exchange"
        return f"{self.change.__name__}, {self.how} {self.file}, {exchange}{', taken back' if self.breaks else ''}"


_FILES = {
    one_edit: (WELCOME,),
    three_edits: (WELCOME, f"flows/{TWO}.toml", "flows/fresh.toml"),
    renamed_and_edited: (WELCOME, "flows/fresh.toml"),
}
KINDS = tuple(
    Kind(change, file, how, exchanges, breaks)
    for change, files in _FILES.items()
    for file in files
    for how in ("replace", "write", "remove")
    for exchanges in (True, False)
    for breaks in ((False, True) if change is three_edits else (False,))
)


class Race:
    """Does something before the n-th system call that a save makes, but for those that this itself causes."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.seen, self.at, self._act, self._busy = 0, at, act, False

    @property
    def happened(self) -> bool:
        return self.seen >= self.at

    @contextmanager
    def under_way(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writer, "exchange", self._watched(exchange_module.exchange))
            for name in _CALLS:
                patch.setattr(os, name, self._watched(getattr(os, name)))
            yield

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if not self._busy:
                self.seen += 1
                if self.seen == self.at:
                    self._busy = True
                    self._act()
                    self._busy = False
            return real(*arguments, **options)

        return call


@contextmanager
def _system_of(kind: Kind) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if not kind.exchanges:
            patch.setattr(exchange_module, "_renameat2", lambda: None)
        if kind.breaks:
            patch.setattr(writer.Staged, "take_place", _failing_the_third(writer.Staged.take_place))
        yield


def _failing_the_third(real: Callable[[writer.Staged], None]) -> Callable[[writer.Staged], None]:
    switched = 0

    def take_place(staged: writer.Staged) -> None:
        nonlocal switched
        switched += staged.target.parent.name == "flows"
        if switched == 3:
            switched += 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(staged)

    return take_place


def sweep(folder: Path, kind: Kind, tried: Tried, step: int = 1) -> None:
    """Race every ``step``-th call of a save of the workspace ``folder``, which is as it was afterwards."""
    old = contents(folder)
    for at in range(1, 2_000, step):
        happened = _race(folder, kind, at, tried)
        _reset(folder, old)
        if not happened:
            return
    tried.failures.append(f"{kind}: the save never ended")


def _race(folder: Path, kind: Kind, at: int, tried: Tried) -> bool:
    """Whether there was an ``at``-th call."""
    loaded, session = opened(folder)
    target, theirs = folder / kind.file, f"# theirs, written before call {at}\n".encode()

    def act() -> None:
        if kind.how == "replace":
            (folder / "theirs").write_bytes(theirs)
            (folder / "theirs").replace(target)
        elif kind.how == "write":
            target.write_bytes(theirs)
        else:
            target.unlink(missing_ok=True)

    race = Race(at, act)
    with _system_of(kind), race.under_way():
        _, after, errors = save_session(loaded, kind.change(session))
    if not race.happened:
        return False
    tried.count += 1
    asked = [error.on_disk for error in errors if isinstance(error, ConflictError)]
    in_place = target.read_bytes() == theirs if target.is_file() else False
    with_a_word = bool(errors) and any(theirs == each.read_bytes() for each in _history(folder))
    if kind.how != "remove" and not (in_place or with_a_word or theirs in asked):
        tried.failures.append(f"{kind}: lost, written before call {at}; told {[str(error) for error in errors]}")
    if strays := [path.name for path in folder.rglob(".*.oncue-*")]:
        tried.failures.append(f"{kind}: left {strays}, written before call {at}")
    if after.dirty and not errors:
        tried.failures.append(f"{kind}: not saved, and nothing is said, written before call {at}")
    return True


def _history(folder: Path) -> list[Path]:
    return [path for path in (state_folder(folder) / "history").rglob("*") if path.is_file()]


def _reset(folder: Path, old: dict[str, bytes]) -> None:
    for path in (*folder.rglob("*.toml"), *_history(folder)):
        path.unlink()
    for name, data in old.items():
        (folder / name).write_bytes(data)


def race_every_call(rng: Random, folder: Path, tried: Tried) -> None:
    """A row: one kind of race at every call of its save."""
    init(folder / "ws")
    sweep((folder / "ws").resolve(), rng.choice(KINDS), tried)


ROW = Row("E2+", "a foreign write at every system call of a save, with and without exchange", "saves", race_every_call)
