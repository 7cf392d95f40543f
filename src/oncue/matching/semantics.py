"""What a trigger means: one readable predicate per clause.

This is the specification in code (`docs/matching.md` is the one in words) and the source of every
explanation. `oncue.matching.matcher` is the same relation made fast; a property test holds the two equal.

A clause sees the flow and the event's key. Unknown (``None``) fails any clause that narrows on it, by the
ordinary rules of ``==`` and ``in``: no trigger names ``None``.
"""

from collections.abc import Callable, Mapping

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow

Clause = Callable[[Flow, EventKey], bool]


def enabled(flow: Flow, key: EventKey) -> bool:
    """1. The flow is enabled."""
    return flow.enabled


def event(flow: Flow, key: EventKey) -> bool:
    """2. The event kinds are equal."""
    return flow.trigger.event == key.event


def channel(flow: Flow, key: EventKey) -> bool:
    """3. The channels are equal."""
    return flow.trigger.channel == key.channel


def instance(flow: Flow, key: EventKey) -> bool:
    """4. The trigger names no instance, or the instances are equal."""
    named = flow.trigger.instance
    return named is None or named == key.instance


def participant_types(flow: Flow, key: EventKey) -> bool:
    """5. The trigger lists no participant types, or the event's is among them."""
    listed = flow.trigger.participant_types
    return listed is None or key.participant_type in listed


def message_types(flow: Flow, key: EventKey) -> bool:
    """6. The trigger lists no message types, or the event's is among them. (Only message events list any.)"""
    listed = flow.trigger.message_types
    return listed is None or key.message_type in listed


CLAUSES: Mapping[str, Clause] = {
    clause.__name__: clause for clause in (enabled, event, channel, instance, participant_types, message_types)
}
"""The clauses by name, in the order of the specification."""


def matches(flow: Flow, key: EventKey) -> bool:
    """Whether an event with ``key`` starts ``flow``: all clauses hold, and there is nothing else."""
    return all(clause(flow, key) for clause in CLAUSES.values())
