"""Chatwoot: flows of automation rules. Only chains of *and* that ask for inboxes and a direction are understood."""

import re
from typing import Any

from oncue.domain.fitting import RuleError
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    RemoveLabel,
    ReopenConversation,
    SendMessage,
    Step,
    Unassign,
)
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.workspace import Instance
from oncue.errors import ExportError
from oncue.exporters.chatwoot import EVENTS, INBOX, VARIABLES
from oncue.exporters.reading.found import Found, NotUnderstoodError, Reading, is_list_of

_CONTACT = frozenset({"contact"})
_PLACEHOLDERS = {variable: name for name, variable in VARIABLES.items()} | {"contact.name": "participant.name"}


def read(content: Any, reading: Reading) -> Found:
    """A flow for each rule, or several where its inboxes are not all of a channel."""
    rules = content.get("payload", [content]) if isinstance(content, dict) else content
    if not is_list_of(dict, rules):
        raise ExportError("expected a list of automation rules")
    inboxes = reading.instance_by(INBOX)
    for rule in rules:
        name = str(rule.get("name", "rule"))
        try:
            triggers = reading.triggers_at(_places(rule, inboxes), event=rule.get("event_name"), **_fields(rule))
            reading.add(name, triggers, **_described(rule, name, reading))
        except (NotUnderstoodError, RuleError) as error:
            reading.note(name, str(error))
    return reading.done()


def _described(rule: dict[str, Any], name: str, reading: Reading) -> dict[str, Any]:
    """What the flow is called and does."""
    actions = rule.get("actions")
    steps = [_step(each, name, reading) for each in actions] if isinstance(actions, list) else []
    return {
        "name": name.strip() or "Rule",
        "description": str(rule.get("description") or ""),
        "enabled": rule.get("active") is not False,
        "steps": tuple(step for step in steps if step is not None),
    }


def _conditions(rule: dict[str, Any]) -> list[dict[str, Any]]:
    conditions = rule.get("conditions")
    if not is_list_of(dict, conditions):
        raise NotUnderstoodError("it has no list of conditions")
    found: list[dict[str, Any]] = list(conditions)  # type: ignore[arg-type]  # just looked at
    if any(str(each.get("query_operator")).lower() == "or" for each in found[:-1]):
        raise NotUnderstoodError("it has conditions with or")
    return found


def _fields(rule: dict[str, Any]) -> dict[str, Any]:
    """Whom the trigger listens to."""
    if rule.get("event_name") not in EVENTS:
        raise NotUnderstoodError(f"the event {rule.get('event_name')!r} is none of ours")
    types: frozenset[str] | None = None
    for each in _conditions(rule):
        key, operator, values = (each.get(name) for name in ("attribute_key", "filter_operator", "values"))
        if key not in ("inbox_id", "message_type") or operator != "equal_to" or not isinstance(values, list):
            raise NotUnderstoodError(f"the condition {key} {operator} is not understood")
        if key == "message_type":
            heard: frozenset[str] = frozenset()
            for value in values:
                if value not in ("incoming", "outgoing"):
                    raise NotUnderstoodError(f"messages that are {value!r} are not known here")
                heard |= _CONTACT if value == "incoming" else frozenset(PARTICIPANT_TYPES) - _CONTACT
            types = heard if types is None else types & heard
    return {"participant_types": None if types is None or len(types) == len(PARTICIPANT_TYPES) else types}


def _places(rule: dict[str, Any], inboxes: dict[str, Instance]) -> list[Instance]:
    """The instances of which the rule names the inboxes: those that all of its conditions name."""
    chosen: set[str] | None = None
    for each in _conditions(rule):
        if each.get("attribute_key") == "inbox_id":
            stated = set(map(str, each["values"]))
            chosen = stated if chosen is None else chosen & stated
    if chosen is None:
        raise NotUnderstoodError("it is for all inboxes, and a flow is for one channel")
    if unknown := sorted(chosen - set(inboxes)):
        raise NotUnderstoodError(f"inbox {unknown[0]} is no instance that is known; say which in a file for --map")
    return [inboxes[each] for each in sorted(chosen)]


def _step(action: Any, name: str, reading: Reading) -> Step | None:
    kind, params = (
        (action.get("action_name"), action.get("action_params") or []) if isinstance(action, dict) else ("", [])
    )
    value = params[0] if isinstance(params, list) and params else None
    match kind, value:
        case "send_message", str():
            return SendMessage(text=_text(value))
        case "add_private_note", str():
            return AddNote(text=_text(value))
        case "assign_agent", "nil":
            return Unassign()
        case "assign_agent" | "assign_team", int() | str():
            known = {str(number): called for called, number in reading.names.tables.get(f"{kind[7:]}s", {}).items()}
            if str(value) in known:
                called = known[str(value)]
                return AssignAgent(agent=called) if kind == "assign_agent" else AssignTeam(team=called)
        case "add_label" | "remove_label", str():
            return AddLabel(label=value) if kind == "add_label" else RemoveLabel(label=value)
        case "resolve_conversation", _:
            return CloseConversation()
        case "open_conversation", _:
            return ReopenConversation()
    reading.note(name, f"the action {kind} is left out: it is not understood, or what it names is in no file for --map")
    return None


def _text(template: str) -> str:
    """A text with our placeholders for the variables that they stand for."""

    def ours(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[1]
        name = found[2]
        if name.startswith("contact.custom_attribute."):
            return f"{{{{contact.{name.removeprefix('contact.custom_attribute.')}}}}}"
        return f"{{{{{_PLACEHOLDERS[name]}}}}}" if name in _PLACEHOLDERS else found[0]

    return re.sub(r"\{\{\s*(?:\"(\{[{%])\"|([\w.]+))\s*\}\}", ours, template)
