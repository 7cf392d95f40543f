"""Parts of the event space: how many kinds of events they are in words, and what is in them as JSON values."""

from collections.abc import Iterable
from typing import Any

from oncue.analysis.decisions import WHO
from oncue.analysis.wording import cell_words
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells


def kinds_of_events(number: int) -> str:
    """``1 kind of event``, ``2 kinds of events``."""
    return "1 kind of event" if number == 1 else f"{number:,} kinds of events"


def region_json(cells: Iterable[Cells], config: WorkspaceConfig) -> list[dict[str, Any]]:
    """Each product of values. A value that an event does not state is ``null``; ``words`` is all of it for people."""
    return [
        {
            "size": each.size,
            "events": [kind for kind in EVENT_KINDS if kind in each.kinds],
            "places": [
                {"channel": channel, "instance": instance}
                for channel, instance in sorted(each.places, key=lambda place: (place[0] or "", place[1] or ""))
            ],
            "participants": [who for who in WHO if who in each.participants],
            "messages": [what for what in (*MESSAGE_TYPES, None) if what in each.messages]
            if "message_created" in each.kinds
            else [],
            "words": str(cell_words(each, config)),
        }
        for each in cells
    ]
