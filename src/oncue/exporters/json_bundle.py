"""JSON: the whole workspace in one file, for programs. ``oncue schema bundle`` prints its schema.

Values at their default are left out, as in the files; flows and scenarios are in order of id. JSON is ASCII, so that no
encoding on the way can stumble over it.
"""

import json
from typing import Any

from oncue.domain.plain import as_plain
from oncue.errors import ExportError
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import exact
from oncue.storage.codec import flow_values, scenario_values

LABEL = "JSON"
FILE = "oncue.json"
FORMAT, VERSION = "oncue.bundle", 1


def export(job: Job, /) -> Exported:
    """All of it."""
    try:
        text = json.dumps(bundle(job), indent=2, allow_nan=False)
    except ValueError:
        raise ExportError("an attribute is inf or nan, which JSON does not have; toml does") from None
    return Exported({FILE: f"{text}\n"}, tuple(exact(each, job.grid) for each in job.narrowed))


def bundle(job: Job) -> dict[str, Any]:
    """The workspace as tables. Scenarios are left out of a choice of flows, as they may expect others."""
    scenarios = sorted(job.workspace.scenarios.values(), key=lambda each: each.id) if job.is_whole else []
    return {
        "format": FORMAT,
        "version": VERSION,
        "workspace": as_plain(job.config, exclude_defaults=True),
        "flows": [{"id": each.flow.id, **flow_values(each.flow)} for each in job.narrowed],
        "scenarios": [{"id": each.id, **scenario_values(each)} for each in scenarios],
    }
