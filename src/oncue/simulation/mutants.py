"""What the scenarios leave untested: each trigger is changed a little, and no scenario notices.

A *mutant* is an enabled flow with one change to its trigger. A scenario *notices* it if it passes with the flow
as it is and fails with the mutant. One that nobody notices is an event that nobody has thought of, or at least
not written down, so each result has such an event, to be added to a scenario.

Mutants follow the sentence that people read, *When a contact sends an image or a file on WhatsApp · Rentals*:

* the flow is *switched off*: is it ever started where a scenario looks?
* each narrowing is *dropped*: *anybody instead of a contact*. Does any scenario need it?
* each type that the sentence names is flipped, *no longer a file*, and of all others the likeliest, *an agent
  too*. Does a scenario know that it belongs to this side of the line?

Every absent type by itself would be eighteen mutants for a flow on texts by contacts; nobody would write those
scenarios or read that list, and whoever adds the likeliest has shown that the narrowing works. For the same
reason the flips are *details*: while nobody notices that the flow is off, its types are not asked for one by
one, and while nobody notices that the narrowing is gone, nobody is asked about one more type.

A mutant that decides as the flow does on every event that the installed instances can have is *equivalent*. It
says nothing about the scenarios and is left out: *every instance* of a channel that has one.

It is fast, because hardly anything is replayed. A trigger decides by the event key alone, so a scenario goes
exactly as before up to the first event whose key flow and mutant decide differently. Is there none, it is not
touched. Is that event one of which the scenario says what it starts, it is noticed there. Only where flows
caused it, or nothing is expected of it, the scenario is replayed, with a matcher of which one bucket is rebuilt.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, product
from typing import Any, Literal, NamedTuple, TypeVar

from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, MessageType, ParticipantType, V
from oncue.domain.wording import event_clause, named_types, what_of, who_of
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher
from oncue.matching.semantics import matches
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import iter_results
from oncue.simulation.trace import Trace, every_trace
from oncue.text import counted

Clause = Literal["enabled", "instance", "participant_types", "message_types"]
"""The clauses that are changed, by the names that `oncue.matching.semantics` has for them."""

# The likeliest first: what is tried is what people would think of.
_COMMON: tuple[MessageType, ...] = ("text", "image", "file")
_WHO: tuple[ParticipantType, ...] = tuple(PARTICIPANT_TYPES)
_WHAT: tuple[MessageType, ...] = tuple(dict.fromkeys((*_COMMON, *MESSAGE_TYPES)))

_T = TypeVar("_T")


class _Meeting(NamedTuple):
    """Scenario number ``scenario`` meets an event key for the first time, as the ``position``-th of its events.

    ``shows`` is the number of the event that fails if its key is decided otherwise, where that is certain.
    """

    scenario: int
    position: int
    shows: int | None


_Meetings = Mapping[tuple[str, str | None], Mapping[EventKey, Sequence[_Meeting]]]
"""By event kind and channel, because mutants change neither."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """``flow`` with one change: ``mutated``, in ``words``; ``clause`` is what was changed.

    ``detail_of``: a detail of the mutant that changes that whole clause, and not asked for while nobody notices
    even that one.
    """

    flow: Flow
    mutated: Flow
    clause: Clause
    words: str
    detail_of: Clause | None = None

    def differs_on(self, key: EventKey, config: WorkspaceConfig) -> bool:
        """Whether flow and mutant decide differently on an event with ``key``."""
        return matches(self.flow, key, config) != matches(self.mutated, key, config)


class Killed(NamedTuple):
    """A scenario that fails with a mutant, and the number of its first event that does (from 1)."""

    scenario: str
    event: int


@dataclass(frozen=True, slots=True)
class MutantResult:
    """Whether a mutant was noticed, and by what.

    ``distinguishing_event`` is a likely event on which flow and mutant decide differently. ``covered_by`` are the
    ids of scenarios that have such an event and let the mutant survive; those behind the one that killed it were
    not looked at.
    """

    mutant: Mutant
    distinguishing_event: Event
    killed: Killed | None = None
    covered_by: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Who noticed it, or why nobody did."""
        if self.killed is not None:
            return f"noticed by {self.killed.scenario}, event {self.killed.event}"
        if not self.covered_by:
            return "no scenario has an event that would show it"
        if len(self.covered_by) == 1:
            return f"{self.covered_by[0]} has an event that would show it, but expects nothing that differs"
        others = counted(len(self.covered_by) - 1, "other scenario")
        return f"{self.covered_by[0]} and {others} have an event that would show it, but expect nothing that differs"

    def suggestion(self, matcher: Matcher) -> ScenarioEvent:
        """The event as one of a scenario that expects what starts now; ``matcher`` is the one of the flows."""
        event = self.distinguishing_event
        return ScenarioEvent(
            event=event.event,
            instance=event.instance or "",
            participant=event.participant,
            message=event.message,
            expect=matcher.match(event),
        )

    def advice(self, config: WorkspaceConfig) -> str:
        """The suggestion in words: ``a bot sends an image on WhatsApp · Shop; expect no support-reply``."""
        flow = self.mutant.flow
        no = "" if matches(flow, self.distinguishing_event.key, config) else "no "
        return f"{event_clause(self.distinguishing_event, config)}; expect {no}{flow.id}"


def mutants_of(flow: Flow, config: WorkspaceConfig) -> tuple[Mutant, ...]:
    """Every mutant of ``flow``, equivalent ones and details included, each behind what it is a detail of."""
    return tuple(_mutants_of(flow, config)) if flow.enabled else ()


def distinguishing_event(mutant: Mutant, config: WorkspaceConfig) -> Event | None:
    """The likeliest event on which flow and mutant decide differently.

    ``None`` if the installed instances have no such event.
    """
    one, other = mutant.flow.trigger, mutant.mutated.trigger
    installed = [at.id for at in config.instances_of(one.channel)]
    messages = (*_WHAT, None) if one.event == "message_created" else (None,)
    candidates = product(
        _candidates(_only(one.instance), _only(other.instance), installed),
        _candidates(one.participant_types, other.participant_types, (*_WHO, None)),
        _candidates(one.message_types, other.message_types, messages),
    )
    for instance, who, what in candidates:
        event = Event(
            event=one.event,
            channel=one.channel,
            instance=instance,
            participant=None if who is None else Participant(type=who),
            message=None if what is None else Message(type=what),
        )
        if mutant.differs_on(event.key, config):
            return event
    return None


def check_mutants(workspace: Workspace, matcher: Matcher, played: Iterable[ScenarioResult]) -> Iterator[MutantResult]:
    """Try every mutant that is not equivalent, by flow id, on the scenarios that were ``played``.

    Scenarios that fail already notice nothing, and are left out. ``matcher`` is the one of ``workspace``. Of what
    was played only the keys are kept, so that ``played`` may be lazy and large.
    """
    passed, meetings = _digest(played)
    for _, flow in sorted(workspace.flows.items()):
        met, config = meetings.get((flow.trigger.event, flow.trigger.channel), {}), workspace.config
        survived: set[Clause | None] = set()
        for mutant in mutants_of(flow, config):
            if mutant.detail_of in survived:
                continue
            event = distinguishing_event(mutant, config)
            if event is None:
                continue
            touched = sorted(chain.from_iterable(each for key, each in met.items() if mutant.differs_on(key, config)))
            killed, covered_by = _killed(mutant, touched, passed, workspace, matcher)
            if killed is None and mutant.detail_of is None:
                survived.add(mutant.clause)
            yield MutantResult(mutant, event, killed, covered_by)


def _mutants_of(flow: Flow, config: WorkspaceConfig) -> Iterator[Mutant]:
    trigger = flow.trigger
    yield Mutant(flow, replaced(flow, enabled=False), "enabled", "switched off")
    if trigger.instance is not None:
        installed = config.by_id.get(trigger.instance)
        only = installed.name if installed else trigger.instance
        yield _narrowed(flow, "instance", None, f"every instance instead of {only}")
    who, what = trigger.participant_types, trigger.message_types
    yield from _of_types(flow, "participant_types", who, _WHO, who_of, "somebody unknown")
    yield from _of_types(flow, "message_types", what, _WHAT, what_of, "a message of unknown type")


def _of_types(
    flow: Flow,
    clause: Clause,
    chosen: frozenset[V] | None,
    vocabulary: Sequence[V],
    words: Callable[[frozenset[V] | None], str],
    unknown: str,
) -> Iterator[Mutant]:
    """The mutants of a narrowing to types; ``vocabulary`` has the likeliest first."""
    if chosen is None:
        return
    every, now = words(None), words(chosen)
    # A list of all types lets everything through that is not unknown.
    yield _narrowed(flow, clause, None, f"{unknown} too" if every == now else f"{every} instead of {now}")
    named = named_types(chosen, vocabulary)
    likeliest_other = [each for each in vocabulary if each not in named][:1]
    for each in (*named, *likeliest_other):
        flipped, word = chosen ^ {each}, words(frozenset({each}))
        if not flipped or len(flipped) == len(vocabulary):
            continue  # as if switched off, or dropped
        if each in chosen:
            yield _narrowed(flow, clause, flipped, f"no longer {word}", "enabled")
        else:
            yield _narrowed(flow, clause, flipped, f"{word} too", clause)


def _narrowed(flow: Flow, clause: Clause, to: Any, words: str, detail_of: Clause | None = None) -> Mutant:
    return Mutant(flow, replaced(flow, trigger=replaced(flow.trigger, **{clause: to})), clause, words, detail_of)


def _only(value: str | None) -> Collection[str] | None:
    return None if value is None else (value,)


def _candidates(one: Collection[_T] | None, other: Collection[_T] | None, values: Sequence[_T]) -> Sequence[_T]:
    """Those of ``values`` that ``one`` or ``other`` lets through; where both are the same, the first of them."""
    through = [each for each in values if one is None or other is None or each in one or each in other]
    return through if one != other else through[:1]


def _digest(played: Iterable[ScenarioResult]) -> tuple[list[Scenario], _Meetings]:
    """The scenarios that passed, and which keys they met."""
    passed: list[Scenario] = []
    places: defaultdict[tuple[str, str | None], defaultdict[EventKey, list[_Meeting]]]
    places = defaultdict(lambda: defaultdict(list))
    for result in played:
        if not result.ok:
            continue
        met: dict[EventKey, _Meeting] = {}
        for position, (trace, scripted) in enumerate(_traces_in_order(result)):
            # No flow hears of some events; these have a note that says so.
            certain = scripted is not None and scripted.event.expect is not None and not trace.note
            shows = scripted.number if scripted is not None and certain else None
            met.setdefault(trace.event.key, _Meeting(len(passed), position, shows))
        for key, meeting in met.items():
            places[key.event, key.channel][key].append(meeting)
        passed.append(result.scenario)
    return passed, places


def _traces_in_order(result: ScenarioResult) -> Iterator[tuple[Trace, EventResult | None]]:
    """Every turn in the order in which flows were asked, those with which events were heard of first with these."""
    for event in result.events:
        for delivered in event.traces:
            for trace in every_trace(delivered):
                yield trace, event if trace is event.trace else None


def _killed(
    mutant: Mutant,
    touched: Sequence[_Meeting],
    passed: Sequence[Scenario],
    workspace: Workspace,
    matcher: Matcher,
) -> tuple[Killed | None, tuple[str, ...]]:
    """The first of the ``passed`` scenarios that notices, and those before it that could have and did not."""
    covered_by: list[str] = []
    altered: tuple[Workspace, Matcher] | None = None
    for number, meetings in groupby(touched, key=lambda meeting: meeting.scenario):
        scenario, shows = passed[number], next(meetings).shows
        if shows is None:
            altered = altered or _altered(mutant.mutated, workspace, matcher)
            shows = next((event.number for event in iter_results(scenario, *altered) if not event.ok), None)
        if shows is not None:
            return Killed(scenario.id, shows), tuple(covered_by)
        covered_by.append(scenario.id)
    return None, tuple(covered_by)


def _altered(flow: Flow, workspace: Workspace, matcher: Matcher) -> tuple[Workspace, Matcher]:
    altered = workspace.with_flow(flow)
    return altered, matcher.updated(workspace.flows, altered.flows, (flow.id,))
