"""Where captured events are in a workspace: the instance that has what they state among its external ids.

Some platforms name the workspace of all their channels as the instance. So an external id may say the channel first:
``whatsapp/ab12`` is what is called ab12, as far as it is on WhatsApp. An instance of another channel than the event
states is not the event's.

What maps to nothing is counted, and for each a new instance is proposed that would map it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oncue.domain.rules import slug_from
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.importers.recorded import RecordedEvent

_MOST = 1_000
"""How many places are told apart that are not installed."""


class Unmapped(NamedTuple):
    """A place that events state and that is not installed; its channel is ``None`` if none of them states it."""

    instance: str
    channel: str | None
    provider: str
    events: int
    external_id: str
    """By which an instance would be found for these events, and for no others."""


class Placing:
    """Maps events to the instances of a workspace, one after the other."""

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._unmapped: Counter[tuple[str, str, str | None]] = Counter()
        self.unstated = 0
        """How many events state no instance at all."""

    def place(self, event: RecordedEvent) -> bool:
        """Give ``event`` the instance that it means, and the instance's channel; whether there is one."""
        stated, channel = event.instance, event.channel
        if stated is None:
            self.unstated += 1
            return False
        by_name = self._config.by_name
        found = by_name.get(f"{channel}/{stated}") if channel is not None else None
        found = found or by_name.get(stated)
        if found is not None and channel in (None, found.channel):
            event.instance, event.channel = found.id, found.channel
            return True
        key = (event.provider or "oncue", stated, channel)
        if key in self._unmapped or len(self._unmapped) < _MOST:
            self._unmapped[key] += 1
        return False

    def unmapped(self) -> list[Unmapped]:
        """What maps to nothing, the most frequent first."""
        channels: dict[tuple[str, str], list[str]] = {}
        for provider, stated, channel in self._unmapped:
            known = channels.setdefault((provider, stated), [])
            if channel is not None:
                known.append(channel)
        counts: Counter[tuple[str, str, str | None]] = Counter()
        for (provider, stated, channel), count in self._unmapped.items():
            known = channels[provider, stated]
            counts[provider, stated, channel or (known[0] if len(known) == 1 else None)] += count
        found = []
        for (provider, stated, channel), count in counts.most_common():
            qualified = channel is not None and (
                len(channels[provider, stated]) > 1 or stated in self._config.by_external_id
            )
            found.append(Unmapped(stated, channel, provider, count, f"{channel}/{stated}" if qualified else stated))
        return found

    def proposals(self) -> Iterator[tuple[Unmapped, Instance | None]]:
        """For what maps to nothing an instance that would map it; ``None`` where the channel is not known."""
        taken, external = set(self._config.by_id), set(self._config.by_external_id)
        for place in self.unmapped():
            if place.channel is None or place.external_id in external:
                yield place, None
                continue
            external.add(place.external_id)
            label = f"{self._config.channel_label(place.channel)} {_short(place.instance)}"
            number = _free(slug_from(f"{place.channel}-{_short(place.instance)}") or place.channel, taken)
            taken.add(number)
            yield place, Instance(id=number, channel=place.channel, name=label, external_ids=(place.external_id,))


def _short(stated: str) -> str:
    """What tells the instance from others: a number without its kind, the beginning of a long id."""
    tail = stated.rpartition(":")[2] or stated
    return tail.strip() if len(tail) <= 32 else tail[:12]


def _free(wanted: str, taken: Iterable[str]) -> str:
    candidate, number, used = wanted[:56].rstrip("-_"), 2, frozenset(taken)
    while candidate in used:
        candidate, number = f"{wanted[:56].rstrip('-_')}-{number}", number + 1
    return candidate
