"""A simulation: conversations under way, and the events that happened in them but are not delivered yet.

An event *happens* when it is sent: it changes the conversation, or is refused because it cannot happen. Flows
start when it is *delivered*, which is normally at once. Platforms promise only that an event is delivered at some
time and at least once. So an event can also be delivered twice, swapped with the next one, or last of all; flows
then run in the conversation as it is by that time.

An event that names no conversation belongs to the current one of its instance. These are called ``c-1``, ``c-2`` …
in the order in which they start. *Conversation created* starts the next one when the current one is closed.
"""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.installed import instance_hint
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.intake import Accepted, accept, new_conversation
from oncue.simulation.results import EventResult
from oncue.simulation.trace import Trace
from oncue.text import counted

BEGIN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
"""When the first event happens. The clock is virtual, so that a transcript depends on the events alone."""
PACE = timedelta(minutes=1)
"""The time between two events."""

SECOND_TIME = "delivered a second time"
IN_ITS_TURN = "delivered in its turn: nothing has come after it"


class _Waiting(NamedTuple):
    """An event that has happened and is not delivered yet; ``number`` (from 1) is its place among all events."""

    number: int
    event: ScenarioEvent
    accepted: Accepted
    delivery: Delivery


class Simulation:
    """Conversations in which events happen one after the other.

    ``named`` are the names of conversations that events may state, so that no other conversation gets one of them.
    ``delivery`` is that of events without their own, ``start`` the time of the first event. ``matcher`` is the one
    of ``workspace``.
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
        self._sent = 0

    def copy(self) -> "Simulation":
        """An independent simulation in the same state."""
        other = copy(self)
        other.conversations, other._current = dict(self.conversations), dict(self._current)
        return other

    def send(self, event: ScenarioEvent) -> list[EventResult]:
        """Let the next event happen, and return the results of what is delivered now, in order.

        That is the event, or what waited for it, or both, or nothing.
        """
        self._sent += 1
        try:
            conversation = self._conversation_of(event)
            at = self._start + (self._sent - 1) * PACE
            accepted = accept(event.as_event, conversation, self.workspace.config, at)
        except ImpossibleEvent as error:
            name = event.conversation or self._current.get(event.instance, "")
            return [EventResult(self._sent, event, name, refusal=str(error))]
        self.conversations[conversation.id] = accepted.conversation
        delivery = event.delivery or self._delivery
        # The usual case: nothing waits, and the event is delivered at once.
        if delivery == "once" and not self.waiting:
            return [EventResult(self._sent, event, conversation.id, self._deliver(accepted))]
        return [self._result(each) for each in self._due(_Waiting(self._sent, event, accepted, delivery))]

    def _due(self, sent: _Waiting) -> list[_Waiting]:
        """What is to be delivered after ``sent`` has happened; the rest waits."""
        conversation = sent.accepted.conversation.id
        swapped = [
            each
            for each in self.waiting
            if each.delivery == "swapped" and each.accepted.conversation.id == conversation
        ]
        # Of two swapped events in a row the second one releases the first, so that they come in pairs.
        waits = sent.delivery == "late" or (sent.delivery == "swapped" and not swapped)
        others = [each for each in self.waiting if each not in swapped]
        self.waiting = (*others, sent) if waits else tuple(others)
        return swapped if waits else [sent, *swapped]

    def flush(self) -> list[EventResult]:
        """Deliver all events that still wait, because no other event follows."""
        waiting, self.waiting = self.waiting, ()
        return [self._result(each, IN_ITS_TURN) for each in waiting]

    def conversation_on(self, instance: str) -> Conversation | None:
        """The current conversation on the instance with this id; ``None`` if there was none yet."""
        return self.conversations.get(self._current.get(instance, ""))

    def _conversation_of(self, event: ScenarioEvent) -> Conversation:
        """The conversation that ``event`` belongs to, a new one if there is none yet."""
        instance = self.workspace.config.by_id.get(event.instance)
        if instance is None:
            hint = instance_hint(event.instance, self.workspace.config)
            raise ImpossibleEvent(f"no instance {event.instance!r}; {hint}")
        name = event.conversation or self._current_name(event)
        return self.conversations.setdefault(name, new_conversation(name, instance))

    def _current_name(self, event: ScenarioEvent) -> str:
        name = self._current.get(event.instance)
        current = self.conversations.get(name) if name is not None else None
        if name is None or (current is not None and current.closed and event.event == "conversation_created"):
            name = self._free_name()
            self._current[event.instance] = name
        return name

    def _free_name(self) -> str:
        while True:
            self._numbered += 1
            name = f"c-{self._numbered}"
            if name not in self._named:
                return name

    def _result(self, due: _Waiting, punctual: str = "") -> EventResult:
        """Deliver ``due``. ``punctual`` is the note for an event that waited although no other event followed."""
        after = self._sent - due.number
        note = f"delivered late, {counted(after, 'event')} after it happened" if after else punctual
        trace = self._deliver(due.accepted, note)
        again = None
        if due.delivery == "twice":
            # The join that came with it is an event of its own, which is delivered once.
            again = self._deliver(due.accepted._replace(join=None), SECOND_TIME)
        return EventResult(due.number, due.event, trace.conversation.id, trace, again=again)

    def _deliver(self, accepted: Accepted, note: str = "") -> Trace:
        conversation = self.conversations[accepted.conversation.id]
        trace = deliver(accepted, conversation, self.workspace, self.matcher, note)
        self.conversations[conversation.id] = trace.conversation
        return trace
