"""A problem: one thing that is wrong with a file of the workspace, and where."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong.

    ``file`` is relative to the workspace (``flows/welcome.toml``); ``key`` is dotted (``trigger.event``,
    ``steps[2].text``) or empty; ``line`` counts from 1, and is ``None`` where it is not known.
    """

    file: str
    message: str
    key: str = ""
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"
