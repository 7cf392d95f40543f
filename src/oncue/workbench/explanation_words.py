"""The words of explanations: what a clause expects and what the event has, and what an edit would change besides.

Commands speak of values as they are in files; the app shows labels.
"""

from collections.abc import Mapping

from oncue.domain.conditions import CONDITIONS
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.wording import event_clause
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.explain import ClauseResult
from oncue.matching.space import Extent
from oncue.matching.suggested_edits import Shift, SuggestedEdit
from oncue.text import counted, listed

NOT_STATED = "not stated by the event"
EMPTY = "(empty)"
NOT_KNOWN = "not known"
_EVERY = ("text_all", "attributes", "present", "labels")
"""Conditions that ask for all of their values."""
_NEGATIVE = {"text_none": "not", "absent": "no", "without_labels": "not", "outside_hours": "outside"}
"""Conditions that ask for none of their values."""

LETS_THROUGH: Mapping[str, str] = {
    "instance": "every instance",
    "participant_types": "anybody",
    "message_types": "any message type",
}
"""What a clause that is open lets through."""

_LABELS: Mapping[str, Mapping[str, str]] = {
    "event": {kind: term.label for kind, term in EVENT_KINDS.items()},
    "participant_types": {kind: term.label for kind, term in PARTICIPANT_TYPES.items()},
    "message_types": {kind: term.label for kind, term in MESSAGE_TYPES.items()},
}


def actual_words(result: ClauseResult, config: WorkspaceConfig | None = None) -> str:
    """What the event has; as a label if there is a ``config`` to look it up in."""
    if result.actual is None:
        return NOT_KNOWN if result.clause in CONDITIONS else NOT_STATED
    return _value(result.clause, result.actual, config) or EMPTY


def expected_words(result: ClauseResult, config: WorkspaceConfig | None = None) -> str:
    """What the clause lets through; as labels if there is a ``config`` to look them up in."""
    if result.expected is None:
        return LETS_THROUGH[result.clause]
    if result.clause in _EVERY:
        return listed([*result.expected])
    if result.clause in _NEGATIVE:
        return f"{_NEGATIVE[result.clause]} {listed([*result.expected], 'or')}"
    values = [_value(result.clause, value, config) for value in result.expected]
    return " or ".join(values) or "nothing (the list is empty)"


def consequences(edit: SuggestedEdit, config: WorkspaceConfig, examples: bool = True) -> str:
    """What else an edit would change, in one line."""
    return "; ".join(consequences_of(edit, config, examples))


def consequences_of(edit: SuggestedEdit, config: WorkspaceConfig, examples: bool = True) -> list[str]:
    """What else an edit would start and no longer start, with an example of each if there is room for ``examples``."""
    gained, lost = edit.starts, edit.stops
    parts = []
    did, does = edit.always
    if edit.depends:
        parts.append(f"then depends on {listed(list(edit.depends))}")
    if edit.shift is not None:
        parts.append(_shift_words(edit.shift, did, does))
    if gained.size:
        runs = "also runs" if does else "also runs sometimes"
        parts.append(f"{runs} in {counted(gained.size, 'other case')}{_example(gained, config, examples)}")
    if lost.size:
        cases = f"{lost.size:,}" if gained.size else counted(lost.size, "other case")
        ran = "" if did else " where it ran sometimes"
        parts.append(f"no longer runs in {cases}{ran}{_example(lost, config, examples)}")
    return parts or ["changes nothing else"]


def _shift_words(shift: Shift, did: bool, does: bool) -> str:
    """How often the flow runs in the kinds of event that start it before and after an edit of its conditions."""
    cases, keys = counted(shift.size, "case"), listed(list(shift.keys))
    match shift.turn:
        case "more":
            return (
                f"runs always in {cases} where {keys} kept it off sometimes"
                if does
                else (f"runs more often in {cases} where {keys} kept it off sometimes")
            )
        case "less":
            return f"runs only sometimes in {cases} where it ran always" if did else f"runs less often in {cases}"
    return f"runs on other occasions in {cases}"


def _value(clause: str, value: str, config: WorkspaceConfig | None) -> str:
    if config is None:
        return value
    if clause == "channel":
        return config.channel_label(value)
    if clause == "instance":
        return config.by_id[value].name if value in config.by_id else value
    return _LABELS.get(clause, {}).get(value, value)


def _example(extent: Extent, config: WorkspaceConfig, wanted: bool) -> str:
    return f", such as: {event_clause(_event(extent.example), config)}" if wanted and extent.example else ""


def _event(key: EventKey) -> Event:
    message = Message(type=key.message_type) if key.message_type else None  # type: ignore[arg-type]
    return Event(
        event=key.event,  # type: ignore[arg-type]
        channel=key.channel,
        instance=key.instance,
        participant=Participant(type=key.participant_type),  # type: ignore[arg-type]
        message=message,
    )
