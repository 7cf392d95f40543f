"""Load a workspace folder into a `Workspace`; one bad file never hides the others.

The first load reads every file. With the result of an earlier load, only files whose signature (times, size, inode)
changed are read again, so a check whether another program wrote to the folder costs one ``stat`` per file. The
signature decides what to read and nothing more: whether a file may be overwritten is decided by its bytes.
"""

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

from oncue.domain.installed import reference_hint
from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS, id_of, is_of_flows
from oncue.domain.problems import Code, Problem
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import UnreadableError, WorkspaceError
from oncue.storage.absence import advice_without_config
from oncue.storage.codec import decode_config, decode_flow, decode_scenario
from oncue.storage.files import (
    FileState,
    Found,
    Signature,
    describe_os_error,
    digest,
    find,
    read_regular,
    why_unreadable,
)
from oncue.storage.toml.read import MAX_FILE, too_large
from oncue.text import shell_command

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded:
    """A workspace as it was read, with the state of each of its files.

    ``files`` are by name relative to ``folder`` (``flows/welcome.toml``); one that cannot be read has no hash.
    ``at`` is the time of the reading in nanoseconds.
    """

    folder: Path
    workspace: Workspace
    files: Mapping[str, FileState]
    at: int = 0

    def digest_of(self, file: str) -> str | None:
        """The hash of a file as it was read; ``None`` if it was not there."""
        state = self.files.get(file)
        return None if state is None else state.digest

    def with_files_of(self, earlier: "Loaded", files: Iterable[str]) -> "Loaded":
        """The same, but with the states of ``files`` in ``earlier``: what unsaved edits of them started from."""
        states = dict(self.files)
        for file in files:
            states.pop(file, None)
            if file in earlier.files:
                states[file] = earlier.files[file]
        return replace(self, files=states)

    @property
    def reserved(self) -> frozenset[str]:
        """Ids that a new flow must not use although no flow has them: those of broken files in ``flows/``."""
        broken = (problem.file for problem in self.workspace.problems)
        return frozenset(id_of(file.casefold()) for file in broken if is_of_flows(file))


def load_workspace(path: str | os.PathLike[str]) -> Workspace:
    """The workspace in the folder ``path``.

    Flow and scenario files that cannot be used are listed in its ``problems``. Raises `WorkspaceError` if there
    is no such folder, or no usable ``workspace.toml`` in it.
    """
    return load(path).workspace


def load_config(path: str | os.PathLike[str]) -> WorkspaceConfig:
    """What is in the ``workspace.toml`` of the folder ``path``, without its flows. Raises `WorkspaceError`."""
    return _Reading(_folder(path), None).config()


def load(path: str | os.PathLike[str], previous: Loaded | None = None) -> Loaded:
    """Like `load_workspace`, with what is needed to save and to load again.

    Files that did not change since ``previous``, an earlier load of the same folder, are not read again.
    """
    folder = _folder(path)
    if previous is not None and previous.folder != folder:
        previous = None
    with _collector_paused():
        reading = _Reading(folder, previous)
        config = reading.config()
        before = previous.workspace if previous else Workspace(config)
        hint = partial(reference_hint, config=config)
        reading.has_new_names = config != before.config
        flows = reading.every(FLOWS, partial(decode_flow, hint=hint), before.flows)
        hint = partial(hint, flow_ids=flows.keys())
        reading.has_new_names |= flows.keys() != before.flows.keys()
        scenarios = reading.every(SCENARIOS, partial(decode_scenario, hint=hint), before.scenarios)
    workspace = Workspace(config, flows, scenarios, tuple(sorted(reading.problems, key=attrgetter("file"))))
    return Loaded(folder, workspace, reading.files, reading.at)


def changed_on_disk(loaded: Loaded) -> bool:
    """Whether a file was changed, added or removed since it was loaded; reads no file.

    It errs on the safe side: a file that was written just before it was loaded counts as changed.
    """
    seen: dict[str, Signature | None] = {}
    problems: set[str] = set()
    for name in (FLOWS, SCENARIOS):
        for found in find(loaded.folder, name):
            if isinstance(found, Problem):
                problems.add(found.file)
            else:
                seen[found.file] = found.signature()
    if (config := _signature(loaded.folder / CONFIG_FILE)) is not None:
        seen[CONFIG_FILE] = config
    known = {problem.file for problem in loaded.workspace.problems if problem.file not in loaded.files}
    if problems != known or seen.keys() != loaded.files.keys():
        return True
    return not all(_unchanged(loaded, loaded.files[file], signature) for file, signature in seen.items())


class _Reading:
    """A load in progress: what was found so far. No dataclass, which takes 1.2 ms to create at import."""

    def __init__(self, folder: Path, previous: Loaded | None) -> None:
        self.folder, self.previous, self.at = folder, previous, time.time_ns()
        self.files: dict[str, FileState] = {}
        self.problems: list[Problem] = []
        self.has_new_names = False
        """Whether there are other names than before, which messages about broken files suggest."""
        self._known_problems: dict[str, list[Problem]] = {}
        for problem in previous.workspace.problems if previous else ():
            self._known_problems.setdefault(problem.file, []).append(problem)

    def config(self) -> WorkspaceConfig:
        """The content of ``workspace.toml``, or `WorkspaceError`."""
        path = self.folder / CONFIG_FILE
        try:
            target = path.resolve(strict=True)
            if not target.is_relative_to(self.folder):
                raise ValueError("a link that leads out of the workspace; it is not followed")
            if self.previous is not None and self._keep(CONFIG_FILE, _signature(target)):
                return self.previous.workspace.config
            return decode_config(self._read(CONFIG_FILE, str(target)))
        except FileNotFoundError:
            missing = f"there is no {CONFIG_FILE}, so this is no workspace"
            raise WorkspaceError(str(self.folder), missing, advice_without_config(self.folder)) from None
        except UnreadableError as error:
            raise WorkspaceError(str(self.folder), str(error)) from None
        except (OSError, ValueError, RecursionError, RuntimeError) as error:
            raise WorkspaceError(
                str(self.folder), f"{CONFIG_FILE} cannot be read: {describe_os_error(error)}"
            ) from None

    def every(self, name: str, decode: Callable[[str, bytes], T], before: Mapping[str, T]) -> dict[str, T]:
        """What is in the files of one sub-folder, in order of id."""
        values: dict[str, T] = {}
        for found in find(self.folder, name):
            if isinstance(found, Problem):
                self.problems.append(found)
            elif self.previous is not None and self._keep(found.file, found.signature()):
                if found.id in before:
                    values[found.id] = before[found.id]
                elif self.has_new_names:
                    self._decode(found, decode, values)
                else:
                    self.problems += self._known_problems.get(found.file, ())
            else:
                self._decode(found, decode, values)
        return dict(sorted(values.items()))

    def _decode(self, found: Found, decode: Callable[[str, bytes], T], values: dict[str, T]) -> None:
        try:
            values[found.id] = decode(found.id, self._read(found.file, found.path))
        except UnreadableError as error:
            self.problems += error.problems
        except (OSError, ValueError, RecursionError) as error:
            if (signature := found.signature()) is not None:
                self.files[found.file] = FileState("", signature)
            self.problems.append(Problem(found.file, why_unreadable(error), Code.UNREADABLE))

    def _read(self, file: str, path: str) -> bytes:
        data, status = read_regular(path, MAX_FILE)
        if len(data) > MAX_FILE:
            self.files[file] = FileState("", Signature.of(status))
            raise too_large(file, max(status.st_size, len(data)))
        self.files[file] = FileState(digest(data), Signature.of(status))
        return data

    def _keep(self, file: str, signature: Signature | None) -> bool:
        """Keep what is known of ``file`` if it need not be read again; whether that is so."""
        assert self.previous is not None
        state = self.previous.files.get(file)
        if state is None or not _unchanged(self.previous, state, signature):
            return False
        self.files[file] = state
        return True


def _unchanged(loaded: Loaded, state: FileState, signature: Signature | None) -> bool:
    return signature is not None and state.signature == signature and signature.tells_writes_since(loaded.at)


def _folder(path: str | os.PathLike[str]) -> Path:
    try:
        folder = Path(path).resolve(strict=True)
        if not folder.is_dir():
            raise WorkspaceError(os.fspath(path), "this is a file; a workspace is a folder")
        return folder
    except FileNotFoundError:
        hint = f"run: {shell_command('oncue init', os.fspath(path))}"
        raise WorkspaceError(os.fspath(path), "there is no such folder", hint) from None
    except (OSError, ValueError, RuntimeError) as error:
        raise WorkspaceError(os.fspath(path), why_unreadable(error, "folder")) from None


def _signature(path: Path) -> Signature | None:
    try:
        return Signature.of(path.stat())
    except OSError:
        return None


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cycle collector: it would walk all that was loaded again and again, and no cycles are made here."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
