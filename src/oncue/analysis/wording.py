"""Keys in words: *Message created · every instance of WhatsApp · anybody but contacts · text or image*."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from oncue.analysis.decisions import WHO
from oncue.analysis.grid import places_of
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells, Place
from oncue.text import listed

_WHO: Mapping[str | None, str] = {**{kind: term.label for kind, term in PARTICIPANT_TYPES.items()}, None: "unknown"}
_WHAT: Mapping[str | None, str] = {**{kind: term.label for kind, term in MESSAGE_TYPES.items()}, None: "unknown"}


class CellWords(NamedTuple):
    """What happened, where, by whom, and for messages of which type; nothing for other events."""

    events: str
    places: str
    participants: str
    messages: str

    def __str__(self) -> str:
        return " · ".join(filter(None, self))


def cell_words(cells: Cells, config: WorkspaceConfig) -> CellWords:
    """``cells`` of the workspace with ``config`` in words. Names are as they are written, and not yet safe to show."""
    return CellWords(
        listed([term.label for kind, term in EVENT_KINDS.items() if kind in cells.kinds], "or"),
        _places(cells.places, config),
        _chosen(cells.participants, WHO, _WHO, "anybody"),
        "" if "message_created" not in cells.kinds else _chosen(cells.messages, tuple(_WHAT), _WHAT, "any message"),
    )


def _chosen(
    values: Collection[str | None], every: Sequence[str | None], labels: Mapping[str | None, str], all_of_them: str
) -> str:
    """The values, or what is missing if that is shorter to say."""
    missing = [labels[value] for value in every if value not in values]
    if not missing:
        return all_of_them
    if len(missing) <= 3 < len(values):
        return f"{all_of_them} but {listed(missing, 'or')}"
    return listed([labels[value] for value in every if value in values], "or")


def _places(places: Collection[Place], config: WorkspaceConfig) -> str:
    installed = places_of(config)
    if len(installed) > 1 and all(place in places for place in installed):
        return "everywhere"
    return listed(
        [
            _of_channel(channel, places, config)
            for channel in dict.fromkeys(
                place[0]
                for place in sorted(
                    places,
                    key=lambda place: (installed.index(place) if place in installed else len(installed), str(place)),
                )
            )
        ]
    )


def _of_channel(channel: str | None, places: Collection[Place], config: WorkspaceConfig) -> str:
    label = config.channel_label(channel or "")
    every = [place for place in places_of(config) if place[0] == channel]
    here = [place for place in every if place in places] or [place for place in places if place[0] == channel]
    missing = [place for place in every if place not in here]
    if every and not missing:
        return f"every instance of {label}"
    names = {each.id: each.name for each in config.instances}

    def name(place: Place) -> str:
        return "an unknown instance" if place[1] is None else names.get(place[1], place[1])

    if len(missing) <= 2 < len(here):
        return f"every instance of {label} but {listed([name(place) for place in missing])}"
    return f"{label} {listed([name(place) for place in here])}"
