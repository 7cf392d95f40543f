"""Attributes of a contact as a text that people edit: a line each, values as JSON writes them."""

import json
from collections.abc import Mapping

Attribute = str | int | float | bool

HINT = 'one per line: plan = "pro"  visits = 3'


def attributes_text(attributes: Mapping[str, Attribute] | None) -> str:
    """The text that spells ``attributes``."""
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in (attributes or {}).items())


def parse_attributes(text: str) -> dict[str, Attribute] | None:
    """The attributes that ``text`` spells; a value that is no JSON is a text. ``None`` while a line has no ``=``."""
    found: dict[str, Attribute] = {}
    for each in text.split("\n"):
        if not each.strip():
            continue
        key, equals, written = each.partition("=")
        if not equals or not key.strip():
            return None
        found[key.strip()] = _value(written.strip())
    return found


def _value(written: str) -> Attribute:
    try:
        value = json.loads(written, parse_constant=lambda constant: constant)
    except (ValueError, RecursionError):
        return written
    return value if isinstance(value, str | int | float | bool) else written
