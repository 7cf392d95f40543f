"""Bird: a flow with trigger and steps for each flow and instance, as Bird stores them.

Only what was seen in a flow that Bird exported is written. The name of the event *conversation created* is known, those
of the others are not: a map may give them (``[events]``), and a flow without is left out. The same goes for the key of
message types, which is not known, and for most steps. A trigger has one channel, so a flow for every instance of a
channel becomes one for each.
"""

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from oncue.analysis.decisions import WHO, Who
from oncue.analysis.grid import Keys
from oncue.domain.placeholders import names_in
from oncue.domain.steps import AddNote, CloseConversation, Step, Wait
from oncue.domain.values import replaced
from oncue.domain.vocabulary import PARTICIPANT_TYPES
from oncue.domain.workspace import Instance
from oncue.exporters.chatwoot import space
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Narrowed, Rule, Unsaid, conditions_unsaid, exact, step_unsaid, unsayable
from oncue.text import visible

LABEL = "Bird"
FILE = "bird.json"

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
TYPES: Mapping[str, tuple[str, ...]] = {
    "contact": ("contact",),
    "agent": ("user", "agent"),
    "bot": ("bot",),
    "flow": ("flow",),
    "access_key": ("accessKey",),
    "connector": ("connector",),
    "channel": ("channel",),
    "automation": ("collaborationAutomation",),
}
"""What Bird calls participant types. A person of the team is a ``user`` in events, and an ``agent`` by name only."""

SLUGS: Mapping[str, str] = {"whatsapp": "whatsapp:1.0"}
EVENTS: Mapping[str, str] = {"conversation_created": "created"}
_NOBODY = "00000000-0000-0000-0000-000000000000"
_STATED: frozenset[Who] = frozenset(who for who in WHO if who is not None)


def export(job: Job, /) -> Exported:
    """A list of flows; disabled ones are left out, as where they are switched off is not known."""
    flows: list[dict[str, Any]] = []
    rules = []
    every = space(job.grid)
    for each in job.narrowed:
        flow = each.flow
        event = job.names.known("events", flow.trigger.event) or EVENTS.get(flow.trigger.event)
        if event is None:
            rules.append(
                unsayable(flow, "trigger.event", "what Bird calls it is not known; --map may say so, [events]")
            )
        elif not each.decided.starts:
            gone = () if flow.enabled else (Unsaid("enabled", "the flow is left out"),)
            rules.append(exact(each, job.grid, gone))
        else:
            steps, unsaid = _steps(each)
            flows += (_flow(each, instance, event, steps, job) for instance in _installed(each, job))
            rules.append(_rule(each, unsaid, job, every))
    return Exported({FILE: f"{json.dumps(flows, indent=2)}\n"}, tuple(rules))


def _installed(narrowed: Narrowed, job: Job) -> list[Instance]:
    trigger = narrowed.flow.trigger
    return [each for each in job.config.instances_of(trigger.channel) if trigger.instance in (None, each.id)]


def _flow(narrowed: Narrowed, instance: Instance, event: str, steps: list[dict[str, Any]], job: Job) -> dict[str, Any]:
    flow = narrowed.flow
    channel = job.names.instance(instance, UUID, "channel id")
    slug = job.names.known("channels", instance.channel) or SLUGS.get(instance.channel)
    if slug is None:
        slug = job.names.other("channels", instance.channel, "connector template")
    ids = [_step_id(flow.id, number) for number in range(len(steps))]
    linked = {
        own: {**step, **({"next": ids[number + 1]} if number + 1 < len(ids) else {})}
        for number, (own, step) in enumerate(zip(ids, steps, strict=True))
    }
    several = flow.trigger.instance is None
    return {
        "name": visible(f"{flow.name} · {instance.name}" if several else flow.name),
        "trigger": {
            "type": "conversation",
            "data": {
                "channelId": channel,
                "connectorTemplateSlug": slug,
                "event": event,
                "participantTypes": [
                    name for who in PARTICIPANT_TYPES if who in narrowed.decided.starts for name in TYPES[who]
                ],
            },
            "metadata": {"sourceId": channel, "testingSourceId": _NOBODY, "additionResources": None},
        },
        "definition": {"startAt": ids[0], "steps": linked},
    }


def _rule(narrowed: Narrowed, steps: tuple[Unsaid, ...], job: Job, every: Keys) -> Rule:
    flow = narrowed.flow
    unsaid = [*conditions_unsaid(narrowed.open, "a trigger has no conditions"), *steps]
    if flow.trigger.message_types is not None:
        unsaid.insert(0, Unsaid("trigger.message_types", "which key holds them is not known"))
    wide = replaced(flow.trigger, message_types=None)
    return Rule(flow, job.grid.keys_of(wide, narrowed.decided.starts) & every, None, tuple(unsaid), every)


def _steps(narrowed: Narrowed) -> tuple[list[dict[str, Any]], tuple[Unsaid, ...]]:
    """The steps as Bird has them, with one that ends the run; and those whose stored form is not known."""
    steps, unsaid = [], []
    waits = False
    for number, step in enumerate(narrowed.flow.steps):
        waits = waits or isinstance(step, Wait)
        found = None if waits else _step(step)
        if found is None:
            why = "it and the steps below are left out" if waits else "how Bird stores it is not known"
            unsaid.append(step_unsaid(number, step, why))
        else:
            steps.append(found)
    steps.append({"type": "terminate", "parameters": {"code": "", "fail": False, "reason": ""}})
    return steps, tuple(unsaid)


_ITEM = {
    "feedId": "channel:{{trigger.payload.conversation.channelId}}",
    "itemId": "{{trigger.payload.conversation.conversationId}}",
    "workspaceId": "{{run.workspaceId}}",
}


def _step(step: Step) -> dict[str, Any] | None:
    match step:
        case AddNote() if "{{" not in step.text.replace("{{conversation.id}}", "") and set(names_in(step.text)) <= {
            "conversation.id"
        }:
            text = step.text.replace("{{conversation.id}}", "{{trigger.payload.conversation.conversationId}}")
            body = {"type": "text", "text": {"text": text}}
            return _call("createComment", {"payload": {"body": body}, "request": _ITEM})
        case CloseConversation():
            return _call("updateFeedItem", {"payload": {"closed": True}, "request": _ITEM})
    return None


def _call(operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": f"mrn:v1:collaboration:endpoints:{operation}:1.0.0", "parameters": parameters}


def _step_id(flow_id: str, number: int) -> str:
    return f"step_{blake2b(f'{flow_id} {number}'.encode(), digest_size=4).hexdigest()}"
