"""A problem: one thing that is wrong with a file of the workspace, and where.

A problem keeps its place as a path of keys and not as text, so that whoever leads to it need not take a sentence
apart. Its code says which kind of problem it is and stays the same when the words change: programs and settings
can rely on it. `Code` has all of them: what is found while files are read, what `oncue.domain.checks` finds in single
flows and scenarios, and what `oncue.linting` finds by looking at all of a workspace. Each has a page in docs/checks.
"""

import re
from enum import StrEnum
from typing import Literal, NamedTuple

KeyPath = tuple[str | int, ...]
"""Keys and 0-based indices from the top of a file down to a value: ``("steps", 1, "text")``."""

MOST_PROBLEMS = 20
"""How many problems of one file are said; of more, only how many there are."""

Severity = Literal["error", "warning", "hint"]
"""An error is never meant; a warning seldom; what a hint says may be right as it is."""


class Code(StrEnum):
    """The kinds of problems: 0xx files, 1xx values, 2xx single flows, 3xx scenarios, 4xx what flows do together."""

    meaning: str

    def __new__(cls, code: str, meaning: str) -> "Code":  # noqa: D102
        member = str.__new__(cls, code)
        member._value_, member.meaning = code, meaning
        return member

    UNREADABLE = "OC001", "a file or folder cannot be read"
    FILE_NAME = "OC002", "the name of a file cannot be an id"
    SYNTAX = "OC003", "the content is not valid TOML or JSON"
    LIMIT = "OC004", "something is larger or deeper than what is read"

    UNKNOWN_KEY = "OC101", "a key that does not exist"
    MISSING_KEY = "OC102", "a required key is missing"
    WRONG_TYPE = "OC103", "a value of another type than the key has"
    UNKNOWN_VALUE = "OC104", "a value that is not among those that the key allows"
    RULE = "OC105", "a value that breaks the rule of its key: a name's letters, a number's range, an empty text"
    CONTRADICTION = "OC106", "values that cannot be together, such as an id that is used twice"

    UNKNOWN_CHANNEL = "OC201", "a channel of which no instance is installed"
    UNKNOWN_INSTANCE = "OC202", "an instance that is not installed"
    WRONG_CHANNEL = "OC203", "an instance of another channel than the trigger's"
    MATCHES_NOTHING = "OC204", "an empty list, which matches nothing or names nobody"
    EMPTY_STEP = "OC205", "a step in which nothing is filled in"
    UNKNOWN_PLACEHOLDER = "OC206", "what looks like a placeholder and is none, so that it is sent as it is"
    NEVER_FILLED = "OC207", "a placeholder of a message in a flow that no message starts"
    NEVER_HOLDS = "OC208", "a condition that cannot hold, or not together with another one"
    UNKNOWN_HOURS = "OC209", "hours that the workspace does not have"

    UNKNOWN_FLOW = "OC301", "an expected flow that does not exist"
    IMPOSSIBLE_EVENT = "OC302", "an event that cannot happen in its conversation"
    EXPECTS_WRONG_FLOW = "OC303", "a scenario expects a flow that its event cannot start"
    CHECKS_NOTHING = "OC304", "a scenario that expects nothing, so that it always passes"
    NOT_COVERED = "OC305", "a flow that no scenario expects to start"

    NO_STEPS = "OC401", "a flow without steps, which does nothing"
    SWITCHED_OFF = "OC402", "a flow that is switched off, and nothing says why"
    NEVER_STARTS = "OC403", "a flow that no event starts"
    UNUSED_INSTANCE = "OC404", "an instance on which no flow starts"
    DUPLICATE = "OC405", "two flows that start on exactly the same events"
    DOUBLE_REPLY = "OC406", "two flows that both send a message for one event"
    ORDER_DECIDES = "OC407", "two flows that assign on one event, so that their order decides who is responsible"
    LOOP = "OC408", "flows that start each other again and again"
    ANSWERS_FOREVER = "OC409", "an answer to every message, which another automatic answer would answer for ever"
    ANSWERS_MACHINES = "OC410", "a reply that bots, flows or integrations get as well"
    GREETS_THE_TEAM = "OC411", "a welcome in conversations that the team starts"


class Problem(NamedTuple):
    """One thing that is wrong.

    ``file`` is relative to the workspace (``flows/welcome.toml``), ``path`` the place in it, empty for the file as
    a whole; ``line`` counts from 1, and is ``None`` where it is not known. ``code`` is a `Code`. ``suggestion`` is what
    to do about it, where the message does not say so.
    """

    file: str
    message: str
    code: str
    path: KeyPath = ()
    line: int | None = None
    severity: Severity = "error"
    suggestion: str = ""

    @property
    def key(self) -> str:
        """The place as a person writes and counts: ``trigger.event``, ``steps[2].text``."""
        return dotted(self.path)

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.message}" if self.path else f"{place}: {self.message}"


def dotted(path: KeyPath) -> str:
    """``path`` as a person writes and counts: ``steps[2].text``."""
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            name = part if re.fullmatch(r"[A-Za-z0-9_-]{1,80}", part) else repr(part[:80])
            key += f".{name}" if key else name
    return key
