"""Flows with conditions on which a key matches: the fast form of `oncue.matching.conditions`.

The phrases of all of them are looked for in one pass over the text, and what was found says which flows are looked at:
one that asks for a phrase is not, unless it was found. So a thousand flows, each for words of its own, cost no more
than the few that are meant. Lines about the text are decided by sets of phrases; all others by their readable form.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from oncue.domain.conditions import When
from oncue.domain.events import Event
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.conditions import LINES, Verdict, all_hold
from oncue.matching.occasions import Known, Occasion
from oncue.matching.phrases import Found, PhraseIndex

FlowIds = tuple[str, ...]


class Decision(NamedTuple):
    """Which flows run on an event, and which run depending on what is not known; both in order of id."""

    runs: FlowIds
    depends: FlowIds = ()


_NONE = Decision(())
_TEXT_LINES: Mapping[str, Callable[[Found, Sequence[str]], bool]] = {
    "text_any": lambda found, phrases: not found[0].isdisjoint(phrases),
    "text_all": lambda found, phrases: all(map(found[0].__contains__, phrases)),
    "text_none": lambda found, phrases: found[0].isdisjoint(phrases),
    "text_starts": lambda found, phrases: not found[1].isdisjoint(phrases),
}


class _Flow:
    """The conditions of a flow. It is looked at only if one of the phrases that it is ``asking`` for was found."""

    __slots__ = ("asking", "id", "others", "reads_text", "text")

    def __init__(self, flow_id: str, when: When) -> None:
        self.id = flow_id
        self.asking = when.text_any or when.text_starts or (when.text_all or ())[:1]
        self.reads_text = any(key in _TEXT_LINES for key in when.lines)
        # Where a flow that asks by `text_any` is looked at, this line holds.
        self.text = [
            (_TEXT_LINES[key], getattr(when, key)) for key in when.lines if key in _TEXT_LINES and key != "text_any"
        ]
        self.others = [(LINES[key], getattr(when, key)) for key in when.lines if key not in _TEXT_LINES]

    def by_text(self, found: Found | None) -> Verdict:
        """Whether the lines about the text hold; without what was ``found``, nobody stated the text."""
        if found is None:
            return None if self.reads_text else True
        return not self.text or all(holds(found, phrases) for holds, phrases in self.text)

    def by_others(self, now: Occasion) -> Verdict:
        """Whether all other lines hold."""
        verdict: Verdict = True
        for line, wanted in self.others:
            holds = line(wanted, now, self.id)
            if holds is False:
                return False
            if holds is None:
                verdict = None
        return verdict


class Candidates:
    """Flows with conditions, by id and in order of id."""

    __slots__ = ("_always", "_asking", "_flows", "_index", "_more_than_text", "_not_of_text", "_only_text", "_settled")

    def __init__(self, whens: Mapping[str, When]) -> None:
        self._flows = flows = [_Flow(flow_id, when) for flow_id, when in whens.items()]
        phrases = dict.fromkeys(chain.from_iterable(map(_phrases, whens.values())))
        self._index = PhraseIndex(phrases) if phrases else None
        # By their numbers many flows are put in order quickly.
        asking: defaultdict[str, list[int]] = defaultdict(list)
        for number, flow in enumerate(flows):
            for phrase in dict.fromkeys(flow.asking):
                asking[phrase].append(number)
        self._asking = dict(asking)
        self._always = [number for number, flow in enumerate(flows) if not flow.asking]
        self._settled: dict[str, Decision] = {}
        for phrase, numbers in asking.items():
            if all(whens[flows[number].id].lines == ("text_any",) for number in numbers):
                self._settled[phrase] = Decision(tuple(flows[number].id for number in numbers))
        # Where there is no text, it is known beforehand what becomes of most flows.
        self._not_of_text = [flow for flow in flows if not flow.reads_text]
        self._only_text = Decision((), tuple(flow.id for flow in flows if not flow.others))
        self._more_than_text = [flow for flow in flows if flow.others]

    def decide(self, event: Event, config: WorkspaceConfig, known: "Known | Callable[[], Known] | None") -> Decision:
        """Which of the flows run on ``event``. What is ``known``, as in `Matcher.decide`, is made only if needed."""
        if self._index is None or event.event != "message_created":
            return _decided(self._not_of_text, None, event, config, known)
        message = event.message
        if message is None or message.text is None:
            rest = _decided(self._more_than_text, None, event, config, known)
            depends = self._only_text.depends
            return Decision(rest.runs, tuple(sorted((*depends, *rest.depends)))) if rest != _NONE else self._only_text
        found = self._index.find(message.text)
        phrases = found[0]
        if not self._always and len(phrases) <= 1:
            # Most texts have no phrase or one, which often settles it.
            if not phrases:
                return _NONE
            (phrase,) = phrases
            decision = self._settled.get(phrase)
            if decision is not None:
                return decision
        flows = self._flows
        return _decided([flows[number] for number in self._meant(found)], found, event, config, known)

    def _meant(self, found: Found) -> Sequence[int]:
        """The flows that are looked at, in order."""
        asking = self._asking
        meant = [asking[phrase] for phrase in found[0] if phrase in asking]
        if self._always:
            meant.append(self._always)
        if len(meant) == 1:
            return meant[0]
        return sorted(set(chain.from_iterable(meant)))


def _decided(
    flows: Iterable[_Flow],
    found: Found | None,
    event: Event,
    config: WorkspaceConfig,
    known: "Known | Callable[[], Known] | None",
) -> Decision:
    runs, depends = [], []
    now: Occasion | None = None
    for flow in flows:
        verdict = flow.by_text(found)
        if flow.others and verdict is not False:
            if now is None:
                now = Occasion(event, config, _known(event, known), None)
            verdict = all_hold((verdict, flow.by_others(now)))
        if verdict:
            runs.append(flow.id)
        elif verdict is None:
            depends.append(flow.id)
    return Decision(tuple(runs), tuple(depends)) if runs or depends else _NONE


def _known(event: Event, known: "Known | Callable[[], Known] | None") -> Known:
    if known is None:
        return Known.of_event(event)
    return known if isinstance(known, Known) else known()


def _phrases(when: When) -> tuple[str, ...]:
    return tuple(chain(*filter(None, (when.text_any, when.text_all, when.text_none, when.text_starts))))
