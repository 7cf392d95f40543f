"""The errors that callers may meet.

    OncueError                  everything below; its text is one clear line for a person
    ├── RuleError               a value of the domain that cannot be made; a ValueError, too
    │   └── ContradictionError  fields of one value that cannot be together
    ├── ArgumentError           a function was given something of the wrong type; a TypeError, too
    ├── WorkspaceError          the folder is missing, is no workspace, or workspace.toml cannot be used
    ├── UnreadableError         a file or an event cannot be read; carries its problems
    ├── SaveError               a file could not be written; nothing was lost
    │   ├── ConflictError       the file changed on disk since it was loaded
    │   ├── NotReadError        the system refuses to read a file of the save
    │   ├── NotReplaceable      something is in the file's place that a save must not replace
    │   └── SaveWarning         it was saved, but without history, journal or its hard links
    ├── OutputError             a file that the user named for output cannot be written
    ├── StateError              the user's state or config folder cannot be used
    ├── SelectionError          a scenario is asked for that the workspace does not have
    ├── ExportError             an export or an import that cannot be made, such as for a target that does not exist
    ├── EditError               an edit that cannot be made, such as a name that is taken
    └── ImpossibleEvent         an event that cannot happen in this conversation

Errors keep their parts as attributes, and name the nearest valid choice where there is a set to choose from.
"""

from collections.abc import Iterable

from oncue.domain.oncue_error import OncueError as OncueError
from oncue.domain.problems import Problem


class ArgumentError(OncueError, TypeError):
    """A function was given something of the wrong type. ``expected`` is the type in words."""

    def __init__(self, function: str, expected: str, given: object, hint: str = "") -> None:
        kind = type(given).__name__
        text = f"{function} takes {expected}, not {'an' if kind[0].lower() in 'aeiou' else 'a'} {kind}"
        super().__init__(f"{text}; {hint}" if hint else text)
        self.function, self.expected = function, expected


class WorkspaceError(OncueError):
    """The workspace as a whole cannot be used. ``path`` is the folder, ``hint`` what to do."""

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{path}: {reason}" + (f" ({hint})" if hint else ""))
        self.path, self.reason, self.hint = path, reason, hint


class UnreadableError(OncueError):
    """A file or an event cannot be read. ``problems`` says why, one each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class SaveError(OncueError):
    """A file could not be written; what was on disk still is. ``file`` is relative to the workspace."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


class ConflictError(SaveError):
    """``file`` changed on disk since it was loaded. ``on_disk`` is its content now, ``None`` if it is gone."""

    def __init__(self, file: str, on_disk: bytes | None) -> None:
        change = "was removed" if on_disk is None else "changed"
        super().__init__(file, f"{change} on disk since it was loaded")
        self.on_disk = on_disk


class NotReplaceable(SaveError):  # noqa: N818 - said of what is there
    """In the file's place is something that a save must not replace: no file, too large a one, or a link outside."""


class SaveWarning(SaveError):  # noqa: N818 - it is none
    """``file`` was saved, but without something that saving promises otherwise."""


class OutputError(OncueError):
    """A file that the user named for output cannot be written. ``name`` is what it was called."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name, self.reason = name, reason


class StateError(OncueError):
    """The user's state folder cannot be used: no drafts, no history and no journal. Saving still works."""


class SelectionError(OncueError):
    """A scenario is asked for that the workspace does not have; the text names the nearest."""


class ExportError(OncueError):
    """An export or an import that cannot be made; the text says why and what to do."""


class EditError(OncueError):
    """An edit that cannot be made; the text says why and what can."""


class ImpossibleEvent(OncueError):  # noqa: N818 - what it is called in the field
    """An event that cannot happen in the conversation as it is; the text says why."""
