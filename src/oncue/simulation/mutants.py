"""The mutants of a flow, for mutation testing: copies of the flow with one small change to its trigger each.

If a scenario passes with the flow and fails with the mutant, it *kills* the mutant. A mutant that survives all
scenarios (`oncue.simulation.mutation_testing` runs them) is a decision of the trigger that no scenario tests.

Mutants follow the sentence that people read, *When a contact sends an image or a file on WhatsApp · Rentals*:

* The flow is *switched off*. Does any scenario expect it to start?
* Each narrowing is *dropped*, as in *anybody instead of a contact*. Does any scenario need it?
* Each type that the sentence names is flipped, as in *no longer a file*, and the likeliest of all other types, as in
  *an agent too*. Does any scenario test on which side of the line that type is?

Flipping every type would make eighteen mutants of a flow on texts by contacts, which nobody would read or write
scenarios for. The likeliest one is enough to show that the narrowing works. For the same reason flips are *details*:
while switching the flow off survives, taking out its types one by one is not tried, and while dropping a narrowing
survives, letting in one more type is not tried.

* Each condition is *dropped*, made wider or narrower, and *negated* (`oncue.simulation.condition_mutants`). Does any
  scenario have an occasion on which it does not hold?

A mutant is *equivalent* if it decides like the flow on every event that the installed instances can have, such as
*every instance* of a channel with a single one, or a condition that follows from another. It says nothing about the
scenarios. All others have a `distinguishing_event`.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import possible
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, MessageType, ParticipantType, V
from oncue.domain.wording import named_types, what_of, who_of
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.semantics import matches
from oncue.simulation.condition_mutants import ChangedWhen, changes_of

Clause = str
"""What is changed: a clause, named as in `oncue.matching.semantics`, or a condition."""

# The likeliest first, so that suggestions are what people would think of themselves.
_COMMON: tuple[MessageType, ...] = ("text", "image", "file")
_WHO: tuple[ParticipantType, ...] = tuple(PARTICIPANT_TYPES)
_WHAT: tuple[MessageType, ...] = tuple(dict.fromkeys((*_COMMON, *MESSAGE_TYPES)))

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Mutant:
    """``mutated`` is ``flow`` with one change to its ``clause``, which ``words`` describe.

    ``detail_of`` is the clause that another mutant changes as a whole; while that one survives, this one is not tried.
    ``change`` is that of its conditions, if they are changed.
    """

    flow: Flow
    mutated: Flow
    clause: Clause
    words: str
    detail_of: Clause | None = None
    change: ChangedWhen | None = None

    @property
    def drops_condition(self) -> bool:
        """Whether a condition was removed."""
        return self.change is not None and not self.change.detail

    def differs_on(self, key: EventKey, config: WorkspaceConfig) -> bool:
        """Whether flow and mutant decide differently on an event with ``key``, or can, if they have conditions."""
        if self.change is not None:
            return matches(self.flow, key, config) and self._conditions_differ(Setting.of(key), config)
        return matches(self.flow, key, config) != matches(self.mutated, key, config)

    def _conditions_differ(self, setting: Setting, config: WorkspaceConfig) -> bool:
        one, other = Conditions.of(self.flow, config), Conditions.of(self.mutated, config)
        return possible(setting, [one], [other]) or possible(setting, [other], [one])


def mutants_of(flow: Flow, config: WorkspaceConfig) -> tuple[Mutant, ...]:
    """Every mutant of ``flow``, including equivalent ones; details come after the mutant that they belong to."""
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
    if flow.when is not None:
        for change in changes_of(flow.when):
            detail_of = None if not change.detail else "enabled" if change.narrower else change.key
            yield Mutant(flow, replaced(flow, when=change.when), change.key, change.words, detail_of, change)


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
    all_known = len(chosen) == len(vocabulary)
    yield _narrowed(flow, clause, None, f"{unknown} too" if all_known else f"{every} instead of {now}")
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
