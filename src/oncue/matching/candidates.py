"""Flows with conditions on which a key matches: the fast form of `oncue.matching.conditions`.

The phrases of all of them are looked for in one pass over the text. A flow that asks for a phrase is looked at only if
one of its phrases was found, so that a thousand flows, each for words of its own, cost no more than the few that are
meant.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import chain
from typing import Any, NamedTuple

from oncue.domain.conditions import When
from oncue.domain.events import Event
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.conditions import LINES, Line, Verdict
from oncue.matching.occasions import Known, Occasion
from oncue.matching.phrases import PhraseIndex

FlowIds = tuple[str, ...]


class Decision(NamedTuple):
    """Which flows run on an event, and which run depending on what is not known; both in order of id."""

    runs: FlowIds
    depends: FlowIds = ()


_NONE = Decision(())


class Candidates:
    """Flows with conditions, by id and in order of id."""

    __slots__ = ("_asking", "_index", "_lines", "_others")

    def __init__(self, whens: Mapping[str, When]) -> None:
        self._lines = {flow_id: _compiled(when) for flow_id, when in whens.items()}
        phrases = [phrase for when in whens.values() for phrase in _phrases(when)]
        self._index = PhraseIndex(phrases) if phrases else None
        asking: defaultdict[str, list[str]] = defaultdict(list)
        others = []
        for flow_id, when in whens.items():
            needed = when.text_any or when.text_starts or (when.text_all or ())[:1]
            for phrase in needed:
                asking[phrase].append(flow_id)
            if not needed:
                others.append(flow_id)
        self._asking, self._others = dict(asking), others

    def decide(self, event: Event, config: WorkspaceConfig, known: Known) -> Decision:
        """Which of the flows run on ``event``."""
        text = event.message.text if event.message else None
        if text is None or self._index is None:
            return self._among(self._lines, Occasion(event, config, known, None))
        found = self._index.find(text)
        chosen: Collection[str] = self._others
        asking = self._asking
        if not found.phrases and not chosen:
            return _NONE
        if meant := [asking[phrase] for phrase in found.phrases if phrase in asking]:
            chosen = sorted({*chosen, *chain.from_iterable(meant)})
        return self._among(chosen, Occasion(event, config, known, found))

    def _among(self, chosen: Collection[str], now: Occasion) -> Decision:
        runs, depends = [], []
        for flow_id in chosen:
            holds: Verdict = True
            for line, wanted in self._lines[flow_id]:
                verdict = line(wanted, now, flow_id)
                if verdict is False:
                    holds = False
                    break
                if verdict is None:
                    holds = None
            if holds:
                runs.append(flow_id)
            elif holds is None:
                depends.append(flow_id)
        return Decision(tuple(runs), tuple(depends))


def _compiled(when: When) -> tuple[tuple[Line, Any], ...]:
    return tuple((LINES[key], getattr(when, key)) for key in when.lines)


def _phrases(when: When) -> tuple[str, ...]:
    return tuple(chain(*filter(None, (when.text_any, when.text_all, when.text_none, when.text_starts))))
