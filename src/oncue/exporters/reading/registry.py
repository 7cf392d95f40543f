"""The formats that are read back."""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ExportError
from oncue.exporters.names import Names
from oncue.exporters.reading.found import Found, Reading

FORMATS: Mapping[str, tuple[str, str]] = {
    "json": ("bundles", "what export --to json writes"),
    "toml": ("bundles", "what export --to toml writes"),
    "eventbridge": ("eventbridge", "a CloudFormation template with rules, or one event pattern"),
    "chatwoot": ("chatwoot", "automation rules, as their API gives them"),
    "bird": ("bird", "flows as Bird exports them"),
}
"""For each format its module, and what it reads."""


def read(
    form: str, data: bytes, config: WorkspaceConfig, tables: Mapping[str, Mapping[str, Any]] | None = None
) -> Found:
    """Read ``data`` for a workspace with ``config``. Raises `ExportError` or `UnreadableError`."""
    if form == "toml":
        from oncue.storage.toml.read import read_toml  # not for help, which needs no parser

        content: Any = read_toml(data, "the file").values
    else:
        try:
            content = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ExportError(f"this is not JSON: {error}") from None
    found: Found = import_module(f"oncue.exporters.reading.{FORMATS[form][0]}").read(
        content, Reading(config, Names(form, tables))
    )
    return found
