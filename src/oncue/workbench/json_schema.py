"""The JSON Schema of the files, for editors: what pydantic knows of the types, put as the files have it.

Keys that are not in the files are taken out (the id of a flow is the name of its file), ``null``, which TOML
does not have, too; keys that the reader demands are required, and every key has a title. What things mean, how
names are spelt and which keys are for messages only stands on the types and their fields.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from oncue.domain.conditions import When
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import STEP_TYPES, TYPE_HELP
from oncue.domain.workspace import WorkspaceConfig

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_ROOTS: dict[str, tuple[type, str]] = {
    "workspace": (WorkspaceConfig, "oncue workspace"),
    "flow": (Flow, "oncue flow"),
    "scenario": (Scenario, "oncue scenario"),
    "event": (Event, "oncue event"),
}


def schema_text(name: str) -> str:
    """The schema ``name``, one of workspace, flow, scenario, event and bundle, as indented JSON."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False)


def schema_of(name: str) -> Schema:
    """The schema ``name`` as a value."""
    if name == "bundle":
        return _bundle()
    kind, title = _ROOTS[name]
    raw = TypeAdapter(kind).json_schema()
    kinds = {key: _object(key, part, nulls=name == "event") for key, part in sorted(raw.pop("$defs").items())}
    root = _object(kind.__name__, raw, nulls=name == "event")
    return {"$schema": DIALECT, **root, "title": title, "$defs": kinds}


def _bundle() -> Schema:
    """The schema of an export as JSON: a workspace with its flows and scenarios, which have their ids here."""
    kinds: dict[str, Schema] = {}
    for kind in (WorkspaceConfig, Flow, Scenario):
        raw = TypeAdapter(kind).json_schema()
        own = raw.pop("$defs") | {kind.__name__: raw}
        kinds |= {key: _object(key, part, nulls=False, has_id=True) for key, part in own.items()}
    properties: dict[str, Schema] = {
        "format": {"description": "What kind of file it is.", "const": "oncue.bundle"},
        "version": {"description": "The version of the format.", "const": 1},
        "workspace": {"description": "The content of workspace.toml.", "$ref": "#/$defs/WorkspaceConfig"},
        "flows": _list_of("Flow", "The flows, in order of id."),
        "scenarios": _list_of("Scenario", "The scenarios, in order of id; none with a choice of flows."),
    }
    return {
        "$schema": DIALECT,
        "title": "oncue bundle",
        "description": "A workspace in one file, as oncue export --to json writes it.",
        "type": "object",
        "properties": {key: {"title": _title(key), **part} for key, part in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(kinds.items())),
    }


def _list_of(kind: str, description: str) -> Schema:
    return {"description": description, "type": "array", "items": {"$ref": f"#/$defs/{kind}"}}


def _object(kind: str, raw: Schema, nulls: bool, has_id: bool = False) -> Schema:
    """The schema of one table or object. ``has_id``: what is named by its file has its id in it, too."""
    own_id = kind in ("Flow", "Scenario") and not has_id
    keys = {key: part for key, part in raw["properties"].items() if not (own_id and key == "id")}
    required = [key for key in raw.get("required", ()) if key in keys]
    if "const" in keys.get("type", ()):
        required.insert(0, "type")
    schema = {
        "title": _title(kind),
        "description": " ".join(raw["description"].partition("\n\n")[0].split()),
        "type": "object",
        "properties": {key: _key(key, part, nulls) for key, part in keys.items()},
        "required": required,
        "additionalProperties": False,
    }
    if kind == When.__name__:
        schema["minProperties"] = 1
    for key in (key for key, part in keys.items() if "only_for" in part):
        schema["if"] = {"properties": {"event": {"const": keys[key]["only_for"]}}}
        schema["else"] = {"properties": {key: {"type": "null"} if nulls else False}}
    return schema


def _key(key: str, raw: Schema, nulls: bool) -> Schema:
    """The schema of one key's value."""
    value = {name: part for name, part in raw.items() if name not in ("title", "default", "description", "only_for")}
    if "anyOf" in value and not nulls:
        (only,) = (part for part in value.pop("anyOf") if part != {"type": "null"})
        value |= only
    if raw.get("default") is not None and "const" not in raw:
        value["default"] = _written(raw["default"])
    if value.pop("uniqueItems", False):  # which nobody is asked for: a type that is listed twice is listed
        value["minItems"] = 1  # an empty set is allowed, and a problem
    if "patternProperties" in value:
        ((pattern, value["additionalProperties"]),) = value.pop("patternProperties").items()
        value["propertyNames"] = {"pattern": pattern}
    if "discriminator" in value.get("items", ()):
        # The type alone first: what is wrong with a step of unknown type is its type, which oneOf cannot say.
        known = {"properties": {"type": {"enum": list(STEP_TYPES)}}, "required": ["type"]}
        value["items"] = {"type": "object", **known, "oneOf": value["items"]["oneOf"]}
    return {"title": _title(key), "description": TYPE_HELP if "const" in value else raw["description"], **value}


def _title(name: str) -> str:
    """``Participant types`` for ``participant_types``, ``Send message`` for ``SendMessage``."""
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name).replace("_", " ").split()
    return " ".join(["ID" if word == "id" else word for word in words]).capitalize().replace("Id", "ID")


def _written(default: Any) -> Any:
    """A default as a file has it: what is ``None`` is not written."""
    return {key: each for key, each in default.items() if each is not None} if isinstance(default, dict) else default
