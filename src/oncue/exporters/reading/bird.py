"""Bird: flows of what Bird exported. Of its steps only notes and closing are understood; all others are left out."""

import re
from typing import Any

from oncue.domain.fitting import RuleError
from oncue.domain.steps import AddNote, CloseConversation, Step
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.workspace import Instance
from oncue.errors import ExportError
from oncue.exporters.bird import EVENTS, TYPES, UUID
from oncue.exporters.reading.found import Found, NotUnderstoodError, Reading, is_list_of
from oncue.text import counted

_CONVERSATION = "{{trigger.payload.conversation.conversationId}}"
_OURS = {name: ours for ours, names in TYPES.items() for name in names}
_KNOWN = ("channelId", "connectorTemplateSlug", "event", "participantTypes")


def read(content: Any, reading: Reading) -> Found:
    """A flow for each flow of Bird whose trigger is one on conversations."""
    flows = content if isinstance(content, list) else [content]
    if not is_list_of(dict, flows):
        raise ExportError("expected a flow of Bird, or a list of them")
    channels = reading.instance_by(UUID)
    events = {name: ours for ours, name in EVENTS.items()} | {
        str(name): ours for ours, name in reading.names.tables.get("events", {}).items()
    }
    for each in flows:
        name = str(each.get("name", "flow"))
        try:
            place, fields = _trigger(each, channels, events, name, reading)
            triggers = reading.triggers_at([place], **fields)
            reading.add(name, triggers, name=name.strip() or "Flow", steps=_steps(each, name, reading))
        except (NotUnderstoodError, RuleError) as error:
            reading.note(name, str(error))
    return reading.done()


def _trigger(
    flow: dict[str, Any], channels: dict[str, Instance], events: dict[str, str], name: str, reading: Reading
) -> tuple[Instance, dict[str, Any]]:
    trigger = flow.get("trigger")
    data = trigger.get("data") if isinstance(trigger, dict) else None
    if not isinstance(trigger, dict) or trigger.get("type") != "conversation" or not isinstance(data, dict):
        raise NotUnderstoodError("its trigger is none on conversations")
    if unknown := [key for key in data if key not in _KNOWN]:
        raise NotUnderstoodError(f"its trigger has {unknown[0]}, which is not known")
    event = events.get(str(data.get("event")))
    if event is None:
        raise NotUnderstoodError(
            f"the event {data.get('event')!r} is not known; say which it is in a file for --map, [events]"
        )
    instance = channels.get(str(data.get("channelId")))
    if instance is None:
        raise NotUnderstoodError(
            f"channel {data.get('channelId')} is no instance that is known; say which in [instances]"
        )
    return instance, {"event": event, "participant_types": _types(data.get("participantTypes"), name, reading)}


def _types(listed: Any, name: str, reading: Reading) -> frozenset[str] | None:
    """Participant types; ``None`` for all, as Bird lists them one by one."""
    if listed is None:
        return None
    if not is_list_of(str, listed):
        raise NotUnderstoodError("participantTypes is no list")
    for each in listed:
        if each not in _OURS:
            raise NotUnderstoodError(f"the participant type {each!r} is not known")
    types = frozenset(_OURS[each] for each in listed)
    for ours in sorted(types):
        missing = [each for each in TYPES[ours] if each not in listed]
        if missing:
            reading.note(name, f"it does not list {missing[0]!r}, which is {ours} here, too")
    return None if len(types) == len(PARTICIPANT_TYPES) else types


def _steps(flow: dict[str, Any], name: str, reading: Reading) -> tuple[Step, ...]:
    """The steps, in the order in which they follow each other, up to a branch."""
    definition = flow.get("definition")
    steps = definition.get("steps") if isinstance(definition, dict) else None
    if not isinstance(definition, dict) or not isinstance(steps, dict):
        return ()
    found: list[Step] = []
    at, seen = definition.get("startAt"), set()
    while isinstance(at, str) and at in steps and at not in seen and isinstance(steps[at], dict):
        seen.add(at)
        step, at = steps[at], steps[at].get("next")
        kind = str(step.get("type"))
        if kind == "terminate":
            break
        made = _step(kind, step.get("parameters"))
        if made is None:
            reading.note(name, f"the step {kind} is left out")
        else:
            found.append(made)
    if rest := [each for each in steps if each not in seen]:
        reading.note(name, f"behind branches, {counted(len(rest), 'step')} left out, such as {rest[0]}")
    return tuple(found)


def _step(kind: str, parameters: Any) -> Step | None:
    payload = parameters.get("payload") if isinstance(parameters, dict) else None
    if not isinstance(payload, dict):
        return None
    operation = re.fullmatch(r"mrn:v1:collaboration:endpoints:(\w+):[0-9.]+", kind)
    match operation and operation[1], payload:
        case "createComment", {"body": {"type": "text", "text": {"text": str(text)}}}:
            ours = text.replace(_CONVERSATION, "{{conversation.id}}")
            return None if "{{" in ours.replace("{{conversation.id}}", "") else AddNote(text=ours)
        case "updateFeedItem", {"closed": True}:
            return CloseConversation() if len(payload) == 1 else None
    return None
