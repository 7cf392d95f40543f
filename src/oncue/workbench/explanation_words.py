"""The words of explanations: what a clause expects and what the event has, and what an edit would change besides.

Commands speak of values as they are in files; the app shows labels.
"""

import re
from collections.abc import Callable, Mapping

from oncue.domain.condition_words import lines_in_words
from oncue.domain.conditions import CONDITIONS
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.wording import event_clause
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.explain import ClauseResult
from oncue.matching.space import Extent
from oncue.matching.suggested_edits import Shift, SuggestedEdit
from oncue.text import counted, listed

NOT_STATED = "not stated by the event"
_NOT_STATED = "not stated"
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

_FORM: Mapping[str, str] = {
    "enabled": "on/off",
    "event": "when",
    "channel": "channel",
    "instance": "instance",
    "participant_types": "who",
    "message_types": "type",
}
"""What the app calls the clauses of a trigger: as its form does."""

_MOST = 4
"""Values that a clause names; more are counted."""

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


def clause_label(clause: str) -> str:
    """What the app calls a clause of a trigger, or a condition."""
    return _FORM.get(clause, "only if")


def clause_words(result: ClauseResult, flow: Flow, config: WorkspaceConfig) -> tuple[str, str]:
    """What the app calls a clause of ``flow``, and what it says of it: ``type``, ``Text, wants Location``."""
    label = clause_label(result.clause)
    if result.clause == "enabled":
        return label, "off, has to be on"
    there = result.actual and _value(result.clause, result.actual, config)
    found = _NOT_STATED if result.actual is None else there or EMPTY
    if result.clause in CONDITIONS:
        words = lines_in_words(flow.when)[result.clause] if flow.when else result.clause
        return label, f"{words}; now: {found}"
    if result.expected is None:
        return label, f"{found}, open to {LETS_THROUGH[result.clause]}"
    if not result.expected:
        return label, f"{found}, and none is chosen"
    values = [_value(result.clause, value, config) for value in result.expected]
    more = [f"{len(values) - _MOST + 1} more"] if len(values) > _MOST else []
    named = values[: _MOST - 1] if more else values
    return label, f"{found}, wants {listed([*named, *more], 'or')}"


_IN_THE_APP = (
    (re.compile(r"\bconversation \S+ (is|has|was)\b"), r"the conversation \1"),
    (re.compile(r"; play conversation_created first"), "; start it first"),
    (re.compile(r'; conversation = "…" gives another one a name'), "; open a new one to start another"),
    (re.compile(r" in conversation \S+; there are:"), " here; there are:"),
    (re.compile(r"; to start another one play conversation_created \(.*?\)"), "; open a new one to start another"),
    (re.compile(r' \(message_in_closed_conversation = "refused"\)'), ", and a message does not open it again"),
)


def refusal_in_app(reason: str) -> str:
    """Why an event cannot happen, without the words of files, which nobody sees in the app."""
    for words, spoken in _IN_THE_APP:
        reason = words.sub(spoken, reason)
    return reason[:1].upper() + reason[1:]


def consequences(
    edit: SuggestedEdit, config: WorkspaceConfig, examples: bool = True, name: Callable[[str], str] = str
) -> str:
    """What else an edit would change, in one line. ``name`` says what a condition is called."""
    return "; ".join(consequences_of(edit, config, examples, name))


def consequences_of(
    edit: SuggestedEdit, config: WorkspaceConfig, examples: bool = True, name: Callable[[str], str] = str
) -> list[str]:
    """What else an edit would start and no longer start, with an example of each if there is room for ``examples``."""
    gained, lost = edit.starts, edit.stops
    parts = []
    did, does = edit.always
    if edit.depends:
        parts.append(f"then depends on {listed(list(map(name, edit.depends)))}")
    if edit.shift is not None:
        parts.append(_shift_words(edit.shift, did, does, name))
    if gained.size:
        runs = "also runs" if does else "also runs sometimes"
        parts.append(f"{runs} in {counted(gained.size, 'other case')}{_example(gained, config, examples)}")
    if lost.size:
        cases = f"{lost.size:,}" if gained.size else counted(lost.size, "other case")
        ran = "" if did else " where it ran sometimes"
        parts.append(f"no longer runs in {cases}{ran}{_example(lost, config, examples)}")
    return parts or ["changes nothing else"]


def _shift_words(shift: Shift, did: bool, does: bool, name: Callable[[str], str]) -> str:
    """How often the flow runs in the kinds of event that start it before and after an edit of its conditions."""
    cases, keys = counted(shift.size, "case"), listed(list(map(name, shift.keys)))
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
