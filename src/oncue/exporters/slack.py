"""Slack: a trigger file for each flow and instance, for ``slack trigger create --trigger-def``.

Such a trigger hears of messages, and of users who join and leave, in channels of Slack: an instance stands for one,
whose id the user has to give. It can tell users from bots only by their ids, and kinds of messages not at all. A
trigger on messages needs a filter; ours lets every message through.
"""

import json
from typing import Any

from oncue.analysis.decisions import WHO
from oncue.analysis.grid import Keys
from oncue.domain.values import replaced
from oncue.exporters.chatwoot import space
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Narrowed, Rule, Unsaid, conditions_unsaid, exact, steps_unsaid, unsayable
from oncue.text import visible

LABEL = "Slack"
FILE = ""

CHANNEL = r"[CGD][A-Z0-9]{6,}"
EVENTS = {
    "message_created": "message_posted",
    "participant_added": "user_joined_channel",
    "participant_removed": "user_left_channel",
}
_ANY_MESSAGE = {"version": 1, "root": {"operator": "NOT", "inputs": [{"statement": "{{data.user_id}} == null"}]}}
_STATED = frozenset(who for who in WHO if who is not None)


def export(job: Job, /) -> Exported:
    """A file for each flow that Slack can hear of; disabled ones are left out."""
    files, rules = {}, []
    every = space(job.grid)
    for each in job.narrowed:
        flow = each.flow
        if flow.trigger.event not in EVENTS:
            rules.append(unsayable(flow, "trigger.event", "a new channel is heard of in the whole workspace only"))
        elif not each.decided.starts:
            gone = () if flow.enabled else (Unsaid("enabled", "there are no disabled triggers; the flow is left out"),)
            rules.append(exact(each, job.grid, gone))
        else:
            trigger = _trigger(each, job)
            if trigger["event"]["channel_ids"]:
                files[f"{flow.id}.json"] = f"{json.dumps(trigger, indent=2)}\n"
            rules.append(_rule(each, job, every))
    return Exported(files, tuple(rules))


def _trigger(narrowed: Narrowed, job: Job) -> dict[str, Any]:
    flow = narrowed.flow
    installed = job.config.instances_of(flow.trigger.channel)
    chosen = [each for each in installed if flow.trigger.instance in (None, each.id)]
    event: dict[str, Any] = {
        "event_type": f"slack#/events/{EVENTS[flow.trigger.event]}",
        "channel_ids": sorted(job.names.instance(each, CHANNEL, "channel id") for each in chosen),
    }
    if flow.trigger.event == "message_created":
        event["filter"] = _ANY_MESSAGE
    return {
        "type": "event",
        "name": visible(flow.name),
        "description": visible(flow.description),
        "workflow": f"#/workflows/{flow.id.replace('-', '_')}",
        "event": event,
        "inputs": {},
    }


def _rule(narrowed: Narrowed, job: Job, every: Keys) -> Rule:
    flow = narrowed.flow
    unsaid = [*conditions_unsaid(narrowed.open, "filters of Slack know no such thing")]
    if narrowed.decided.starts & _STATED != _STATED:
        unsaid.insert(0, Unsaid("trigger.participant_types", "told apart only by the ids of users"))
    if flow.trigger.message_types is not None:
        unsaid.insert(0, Unsaid("trigger.message_types", "not told apart"))
    keys = job.grid.keys_of(replaced(flow.trigger, message_types=None), _STATED) & every
    steps = steps_unsaid(flow, "the workflow that the trigger names carries them out")
    return Rule(flow, keys, None, (*unsaid, *steps), every)
