"""A simulation: conversations under way, and the events that happened in them but are not delivered yet.

An event *happens* when it is sent: it changes the conversation, or is refused because it cannot happen. Flows
start when it is *delivered*, which is normally at once. Platforms promise only that an event is delivered at some
time and at least once. So an event can also be delivered twice, swapped with the next one, or last of all; flows
then run in the conversation as it is by that time.

An event that names no conversation belongs to the current one of its instance. These are called ``c-1``, ``c-2`` …
in the order of their first events. *Conversation created* starts the next one when the current one is closed, and so
does a contact's message where platforms do that. One that was named is followed by ``name-2``, ``name-3`` …, and its
name means the last of them.
"""

from collections.abc import Iterable
from copy import copy
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.installed import instance_hint
from oncue.domain.pasts import Served
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.intake import Accepted, accept, accept_with_start, new_conversation, starts_another
from oncue.simulation.results import EventResult
from oncue.simulation.trace import Trace
from oncue.text import counted

BEGIN = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
"""When the first event happens. The clock is virtual, so that a transcript depends on the events alone."""
PACE = timedelta(minutes=1)
"""The time between two events."""

SECOND_TIME = "delivered a second time"
NOTHING_AFTER = "nothing has come after it in its conversation"


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
        self._followed_by: dict[str, str] = {}
        self._served: Served = frozenset()
        self._numbered = 0
        self._sent = 0

    def copy(self) -> "Simulation":
        """An independent simulation in the same state."""
        other = copy(self)
        other.conversations, other._current = dict(self.conversations), dict(self._current)
        other._followed_by = dict(self._followed_by)
        return other

    def send(self, event: ScenarioEvent) -> list[EventResult]:
        """Let the next event happen, and return the results of what is delivered now, in order.

        That is the event, or what waited for it, or both, or nothing.
        """
        self._sent += 1
        try:
            accepted = self._accept(event)
        except ImpossibleEvent as error:
            name = event.conversation or self._current.get(event.instance, "")
            return [EventResult(self._sent, event, self._followed_by.get(name, name), refusal=str(error))]
        conversation = accepted.conversation
        self.conversations[conversation.id] = conversation
        delivery = event.delivery or self._delivery
        # The usual case: nothing waits, and the event is delivered at once.
        if delivery == "once" and not self.waiting:
            return [EventResult(self._sent, event, conversation.id, self._deliver(accepted))]
        return self._due(_Waiting(self._sent, event, accepted, delivery))

    def _accept(self, event: ScenarioEvent) -> Accepted:
        conversation, happened = self._conversation_of(event), event.as_event
        at = self._start + (self._sent - 1) * PACE
        config = self.workspace.config
        if happened.conversation not in (None, conversation.id):
            happened = _in_conversation(happened, conversation.id)
        if not starts_another(happened, conversation, config.simulation):
            return accept(happened, conversation, config, at)
        name = self._next_name(event)
        accepted = accept_with_start(
            _in_conversation(happened, name), new_conversation(name, config.by_id[conversation.instance]), config, at
        )
        if event.conversation:
            self._followed_by[event.conversation] = name
        else:
            self._current[event.instance] = name
        return accepted

    def _due(self, sent: _Waiting) -> list[EventResult]:
        """What is delivered after ``sent`` has happened; the rest waits."""
        if sent.delivery == "late":
            self.waiting = (*self.waiting, sent)
            return []
        conversation = sent.accepted.conversation.id
        swapped = [
            each
            for each in self.waiting
            if each.delivery == "swapped" and each.accepted.conversation.id == conversation
        ]
        if sent.delivery == "swapped" and not swapped:
            self.waiting = (*self.waiting, sent)
            return []
        self.waiting = tuple(each for each in self.waiting if each not in swapped)
        # Of two swapped events in a row the second one releases the first, so that they come in pairs.
        note = f"delivered in its turn: event {swapped[0].number} waits for it" if sent.delivery == "swapped" else ""
        return [self._result(sent, note), *(self._result(each, self._lateness(each)) for each in swapped)]

    def flush(self) -> list[EventResult]:
        """Deliver all events that still wait, because no other event follows."""
        waiting, self.waiting = sorted(self.waiting, key=lambda each: each.delivery == "late"), ()
        return [self._result(each, self._last_words(each)) for each in waiting]

    def conversation_named(self, name: str) -> Conversation | None:
        """The conversation that events mean by ``name``; ``None`` if nothing has happened in it yet."""
        return self.conversations.get(self._followed_by.get(name, name))

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
        name = self._followed_by.get(name, name)
        conversation = self.conversations.get(name)
        if conversation is None or not conversation.started:
            # Where it is, is decided by the event that starts it, and not by one that was refused.
            conversation = self.conversations[name] = new_conversation(name, instance)
        return conversation

    def _current_name(self, event: ScenarioEvent) -> str:
        name = self._current.get(event.instance)
        current = self.conversations.get(name) if name is not None else None
        if name is None or (current is not None and current.closed and event.event == "conversation_created"):
            name = self._free_name()
            self._current[event.instance] = name
        return name

    def _next_name(self, event: ScenarioEvent) -> str:
        """The name of the conversation that ``event`` starts because the one that it belongs to is closed."""
        if not event.conversation:
            return self._free_name()
        taken = self._named | self.conversations.keys()
        return next(name for n in count(2) if (name := f"{event.conversation}-{n}") not in taken)

    def _free_name(self) -> str:
        while True:
            self._numbered += 1
            name = f"c-{self._numbered}"
            if name not in self._named and name not in self.conversations:
                return name

    def _lateness(self, due: _Waiting) -> str:
        after = self._sent - due.number
        return f"delivered late, {counted(after, 'event')} after it happened" if after else ""

    def _last_words(self, due: _Waiting) -> str:
        """What to say of an event that has waited to the end."""
        if due.number == self._sent:
            return f"delivered in its turn: {NOTHING_AFTER}"
        return self._lateness(due) if due.delivery == "late" else f"{self._lateness(due)}: {NOTHING_AFTER}"

    def _result(self, due: _Waiting, note: str) -> EventResult:
        trace = self._deliver(due.accepted, note)
        again = None
        if due.delivery == "twice":
            # What came with it is an event of its own, which is delivered once.
            again = self._deliver(due.accepted._replace(first=None), SECOND_TIME)
        return EventResult(due.number, due.event, trace.conversation.id, trace, again=again)

    def _deliver(self, accepted: Accepted, note: str = "") -> Trace:
        # Contacts are the same in all conversations.
        conversation = self.conversations[accepted.conversation.id]._replace(served=self._served)
        trace = deliver(accepted, conversation, self.workspace, self.matcher, note)
        self.conversations[conversation.id] = trace.conversation
        self._served = trace.conversation.served
        return trace


def _in_conversation(event: Event, name: str) -> Event:
    return replaced(event, conversation=name)
