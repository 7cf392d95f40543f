"""The JSON Schema of the files, for editors: what pydantic knows of the types, put as the files have it.

Keys that are not in the files are taken out (the id of a flow is the name of its file), ``null``, which TOML
does not have, too; keys that the reader demands are required, names get their patterns and every key its
title and meaning.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.workbench.field_help import FIELD_HELP, KINDS, STEP_TYPE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_ROOTS: dict[str, tuple[type, str]] = {
    "workspace": (WorkspaceConfig, "oncue workspace"),
    "flow": (Flow, "oncue flow"),
    "scenario": (Scenario, "oncue scenario"),
    "event": (Event, "oncue event"),
}
_FLOW_ID = "^[a-z0-9][a-z0-9-]{0,63}$"
_SLUG = "^[a-z0-9][a-z0-9_-]{0,63}$"
_SLUGS = {
    ("Instance", "id"),
    ("Instance", "channel"),
    ("Trigger", "channel"),
    ("Trigger", "instance"),
    ("ScenarioEvent", "instance"),
}
_NEVER_EMPTY = {"participant_types", "message_types"}
# The key that only message_created has, by kind.
_FOR_MESSAGES = {"Trigger": "message_types", "Event": "message", "ScenarioEvent": "message"}


def schema_text(name: str) -> str:
    """The schema ``name``, one of workspace, flow, scenario and event, as indented JSON."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False)


def schema_of(name: str) -> Schema:
    """The schema ``name`` as a value."""
    kind, title = _ROOTS[name]
    raw = TypeAdapter(kind).json_schema()
    kinds = {key: _object(key, part, nulls=name == "event") for key, part in sorted(raw.pop("$defs").items())}
    root = _object(kind.__name__, raw, nulls=name == "event")
    return {"$schema": DIALECT, **root, "title": title, "$defs": kinds}


def _object(kind: str, raw: Schema, nulls: bool) -> Schema:
    """The schema of one table or object."""
    own_id = kind in ("Flow", "Scenario")
    keys = {key: part for key, part in raw["properties"].items() if not (own_id and key == "id")}
    required = [key for key in raw.get("required", ()) if key in keys]
    if "const" in keys.get("type", ()):
        required.insert(0, "type")
    schema = {
        "title": _title(kind),
        "description": KINDS[kind],
        "type": "object",
        "properties": {key: _key(kind, key, part, nulls) for key, part in keys.items()},
        "required": required,
        "additionalProperties": False,
    }
    if kind in _FOR_MESSAGES:
        schema["if"] = {"properties": {"event": {"const": "message_created"}}}
        schema["else"] = {"properties": {_FOR_MESSAGES[kind]: {"type": "null"} if nulls else False}}
    return schema


def _key(kind: str, key: str, raw: Schema, nulls: bool) -> Schema:
    """The schema of one key's value."""
    value = {name: part for name, part in raw.items() if name not in ("title", "default")}
    if "anyOf" in value and not nulls:
        (only,) = (part for part in value.pop("anyOf") if part != {"type": "null"})
        value |= only
    if raw.get("default") is not None and "const" not in raw:
        value["default"] = raw["default"]
    if (kind, key) in _SLUGS:
        value["pattern"] = _SLUG
    if key in _NEVER_EMPTY:
        value["minItems"] = 1
    if key == "expect":
        value["items"] = {"type": "string", "pattern": _FLOW_ID}
    if key == "channels":
        value["propertyNames"] = {"pattern": _SLUG}
    if key == "steps":
        value["items"] = {"oneOf": value["items"]["oneOf"]}
    meaning = STEP_TYPE if "const" in value else FIELD_HELP[kind, key]
    return {"title": _title(key), "description": meaning, **value}


def _title(name: str) -> str:
    """``Participant types`` for ``participant_types``, ``Send message`` for ``SendMessage``."""
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name).replace("_", " ").split()
    return " ".join(["ID" if word == "id" else word for word in words]).capitalize().replace("Id", "ID")
