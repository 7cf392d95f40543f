"""Values of conditions as a text that people edit: phrases, names and labels, a line each.

A line that would read otherwise, as it has blanks at its ends, a line break or a quote in front, is written as JSON.
So every value has a text that reads back as exactly this value, whatever characters it is made of. Attributes have
a text of their own (`oncue.workbench.attribute_text`). Lines that are no value do not count, and `complaints` says why.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from oncue.domain.conditions import When
from oncue.domain.fitting import RuleError
from oncue.workbench import attribute_text
from oncue.workbench.condition_forms import FORMS

_DECODER = json.JSONDecoder(strict=False)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Read(NamedTuple):
    """The value that a text spells, ``None`` if it spells none, and why some of its lines do not count."""

    value: Any
    complaints: tuple[str, ...] = ()


def has_text(key: str) -> bool:
    """Whether the value of a condition is typed."""
    return FORMS[key].kind in ("lines", "line", "attributes")


def value_text(key: str, value: Any) -> str:
    """The text that spells the value of a condition; nothing for ``None``."""
    if value is None:
        return ""
    match FORMS[key].kind:
        case "attributes":
            return attribute_text.attributes_text(value)
        case "lines":
            return "\n".join(map(spelled, value))
        case _:
            return spelled(value)


def read_value(key: str, text: str) -> Read:
    """The value that ``text`` spells."""
    match FORMS[key].kind:
        case "attributes":
            lines = attribute_text.unfinished_lines(text)
            return Read(attribute_text.parse_attributes(text) or None, tuple(map(attribute_text.complaint, lines)))
        case "lines":
            return _read_lines(key, text.split("\n"))
        case _:
            found = _read_lines(key, [text])
            return found if found.value is None else found._replace(value=found.value[0])


def spelled(value: str) -> str:
    """The line that spells ``value``."""
    plain = value and value == value.strip() and not value.startswith('"') and "\n" not in value
    return value if plain else json.dumps(value, ensure_ascii=False)


def said(line: str) -> str:
    """The value that ``line`` spells; a quote that is not closed, or has something behind it, is part of it."""
    line = line.strip()
    if line.startswith('"'):
        try:
            value, end = _DECODER.raw_decode(line)
        except ValueError:
            return line
        if end == len(line):
            return cast("str", value)
    return line


def _read_lines(key: str, lines: Iterable[str]) -> Read:
    good: list[str] = []
    complaints: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        value = said(line)
        wrong = _wrong(key, value)
        if wrong is None:
            good.append(value)
        else:
            complaints.append(wrong)
    return Read(tuple(good) or None, tuple(complaints))


def _wrong(key: str, value: str) -> str | None:
    """Why ``value`` cannot be one of a condition."""
    if _SURROGATE.search(value):
        return f"{value!r} has characters that no file can hold"
    many = FORMS[key].kind == "lines"
    try:
        When(**cast("Any", {key: (value,) if many else value}))
    except RuleError as error:
        return error.message
    return None
