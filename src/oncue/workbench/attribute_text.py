"""Attributes of a contact as a text that people edit: a line each, values as JSON writes them.

A key that would read otherwise, as it has an equals sign or blanks at its ends, is written as JSON, too.
"""

import json
from collections.abc import Mapping

Attribute = str | int | float | bool

HINT = 'one per line: plan = "pro"  visits = 3'

_DECODER = json.JSONDecoder(strict=False)


def attributes_text(attributes: Mapping[str, Attribute] | None) -> str:
    """The text that spells ``attributes``."""
    return "\n".join(
        f"{_spelled(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in (attributes or {}).items()
    )


def parse_attributes(text: str) -> dict[str, Attribute]:
    """The attributes that ``text`` spells; a value that is no JSON is a text. Lines that spell none do not count."""
    lines = (_parsed(line) for line in text.split("\n"))
    return {key: _value(written) for key, written in filter(None, lines)}


def unfinished_lines(text: str) -> list[str]:
    """The lines of ``text`` that spell no attribute."""
    return [line for line in text.split("\n") if line.strip() and _parsed(line) is None]


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


def _value(written: str) -> Attribute:
    try:
        value = json.loads(written, parse_constant=lambda constant: constant)
    except (ValueError, RecursionError):
        return written
    return value if isinstance(value, str | int | float | bool) else written
