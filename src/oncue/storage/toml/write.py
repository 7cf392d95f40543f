"""Values as TOML text: whole new files, and single values for an edit of a file that exists."""

import json
import re
from typing import Any

import tomli_w

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]")
_NOT_LITERAL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f']")


def canonical(values: dict[str, Any]) -> str:
    """A new file: plain entries first, then each table, and each list of tables as blocks."""
    plain = {key: value for key, value in values.items() if not isinstance(value, dict) and not _is_block_list(value)}
    blocks = [lines(plain)] if plain else []
    for key, value in values.items():
        if isinstance(value, dict):
            blocks.append(table(key, value))
        elif _is_block_list(value):
            blocks += (block(key, each) for each in value)
    return "\n".join(blocks)


def table(key: str, values: dict[str, Any]) -> str:
    """A table: ``[trigger]`` and its entries."""
    return f"[{key_text(key)}]\n{lines(values)}"


def block(key: str, values: dict[str, Any]) -> str:
    """One table of a list of tables: ``[[steps]]`` and its entries."""
    return f"[[{key_text(key)}]]\n{lines(values)}"


def lines(values: dict[str, Any]) -> str:
    """Entries, one on each line; tables among them inline."""
    return "".join(f"{key_text(key)} = {value_text(value)}\n" for key, value in values.items())


def _is_block_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def key_text(key: str) -> str:
    """A key, in quotes if it needs them."""
    return key if _BARE_KEY.match(key) else value_text(key)


def value_text(value: object) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key_text(key)} = {value_text(inner)}" for key, inner in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(value_text(inner) for inner in value) + "]"
    return _scalar_text(value)


def _scalar_text(value: object) -> str:
    """tomli-w offers whole documents only, so write one of a single entry and take what follows its ``=``."""
    _, _, text = tomli_w.dumps({"key": value}).partition(" = ")
    return text.removesuffix("\n")


def value_like(value: object, before: str) -> str:
    """A value in the style of ``before``, the text of the one that it replaces: kind of quotes, several lines."""
    if isinstance(value, str):
        if before.startswith('"""') and "\n" in value:
            return _several_lines(value, before)
        if before.startswith("'") and not before.startswith("'''") and not _NOT_LITERAL.search(value):
            return f"'{value}'"
    return value_text(value)


def _several_lines(value: str, before: str) -> str:
    opening = re.match(r'"""(?:\r?\n)?', before)
    assert opening is not None
    # A line break directly behind the quotes is not part of the value, so one that is part of it needs another.
    start = '"""\n' if opening[0] == '"""' and value.startswith(("\n", "\r\n")) else opening[0]
    escaped = value.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    escaped = escaped.replace("\r", "\\r")  # a line end as it is in the file is a line feed, whatever it is
    escaped = _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    return f'{start}{escaped}"""'


def exact(value: object) -> str:
    """A text that is equal for equal values, where ``1``, ``1.0`` and ``true`` are different as they are in TOML."""
    return json.dumps(value, sort_keys=True, default=lambda date: {"date": repr(date)})
