"""Does an event with this key start the flow: always, sometimes or never?

*Always* is in every state of the conversation and for every text and time, *never* in none. What conditions come to
depends on the key only by what happened and who did it, and often not even on that: types of participants that cannot
make a difference are decided together.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import possible
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig

Who = str | None
"""A participant type, or that none is stated."""

WHO: tuple[Who, ...] = (*PARTICIPANT_TYPES, None)
_NOBODY: frozenset[Who] = frozenset()


class Decided(NamedTuple):
    """For which participants the flow always starts, where its trigger matches, and for which it sometimes does."""

    always: frozenset[Who]
    sometimes: frozenset[Who] = _NOBODY

    @property
    def starts(self) -> frozenset[Who]:
        """For which it starts at all."""
        return self.always | self.sometimes


NEVER = Decided(_NOBODY)


def decide(flow: Flow, config: WorkspaceConfig) -> Decided:
    """For which participants ``flow`` starts."""
    trigger = flow.trigger
    if not flow.enabled:
        return NEVER
    whos = frozenset(WHO if trigger.participant_types is None else trigger.participant_types)
    if flow.when is None:
        return Decided(whos)
    conditions = [Conditions.of(flow, config)]
    always: set[Who] = set()
    sometimes: set[Who] = set()
    for setting, alike in settings(trigger.event, whos, conditions):
        if not possible(setting, holding=conditions):
            continue
        (sometimes if possible(setting, failing=conditions) else always).update(alike)
    return Decided(frozenset(always), frozenset(sometimes))


def contradiction(flow: Flow, config: WorkspaceConfig) -> tuple[str, ...]:
    """The keys of the fewest lines of ``[when]`` that can never hold together; none if all can, or it has no event.

    One line alone is named where it can never hold on the events that the trigger listens to, such as a line about the
    text where nothing is written, or one that names hours that do not exist.
    """
    trigger, when = flow.trigger, flow.when
    if when is None:
        return ()
    whos = frozenset(WHO if trigger.participant_types is None else trigger.participant_types)

    def impossible(keys: Sequence[str]) -> bool:
        left = when.without(*(key for key in when.lines if key not in keys))
        conditions = [Conditions(flow.id, left, config)]
        return not any(possible(setting, conditions) for setting, _ in settings(trigger.event, whos, conditions))

    keys = list(when.lines)
    if not whos or not impossible(keys):
        return ()
    for key in when.lines:
        fewer = [each for each in keys if each != key]
        if fewer and impossible(fewer):
            keys = fewer
    return tuple(keys)


def settings(
    kind: str, whos: Collection[Who], conditions: Sequence[Conditions]
) -> Iterator[tuple[Setting, frozenset[Who]]]:
    """The settings in which ``conditions`` may be decided differently, each with the participants it stands for."""
    lines = {key for each in conditions if each.when is not None for key in each.when.lines}
    by_contact = any(each.when is not None and each.when.once_per == "contact" for each in conditions)
    groups: dict[tuple[object, ...], list[Who]] = {}
    for who in WHO:
        if who not in whos:
            continue
        setting = Setting(kind, who)
        matters = (
            who if "started_by" in lines and setting.is_start else "",
            who if lines & {"present", "absent"} and setting.is_there else "",
            who == "contact" if by_contact or "first_message" in lines else "",
            who is None if "first_message" in lines else "",
        )
        groups.setdefault(matters, []).append(who)
    for alike in groups.values():
        yield Setting(kind, alike[0]), frozenset(alike)
