"""What ``oncue match`` answers for an event: the part that text and JSON have in common.

All but a few words of an answer depend on the event's key alone, and keys are few while events are many. So that part
is made once for each key and kept as bytes, up to a limit. Only the actor's name, the event's id and, in JSON, the
event itself are put in front of it. Where flows with conditions listen to a key, each of its events is answered anew,
with what the events before it tell of its conversation.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncue.domain.events import Event
from oncue.domain.workspace import Workspace
from oncue.matching.candidates import Decision
from oncue.matching.matcher import compile_matcher
from oncue.matching.occasions import Known

if TYPE_CHECKING:
    from oncue.importers.recorded import RecordedEvent
    from oncue.matching.explain import Explanation
    from oncue.simulation.observed import Observed

KEPT = 32 << 20
"""Bytes of answers that are kept at most."""


class FlowAnswers(NamedTuple):
    """Which flows run on an event, which depend on what is not known and, if that is explained, why each ran or not."""

    matched: tuple[str, ...]
    depends: "Sequence[Explanation]" = ()
    ran: "Sequence[Explanation]" = ()
    missed: "Sequence[Explanation]" = ()


class Answers(ABC):
    """Answers events: `of` one gives the bytes to write."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        self.workspace, self.explained = workspace, explained
        self._matcher = compile_matcher(workspace)
        self._observed = _observed(workspace) if self._matcher.conditional else None
        self._kept: dict[tuple[str | None, ...], bytes] = {}
        self._size = 0

    def of(self, event: "Event | RecordedEvent") -> bytes:
        """The answer for ``event``, line feed included. Events of a recording have to come in order."""
        if self._observed is not None:
            return self._of_occasion(event, self._observed)
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

    def _of_occasion(self, given: "Event | RecordedEvent", observed: "Observed") -> bytes:
        """The answer where flows have conditions, which look at more than the key."""
        event = given if isinstance(given, Event) else given.as_event()
        known = observed.known(event)
        decision = self._matcher.decide(event, known)
        observed.decided(event, decision)
        if not self._matcher.has_conditions(event.key):
            answer = self._kept.get(event.key)
            return self._complete(given, self._keep(event) if answer is None else answer)
        return self._complete(given, self._answer(event, self._flows(event, decision, known)))

    @abstractmethod
    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        """``answer``, which is for events with this key, with what is particular to ``event``."""

    @abstractmethod
    def _answer(self, event: Event, flows: FlowAnswers) -> bytes:
        """The answer for ``event`` but for what `_complete` puts in front.

        It is the same for all events with its key unless flows have conditions.
        """

    def _keep(self, given: "Event | RecordedEvent") -> bytes:
        event = given if isinstance(given, Event) else given.as_event()
        answer = self._answer(event, self._flows(event, self._matcher.decide(event), None))
        if self._size + len(answer) > KEPT:
            self._kept.clear()
            self._size = 0
        self._kept[event.key] = answer
        self._size += len(answer)
        return answer

    def _flows(self, event: Event, decision: Decision, known: Known | None) -> FlowAnswers:
        if not self.explained and not decision.depends:
            return FlowAnswers(decision.runs)
        from oncue.matching.explain import explain, nearest_first

        flows, config = self.workspace.flows, self.workspace.config
        depends = [explain(flows[flow_id], event, config, known) for flow_id in decision.depends]
        if not self.explained:
            return FlowAnswers(decision.runs, depends)
        ran = [explain(flows[flow_id], event, config, known) for flow_id in decision.runs]
        told = frozenset((*decision.runs, *decision.depends))
        others = (flow for flow in flows.values() if flow.id not in told)
        missed = nearest_first(explain(flow, event, config, known) for flow in others)
        return FlowAnswers(decision.runs, depends, ran, missed)


def _observed(workspace: Workspace) -> "Observed":
    """What remembers conversations; imported only where a flow has conditions."""
    from oncue.simulation.observed import Observed

    return Observed(workspace)
