"""What the app said: the last messages, of which the status line shows one and a list all.

A message that is repeated is counted and not listed twice, and what was said most lately comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from oncue.workbench.spans import Line, Span, line

Severity = Literal["information", "warning", "error"]

KEPT = 200
"""Messages that are kept."""

_SIGNS: dict[Severity, Span] = {"information": ("·", "muted"), "warning": ("!", "warning"), "error": ("✗", "error")}


class Said(NamedTuple):
    """One message. ``at`` is the time of day; ``edit``: it tells of an edit, and nothing that somebody has to know."""

    text: str
    severity: Severity = "information"
    at: str = ""
    edit: bool = False
    times: int = 1

    @property
    def spans(self) -> Line:
        """The message as a line, with its sign."""
        role = "" if self.severity == "information" else self.severity
        again = (f" ×{self.times}", "muted") if self.times > 1 else ""
        return tuple(span for span in line(_SIGNS[self.severity], (f" {self.text}", role), again) if span[0])


@dataclass(frozen=True)
class SaidLog:
    """The messages, the last one first."""

    messages: Sequence[Said] = ()

    def saying(self, said: Said) -> "SaidLog":
        """The log after another message. One that repeats the last one counts with it."""
        last = self.last
        if last is not None and (last.text, last.severity) == (said.text, said.severity):
            repeated = last._replace(at=said.at, times=last.times + (not said.edit))
            return replace(self, messages=(repeated, *self.messages[1:]))
        return SaidLog((said, *self.messages[: KEPT - 1]))

    @property
    def last(self) -> Said | None:
        """The last message."""
        return self.messages[0] if self.messages else None
