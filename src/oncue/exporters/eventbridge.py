"""AWS EventBridge: a rule with a pattern for each flow, as a CloudFormation template.

A pattern says all of a trigger and none of ``[when]``: it knows neither time nor state, and wildcards find no words.
The event on the bus is an event of oncue in ``detail``, with its kind in ``detail-type``. Replays are kept out.
"""

import json
from typing import Any

from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, in_order
from oncue.errors import ExportError
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Narrowed, Rule, exact, steps_unsaid, unconditional
from oncue.text import visible

LABEL = "EventBridge"
FILE = "eventbridge.json"

MOST_OF_A_PATTERN = 2048
"""Characters, which is the quota of AWS if nobody has asked for more."""
_MOST_OF_A_DESCRIPTION = 512
_WHY = "patterns know the event only, and no words in its text"
_STEPS = "a rule only has targets; attach what carries them out"


def export(job: Job, /) -> Exported:
    """One template. Flows that no event starts have no rule, disabled ones a rule that is."""
    resources = {logical_id(each.flow.id): _rule(each, job) for each in job.narrowed if _has_rule(each)}
    template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
    return Exported({FILE: f"{json.dumps(template, indent=2)}\n"}, tuple(_said(each, job) for each in job.narrowed))


def _has_rule(narrowed: Narrowed) -> bool:
    """A list of no types at all cannot be written, and matches nothing."""
    trigger = narrowed.flow.trigger
    if trigger.message_types is not None and not trigger.message_types:
        return False
    return bool(narrowed.decided.starts) or (not narrowed.flow.enabled and trigger.participant_types != frozenset())


def _said(narrowed: Narrowed, job: Job) -> Rule:
    steps = steps_unsaid(narrowed.flow, _STEPS)
    if not narrowed.decided.starts:
        return exact(narrowed, job.grid, steps)
    return unconditional(narrowed, job.grid, _WHY, steps)


def logical_id(flow_id: str) -> str:
    """The name within the template: letters and digits only. Ids have no capital letters, so no two become one."""
    return f"Flow{flow_id.replace('-', 'X')}"


def _rule(narrowed: Narrowed, job: Job) -> dict[str, Any]:
    flow = narrowed.flow
    properties: dict[str, Any] = {
        "Name": flow.id,
        "Description": visible(
            f"{flow.name}: {flow.description}" if flow.description else flow.name, _MOST_OF_A_DESCRIPTION
        ),
        "State": "ENABLED" if flow.enabled else "DISABLED",
        "EventPattern": pattern(narrowed, job),
    }
    bus = job.names.setting("bus")
    if bus:
        properties["EventBusName"] = bus
    return {"Type": "AWS::Events::Rule", "Properties": properties}


def pattern(narrowed: Narrowed, job: Job) -> dict[str, Any]:
    """The event pattern of a flow."""
    trigger = narrowed.flow.trigger
    detail: dict[str, Any] = {"channel": [trigger.channel]}
    if trigger.instance is not None:
        installed = job.config.by_id.get(trigger.instance)
        detail["instance"] = [trigger.instance, *(installed.external_ids if installed else ())]
    types = _types(narrowed)
    if types is not None:
        detail["participant"] = {"type": types}
    if trigger.message_types is not None:
        detail["message"] = {"type": list(in_order(trigger.message_types, MESSAGE_TYPES))}
    found = {
        "source": [job.names.setting("source", "oncue")],
        "detail-type": [trigger.event],
        "detail": detail,
        "replay-name": [{"exists": False}],
    }
    size = len(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
    if size > MOST_OF_A_PATTERN:
        raise ExportError(f"flows/{narrowed.flow.id}.toml: its pattern has {size:,} characters, AWS takes 2,048")
    return found


def _types(narrowed: Narrowed) -> list[Any] | None:
    """The alternatives for the participant's type; ``None`` if it does not matter."""
    if not narrowed.flow.enabled:
        chosen = narrowed.flow.trigger.participant_types
        return None if chosen is None else [*in_order(chosen, PARTICIPANT_TYPES)]
    if narrowed.whos is None:
        return None
    return [{"exists": False} if who is None else who for who in narrowed.listed]
