"""Attributes of a contact as a text that people edit: a line each, values as JSON writes them.

A key that would read otherwise, as it has an equals sign or blanks at its ends, is written as JSON, too.
"""

import json
import math
import re
from collections.abc import Mapping

Attribute = str | int | float | bool

HINT = 'one per line: plan = "pro"  visits = 3'

_SURROGATE = re.compile("[\ud800-\udfff]")
_DECODER = json.JSONDecoder(strict=False)


def attributes_text(attributes: Mapping[str, Attribute] | None) -> str:
    """The text that spells ``attributes``."""
    return "\n".join(
        f"{_spelled(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in (attributes or {}).items()
    )


def parse_attributes(text: str) -> dict[str, Attribute]:
    """The attributes that ``text`` spells; a value that is no JSON is a text. Lines that spell none do not count."""
    return {key: value for key, value in (_attribute(line) for line in text.split("\n")) if value is not None}


def unfinished_lines(text: str) -> list[str]:
    """The lines of ``text`` that spell no attribute, or one that a later line spells again."""
    lines = text.split("\n")
    last = {key: at for at, (key, value) in enumerate(map(_attribute, lines)) if value is not None}
    return [line for at, line in enumerate(lines) if line.strip() and last.get(_attribute(line)[0]) != at]


def complaint(line: str) -> str:
    """Why a line of `unfinished_lines` does not count."""
    parsed = _parsed(line)
    if parsed is None:
        missing = "attribute in front of its '='" if "=" in line else "'='"
        return f"{line.strip()!r} has no {missing}"
    if _value(parsed[1]) is None:
        return f"{line.strip()!r} has a value that no file can hold"
    return f"{parsed[0]!r} is given twice, and the last one counts"


def _attribute(line: str) -> tuple[str, Attribute | None]:
    """The key and the value of a line; no value if it spells no attribute."""
    parsed = _parsed(line)
    if parsed is None or not _can_be_written(parsed[0]):
        return "", None
    return parsed[0], _value(parsed[1])


def _spelled(key: str) -> str:
    plain = key and key == key.strip() and not key.startswith('"') and not set("=\n") & set(key)
    return key if plain else json.dumps(key, ensure_ascii=False)


def _parsed(line: str) -> tuple[str, str] | None:
    """The key of a line, and its value as it is written; ``None`` while it has no ``=`` or no key."""
    line = line.strip()
    if line.startswith('"'):
        try:
            key, end = _DECODER.raw_decode(line)
        except ValueError:
            pass
        else:
            rest = line[end:].lstrip()
            if rest.startswith("="):
                return key, rest[1:].strip()
    key, equals, written = line.partition("=")
    return (key.strip(), written.strip()) if equals and key.strip() else None


def _value(written: str) -> Attribute | None:
    """The value that is written; ``None`` if TOML has no such value."""
    try:
        value = json.loads(written, parse_constant=lambda constant: constant)
    except (ValueError, RecursionError):
        value = written
    if not isinstance(value, str | int | float | bool):
        value = written
    return value if _can_be_written(value) else None


def _can_be_written(value: Attribute) -> bool:
    match value:
        case str():
            return value.isascii() or not _SURROGATE.search(value)
        case float():
            return math.isfinite(value)
        case _:
            return -(2**63) <= value < 2**63
