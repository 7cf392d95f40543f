"""Bundles, which `oncue export` writes as JSON and TOML: everything is understood, or the file is refused."""

from contextlib import suppress
from datetime import date
from typing import Any

from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ExportError, UnreadableError
from oncue.exporters.json_bundle import FORMAT, VERSION
from oncue.exporters.reading.found import Found, Reading, table
from oncue.storage.codec import config_from, flow_from, scenario_from


def read(content: Any, reading: Reading) -> Found:
    """The flows, the config and the scenarios of a bundle."""
    tables = table(content, "the file")
    if tables.get("format") != FORMAT:
        raise ExportError(f'this is no bundle of oncue: its format is not "{FORMAT}"')
    if tables.get("version") != VERSION:
        raise ExportError(f"this bundle has version {tables.get('version')!r}; this oncue reads {VERSION}")
    for flow_id, values in _each(tables.get("flows", [])):
        try:
            reading.flows.append(flow_from({**values, "id": flow_id}, f"flow {flow_id}"))
        except UnreadableError as error:
            reading.note(f"flow {flow_id}", str(error))
    scenarios = []
    for scenario_id, values in _each(tables.get("scenarios", [])):
        try:
            scenarios.append(scenario_from({**values, "id": scenario_id}, f"scenario {scenario_id}"))
        except UnreadableError as error:
            reading.note(f"scenario {scenario_id}", str(error))
    return reading.done()._replace(config=_config(tables.get("workspace")), scenarios=tuple(scenarios))


def _each(part: Any) -> list[tuple[str, dict[str, Any]]]:
    """Ids and values, which are lists in JSON and tables in TOML."""
    if isinstance(part, dict):
        return [(str(name), dict(table(values, str(name)))) for name, values in part.items()]
    if not isinstance(part, list):
        raise ExportError("flows and scenarios have to be lists, or tables by id")
    return [(str(table(each, "a flow or scenario").get("id")), dict(each)) for each in part]


def _config(part: Any) -> WorkspaceConfig:
    values = dict(table(part, "workspace"))
    hours = values.get("hours")
    if isinstance(hours, list):
        values["hours"] = [_with_dates(each) if isinstance(each, dict) else each for each in hours]
    return config_from(values, "workspace")


def _with_dates(hours: dict[str, Any]) -> dict[str, Any]:
    """``hours`` with dates, which JSON has as texts; what is no date is refused with all else that is wrong."""
    days = hours.get("closed_on")
    if not isinstance(days, list):
        return hours
    with suppress(ValueError):
        return {**hours, "closed_on": [date.fromisoformat(each) if isinstance(each, str) else each for each in days]}
    return hours
