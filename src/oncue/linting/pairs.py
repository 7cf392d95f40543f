"""Flows that do the same for one event: a pair for each flow that has one, and not all pairs, which would be too many.

Flows are compared in groups of the same event and channel, and within these by sets of keys. A flow without conditions
meets another one, with conditions or without, wherever their keys meet. Two flows with conditions meet if both can hold
for one event. Only that is worth a hint at most: two keywords can stand in one message, and hardly ever do.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import islice
from typing import NamedTuple

from oncue.analysis.decisions import settings
from oncue.analysis.grid import Keys
from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import solve
from oncue.analysis.states import Witness, witness
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.linting.context import Context

MOST_TRIED = 25
"""Flows with conditions that another one is held against. Beyond them nothing is claimed."""


class Pair(NamedTuple):
    """``flow`` and ``other`` do the same for one event, of which ``witness`` is an example.

    ``always``: ``other`` starts on every event of some kind on which ``flow`` starts, whatever the conversation is.
    """

    flow: Flow
    other: Flow
    always: bool
    witness: Witness | None


class _Member(NamedTuple):
    flow: Flow
    deed: Hashable
    keys: Keys


def pairs(context: Context, deed: Callable[[Flow], Hashable | None]) -> Iterator[Pair]:
    """A pair for each flow that does something else than another one for the same event.

    ``deed`` is what a flow does; ``None`` is nothing. Two flows of the same deed are no pair.
    """
    groups: defaultdict[tuple[str, str], list[_Member]] = defaultdict(list)
    stated: dict[tuple[str, str], Keys] = {}
    for flow in context.flows:
        does, place = deed(flow), (flow.trigger.event, flow.trigger.channel)
        if does is None:
            continue
        if place not in stated:
            stated[place] = _stated(context, *place)
        keys = context.grid.keys_that_start(flow, context.decided[flow.id]) & stated[place]
        if keys:
            groups[place].append(_Member(flow, does, keys))
    for members in groups.values():
        yield from _among(members, context)


def _stated(context: Context, event: str, channel: str) -> Keys:
    """The keys in which nothing is left open; what is unknown is no case of its own."""
    found = 0
    for each in context.config.instances_of(channel):
        types = frozenset(MESSAGE_TYPES) if event == "message_created" else None
        trigger = Trigger(event=event, channel=channel, instance=each.id, message_types=types)  # type: ignore[arg-type]
        found |= context.grid.keys_of(trigger, PARTICIPANT_TYPES)
    return found


def _among(members: list[_Member], context: Context) -> Iterator[Pair]:
    """Pairs of flows on the same event and channel, which are in order of id."""
    certain: dict[tuple[Keys, Hashable], _Member] = {}
    for each in members:
        if each.flow.when is None:
            certain.setdefault((each.keys, each.deed), each)
    before: list[_Member] = []
    for each in members:
        other = _certain_partner(each, certain)
        if other is not None:
            shared = each.keys & other.keys
            yield Pair(each.flow, other.flow, True, _example(shared, each.flow, context))
        elif each.flow.when is not None:
            yield from islice(_possible(each, before, context), 1)
            before.append(each)


def _certain_partner(each: _Member, certain: dict[tuple[Keys, Hashable], _Member]) -> _Member | None:
    for (keys, deed), other in certain.items():
        if each.flow.when is None and other.flow.id >= each.flow.id:
            return None  # the pair is said of the later one
        if keys & each.keys and deed != each.deed:
            return other
    return None


def _possible(each: _Member, before: list[_Member], context: Context) -> Iterator[Pair]:
    tried = (other for other in before if other.keys & each.keys and other.deed != each.deed)
    for other in islice((other for other in tried if not _of_different_people(each.flow, other.flow)), MOST_TRIED):
        conditions = [Conditions.of(one.flow, context.config) for one in (each, other)]
        shared = each.keys & other.keys
        whos = context.decided[each.flow.id].starts & context.decided[other.flow.id].starts
        for setting, alike in settings(each.flow.trigger.event, whos, conditions):
            keys = shared & context.grid.keys_of(each.flow.trigger, alike)
            state = solve(setting, conditions).state if keys else None
            if state is not None:
                yield Pair(each.flow, other.flow, False, witness(_first(keys, context), state))
                break


def _of_different_people(one: Flow, other: Flow) -> bool:
    """Whether both name whom they are for, and nobody twice: that one's id is the other's name is no case."""
    mine, theirs = (None if each.when is None else each.when.participants for each in (one, other))
    return mine is not None and theirs is not None and not set(mine) & set(theirs)


def _example(keys: Keys, flow: Flow, context: Context) -> Witness | None:
    key = _first(keys, context)
    state = context.state_of(flow, Setting.of(key))
    return None if state is None else witness(key, state)


def _first(keys: Keys, context: Context) -> EventKey:
    return context.grid.key((keys & -keys).bit_length() - 1)
