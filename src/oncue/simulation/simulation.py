"""Where scripted events are played: the conversations under way, and the events that flows have not heard of yet.

An event *happens* at its place in the script: the conversation is changed, or the event is refused because it
cannot happen. Flows hear of it when it is *delivered*, which is normally at once. Platforms promise no more
than that it is delivered at some time and at least once, so a script can say of an event that it comes twice,
after the one behind it, or last of all; flows then work in the conversation as it is by that time.

An event that names no conversation is of the current one of its instance: ``c-1``, ``c-2`` … in the order in
which the script gets to them. *Conversation created* starts the next one when the current one is closed.
"""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent, did_you_mean
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import deliver, new_conversation
from oncue.simulation.intake import Accepted, accept
from oncue.simulation.results import EventResult
from oncue.simulation.trace import Trace
from oncue.text import counted

BEGIN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
"""When the first event happens. The clock is virtual, so that a transcript depends on nothing else."""
PACE = timedelta(minutes=1)
"""How long after it the next one happens, and so on."""

SECOND_TIME = "delivered a second time"
IN_ITS_TURN = "delivered in its turn: nothing has come after it"


class _Waiting(NamedTuple):
    """An event that has happened and was not delivered yet."""

    number: int
    scripted: ScenarioEvent
    accepted: Accepted
    delivery: Delivery


class Simulation:
    """The conversations of a script that is being played, one event after the other.

    ``named`` are the conversations that the script names itself, ``delivery`` how events are delivered that do
    not say it, ``start`` when the first event happens. ``matcher`` is the one of ``workspace``.
    """

    def __init__(
        self,
        workspace: Workspace,
        matcher: Matcher,
        named: Iterable[str | None] = (),
        delivery: Delivery = "once",
        start: datetime = BEGIN,
    ) -> None:
        self.workspace, self.matcher = workspace, matcher
        self.conversations: dict[str, Conversation] = {}
        self.waiting: tuple[_Waiting, ...] = ()
        self._named = frozenset(named)
        self._delivery, self._start = delivery, start
        self._current: dict[str, str] = {}
        self._numbered = 0
        self._played = 0

    def copy(self) -> "Simulation":
        """Another stage on which all is as it is here by now."""
        other = copy(self)
        other.conversations, other._current = dict(self.conversations), dict(self._current)
        return other

    def send(self, scripted: ScenarioEvent) -> list[EventResult]:
        """Let the next event happen; what is delivered now, in order: it, what waited for it, both or nothing."""
        self._played += 1
        try:
            conversation = self._conversation_of(scripted)
            at = self._start + (self._played - 1) * PACE
            accepted = accept(scripted.as_event, conversation, self.workspace.config, at)
        except ImpossibleEvent as error:
            where = scripted.conversation or self._current.get(scripted.instance, "")
            return [EventResult(self._played, scripted, where, refusal=str(error))]
        self.conversations[conversation.id] = accepted.conversation
        delivery = scripted.delivery or self._delivery
        if delivery == "once" and not self.waiting:
            return [EventResult(self._played, scripted, conversation.id, self._deliver(accepted))]
        now = _Waiting(self._played, scripted, accepted, delivery)
        swapped = [
            each
            for each in self.waiting
            if each.delivery == "swapped" and each.accepted.conversation.id == conversation.id
        ]
        if delivery == "late" or (delivery == "swapped" and not swapped):
            self.waiting = (*self.waiting, now)
            due = []
        else:
            due = [now]
        self.waiting = tuple(each for each in self.waiting if each not in swapped)
        return [self._result(each) for each in (*due, *swapped)]

    def flush(self) -> list[EventResult]:
        """Deliver all that waits; the script is over."""
        waiting, self.waiting = self.waiting, ()
        return [self._result(each, IN_ITS_TURN) for each in waiting]

    def conversation_on(self, instance: str) -> Conversation | None:
        """The current conversation on the instance with this id; ``None`` if there was none yet."""
        return self.conversations.get(self._current.get(instance, ""))

    def _conversation_of(self, scripted: ScenarioEvent) -> Conversation:
        """The conversation that ``scripted`` is of, begun if need be."""
        instance = self.workspace.config.by_id.get(scripted.instance)
        if instance is None:
            hint = did_you_mean(scripted.instance, self.workspace.config.by_id)
            raise ImpossibleEvent(f"no instance {scripted.instance!r}; {hint}")
        name = scripted.conversation or self._current_on(scripted)
        return self.conversations.setdefault(name, new_conversation(name, instance))

    def _current_on(self, scripted: ScenarioEvent) -> str:
        name = self._current.get(scripted.instance)
        begun = self.conversations.get(name) if name is not None else None
        if name is None or (begun is not None and begun.closed and scripted.event == "conversation_created"):
            name = self._free_name()
            self._current[scripted.instance] = name
        return name

    def _free_name(self) -> str:
        while True:
            self._numbered += 1
            name = f"c-{self._numbered}"
            if name not in self._named:
                return name

    def _result(self, due: _Waiting, in_its_turn: str = "") -> EventResult:
        after = self._played - due.number
        note = f"delivered late, {counted(after, 'event')} after it happened" if after else in_its_turn
        trace = self._deliver(due.accepted, note)
        again = None
        if due.delivery == "twice":
            # Who came with it has joined already; what is delivered again is the event.
            again = self._deliver(due.accepted._replace(join=None), SECOND_TIME)
        return EventResult(due.number, due.scripted, trace.conversation.id, trace, again=again)

    def _deliver(self, accepted: Accepted, note: str = "") -> Trace:
        conversation = self.conversations[accepted.conversation.id]
        trace = deliver(accepted, conversation, self.workspace, self.matcher, note)
        self.conversations[conversation.id] = trace.conversation
        return trace
