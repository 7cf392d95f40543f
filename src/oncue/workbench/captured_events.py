"""The events of a capture or recording, and which flows each would start: a list that grows while it is read.

What earlier events tell of a conversation decides the conditions of later ones, as far as events can tell it
(`oncue.simulation.observed`). Where flows with conditions listen, what was known then is kept, so that it can be
explained later why flows ran.
"""

from collections import Counter
from collections.abc import Iterator

import msgspec

from oncue.domain.events import Event
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.importers.reasons import by_reason
from oncue.importers.recorded import RecordedEvent, RecordedParticipant
from oncue.matching.matcher import Matcher
from oncue.matching.occasions import Known
from oncue.simulation.observed import Observed
from oncue.text import counted
from oncue.workbench.event_look import EVENT_LOOKS

MOST = 100_000
"""How many events are listed."""
MOST_FAILURES = 200
"""Of how many things that cannot be read it is said what is wrong; the others are counted."""
_SEARCHED = 2_000
"""Characters of a message that a filter looks through."""

NOTHING = "nothing"
DEPENDS = "depends"
_SOMEBODY = "Somebody"


class CapturedEvent(msgspec.Struct, frozen=True, eq=False, gc=False):
    """An event with its number, from 1, and the flows that it starts, or starts depending on what is not known.

    ``known`` is kept only where conditions look at it. ``words`` is what a filter looks through, in lower case. There
    are many of these, and nothing in them leads back to them; so the garbage collector, which stops the app while it
    looks, need not look at them.
    """

    number: int
    stated: RecordedEvent
    runs: tuple[str, ...]
    depends: tuple[str, ...]
    known: Known | None
    words: str

    @property
    def event(self) -> Event:
        """The event as a value of the domain."""
        return self.stated.as_event()


class CapturedEvents:
    """Takes what a capture holds, in order."""

    def __init__(self, workspace: Workspace, matcher: Matcher) -> None:
        self.workspace = workspace
        self.events: list[CapturedEvent] = []
        self.skipped: Counter[tuple[str, str]] = Counter()
        """What is none of the four events, by reason and kind."""
        self.failures: list[str] = []
        """What could not be read, one sentence each, up to `MOST_FAILURES`."""
        self.failed = 0
        self._matcher = matcher
        self._observed = Observed(workspace)

    @property
    def is_full(self) -> bool:
        """Whether there are as many events as are listed."""
        return len(self.events) >= MOST

    def add(self, stated: RecordedEvent) -> None:
        """Add what happened next."""
        event = stated.as_event()
        has_conditions = self._matcher.conditional
        known = self._observed.known(event) if has_conditions else None
        decision = self._matcher.decide(event, known)
        if known is not None:
            self._observed.decided(event, decision)
        kept = known if has_conditions and self._matcher.has_conditions(event.key) else None
        words = _words(stated, decision.runs, decision.depends, self.workspace)
        self.events.append(CapturedEvent(len(self.events) + 1, stated, *decision, kept, words))

    def fail(self, message: str) -> None:
        """Add something that could not be read."""
        self.failed += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(message)

    def left_out(self) -> Iterator[str]:
        """What is not in the list and why, a line each."""
        if self.is_full:
            yield f"Only the first {MOST:,} events are listed."
        if self.skipped:
            yield f"Skipped {self.skipped.total():,}, which are none of the four events:"
            yield from (f"  {count:,}  {reason}: {kinds}" for reason, count, kinds in by_reason(self.skipped))
        if self.failed:
            yield f"{self.failed:,} could not be read:"
            yield from (f"  {failure}" for failure in self.failures)
            if self.failed > len(self.failures):
                yield f"  … and {self.failed - len(self.failures):,} more"

    def summary(self) -> str:
        """How much of what there is, in a line."""
        parts = [counted(len(self.events), "event")]
        parts += ["the limit"] if self.is_full else []
        parts += [f"{self.skipped.total():,} skipped"] if self.skipped else []
        parts += [f"{self.failed:,} could not be read"] if self.failed else []
        return " · ".join(parts)


def who(participant: RecordedParticipant | None) -> str:
    """Who it was: *Contact Jane Doe*."""
    if participant is None:
        return ""
    kind = _SOMEBODY if participant.type is None else PARTICIPANT_TYPES[participant.type].label
    name = participant.name or participant.id
    return kind if name is None else f"{kind} {name}"


def where(event: RecordedEvent, config: WorkspaceConfig) -> str:
    """On which instance it was; as the event states it if it is not installed."""
    channel, instance = config.place(event.channel, event.instance)
    found = config.by_id.get(instance or "")
    if found is not None:
        return found.name
    stated = (None if channel is None else config.channel_label(channel), instance)
    return " ".join(part for part in stated if part)


def what(event: RecordedEvent) -> str:
    """What was written, or what happened."""
    message = event.message
    if message is None:
        return EVENT_KINDS[event.event].label
    kind = "" if message.type in (None, "text") else MESSAGE_TYPES[message.type].label
    return ": ".join(part for part in (kind, message.text or "") if part) or "Message"


def _words(event: RecordedEvent, runs: tuple[str, ...], depends: tuple[str, ...], workspace: Workspace) -> str:
    flows, message = workspace.flows, event.message
    by = event.participant
    parts = (
        event.event,
        EVENT_LOOKS[event.event].word,
        who(by),
        "" if by is None else by.id,
        event.channel,
        event.instance,
        where(event, workspace.config),
        event.conversation,
        what(event)[:_SEARCHED],
        None if message is None else message.type,
        None if event.at is None else event.at.isoformat(),
        *(f"{flow_id} {flows[flow_id].name}" for flow_id in (*runs, *depends)),
        DEPENDS if depends else "" if runs else NOTHING,
    )
    return " ".join(part for part in parts if part).casefold()
