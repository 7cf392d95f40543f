"""Chatwoot: automation rules, each the body of a ``POST …/automation_rules``.

A rule is a flat chain of conditions. Its ``and`` binds tighter than its ``or`` and there are no parentheses, so only
chains of ``and`` are written, with alternatives among the values. Rules know inboxes and whether a message came in or
went out, and nothing else of who wrote or what kind of message it is; of conversations that start not even that. They
look for letters in the text, which is near to what phrases are, and reported as another thing. Texts that are sent
are templates of Liquid: our placeholders become theirs, and braces that a person wrote stay what they are.
"""

import json
import re
from typing import Any

from oncue.analysis.decisions import WHO, Who
from oncue.analysis.grid import Grid, Keys
from oncue.domain.placeholders import names_in
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
    Wait,
)
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import (
    Narrowed,
    Rule,
    Unsaid,
    conditions_unsaid,
    exact,
    step_unsaid,
    unsayable,
)
from oncue.text import visible
from oncue.workbench.escaping import liquid_text

LABEL = "Chatwoot"
FILE = "chatwoot.json"

EVENTS = ("conversation_created", "message_created")
INBOX = r"[1-9][0-9]{0,8}"
_WHY = "not among the conditions that are exported to rules"
_NEAR = {"text_any": "contains", "text_all": "contains", "text_none": "does_not_contain"}
_NO_EVENT = "rules hear of conversations and messages, not of participants"
_STATED: frozenset[Who] = frozenset(who for who in WHO if who is not None)
_LABEL = re.compile(r"[a-z0-9_-]+")


def export(job: Job, /) -> Exported:
    """A list of rules; a disabled flow is a rule that is not active."""
    rules, said = [], []
    every = space(job.grid)
    for each in job.narrowed:
        flow = each.flow
        if flow.trigger.event not in EVENTS:
            said.append(unsayable(flow, "trigger.event", _NO_EVENT))
        elif not _installed(each, job):
            said.append(unsayable(flow, "trigger.channel", "no instance of it is installed"))
        elif flow.enabled and not each.decided.starts:
            said.append(exact(each, job.grid))
        else:
            actions, unsaid = _actions(each, job)
            rules.append(_rule(each, actions, job))
            said.append(_said(each, unsaid, job.grid, every))
    return Exported({FILE: f"{json.dumps(rules, indent=2)}\n"}, tuple(said))


def _rule(narrowed: Narrowed, actions: list[dict[str, Any]], job: Job) -> dict[str, Any]:
    flow = narrowed.flow
    conditions = [_condition("inbox_id", _inboxes(narrowed, job))]
    direction = _direction(narrowed)
    if direction is not None:
        conditions.append(_condition("message_type", [direction]))
    for line in _near(narrowed):
        phrases = [_letters(each) for each in getattr(flow.when, line)]
        alternatives = [phrases] if line == "text_any" else [[each] for each in phrases]
        conditions += (_condition("content", each, _NEAR[line]) for each in alternatives)
    conditions[-1]["query_operator"] = None
    return {
        "name": visible(flow.name),
        "description": visible(flow.description),
        "event_name": flow.trigger.event,
        "active": flow.enabled,
        "conditions": conditions,
        "actions": actions,
    }


def _near(narrowed: Narrowed) -> tuple[str, ...]:
    """The lines of ``[when]`` that are said by letters, and not by words."""
    return tuple(key for key in narrowed.open if key in _NEAR)


def _letters(phrase: str) -> str:
    return " ".join(phrase.strip().removesuffix("*").split())


def _condition(key: str, values: list[Any], operator: str = "equal_to") -> dict[str, Any]:
    return {
        "attribute_key": key,
        "filter_operator": operator,
        "values": values,
        "query_operator": "and",
        "custom_attribute_type": "",
    }


def _inboxes(narrowed: Narrowed, job: Job) -> list[int]:
    found = [job.names.instance(each, INBOX, "inbox id") for each in _installed(narrowed, job)]
    return sorted(int(each) for each in found if each)


def _installed(narrowed: Narrowed, job: Job) -> list[Instance]:
    """The instances that the flow listens to."""
    trigger = narrowed.flow.trigger
    return [each for each in job.config.instances_of(trigger.channel) if trigger.instance in (None, each.id)]


def _whos(narrowed: Narrowed) -> frozenset[Who]:
    """Those for whom the flow starts; of a disabled one those for whom it would."""
    if narrowed.flow.enabled:
        return narrowed.decided.starts & _STATED
    types = narrowed.flow.trigger.participant_types
    return _STATED if types is None else frozenset(types)


def _direction(narrowed: Narrowed) -> str | None:
    """Whether messages have to be incoming or outgoing; ``None`` where that is not asked for."""
    whos = _whos(narrowed)
    if narrowed.flow.trigger.event != "message_created" or ("contact" in whos and len(whos) > 1):
        return None
    return "incoming" if "contact" in whos else "outgoing"


def _heard(narrowed: Narrowed) -> frozenset[Who]:
    """Those for whom the rule matches."""
    direction = _direction(narrowed)
    if direction is None:
        return _STATED
    return frozenset({"contact"}) if direction == "incoming" else _STATED - {"contact"}


def _said(narrowed: Narrowed, steps: tuple[Unsaid, ...], grid: Grid, every: Keys) -> Rule:
    flow = narrowed.flow
    trigger, near = flow.trigger, _near(narrowed)
    unsaid = [
        *conditions_unsaid(near, "contains looks for letters in any case, and not for words"),
        *conditions_unsaid((each for each in narrowed.open if each not in near), _WHY),
    ]
    heard = _heard(narrowed)
    if heard != _whos(narrowed):
        why = "only incoming, from contacts, or outgoing" if trigger.event == "message_created" else "not at the start"
        unsaid.insert(0, Unsaid("trigger.participant_types", why))
    if trigger.message_types is not None:
        unsaid.insert(0, Unsaid("trigger.message_types", "rules do not tell types of messages apart"))
    wide = replaced(trigger, message_types=None)
    keys = grid.keys_of(wide, heard) if flow.enabled else 0
    when = None if flow.when is None else flow.when.without(*(key for key in flow.when.lines if key not in near))
    return Rule(flow, keys & every, when, (*unsaid, *steps), every, near)


def space(grid: Grid) -> Keys:
    """The keys that there are in Chatwoot: every event has an inbox and somebody, every message a type."""
    return sum(
        grid.bit(key)
        for key in grid.every_key(grid.keys)
        if key.instance is not None
        and key.participant_type is not None
        and (key.event != "message_created" or key.message_type is not None)
    )


def _actions(narrowed: Narrowed, job: Job) -> tuple[list[dict[str, Any]], tuple[Unsaid, ...]]:
    """The actions of a rule, and the steps that are none."""
    actions, unsaid = [], []
    by_contact = _whos(narrowed) == {"contact"}
    waits = False
    for number, step in enumerate(narrowed.flow.steps):
        waits = waits or isinstance(step, Wait)
        found = "rules do not wait, so it and the steps below are left out" if waits else _action(step, job, by_contact)
        if isinstance(found, str):
            unsaid.append(step_unsaid(number, step, found))
        else:
            actions.append({"action_name": found[0], "action_params": found[1]})
    webhook = job.names.setting("webhook")
    if webhook:
        actions.append({"action_name": "send_webhook_event", "action_params": [webhook]})
    return actions, tuple(unsaid)


def _action(step: Step, job: Job, by_contact: bool) -> tuple[str, list[Any]] | str:
    """The name and the parameters of an action; or why there is none."""
    match step:
        case SendMessage(message_type="text") | AddNote():
            name = "send_message" if isinstance(step, SendMessage) else "add_private_note"
            text, unknown = _text(step.text, by_contact)
            return f"no variable for {{{{{unknown}}}}}" if unknown else (name, [text])
        case SendMessage():
            return "only text can be sent"
        case AssignAgent(participant_type="agent") if not names_in(step.agent):
            return "assign_agent", [_number(job.names.other("agents", step.agent, "agent id"))]
        case AssignAgent():
            return "only an agent that is known beforehand can be assigned"
        case AssignTeam():
            return "assign_team", [_number(job.names.other("teams", step.team, "team id"))]
        case Unassign():
            return "assign_agent", ["nil"]
        case AddLabel() | RemoveLabel():
            if not _LABEL.fullmatch(step.label):
                return "labels there consist of a-z, 0-9, - and _"
            return step.type, [step.label]
        case CloseConversation():
            return "resolve_conversation", []
        case ReopenConversation():
            return "open_conversation", []
    return "there is no such action"


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(INBOX, text) else text


VARIABLES = {
    "conversation.id": "conversation.display_id",
    "conversation.instance": "inbox.name",
    "conversation.assignee": "agent.name",
}


def _text(text: str, by_contact: bool) -> tuple[str, str | None]:
    """A template; and the first placeholder that has no variable there."""
    unknown = None
    parts = re.split(r"(\{\{\s*[^{}\s]{1,64}\s*\}\})", text)
    for number, part in enumerate(parts):
        names = names_in(part)
        if not names:
            parts[number] = liquid_text(part)
            continue
        name = "contact.name" if names[0] == "participant.name" and by_contact else VARIABLES.get(names[0])
        if names[0].startswith("contact.") and re.fullmatch(r"contact\.\w+", names[0]):
            name = f"contact.custom_attribute.{names[0].removeprefix('contact.')}"
        unknown = unknown or (None if name else names[0])
        parts[number] = f"{{{{ {name} }}}}"
    return "".join(parts), unknown
