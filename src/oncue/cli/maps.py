"""The file of ``--map``: what another system calls things."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from oncue.cli.diagnostics import UsageError
from oncue.cli.inputs import content_of
from oncue.exporters.names import TABLES
from oncue.suggestions import did_you_mean


def read_map(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of a map, in TOML, or in JSON if its name ends so. Raises `UsageError`."""
    data = content_of(name)
    try:
        tables = json.loads(data) if name.endswith(".json") else tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{name}: {error}") from None
    if not isinstance(tables, dict):
        raise UsageError(f"{name}: expected tables: {', '.join(TABLES)}")
    for table, values in tables.items():
        if table not in TABLES:
            raise UsageError(f"{name}: no table {table!r}; {did_you_mean(table, TABLES, len(TABLES))}")
        if not isinstance(values, dict) or not all(map(_is_name, values.values())):
            raise UsageError(f"{name}: [{table}] has a value that is neither a text nor a whole number")
    return tables


def _is_name(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
