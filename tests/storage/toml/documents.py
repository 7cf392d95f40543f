"""Hypothesis strategies for TOML texts in every layout that a person may use, with a comment wherever one can stand."""

import itertools
from collections.abc import Iterator
from typing import Any

import rtoml
from hypothesis import strategies as st

KEYS = ("a", "b", "c", '"d e"', "'f.g'", '"é"')
SCALARS = ("1", "-2.50", "true", "0x1F", "1979-05-27", '"x"', "'lit'", '"# no"', "'''t\nu'''", '"""\nv\n# no\n"""')
plain_values = st.text(max_size=8) | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, width=16)
new_values: st.SearchStrategy[Any] = plain_values | st.lists(plain_values, max_size=4)


class Comments:
    """Comments that are all different, so that one that is lost is noticed."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw, self._numbers = draw, itertools.count()

    def maybe(self, before: str = "  ", after: str = "") -> str:
        return f"{before}# c{next(self._numbers)}.{after}" if self._draw(st.booleans()) else ""


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A TOML text: entries, tables, arrays of tables, dotted keys, lists on one line and on several."""
    comments = Comments(draw)
    lines = [comments.maybe("", "\n\n"), *_entries(draw, comments)]
    for name in draw(st.lists(st.sampled_from(["t", "u", "t.v", "[w]", "[w]", "w.x"]), max_size=4)):
        lines += [draw(st.sampled_from(["", "\n"])), comments.maybe("", "\n"), f"[{name}]{comments.maybe()}\n"]
        lines += _entries(draw, comments)
    text = "".join([*lines, comments.maybe("", "")])
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\n", newline)
    try:
        rtoml.loads(text)
    except rtoml.TomlParsingError:
        return ""  # a table or a key that is there twice
    return text


def _entries(draw: st.DrawFn, comments: Comments) -> Iterator[str]:
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True)):
        dotted = draw(st.sampled_from([key, key, f"{key}.p", f"p.{key} . q"]))
        yield comments.maybe("  ", "\n")
        yield f"{draw(st.sampled_from(['', '  ']))}{dotted}{draw(st.sampled_from([' = ', '=']))}"
        yield f"{_value(draw, comments)}{comments.maybe()}\n"


def _value(draw: st.DrawFn, comments: Comments) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "list", "lines", "inline"]))
    several = draw(st.lists(st.sampled_from(SCALARS), max_size=3))
    match kind:
        case "list":
            return f"[{', '.join(several)}]"
        case "lines":
            return f"[{comments.maybe()}\n{''.join(_element_line(draw, comments, each) for each in several)}]"
        case "inline":
            inside = ", ".join(f"{key} = {each}" for key, each in zip(KEYS, several, strict=False))
            return f"{{ {inside} }}"
    return draw(st.sampled_from(SCALARS))


def _element_line(draw: st.DrawFn, comments: Comments, element: str) -> str:
    above = comments.maybe("    ", "\n")
    return f"{above}  {element}{draw(st.sampled_from([',', ' ,', chr(10) + '  ,']))}{comments.maybe()}\n"
