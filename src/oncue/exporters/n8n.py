"""n8n: one workflow, in which a webhook hands each event to an IF node for each flow.

An IF node has one combinator, so alternatives are a regular expression over words that have no sign of one. Where
something is not stated, ``?`` is compared. The node behind an IF does nothing; put there what carries out the steps.
n8n takes a parameter that begins with ``=`` for an expression, so no name is ever at the beginning of one.
"""

import json
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from oncue.domain.vocabulary import MESSAGE_TYPES, in_order
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Narrowed, Rule, Unsaid, exact, steps_unsaid, unconditional
from oncue.text import visible

LABEL = "n8n"
FILE = "n8n.json"

_WHY = "an IF node compares what the event says"
_STEPS = "the node behind the IF does nothing; put there what does"
_OURS = UUID("6f6e6375-6500-4000-8000-000000000000")
_UNSTATED = "?"
_SYNTAX = re.compile(r"([\\^$.*+?()\[\]{}|/])")


def export(job: Job, /) -> Exported:
    """A workflow that is not active yet. Disabled flows are left out."""
    nodes: list[dict[str, Any]] = [_webhook(job)]
    connections: dict[str, Any] = {}
    starts = []
    for number, each in enumerate(job.starting()):
        test, start = f"If {each.flow.id}", f"Start {each.flow.id}"
        nodes += (_test(test, each, job, number), _start(start, each, number))
        connections[test] = {"main": [[_to(start)], []]}
        starts.append(_to(test))
    workflow = {
        "name": f"oncue: {visible(job.config.name)}",
        "active": False,
        "settings": {"executionOrder": "v1"},
        "nodes": nodes,
        "connections": {"Event": {"main": [starts]}, **connections},
    }
    return Exported({FILE: f"{json.dumps(workflow, indent=2)}\n"}, tuple(_rule(each, job) for each in job.narrowed))


def _rule(narrowed: Narrowed, job: Job) -> Rule:
    unsaid = (*names_unsaid(narrowed, job), *steps_unsaid(narrowed.flow, _STEPS))
    if not narrowed.flow.enabled:
        unsaid = (Unsaid("enabled", "the flow is left out"), *unsaid)
    if not narrowed.decided.starts:
        return exact(narrowed, job.grid, unsaid)
    return unconditional(narrowed, job.grid, _WHY, unsaid)


def _to(node: str) -> dict[str, Any]:
    return {"node": node, "type": "main", "index": 0}


def _webhook(job: Job) -> dict[str, Any]:
    path = job.names.setting("path", "oncue-event")
    return {
        "id": _id("event"),
        "name": "Event",
        "type": "n8n-nodes-base.webhook",
        "typeVersion": 2,
        "position": [0, 0],
        "webhookId": _id(f"webhook {path}"),
        "parameters": {"httpMethod": "POST", "path": path, "responseMode": "onReceived", "options": {}},
    }


def _test(name: str, narrowed: Narrowed, job: Job, number: int) -> dict[str, Any]:
    conditions = [
        {
            "id": _id(f"{name} {field}"),
            "leftValue": f"={{{{ $json.body.{field.replace('.', '?.')} ?? '{_UNSTATED}' }}}}",
            "rightValue": values[0] if len(values) == 1 else f"^({'|'.join(map(_pattern, values))})$",
            "operator": {"type": "string", "operation": "equals" if len(values) == 1 else "regex"},
        }
        for field, values in fields(narrowed, job)
    ]
    options = {"caseSensitive": True, "leftValue": "", "typeValidation": "strict"}
    return {
        "id": _id(name),
        "name": name,
        "type": "n8n-nodes-base.if",
        "typeVersion": 2,
        "position": [260, 160 * number],
        "parameters": {
            "options": {},
            "conditions": {"combinator": "and", "options": options, "conditions": conditions},
        },
    }


def _start(name: str, narrowed: Narrowed, number: int) -> dict[str, Any]:
    return {
        "id": _id(name),
        "name": name,
        "type": "n8n-nodes-base.noOp",
        "typeVersion": 1,
        "position": [520, 160 * number],
        "notes": f"Flow: {visible(narrowed.flow.name)}",
        "parameters": {},
    }


def fields(narrowed: Narrowed, job: Job) -> list[tuple[str, Sequence[str]]]:
    """The fields of the event that a flow asks for, each with the values that it may have."""
    trigger = narrowed.flow.trigger
    found: list[tuple[str, Sequence[str]]] = [("event", [trigger.event]), ("channel", [trigger.channel])]
    if trigger.instance is not None:
        installed = job.config.by_id.get(trigger.instance)
        names = [trigger.instance, *(installed.external_ids if installed else ())]
        found.append(("instance", [each for each in names if _is_plain(each)]))
    if narrowed.whos is not None:
        found.append(("participant.type", [who or _UNSTATED for who in narrowed.listed]))
    if trigger.message_types is not None:
        found.append(("message.type", in_order(trigger.message_types, MESSAGE_TYPES)))
    return found


def names_unsaid(narrowed: Narrowed, job: Job) -> tuple[Unsaid, ...]:
    """The other names of a flow's instance that are left out."""
    instance = narrowed.flow.trigger.instance
    installed = job.config.by_id.get(instance) if instance is not None else None
    odd = [each for each in (installed.external_ids if installed else ()) if not _is_plain(each)]
    return (Unsaid("trigger.instance", f"not by its external id {visible(odd[0])!r}"),) if odd else ()


def _is_plain(name: str) -> bool:
    """Whether a name can be told from an expression, and holds nothing that cannot be seen."""
    return visible(name) == name and not name.startswith("=")


def _pattern(text: str) -> str:
    return _SYNTAX.sub(r"\\\1", text)


def _id(what: str) -> str:
    """The same id every time, so that a small edit is a small difference."""
    return str(uuid5(_OURS, what))
