"""What a trigger means: one readable line per clause.

This is the specification in code (`docs/matching.md` is the one in words) and the source of every
explanation. `oncue.matching.matcher` is the same relation made fast; a property test holds the two equal.

An event may name its instance as the platform does and leave its channel to it. What it means by that is looked up
in the config before anything is compared, so a key cannot be matched without one.

Unknown (``None``) fails any clause that narrows on it, by the ordinary rules of ``==`` and ``in``: no trigger
names ``None``.
"""

from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.conditions import Verdict, all_hold, line_verdicts
from oncue.matching.occasions import Known, Occasion

CLAUSES = ("enabled", "event", "channel", "instance", "participant_types", "message_types")
"""The clauses by name, in the order of the specification."""

Verdicts = tuple[bool, bool, bool, bool, bool, bool]
"""Whether each clause holds, in the order of `CLAUSES`."""


def verdicts(flow: Flow, key: EventKey, config: WorkspaceConfig) -> Verdicts:
    """Hold an event with ``key`` against every clause of ``flow``."""
    return resolved_verdicts(flow, config.resolve_key(key))


def resolved_verdicts(flow: Flow, key: EventKey) -> Verdicts:
    """As `verdicts`, for a key whose place was looked up already. A narrowing of ``None`` was not written."""
    trigger = flow.trigger
    event, channel, instance, participant_type, message_type = key
    return (
        flow.enabled,
        trigger.event == event,
        trigger.channel == channel,
        trigger.instance is None or trigger.instance == instance,
        trigger.participant_types is None or participant_type in trigger.participant_types,
        trigger.message_types is None or message_type in trigger.message_types,
    )


def matches(flow: Flow, key: EventKey, config: WorkspaceConfig) -> bool:
    """Whether an event with ``key`` matches the trigger of ``flow``: all clauses hold, and there is nothing else."""
    return all(verdicts(flow, key, config))


def starts(flow: Flow, event: Event, config: WorkspaceConfig, known: Known | None = None) -> Verdict:
    """Whether ``event`` starts ``flow``: its trigger matches and every condition holds.

    ``None`` if that depends on what is not known. Without ``known``, nothing is but the event.
    """
    if not matches(flow, event.key, config):
        return False
    if flow.when is None:
        return True
    return all_hold(line_verdicts(flow.when, Occasion.of(event, config, known), flow.id).values())
