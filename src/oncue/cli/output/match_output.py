"""What ``oncue match`` answers for an event: the part that text and JSON have in common.

All but a few words of an answer depend on the event's key alone, and keys are few while events are many. So that part
is made once for each key and kept as bytes, up to a limit. Only the actor's name, the event's id and, in JSON, the
event itself are put in front of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncue.domain.events import Event
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher

if TYPE_CHECKING:
    from oncue.matching.explain import Explanation
    from oncue.storage.recorded_event import RecordedEvent

KEPT = 32 << 20
"""Bytes of answers that are kept at most."""


class Answers(ABC):
    """Answers events: `of` one gives the bytes to write."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        self.workspace, self.explained = workspace, explained
        self._matcher = compile_matcher(workspace)
        self._kept: dict[tuple[str | None, ...], bytes] = {}
        self._size = 0

    def of(self, event: "Event | RecordedEvent") -> bytes:
        """The answer for ``event``, line feed included."""
        participant, message = event.participant, event.message
        key = (
            event.event,
            event.channel,
            event.instance,
            None if participant is None else participant.type,
            None if message is None else message.type,
        )
        answer = self._kept.get(key)
        return self._complete(event, self._keep(event) if answer is None else answer)

    def of_unheard(self, unheard: Mapping[str, int]) -> bytes:
        """What is written behind the answers about events that no flow can listen to: their number by kind."""
        return b""

    @abstractmethod
    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        """``answer``, which is for events with this key, with what is particular to ``event``."""

    @abstractmethod
    def _answer(
        self, event: Event, matched: tuple[str, ...], ran: "list[Explanation]", missed: "list[Explanation]"
    ) -> bytes:
        """The part of the answer for ``event`` that is the same for all events with its key.

        ``ran`` and ``missed`` are empty unless answers are explained.
        """

    def _keep(self, given: "Event | RecordedEvent") -> bytes:
        event = given if isinstance(given, Event) else given.as_event()
        matched = self._matcher.match(event)
        ran, missed = self._explanations(event, matched) if self.explained else ([], [])
        answer = self._answer(event, matched, ran, missed)
        if self._size + len(answer) > KEPT:
            self._kept.clear()
            self._size = 0
        self._kept[event.key] = answer
        self._size += len(answer)
        return answer

    def _explanations(self, event: Event, matched: tuple[str, ...]) -> "tuple[list[Explanation], list[Explanation]]":
        from oncue.matching.explain import explain, nearest_first

        runs, flows, config = frozenset(matched), self.workspace.flows, self.workspace.config
        others = (flow for flow in flows.values() if flow.id not in runs)
        return (
            [explain(flows[flow_id], event, config) for flow_id in matched],
            nearest_first(explain(flow, event, config) for flow in others),
        )
