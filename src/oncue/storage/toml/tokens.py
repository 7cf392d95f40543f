"""The characters of TOML values and keys: where a value ends, what a list consists of, where a comment is.

A token is a string, a comment, a bracket, a comma or whatever else stands between them. Strings and comments are
one token each, so brackets, commas and ``#`` inside them are never mistaken for structure. Nothing here fails: on
broken TOML an unclosed string ends with its line (a triple-quoted one with the text), so a scan always gets to the
end.
"""

import re
from functools import cache
from typing import NamedTuple

Span = tuple[int, int]
"""Two offsets into a text: of the first character, and behind the last."""

_STRING = "|".join(
    [
        r'"""(?:[^\\]|\\.)*?(?:"""(?!")|\Z)',  # up to two quotes may stand directly before the closing three
        r"'''.*?(?:'''(?!')|\Z)",
        r'"(?:[^"\\\n]|\\.)*(?:"|$)',
        r"'[^'\n]*(?:'|$)",
    ]
)
_COMMENT = r"\#[^\n]*"
_BRACKET = r"[\[\]{}]"
_SCALAR = r"[^\s,\[\]{}\"'#]+"  # a number, a date, a boolean, or a part of one

_IN_VALUE = "|".join([_STRING, _COMMENT, _BRACKET, r"\n"])
_IN_LIST = "|".join([_STRING, _COMMENT, _BRACKET, ",", r"\s+", _SCALAR])

_KEY = r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*"""
_EQUALS = r"=[ \t]*"

# What nearly every statement consists of, found by one match instead of one for each token.
_BARE_KEY = r"[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*"
_ONE_STRING = r'"(?:[^"\\\n]|\\.)*"(?!")'
_PLAIN_VALUE = rf"""((?:{_ONE_STRING}|[^\s,\[\]{{}}"'#]+|\[(?:[^\[\]{{}}"'#\n]|{_ONE_STRING})*\]))[ \t\r]*(?:\n|\Z)"""
_PLAIN_ENTRY = _BARE_KEY + _PLAIN_VALUE
_ESCAPE = r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))"
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


@cache  # that of `re` is asked with flags, which costs more than most matches
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first used: a file without faults is loaded without a scan, and all of these take 1.6 ms."""
    return re.compile(pattern, re.DOTALL | re.MULTILINE)


class Element(NamedTuple):
    """One element of a list: its span, and the offset behind its comma (``end`` where it has none)."""

    start: int
    end: int
    after: int


def comments_in(text: str) -> bool:
    """Whether there is a comment in ``text``, a value or a whole file."""
    return bool(comments_of(text))


def comments_of(text: str) -> list[str]:
    """The comments in ``text``, without the line breaks after them."""
    return [text[start:end] for start, end in comment_spans(text)]


def comment_spans(text: str) -> list[Span]:
    """Where the comments in ``text`` are, without the line breaks after them."""
    found = (token for token in _compiled(_IN_VALUE).finditer(text) if token[0].startswith("#"))
    return [(token.start(), token.start() + len(token[0].rstrip("\r"))) for token in found]


def value_end(text: str, start: int) -> Span:
    """Where the value that begins at ``start`` ends, and where the line that it ends on does.

    A value ends with its line, unless a bracket is open there.
    """
    if plain := _compiled(_PLAIN_VALUE).match(text, start):
        return plain.end(1), plain.end()
    depth, comment = 0, len(text)
    for token in _compiled(_IN_VALUE).finditer(text, start):
        first = token[0][0]
        if depth <= 0 and first == "\n":
            end_of_value = min(comment, token.start())
            return start + len(text[start:end_of_value].rstrip()), token.end()
        if depth <= 0 and first == "#":
            comment = token.start()
        elif first in "[{":
            depth += 1
        elif first in "]}":
            depth -= 1
    return start + len(text[start:comment].rstrip()), len(text)


def plain_entry(text: str, at: int) -> re.Match[str] | None:
    """The line at ``at`` if it is ``key = value`` and nothing else; its groups are the key and the value.

    Where it is found, `dotted_key` and `value_end` say the same.
    """
    return _compiled(_PLAIN_ENTRY).match(text, at)


def elements(text: str) -> list[Element]:
    """The elements of the list whose text is ``text``, from its ``[`` to its ``]``."""
    found: list[Element] = []
    depth, start, end, open_ = 0, 0, 0, False
    for token in _compiled(_IN_LIST).finditer(text):
        what = token[0]
        if what[0] == "#" or what.isspace():
            continue
        if what in "]}":
            depth -= 1
        if depth == 1 and what == ",":
            if open_:
                found.append(Element(start, end, token.end()))
            open_ = False
        elif depth >= 1:
            start = start if open_ else token.start()
            end, open_ = token.end(), True
        if what in "[{":
            depth += 1
    return [*found, Element(start, end, end)] if open_ else found


def dotted_key(text: str, at: int) -> tuple[list[str], int]:
    """The parts of the dotted key at ``at``, and the offset behind it, its ``=`` and the space after that."""
    if bare := _compiled(_BARE_KEY).match(text, at):
        return [bare[1]], bare.end()
    parts, pattern = [], _compiled(_KEY)
    while key := pattern.match(text, at):
        parts.append(_unquoted(key[1]))
        at = key.end()
        if not text.startswith(".", at):
            break
        at += 1
    equals = _compiled(_EQUALS).match(text, at)
    return parts, equals.end() if equals else at


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    return _compiled(_ESCAPE).sub(_unescaped, key[1:-1]) if key.startswith('"') else key


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(min(int(code, 16), 0x10FFFF)) if code else _SHORT_ESCAPES.get(escape[3], escape[3])
