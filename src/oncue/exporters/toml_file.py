"""TOML: the whole workspace in one file, with the same tables as JSON has, but flows and scenarios by their id."""

import tomli_w

from oncue.errors import ExportError
from oncue.exporters.job import Exported, Job
from oncue.exporters.json_bundle import FORMAT, VERSION
from oncue.exporters.rules import exact
from oncue.storage.codec import config_values, flow_values, scenario_values

LABEL = "TOML"
FILE = "oncue-bundle.toml"


def export(job: Job, /) -> Exported:
    """All of it."""
    scenarios = sorted(job.workspace.scenarios.values(), key=lambda each: each.id) if job.is_whole else []
    tables = {
        "format": FORMAT,
        "version": VERSION,
        "workspace": config_values(job.config),
        "flows": {each.flow.id: flow_values(each.flow) for each in job.narrowed},
        "scenarios": {each.id: scenario_values(each) for each in scenarios},
    }
    text = tomli_w.dumps(tables)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ExportError("a text has half a surrogate pair, which TOML does not have; json does") from None
    return Exported({FILE: text}, tuple(exact(each, job.grid) for each in job.narrowed))
