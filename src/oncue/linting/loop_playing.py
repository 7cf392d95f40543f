"""Play what may be a loop: only what really goes round is one.

The graph of causes leaves out nothing that may happen, so it has loops that end by themselves, as where the first round
adds a label that keeps the second one from starting. Whether one does is not guessed: its events are sent to the
simulator, in conversations that differ in all that conditions and steps of the loop look at. What goes round there does
so for everybody, and how it began is known.
"""

from collections.abc import Iterator, Mapping
from itertools import islice, product, zip_longest
from typing import Any, NamedTuple

from oncue.analysis.causes import Causes, Loop
from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.analysis.states import State
from oncue.domain.conditions import NOBODY, SOMEBODY, When
from oncue.domain.conversations import Attribute, Conversation, Team
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import AddParticipant, AssignAgent, RemoveParticipant
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, ParticipantType, in_order
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import Matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.intake import Accepted
from oncue.simulation.timers import Timers
from oncue.simulation.trace import Loop as Cut
from oncue.simulation.trace import Trace, every_trace

MOST_STARTS = 20
"""Flows of a loop that are tried as its beginning."""
MOST_PLAYS = 400
"""Beginnings that are tried for a loop."""
MOST_ROUNDS = 3
"""Rounds that are found in a loop; whoever mends these is told of the next."""
MOST_REACHED = 40
"""Flows of a loop, and of what it starts, whose conditions and steps decide which conversations are tried."""

_PEOPLE: tuple[ParticipantType, ...] = ("contact", "agent", "bot")
_JANE = Participant(type="contact", id="p-1", name="Jane")


class Played(NamedTuple):
    """A loop that was played: the flows of a round, from one to itself, and the event and conversation that begin it.

    ``cut``: whether it comes back to where it was; otherwise something grows in each round, until it is stopped.
    """

    ring: tuple[str, ...]
    event: Event
    conversation: Conversation
    cut: bool


def rounds(loop: Loop, causes: Causes, workspace: Workspace, matcher: Matcher) -> tuple[Played, ...]:
    """The rounds that were played, each of other flows; none that consists of another one and more flows."""
    found: list[Played] = []
    plays = 0
    for flow, event, conversation in _beginnings_of(loop, causes):
        if any(flow.id in each.ring for each in found):
            continue
        plays += 1
        played = [each for each in play(event, conversation, workspace, matcher) if loop.has(each.ring)]
        found += (each for each in played if not any(set(known.ring) <= set(each.ring) for known in found))
        if plays == MOST_PLAYS or len(found) >= MOST_ROUNDS:
            break
    return tuple(found[:MOST_ROUNDS])


def _beginnings_of(loop: Loop, causes: Causes) -> Iterator[tuple[Flow, Event, Conversation]]:
    """Beginnings at each of the flows in turn, so that none takes all the time."""
    first, instance = loop.flows[:MOST_STARTS], loop.instances[0]
    reached = [causes.flow(each) for each in causes.reached(first, instance, MOST_REACHED)]
    conversations = list(islice(_conversations(reached, instance, causes), MOST_PLAYS))
    each_in_turn = zip_longest(*(_beginnings(causes.flow(each), conversations, loop, causes) for each in first))
    yield from (each for turn in each_in_turn for each in turn if each is not None)


def play(event: Event, conversation: Conversation, workspace: Workspace, matcher: Matcher) -> list[Played]:
    """The loops in all that comes of ``event``, waits included."""
    found: dict[frozenset[str], Played] = {}
    for trace in _traces(Accepted(event, conversation), workspace, matcher):
        for each in every_trace(trace):
            for stop in each.stopped:
                ring = stop.ring if isinstance(stop, Cut) else _repeated(each)
                if ring:
                    played = Played(ring, event, conversation, isinstance(stop, Cut))
                    found.setdefault(frozenset(ring), played)
    return list(found.values())


def _traces(accepted: Accepted, workspace: Workspace, matcher: Matcher) -> Iterator[Trace]:
    trace, timers = deliver(accepted, accepted.conversation, workspace, matcher), Timers()
    timers.set(trace, 1)
    yield trace
    while (timer := timers.take(None)) is not None:
        trace = timers.ring(timer, trace.conversation, workspace, matcher)
        yield trace


def _repeated(trace: Trace) -> tuple[str, ...]:
    """The flows of the last round of a chain that was stopped at its limit; none if no flow comes twice in it."""
    chain = [cause.flow_id for cause in trace.chain]
    if not chain or chain[-1] not in chain[:-1]:
        return ()
    last = len(chain) - 1
    before = max(number for number in range(last) if chain[number] == chain[-1])
    return tuple(chain[before:])


def _beginnings(
    flow: Flow, conversations: list[Conversation], loop: Loop, causes: Causes
) -> Iterator[tuple[Flow, Event, Conversation]]:
    """Events that start ``flow``, as steps of the loop cause them and as people do, in each conversation."""
    events = [*causes.events_between(loop.flows[:MOST_STARTS], flow.id, loop.instances[0])]
    names = (None, *dict.fromkeys(each.name for each in _people([flow])))
    for conversation in conversations:
        for event in (*_by_people(flow, conversation, names), *events):
            whole = _completed(event, flow, causes)
            yield flow, whole, _after(whole, conversation)


def _by_people(flow: Flow, conversation: Conversation, names: tuple[str | None, ...]) -> Iterator[Event]:
    """Events from outside, by people of these names: a step may do to somebody what it does to whoever joined."""
    trigger = flow.trigger
    if trigger.event == "conversation_created":
        return
    for kind, name in product(_PEOPLE, names):
        if trigger.participant_types is None or kind in trigger.participant_types:
            what = in_order(trigger.message_types, MESSAGE_TYPES)[0] if trigger.message_types else "text"
            yield Event(
                event=trigger.event,
                channel=conversation.channel,
                instance=conversation.instance,
                participant=Participant(type=kind, name=name),
                message=Message(type=what) if trigger.event == "message_created" else None,
            )


def _completed(event: Event, flow: Flow, causes: Causes) -> Event:
    """``event`` with the text, name and time that it leaves open, such that ``flow`` starts."""
    state = solve(Setting.of(event.key), [Conditions.of(flow, causes.config)]).state or State()
    who, message = event.participant, event.message
    assert who is not None, "every event that a step causes has somebody who did it"
    if who.name is None:
        who = replaced(who, id=state.participant_id, name=state.participant_name or "Sam")
    if message is not None and message.text is None:
        message = Message(type=message.type, text=state.text)
    return replaced(event, conversation="c-1", participant=who, message=message, at=state.at)


def _after(event: Event, conversation: Conversation) -> Conversation:
    """``conversation`` after ``event``."""
    who = event.participant
    assert who is not None
    if event.event == "participant_added":
        return conversation if who in conversation.participants else conversation.joined(who)
    if event.event == "participant_removed":
        return conversation.left(who) if who in conversation.participants else conversation
    return conversation._replace(messages=conversation.messages + 1)


def _conversations(flows: list[Flow], instance: str, causes: Causes) -> Iterator[Conversation]:
    """Conversations that differ in what the conditions and steps of ``flows`` look at; the plainest one first."""
    lines = _Lines([flow.when for flow in flows if flow.when is not None])
    people, steps = list(_people(flows)), [step for flow in flows for step in flow.steps]
    others = [people[:number] for number in range(len(people) + 1)] if len(people) <= 3 else [[], people]
    of_types = [Participant(type=kind, name=f"A {kind}") for kind in lines.types if kind != "contact"]
    channel = causes.config.by_id[instance].channel
    plain = Conversation("c-1", channel, instance, started=True, open=True, started_by="contact", messages=1)
    for present, there, responsible, labels, attributes, starter, reopened in product(
        others, _both([], of_types), lines.responsible, lines.labels, lines.attributes, lines.starters, lines.reopened
    ):
        conversation = plain._replace(
            participants=(_JANE, *present, *there),
            labels=labels,
            attributes=attributes,
            started_by=starter,
            closed_before=reopened,
        )
        yield _with_responsible(conversation, responsible)
    if any(isinstance(step, RemoveParticipant) and step.participant_type == "contact" for step in steps):
        yield plain


def _with_responsible(conversation: Conversation, name: str | None) -> Conversation:
    if name is None:
        return conversation
    found = next((each for each in conversation.participants if each.name == name), None)
    return conversation._replace(responsible=found or Team(name))


def _people(flows: list[Flow]) -> Iterator[Participant]:
    """Those whom steps add, assign and remove by name, and one of each type that is removed without a name."""
    seen: dict[tuple[ParticipantType, str], None] = {}
    for flow in flows:
        for step in flow.steps:
            if isinstance(step, AssignAgent):
                seen[step.participant_type, step.agent] = None
            elif isinstance(step, AddParticipant | RemoveParticipant):
                seen[step.participant_type, step.name or "Sam"] = None
    yield from (Participant(type=kind, name=name) for kind, name in seen if "{{" not in name and name.strip())


def _both(none: Any, some: Any) -> list[Any]:
    return [none, some] if some else [none]


class _Lines:
    """What conditions ask of a conversation: for each, a case in which it is not so, and one in which it is."""

    def __init__(self, whens: list[When]) -> None:
        self.types: list[ParticipantType] = sorted({kind for when in whens for kind in when.present or ()})
        names = {when.responsible for when in whens if when.responsible is not None} - {NOBODY}
        self.responsible = [None, *("Desk" if name == SOMEBODY else name for name in sorted(names))]
        if len(self.responsible) == 1 and any(when.responsible for when in whens):
            self.responsible.append("Desk")
        self.labels = _both((), tuple(dict.fromkeys(label for when in whens for label in when.labels or ())))
        wanted: dict[str, Attribute] = {}
        for when in whens:
            wanted |= when.attributes or {}
        self.attributes: list[Mapping[str, Attribute]] = _both({}, wanted)
        asked = {kind for when in whens for kind in when.started_by or ()}
        self.starters: list[ParticipantType] = ["contact", *sorted(asked - {"contact"})]
        self.reopened = [False, True] if any(when.reopened is not None for when in whens) else [False]
