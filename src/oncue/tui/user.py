"""The user, as seen by work that is no widget: saving, drafts, recording.

Such work needs an answer now and then, and has something to say. It gets this protocol instead of the app, so that it
can be tested with a user who is a few lines long.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from oncue.workbench.said import SaidLog, Severity
from oncue.workbench.spans import Line

Check = Callable[[str], str | None]
"""Why a text will not do; ``None`` if it will."""
Complete = Callable[[str], tuple[str, Sequence[str]]]
"""What was typed, as far as it can only go on one way; and the names that it may go on with."""


class Answer(NamedTuple):
    """One answer to a question: its value, its key, and what it will do."""

    value: str
    key: str
    label: str


class Action(NamedTuple):
    """Something that can be done with what is browsed: its value, its key, and its name."""

    value: str
    key: str
    label: str


class User(Protocol):
    """Answers questions and is told what happened."""

    @property
    def messages(self) -> SaidLog:
        """What was said."""

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        """The value of the chosen answer.

        ``text`` is in roles. The last answer must be the harmless one, on ``esc``; ``cursor`` is what enter chooses.
        """

    async def prompt(
        self, title: str, hint: str, value: str, check: Check, complete: Complete | None = None
    ) -> str | None:
        """A text, which starts as ``value``; ``None`` if the user gave up. A path is one that can be completed."""

    async def browse(
        self,
        title: str,
        labels: Sequence[Line],
        text_of: Callable[[int], Sequence[Line]],
        actions: Sequence[Action] = (),
        cursor: int = 0,
        note: str = "",
    ) -> tuple[str, int] | None:
        """Show a list and the text of each thing in it; the value of an action and an index, or ``None``.

        ``note`` stands in the frame: what signs in the texts mean.
        """

    async def edit_outside(self, path: Path, line: int | None) -> str:
        """Have a file edited in the user's own editor, at a line; why that did not work, or nothing."""

    def say_edit(self, words: str) -> None:
        """Say what an edit changed, which can be seen, too."""

    def notify(self, message: str, *, severity: Severity = "information") -> None:
        """Say something that needs no answer."""
