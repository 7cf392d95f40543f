"""What tells the four events apart wherever one is shown: a glyph, a role for its colour, and one word.

A flow's event is to oncue what the method of a request is to an HTTP client, so it looks the same in the list of
flows, in the form and in the transcript. The glyphs differ, so colour is never the only sign. Each takes one cell
in every terminal: none is of ambiguous width in East Asian fonts, and none has an emoji presentation, as the
envelope has. Plus and minus would be read as marks of a difference, which the transcript has, too.
"""

from collections.abc import Mapping
from typing import NamedTuple

from oncue.domain.vocabulary import EventKind
from oncue.workbench.spans import Span


class EventLook(NamedTuple):
    """How an event is shown. ``role`` is its colour, ``word`` its shortest name."""

    glyph: str
    role: str
    word: str

    @property
    def mark(self) -> Span:
        """The glyph in its colour."""
        return self.glyph, self.role


EVENT_LOOKS: Mapping[EventKind, EventLook] = {
    "conversation_created": EventLook("✦", "created", "created"),
    "participant_added": EventLook("»", "joined", "joined"),
    "participant_removed": EventLook("«", "left", "left"),
    "message_created": EventLook("✎", "message", "message"),
}
