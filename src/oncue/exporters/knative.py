"""Knative: a Trigger with filters for each flow, over CloudEvents. JSON is YAML, so ``kubectl apply -f`` takes it.

The event is a CloudEvent whose type is the kind of event with ``oncue.`` in front, and whose extensions ``channel``,
``instance``, ``participanttype`` and ``messagetype`` are left out where they are not stated.
"""

import json
from collections.abc import Sequence
from typing import Any

from oncue.analysis.decisions import WHO
from oncue.domain.vocabulary import MESSAGE_TYPES, in_order
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import Narrowed, Rule, Unsaid, exact, steps_unsaid, unconditional
from oncue.text import visible

LABEL = "Knative"
FILE = "knative.json"

Filter = dict[str, Any]
_TYPE = "participanttype"
_WHY = "filters know the attributes of the event only"
_STEPS = "a Trigger calls its subscriber; that carries them out"


def export(job: Job, /) -> Exported:
    """A list of Triggers. There are no disabled ones, so disabled flows are left out."""
    triggers = [_trigger(each, job) for each in job.starting()]
    listing = {"apiVersion": "v1", "kind": "List", "items": triggers}
    return Exported({FILE: f"{json.dumps(listing, indent=2)}\n"}, tuple(_rule(each, job) for each in job.narrowed))


def _rule(narrowed: Narrowed, job: Job) -> Rule:
    unsaid = steps_unsaid(narrowed.flow, _STEPS)
    if not narrowed.flow.enabled:
        unsaid = (Unsaid("enabled", "there are no disabled Triggers; the flow is left out"), *unsaid)
    if not narrowed.decided.starts:
        return exact(narrowed, job.grid, unsaid)
    return unconditional(narrowed, job.grid, _WHY, unsaid)


def _trigger(narrowed: Narrowed, job: Job) -> dict[str, Any]:
    flow, names = narrowed.flow, job.names
    service = {"apiVersion": "v1", "kind": "Service", "name": names.setting("service", "oncue")}
    subscriber = {"uri": uri} if (uri := names.setting("uri")) else {"ref": service}
    return {
        "apiVersion": "eventing.knative.dev/v1",
        "kind": "Trigger",
        "metadata": {
            "name": f"{flow.id}-flow",  # an id may end with a hyphen, which a name must not
            "annotations": {"oncue/name": visible(flow.name), "oncue/description": visible(flow.description)},
        },
        "spec": {
            "broker": names.setting("broker", "default"),
            "filters": filters(narrowed, job),
            "subscriber": subscriber,
        },
    }


def filters(narrowed: Narrowed, job: Job) -> list[Filter]:
    """The filters of a flow, all of which have to hold."""
    trigger = narrowed.flow.trigger
    found: list[Filter] = [{"exact": {"type": f"oncue.{trigger.event}", "channel": trigger.channel}}]
    if trigger.instance is not None:
        installed = job.config.by_id.get(trigger.instance)
        found.append(_any("instance", [trigger.instance, *(installed.external_ids if installed else ())]))
    if narrowed.whos is not None:
        listed = [who for who in narrowed.listed if who is not None]
        excluded = [who for who in WHO if who is not None and who not in narrowed.whos]
        # What is not stated is equal to nothing, so it is let through by excluding the others.
        found.append({"not": _any(_TYPE, excluded)} if None in narrowed.whos else _any(_TYPE, listed))
    if trigger.message_types is not None:
        found.append(_any("messagetype", in_order(trigger.message_types, MESSAGE_TYPES)))
    return found


def _any(attribute: str, values: Sequence[str]) -> Filter:
    each = [{"exact": {attribute: value}} for value in values]
    return each[0] if len(each) == 1 else {"any": each}
