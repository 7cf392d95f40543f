"""Comments that leave findings out (`oncue.storage.ignored`), in the files of a workspace that is being edited.

Of a flow with unsaved edits the file counts as it would be saved. Few files have such a comment, so it is remembered
which ones do, and only these are looked at again.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from oncue.domain.paths import flow_file
from oncue.domain.problems import Problem
from oncue.editing.session import Session
from oncue.storage.files import FileState
from oncue.storage.findings import placed, text_of
from oncue.storage.ignored import not_ignored
from oncue.storage.loader import Loaded
from oncue.storage.saving.preview import pending

_MARK = "oncue:"


class EditedFiles:
    """The files with comments for the linter. Not to be used in two threads."""

    def __init__(self) -> None:
        self._texts: dict[str, tuple[FileState | None, str | None]] = {}

    def not_ignored(self, loaded: Loaded, session: Session, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those of ``problems``, which are in order of their files, that no comment leaves out."""
        unsaved = _Unsaved(loaded, session)
        for file, of_file in groupby(problems, key=attrgetter("file")):
            text = self._with_comment(loaded, unsaved.origin(file))
            if text is not None and file in unsaved.files:
                text = unsaved.texts.get(file, text)
            found = list(of_file)
            yield from found if text is None else _left(found, text)

    def _with_comment(self, loaded: Loaded, file: str) -> str | None:
        """The text of a file on disk, if there is a comment in it."""
        state = loaded.files.get(file)
        known = self._texts.get(file)
        if known is None or known[0] != state:
            text = text_of(loaded.folder, file)
            known = self._texts[file] = state, text if text is not None and _MARK in text else None
        return known[1]


class _Unsaved:
    """The files of flows with unsaved edits."""

    def __init__(self, loaded: Loaded, session: Session) -> None:
        self._loaded, self._session = loaded, session
        self._renamed = {flow_file(new): flow_file(old) for new, old in session.renames.items()}
        self.files = frozenset(map(flow_file, session.dirty))

    def origin(self, file: str) -> str:
        """The file on disk that saving would make ``file`` of."""
        return self._renamed.get(file, file)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The files as they would be saved."""
        found = pending(self._loaded, self._session)
        return {each.file: each.after for each in found if each.after is not None}


def _left(problems: list[Problem], text: str) -> Iterator[Problem]:
    there = [placed(problem, text) for problem in problems]
    wanted = set(not_ignored(there, text))
    return (problem for problem, each in zip(problems, there, strict=True) if each in wanted)
