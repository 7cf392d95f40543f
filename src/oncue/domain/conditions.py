"""The conditions of a flow, ``[when]``: what has to hold besides the trigger for the flow to start.

A trigger looks at the five fields of an event's key; conditions look at everything else: the text of the message, the
conversation, the time, the flow's own past. Each line is independent of the others and all of them have to hold. What
each of them means is in `oncue.matching.conditions`. A line that is ``None`` was not written. One that is empty would
never hold, or always, and is refused.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Annotated, Any, Literal

from oncue.domain.durations import PositiveDuration
from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Flag, Name, NotEmpty, Slug, Spelling
from oncue.domain.values import described, value
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType, listing

NOBODY, SOMEBODY = "nobody", "somebody"
OncePer = Literal["conversation", "contact", "day"]
ONCE_PER: Mapping[OncePer, str] = {
    "conversation": "it has not started yet in the conversation",
    "contact": "it has not started yet for the contact, in whichever conversation",
    "day": "it has not started yet in the conversation on the same day",
}
"""What each limit asks of the flow's past."""

OF_MESSAGES = ("text_any", "text_all", "text_none", "text_starts", "first_message")
"""Conditions that are about a message, and so for flows that messages start."""

OF_HOURS = ("during_hours", "outside_hours")
"""Conditions that name hours of the workspace."""

NO_CONDITION = "[when] has no condition; add one, or remove the table"


class _PhraseSpelling(Spelling):
    pattern = re.compile(r"\S")

    @staticmethod
    def passes(text: str) -> bool:
        """Whether ``text`` is something that can be looked for."""
        phrase = text.strip()
        return bool(phrase) and (not phrase.endswith("*") or is_of_word(phrase[-2:-1]))

    def check(self, value: str) -> str:
        if not value.strip():
            raise ValueError("expected some text: it is empty" if not value else "expected some text: it is blank")
        if not self.passes(value):
            raise ValueError("expected a letter or digit before *, which stands for the rest of a word")
        return value

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {**handler(schema), "minLength": 1, "pattern": self.pattern.pattern}


def is_of_word(character: str) -> bool:
    """Whether words consist of such characters: letters, digits, ``_``, and the marks that belong to letters."""
    return bool(character) and (
        character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")
    )


Phrases = Annotated[tuple[Annotated[str, _PhraseSpelling()], ...], NotEmpty()]
Names = Annotated[tuple[Name, ...], NotEmpty()]
Types = Annotated[frozenset[ParticipantType], NotEmpty()]
HourIds = Annotated[tuple[Slug, ...], NotEmpty()]
Attributes = Annotated[Mapping[str, str | int | float | bool], NotEmpty()]

_PHRASE = "In any case, as whole words; * at the end of a phrase is the rest of a word."
_TYPES = listing(PARTICIPANT_TYPES)


@value
class When:
    """What else has to hold for the flow to start; every line of it.

    ``1``, ``1.0`` and ``true`` are three different values of an attribute, as they are in TOML.
    """

    text_any: Phrases | None = described(f"One of these phrases occurs in the message's text. {_PHRASE}", default=None)
    text_all: Phrases | None = described(f"Each of these phrases occurs in the message's text. {_PHRASE}", default=None)
    text_none: Phrases | None = described(
        f"None of these phrases occurs in the message's text. {_PHRASE}", default=None
    )
    text_starts: Phrases | None = described(
        f"The message's text begins with one of these phrases. {_PHRASE}", default=None
    )
    participants: Names | None = described("The participant is one of these, by id or name.", default=None)
    attributes: Attributes | None = described('The contact has all these attribute values: plan = "pro".', default=None)
    started_by: Types | None = described(
        f"The conversation was started by one of these participant types.\n{_TYPES}", default=None
    )
    present: Types | None = described(
        f"Somebody of each of these participant types is in the conversation.\n{_TYPES}", default=None
    )
    absent: Types | None = described(
        f"Nobody of any of these participant types is in the conversation.\n{_TYPES}", default=None
    )
    responsible: Name | None = described(
        'Who is responsible: "nobody", "somebody", or the name of an agent, a bot or a team.', default=None
    )
    labels: Names | None = described("All these labels are on the conversation.", default=None)
    without_labels: Names | None = described("None of these labels is on the conversation.", default=None)
    first_message: Flag | None = described(
        "Whether it is the contact's first message in the conversation.", default=None
    )
    reopened: Flag | None = described("Whether the conversation was closed before.", default=None)
    during_hours: HourIds | None = described(
        "The event's time lies within one of these hours of the workspace.", default=None
    )
    outside_hours: HourIds | None = described(
        "The event's time lies outside all of these hours of the workspace.", default=None
    )
    once_per: OncePer | None = described(
        f"How often the flow may start.\n{listing(ONCE_PER)}",
        default=None,
    )
    cooldown: PositiveDuration | None = described(
        'The flow\'s last start in the conversation is at least this long ago: "30m", "24h", "7d".', default=None
    )

    def __post_init__(self) -> None:
        if not self.lines:
            raise ContradictionError(NO_CONDITION)

    @property
    def lines(self) -> tuple[str, ...]:
        """The conditions that were written, by key, in the order of the fields."""
        return tuple([name for name, wanted in zip(_KEYS, _LINES(self), strict=True) if wanted is not None])

    @property
    def looks_at_past(self) -> bool:
        """Whether it matters when the flow has started before."""
        return self.once_per is not None or self.cooldown is not None

    def without(self, *keys: str) -> "When | None":
        """The conditions without those of these keys; ``None`` if none is left."""
        left = {name: getattr(self, name) for name in self.lines if name not in keys}
        return When(**left) if left else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, When) and self._exact() == other._exact()

    def __hash__(self) -> int:
        return hash(self._exact())

    def _exact(self) -> tuple[object, ...]:
        attributes = frozenset((key, repr(each)) for key, each in (self.attributes or {}).items())
        return (attributes, *(getattr(self, name) for name in _KEYS if name != "attributes"))


_KEYS = tuple(field.name for field in fields(When))
_LINES = attrgetter(*_KEYS)
CONDITIONS = _KEYS
"""The keys of all conditions, in the order of the specification."""
