"""TOML: the whole workspace in one file, with the same tables as JSON has, but flows and scenarios by their id."""

from typing import Any

import tomli_w

from oncue.domain.plain import as_plain
from oncue.exporters.job import Exported, Job
from oncue.exporters.json_bundle import VERSION
from oncue.exporters.rules import exact
from oncue.storage.codec import flow_values, scenario_values

LABEL = "TOML"
FILE = "oncue-bundle.toml"
FORMAT = "oncue.bundle"


def export(job: Job, /) -> Exported:
    """All of it."""
    scenarios = sorted(job.workspace.scenarios.values(), key=lambda each: each.id) if job.is_whole else []
    config: dict[str, Any] = as_plain(job.config, exclude_defaults=True)
    for plain, hours in zip(config.get("hours", ()), job.config.hours, strict=True):
        if "closed_on" in plain:
            plain["closed_on"] = list(hours.closed_on)  # dates, which TOML has
    tables = {
        "format": FORMAT,
        "version": VERSION,
        "workspace": config,
        "flows": {each.flow.id: flow_values(each.flow) for each in job.narrowed},
        "scenarios": {each.id: scenario_values(each) for each in scenarios},
    }
    return Exported({FILE: tomli_w.dumps(tables)}, tuple(exact(each, job.grid) for each in job.narrowed))
