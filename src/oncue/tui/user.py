"""The user, as seen by work that is no widget: saving, drafts, recording.

Such work needs an answer now and then, and has something to say. It gets this protocol instead of the app, so that it
can be tested with a user who is a few lines long.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

Severity = Literal["information", "warning", "error"]
Check = Callable[[str], str | None]
"""Why a text will not do; ``None`` if it will."""


class Answer(NamedTuple):
    """One answer to a question: its value, its key, and what it will do."""

    value: str
    key: str
    label: str


class User(Protocol):
    """Answers questions and is told what happened."""

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        """The value of the chosen answer.

        ``text`` is in roles. The last answer must be the harmless one, on ``esc``; ``cursor`` is what enter chooses.
        """

    async def prompt(self, title: str, hint: str, value: str, check: Check) -> str | None:
        """A text, which starts as ``value``; ``None`` if the user gave up."""

    def notify(self, message: str, *, severity: Severity = "information") -> None:
        """Say something that needs no answer."""
