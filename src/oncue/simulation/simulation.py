"""A simulation: conversations under way, and the events that happened in them but are not delivered yet.

An event *happens* when it is sent: it changes the conversation, or is refused because it cannot happen. Flows
start when it is *delivered*, which is normally at once. Platforms promise only that an event is delivered at some
time and at least once. So an event can also be delivered twice, swapped with the next one, or last of all; flows
then run in the conversation as it is by that time.

An event that names no conversation belongs to the current one of its instance. These are called ``c-1``, ``c-2`` …
in the order of their first events. *Conversation created* starts the next one when the current one is closed, and so
does a contact's message where platforms do that. One that was named is followed by ``name-2``, ``name-3`` …, and its
name means the last of them.

The clock is virtual (`oncue.simulation.clock`): time passes when an event happens later than the one before it, and
when the caller lets it pass. Flows that wait go on when it has come so far, before anything that happens at the same
time. At the end all of them go on.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.installed import instance_hint
from oncue.domain.pasts import NOBODY_SERVED
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import Delivery
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.clock import BEGIN, Clock
from oncue.simulation.intake import Accepted, accept, accept_with_start, new_conversation, starts_another
from oncue.simulation.results import EventResult, Later, updated
from oncue.simulation.timers import Timer, Timers
from oncue.simulation.trace import Trace
from oncue.text import counted

SECOND_TIME = "delivered a second time"
NOTHING_AFTER = "nothing has come after it in its conversation"


class _Waiting(NamedTuple):
    """An event that has happened and is not delivered yet; ``number`` (from 1) is its place among all events."""

    number: int
    event: ScenarioEvent
    at: datetime
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
        self._delivery, self._clock = delivery, Clock(start)
        self._timers = Timers()
        self._unfinished: dict[int, EventResult] = {}
        self._current: dict[str, str] = {}
        self._followed_by: dict[str, str] = {}
        self._served = NOBODY_SERVED
        self._numbered = 0
        self._sent = 0
        self._turns = 0

    def copy(self) -> "Simulation":
        """An independent simulation in the same state."""
        other = copy(self)
        other.conversations, other._current = dict(self.conversations), dict(self._current)
        other._followed_by, other._unfinished = dict(self._followed_by), dict(self._unfinished)
        other._timers, other._clock = self._timers.copy(), self._clock.copy()
        return other

    def send(self, event: ScenarioEvent) -> list[EventResult]:
        """Let the next event happen, and return the results of what is delivered now, in order.

        That is the event, or what waited for it, or both, or nothing. Before that come the results of earlier events
        of which flows have gone on, each with what came before: it takes the place of the one with its number.
        """
        self._sent += 1
        try:
            at = self._clock.time_of(event)
        except ImpossibleEvent as error:
            return [self._refused(event, error, self._clock.now)]
        earlier = self._ring(at)
        self._clock.event_at(at)
        return [*earlier, *self._happen(event, at)] if earlier else self._happen(event, at)

    def pass_time(self, duration: timedelta | None = None) -> list[EventResult]:
        """Let so much time pass, or as much as until the next flow goes on that waits, without an event.

        The results are those of events of which flows have gone on. It counts as an event, of which there is no result,
        and the next one happens at its end.
        """
        self._sent += 1
        at = (self._timers.next_due or self.now) if duration is None else self._clock.later_by(duration)
        earlier = self._ring(at)
        self._clock.passed_to(at)
        return earlier

    @property
    def now(self) -> datetime:
        """How far the clock has come."""
        return self._clock.now

    @property
    def waiting_flows(self) -> tuple[tuple[datetime, Flow], ...]:
        """The flows that wait, and when each goes on, in this order."""
        return tuple((each.due, each.paused.flow) for each in self._timers.waiting)

    def _happen(self, event: ScenarioEvent, at: datetime) -> list[EventResult]:
        try:
            accepted = self._accept(event, at)
        except ImpossibleEvent as error:
            return [self._refused(event, error, at)]
        conversation = accepted.conversation
        self.conversations[conversation.id] = conversation
        waiting = _Waiting(self._sent, event, at, accepted, event.delivery or self._delivery)
        # The usual case: nothing waits, and the event is delivered at once.
        if waiting.delivery == "once" and not self.waiting:
            return [self._result(waiting, "")]
        return self._due(waiting)

    def _refused(self, event: ScenarioEvent, error: ImpossibleEvent, at: datetime) -> EventResult:
        name = event.conversation or self._current.get(event.instance, "")
        name = self._followed_by.get(name, name)
        return EventResult(self._sent, event, name, refusal=str(error), at=at, turn=self._turn())

    def _turn(self) -> int:
        self._turns += 1
        return self._turns

    def _accept(self, event: ScenarioEvent, at: datetime) -> Accepted:
        conversation, happened = self._conversation_of(event), event.as_event
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

    def finish(self) -> list[EventResult]:
        """Come to the end: deliver all events that still wait, then let all flows go on that do."""
        return list(updated(tuple(self.flush()), self._ring(None)))

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
        trace = self._deliver(due, due.accepted, note)
        again = None
        if due.delivery == "twice":
            # What came with it is an event of its own, which is delivered once.
            again = self._deliver(due, due.accepted._replace(first=None), SECOND_TIME)
        waits = len(trace.paused) + (len(again.paused) if again else 0)
        name = trace.conversation.id
        result = EventResult(due.number, due.event, name, trace, again=again, at=due.at, turn=self._turn(), waits=waits)
        if waits:
            self._unfinished[due.number] = result
        return result

    def _deliver(self, due: _Waiting, accepted: Accepted, note: str) -> Trace:
        # Contacts are the same in all conversations.
        conversation = self.conversations[accepted.conversation.id]._replace(served=self._served)
        trace = deliver(accepted, conversation, self.workspace, self.matcher, note, self._clock.now)
        self.conversations[conversation.id] = trace.conversation
        self._served = trace.conversation.served
        if trace.paused:
            self._timers.set(trace, due.number)
        return trace

    def _ring(self, until: datetime | None) -> list[EventResult]:
        """Let flows go on whose time comes ``until`` then, or all of them. Returns the results of their events."""
        rung: dict[int, EventResult] = {}
        while (timer := self._timers.take(until)) is not None:
            self._clock.passed_to(timer.paused.due)
            rung[timer.number] = self._go_on(timer)
        return list(rung.values())

    def _go_on(self, timer: Timer) -> EventResult:
        conversation = self.conversations[timer.conversation]._replace(served=self._served)
        trace = self._timers.ring(timer, conversation, self.workspace, self.matcher)
        self._served = trace.conversation.served
        self.conversations[conversation.id] = trace.conversation
        before = self._unfinished.pop(timer.number)
        later = (*before.later, Later(self._turn(), trace))
        result = replace(before, later=later, waits=before.waits - 1 + len(trace.paused))
        if result.waits:
            self._unfinished[timer.number] = result
        return result


def _in_conversation(event: Event, name: str) -> Event:
    return replaced(event, conversation=name)
