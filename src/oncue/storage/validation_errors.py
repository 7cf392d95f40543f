"""What pydantic found wrong, said the way oncue says it.

Each message says what was found, what is allowed and the nearest valid name. Pydantic's own sentences never
reach a person: they speak of inputs, tags and union members. One wrong thing is one problem, so the several
complaints of a union about one value become one.
"""

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, time

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from oncue.domain.events import Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.triggers import Trigger
from oncue.domain.values import SLUG_RULE
from oncue.domain.workspace import Instance, SimulationSettings
from oncue.errors import did_you_mean
from oncue.storage.toml.scan import Path, dotted, line_of

# By the last name in the place of an error: which value has the keys there.
_TABLES: Mapping[str, type] = {
    "trigger": Trigger,
    "events": ScenarioEvent,
    "expect_effects": ExpectedEffects,
    "participant": Participant,
    "message": Message,
    "instances": Instance,
    "simulation": SimulationSettings,
    **{cls.__dataclass_fields__["type"].default: cls for cls in Step.__args__},
}
_EXPECTED = {
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "mapping_type": "a table",
    "dict_type": "a table",
    "dataclass_type": "a table",
    "model_attributes_type": "a table",
    "datetime_type": 'a date and time such as "2026-11-22T10:00:00Z"',
    "datetime_parsing": 'a date and time such as "2026-11-22T10:00:00Z"',
    "datetime_from_date_parsing": 'a date and time such as "2026-11-22T10:00:00Z"',
    "datetime_object_invalid": 'a date and time such as "2026-11-22T10:00:00Z"',
    "finite_number": "a finite number",
}
_UNION_MEMBERS = frozenset({"str", "int", "float", "bool"})


def complaints(error: ValidationError, root: type, file: str, text: str = "") -> list[Problem]:
    """The problems of ``file`` that ``error`` tells of, in its order, each once.

    ``root`` is the type that was expected of the whole file, ``text`` the file's text, for the lines.
    """
    found: dict[str, Problem] = {}
    for detail in error.errors(include_url=False):
        path, message = _place(detail), _message(detail, root)
        path = _with_named_key(path, message, detail)
        key = dotted(path)
        if key not in found:
            found[key] = Problem(file, message, key, line_of(text, path) if text else None)
    return list(found.values())


def _place(detail: ErrorDetails) -> Path:
    """Where the error is, in terms of the file: without the names of union members."""
    path = [part for part in detail["loc"] if part != "[key]"]
    clean: list[str | int] = []
    for number, part in enumerate(path):
        behind_index = number > 0 and isinstance(path[number - 1], int)
        if behind_index and part in STEP_TYPES and clean[0] == "steps":
            continue  # the tag of the step, not a key of it
        if len(clean) >= 2 and clean[-2] == "attributes" and part in _UNION_MEMBERS:
            continue
        clean.append(part)
    return tuple(clean)


def _with_named_key(path: Path, message: str, detail: ErrorDetails) -> Path:
    """A rule of a whole table begins with the key that it is about; missing and wrong tags are about ``type``."""
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return (*path, "type")
    if detail["type"] == "value_error" and isinstance(detail["input"], dict):
        word = message.split(" ", 1)[0]
        return (*path, word) if word in detail["input"] else path
    return path


def _message(detail: ErrorDetails, root: type) -> str:
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    match kind:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return "missing; it is required"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return _unknown_key(detail, root)
        case "literal_error":
            return _unknown_value(value, re.findall(r"'([^']*)'", str(context.get("expected"))))
        case "union_tag_invalid":
            tag = value.get("type") if isinstance(value, dict) else context.get("tag")
            return _unknown_value(tag, list(STEP_TYPES), "step type")
        case "union_tag_not_found":
            return f"missing; every step needs a type, one of: {', '.join(STEP_TYPES)}"
        case "string_too_short":
            return "it is empty; write something"
        case "value_error":
            return _rule(value, str(context.get("error")))
        case "greater_than_equal":
            return f"found {found(value)}, expected {context.get('ge'):,} or more"
        case "less_than_equal":
            return f"found {found(value)}, expected {context.get('le'):,} or less"
    if set(detail["loc"]) & {"attributes"} and detail["loc"][-1] in _UNION_MEMBERS:
        return f"found {found(value)}, expected text, a number, true or false"
    return f"found {found(value)}, expected {_EXPECTED.get(kind, 'something else')}"


def _unknown_key(detail: ErrorDetails, root: type) -> str:
    names = [part for part in detail["loc"][:-1] if isinstance(part, str)]
    table = _TABLES.get(names[-1], root) if names else root
    known = [field.name for field in dataclasses.fields(table) if field.init]
    if table in (Flow, Scenario):
        known.remove("id")  # which is the file's name
    return f"unknown key; {did_you_mean(str(detail['loc'][-1]), known, len(known))}"


def _unknown_value(value: object, known: list[str], what: str = "") -> str:
    if not isinstance(value, str):
        return f"found {found(value)}, expected one of: {', '.join(known)}"
    return f"{found(value)} is not a known {what or 'value'}; {did_you_mean(value, known)}"


def _rule(value: object, rule: str) -> str:
    """A rule of the domain: about one text (``expected …``), or a sentence of its own."""
    if not isinstance(value, str):
        return rule
    message = f"found {found(value)}, {rule}"
    if SLUG_RULE in rule and (better := _slug(value)):
        return f"{message}; did you mean {better!r}?"
    return message


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "-", text.casefold()).strip("-_")[:64]


def found(value: object) -> str:
    """What was found, in a few words."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case int() | float():
            return str(value)[:40]
        case list() | tuple() | set() | frozenset():
            return "a list"
        case dict():
            return "a table"
        case date() | time():
            return "a date or time"
        case None:
            return "null"
    return "something else"
