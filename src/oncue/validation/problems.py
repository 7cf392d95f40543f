"""What pydantic found wrong, as problems in oncue's own words.

Each message says what was found, what is allowed and the nearest valid name. Pydantic's own sentences never
reach a person: they speak of inputs, tags and union members. One wrong thing is one problem, so several errors
of a union about one value become one. Nothing here knows files: whoever has the text says on which line a path is.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping
from itertools import islice

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.durations import DURATION_RULE
from oncue.domain.events import Message, Participant
from oncue.domain.fitting import (
    A_LIST,
    A_TABLE,
    ATTRIBUTE,
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE_NUMBER,
    ContradictionError,
    RuleError,
    found,
)
from oncue.domain.flows import Flow
from oncue.domain.hours import CLOCK_RULE, Hours
from oncue.domain.installed import foreign_channel
from oncue.domain.paths import LISTS_OF_TABLES
from oncue.domain.problems import MOST_PROBLEMS, Code, KeyPath, Problem
from oncue.domain.rules import FLOW_ID_RULE, SLUG_RULE, slug_from
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.triggers import Trigger
from oncue.domain.values import key_of
from oncue.domain.workspace import Instance, SimulationSettings
from oncue.suggestions import did_you_mean

# By the last name in the place of an error: which value has the keys there.
_TABLES: Mapping[str, type] = {
    "trigger": Trigger,
    "when": When,
    "events": ScenarioEvent,
    "expect_effects": ExpectedEffects,
    "participant": Participant,
    "message": Message,
    "instances": Instance,
    "hours": Hours,
    "simulation": SimulationSettings,
    **{cls.__dataclass_fields__["type"].default: cls for cls in Step.__args__},
}
_EXPECTED = {
    "string_type": TEXT,
    "bool_type": FLAG,
    "bool_parsing": FLAG,
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "float_type": "a number",
    "float_parsing": "a number",
    "tuple_type": A_LIST,
    "frozen_set_type": A_LIST,
    "mapping_type": A_TABLE,
    "dict_type": A_TABLE,
    "dataclass_type": A_TABLE,
    "model_attributes_type": A_TABLE,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "datetime_object_invalid": MOMENT,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "finite_number": "a finite number",
}
_SPELLINGS = {
    "after": DURATION_RULE,
    "for": DURATION_RULE,
    "cooldown": DURATION_RULE,
    "from": CLOCK_RULE,
    "to": CLOCK_RULE,
}
"""What texts of these keys are, for those who wrote a number."""
_NO_LISTS = ("attributes", "responsible", "first_message", "reopened", "once_per", "cooldown")
_LISTS = frozenset({"participant_types", "message_types", "tags", "external_ids", "expect", "days", "closed_on"}).union(
    set(CONDITIONS) - set(_NO_LISTS)
)
Hint = Callable[[KeyPath, str], str | None]
_UNION_MEMBERS = frozenset({"str", "int", "float", "bool"})


def no_line(path: KeyPath) -> int | None:
    """The line of ``path`` where there is no text."""
    return None


def problems_of(
    error: ValidationError,
    root: type,
    file: str,
    line_of: Callable[[KeyPath], int | None] = no_line,
    hint: Hint | None = None,
    most: int = MOST_PROBLEMS,
) -> list[Problem]:
    """The problems of ``file`` that ``error`` reports, in its order, one for each place, ``most`` at most.

    ``root`` is the type that was expected of the whole file, ``line_of`` says on which line of it a path is, ``hint``
    what was meant by a text that cannot be a name, where one refers to something else of the workspace.
    """
    details: dict[KeyPath, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        details.setdefault(_place(detail), detail)
    said = [
        Problem(file, message, code, path, line_of(path))
        for path, detail in islice(details.items(), most)
        for code, message in [_kind(detail, root, path, hint)]
    ]
    more = len(details) - len(said)
    return [*said, Problem(file, f"and {more:,} more problems", Code.LIMIT)] if more else said


def _place(detail: ErrorDetails) -> KeyPath:
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
    return (*clean, *_key_at_fault(detail))


def _key_at_fault(detail: ErrorDetails) -> KeyPath:
    """The key that a rule about a whole table blames; missing and wrong tags are about ``type``."""
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return ("type",)
    error = detail.get("ctx", {}).get("error")
    return error.path if isinstance(error, RuleError) else ()


def _kind(detail: ErrorDetails, root: type, path: KeyPath, hint: Hint | None) -> tuple[Code, str]:
    """Which kind of problem it is, and its message."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    match kind:
        case "missing" | "missing_argument" | "missing_keyword_only_argument":
            return Code.MISSING_KEY, "missing; it is required"
        case "unexpected_keyword_argument" | "extra_forbidden":
            return Code.UNKNOWN_KEY, _unknown_key(detail, root)
        case "literal_error":
            if said := _shape(value, path):
                return Code.WRONG_TYPE, said
            known = re.findall(r"'([^']*)'", str(context.get("expected")))
            return Code.UNKNOWN_VALUE, _unknown_value(value, known)
        case "union_tag_invalid":
            tag = value.get("type") if isinstance(value, dict) else context.get("tag")
            return Code.UNKNOWN_VALUE, _unknown_value(tag, list(STEP_TYPES), "step type")
        case "union_tag_not_found":
            return Code.MISSING_KEY, f"missing; every step needs a type, one of: {', '.join(STEP_TYPES)}"
        case "value_error":
            code = Code.CONTRADICTION if isinstance(context.get("error"), ContradictionError) else Code.RULE
            return code, _rule(value, _words(context.get("error")), path, hint)
        case "greater_than_equal":
            return Code.RULE, f"found {found(value)}, expected {context.get('ge'):,} or more"
        case "less_than_equal":
            return Code.RULE, f"found {found(value)}, expected {context.get('le'):,} or less"
    if said := _shape(value, path):
        return Code.WRONG_TYPE, said
    if set(detail["loc"]) & {"attributes"} and detail["loc"][-1] in _UNION_MEMBERS:
        return Code.WRONG_TYPE, f"found {found(value)}, expected {ATTRIBUTE}"
    expected = _SPELLINGS.get(str(path[-1])) if path and kind == "string_type" else None
    return Code.WRONG_TYPE, f"found {found(value)}, expected {expected or _EXPECTED.get(kind, 'something else')}"


def _shape(value: object, path: KeyPath) -> str | None:
    """A value of another shape than its key has, where it is known what people want by that."""
    key = path[-1] if path else ""
    if isinstance(value, list | tuple) and key in ("event", "channel", "instance"):
        each = "; make a flow for each" if path[0] == "trigger" else ""
        return f"found a list, expected one {key}{each}"
    if isinstance(value, dict) and len(path) == 1 and key in LISTS_OF_TABLES:
        return f"found a table, expected a list; write [[{key}]] above each of them"
    if isinstance(value, str) and key in _LISTS:
        return f"found {found(value)}, expected a list; write [{found(value)}]"
    return None


def _words(error: object) -> str:
    return error.message if isinstance(error, RuleError) else str(error)


def _unknown_key(detail: ErrorDetails, root: type) -> str:
    names = [part for part in detail["loc"][:-1] if isinstance(part, str)]
    table = _TABLES.get(names[-1], root) if names else root
    known = [key_of(field) for field in dataclasses.fields(table) if field.init]
    if table in (Flow, Scenario):
        known.remove("id")  # which is the file's name
    return f"unknown key; {did_you_mean(str(detail['loc'][-1]), known, len(known))}"


def _unknown_value(value: object, known: list[str], what: str = "") -> str:
    if not isinstance(value, str):
        return f"found {found(value)}, expected one of: {', '.join(known)}"
    return f"{found(value)} is not a known {what or 'value'}; {did_you_mean(value, known)}"


def _rule(value: object, rule: str, path: KeyPath, hint: Hint | None) -> str:
    """A rule of the domain: about one text (``expected …``), or a sentence of its own."""
    if not isinstance(value, str):
        return f"found {found(value)}, {rule}" if rule.startswith("expected ") else rule
    message = f"found {found(value)}, {rule}"
    if SLUG_RULE not in rule and FLOW_ID_RULE not in rule:
        return message
    if better := hint(path, value) if hint is not None else None:
        return f"{message}; {better}"
    if path[-1:] == ("channel",) and (channel := foreign_channel(value)):
        return f"{message}; did you mean {channel!r}?"
    if path[:1] in (("instances",), ("channels",)) and (name := slug_from(value)):
        return f"{message}; write {name!r}, for example"
    return message
