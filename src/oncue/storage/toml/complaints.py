"""Why a text is no TOML, in words for people who do not know the grammar.

A parser names what it expected at the place where it could not go on, which often is not where the mistake is, nor what
to do about it. So the line is looked at for what people do: quotes that are not closed, a quote inside a text, ``yes``
for ``true``, YAML, JSON. The parser's own words are a last resort.
"""

import re
from typing import NamedTuple

from oncue.domain.paths import LISTS_OF_TABLES

_QUOTED = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|(?P<open>"""|\'\'\'|"|\')',
    re.DOTALL,
)
_ANOTHER_VALUE = 'expected a value; text must be in quotes: "…"'
_FLAGS = {
    **dict.fromkeys(("yes", "on", "y", "enabled", "wahr", "ja"), "true"),
    **dict.fromkeys(("no", "off", "n", "disabled", "falsch", "nein"), "false"),
}
_NOTHING = ("null", "none", "nil", "undefined", "~")
_CURLY = "“”„‟«»‘’‚′″`"

# What rtoml says, by how it begins, and what is said instead.
_OWN_WORDS = (
    ("duplicate key", "this key or table is there already"),
    ("carriage return must be followed", "a carriage return without a line feed after it"),
    ("invalid unquoted key", "a key of other characters than a-z, A-Z, 0-9, '_' and '-' must be in quotes"),
    ("unquoted keys cannot be empty", "the key before the = is missing"),
    ("key with no value", "a key without a value; expected key = value"),
    ("extra `=`", "there is one = too many"),
    ("unclosed array table", "the header is not closed; write ]] at its end"),
    ("unclosed table", "the header is not closed; write ] at its end"),
    ("missing comma between array", "a comma is missing between two entries of the list"),
    ("extra comma in array", "there is a comma too many in the list"),
    ("unexpected `=` in array", "the list is not closed; write ] at its end"),
    ("unclosed array", "the list is not closed; write ] at its end"),
    ("unclosed inline table", "the table is not closed; write } at its end"),
    ("missing comma between key-value", "a comma is missing between two keys of the table"),
    ("missing escaped value", r"a backslash begins an escape such as \n; write \\ for a backslash, or the text in '…'"),
    ("too few unicode value digits", r"\u is followed by 4 hexadecimal digits, \U by 8; write \\ for a backslash"),
    ("unexpected leading zero", "a number does not begin with 0; text, such as a telephone number, must be in quotes"),
    ("invalid basic string", "a character that cannot be in a text; write it as an escape such as \\u0007"),
    ("invalid literal string", "a character that cannot be in a text in '…'; write it in \"…\" as an escape"),
    ("invalid multi-line basic string", "a character that cannot be in a text; write it as an escape such as \\u0007"),
    ("invalid multi-line literal string", "a character that cannot be in a text in '''…'''"),
    ("invalid date", "this is no date; expected one such as 2026-11-22"),
    ("invalid datetime", "this is no date and time; expected them as in 2026-11-22T10:00:00Z"),
    ("invalid time", "this is no time; expected one such as 10:00:00"),
    ("`_` may only go between digits", "an underscore in a number stands between digits; text must be in quotes"),
    ("integer number overflowed", "this is no number; text must be in quotes"),
    ("string values must be quoted", _ANOTHER_VALUE),
    ("invalid boolean", _ANOTHER_VALUE),
    ("invalid float", _ANOTHER_VALUE),
    ("invalid mantissa", _ANOTHER_VALUE),
    ("invalid integer", _ANOTHER_VALUE),
    ("unexpected key or value", "nothing but a comment may follow what is here"),
    ("invalid key-value pair", "expected key = value"),
)


class Complaint(NamedTuple):
    """What is wrong, and on which line, counted from 1."""

    line: int
    message: str


def complaint(text: str, line: int, column: int, parsed: str) -> Complaint:
    """What is wrong with ``text``, in which a parser stopped at ``line`` and ``column`` and said ``parsed``."""
    lines = text.split("\n")
    content = lines[line - 1].rstrip("\r") if line <= len(lines) else ""
    behind = _behind_a_value(content, column) if parsed.startswith("unexpected key or value") else None
    if behind is not None:
        return Complaint(line, behind)
    unclosed = _unclosed(text, line)
    if unclosed is not None:
        return unclosed
    said = _header(content) or _other_language(content) or _value(content)
    own = next((words for begin, words in _OWN_WORDS if parsed.startswith(begin)), f"this is no TOML: {parsed}")
    return Complaint(line, said or own)


def shown(text: str, line: int, most: int = 60) -> str:
    """The line as it is in the file, shortened."""
    lines = text.split("\n")
    content = lines[line - 1].strip() if line <= len(lines) else ""
    if not content:
        return "the end of the file" if line >= len(lines) else "an empty line"
    return content if len(content) <= most else content[: most - 1] + "…"


def _behind_a_value(content: str, column: int) -> str | None:
    """What follows a value that is complete, if that is known."""
    before, rest = content[: column - 1].rstrip(), content[column - 1 :].strip()
    if rest.startswith((";", ",")):
        return f"remove the {rest[0]} at the end of the line"
    if before.endswith('"') and '"' in rest:
        return r"the text ends at its second quote; write \" for a quote in a text, or the text in " + "'…'"
    if before.endswith("'") and "'" in rest:
        return 'the text ends at its second quote; write a text with an apostrophe in "…"'
    return None


def _unclosed(text: str, last: int) -> Complaint | None:
    """Quotes that begin up to the line ``last`` and are not closed where they have to be."""
    for found in _QUOTED.finditer(text):
        if found["open"]:
            line = text.count("\n", 0, found.start()) + 1
            if line > last:
                return None
            if len(quotes := found["open"]) == 3:
                return Complaint(line, f"the quotes {quotes} are not closed")
            return Complaint(line, 'the quotes are not closed; a text of several lines is in """…"""')
    return None


def _header(content: str) -> str | None:
    """A header in single brackets of what is a list of tables: the second of them is one too many."""
    header = re.match(r"\s*\[\s*(\w+)\s*\]", content)
    return f"write [[{header[1]}]] above each of them" if header and header[1] in LISTS_OF_TABLES else None


def _other_language(content: str) -> str | None:
    bare = content.strip()
    if re.match(r"-\s", bare) or re.match(r"[\w.-]+\s*:(?!=)\s*", bare):
        return "this looks like YAML; in TOML it is key = value, with = and not :"
    if re.match(r"[\w.-]+\s*:=", bare):
        return "write key = value, with = and not :="
    if bare.startswith(("{", "}")):
        return "this looks like JSON; in TOML each line is key = value"
    return None


def _value(content: str) -> str | None:
    """A value that people write and TOML does not have."""
    assigned = re.match(r"[^=\"'\[\]]+=\s*(?P<value>[^#]*)", content)
    if assigned is None:
        return None
    value = assigned["value"].strip()
    if not value:
        return "the value behind the = is missing"
    if value.lower() in ("true", "false"):
        return f"write {value.lower()}, in lower case"
    if value.lower() in _FLAGS:
        return f"write {_FLAGS[value.lower()]} and not {value}; text must be in quotes"
    if value.lower() in _NOTHING:
        return f"there is no {value} in TOML; leave the key out"
    return 'write straight quotes: "…"' if value[0] in _CURLY else None
