"""Node-RED: one tab, in which an endpoint hands each event to a chain of switches for each flow.

A switch for each field in series is *and*; rules of one switch that lead to the same next node are *or*. The node at
the end shows the event in the sidebar; put there what carries out the steps. A property that is exactly ``${NAME}``
would be replaced by an environment variable, so no name stands alone in one.
"""

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from oncue.exporters.job import Exported, Job
from oncue.exporters.n8n import fields, names_unsaid
from oncue.exporters.rules import Narrowed, Rule, exact, steps_unsaid, unconditional
from oncue.text import visible

LABEL = "Node-RED"
FILE = "node-red.json"

_WHY = "a switch compares what the event says"
_STEPS = "the node at the end only shows the event; put there what does"
_STEP_X, _STEP_Y = 180, 60


def export(job: Job, /) -> Exported:
    """A flow file. Chains of disabled flows are there and disabled."""
    tab = _id("tab")
    chains, nodes = [], []
    for number, each in enumerate(_written(job)):
        chain = list(_chain(each, job, tab, number + 2))
        chains.append(chain[0]["id"])
        nodes += chain
    url = f"/{job.names.setting('path', 'oncue-event')}"
    head: list[dict[str, Any]] = [
        {"id": tab, "type": "tab", "label": f"oncue: {visible(job.config.name)}", "disabled": False, "info": ""},
        {
            **_node("in", "http in", tab, "Event", 1, 1),
            "url": url,
            "method": "post",
            "upload": False,
            "wires": [[*chains, _id("out")]],
        },
        {**_node("out", "http response", tab, "", 2, 1), "statusCode": "204", "headers": {}, "wires": []},
    ]
    text = json.dumps([*head, *nodes], indent=2)
    return Exported({FILE: f"{text}\n"}, tuple(_rule(each, job) for each in job.narrowed))


def _written(job: Job) -> Iterator[Narrowed]:
    return (each for each in job.narrowed if each.decided.starts or not each.flow.enabled)


def _rule(narrowed: Narrowed, job: Job) -> Rule:
    unsaid = (*names_unsaid(narrowed, job), *steps_unsaid(narrowed.flow, _STEPS))
    if not narrowed.decided.starts:
        return exact(narrowed, job.grid, unsaid)
    return unconditional(narrowed, job.grid, _WHY, unsaid)


def _chain(narrowed: Narrowed, job: Job, tab: str, row: int) -> Iterator[dict[str, Any]]:
    """A switch for each field, and the node at the end."""
    flow = narrowed.flow
    asked = fields(narrowed, job)
    names = [f"{flow.id} {field}" for field, _ in asked]
    disabled = {} if flow.enabled else {"d": True}
    for column, (name, (field, values)) in enumerate(zip(names, asked, strict=True)):
        after = _id(names[column + 1] if column + 1 < len(names) else f"{flow.id} start")
        yield {
            **_node(name, "switch", tab, field, column + 2, row),
            **disabled,
            "property": f"payload.{field}",
            "propertyType": "msg",
            "rules": [{"t": "null"} if each == "?" else {"t": "eq", "v": each, "vt": "str"} for each in values],
            "checkall": "false",
            "repair": False,
            "outputs": len(values),
            "wires": [[after] for _ in values],
        }
    yield {
        **_node(f"{flow.id} start", "debug", tab, f"{flow.id}: {visible(flow.name)}", len(names) + 2, row),
        **disabled,
        "active": True,
        "tosidebar": True,
        "console": False,
        "tostatus": False,
        "complete": "payload",
        "targetType": "msg",
        "wires": [],
    }


def _node(what: str, kind: str, tab: str, name: str, column: int, row: int) -> dict[str, Any]:
    return {"id": _id(what), "type": kind, "z": tab, "name": name, "x": column * _STEP_X, "y": row * _STEP_Y}


def _id(what: str) -> str:
    """The same id every time, so that a small edit is a small difference."""
    return blake2b(what.encode(), digest_size=8).hexdigest()
