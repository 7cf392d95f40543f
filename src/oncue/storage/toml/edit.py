"""Edit values of a TOML text and touch nothing else: no comment, no order, no layout.

The text is changed by replacing spans of it. An entry whose value changed gets a new value between its ``=`` and its
comment; one that is gone loses its lines; a new one becomes a line below the entry that it follows in a new file.
What is special about a table (the order of its keys, its defaults, its sets) is a `TableStyle`. Where an edit would
lose a comment, or where the layout leaves no place for it, it raises `Uneditable`.

Callers read the result back before they write it. So an edit need not prove that it understood an unusual layout; it
must only never lose a comment silently.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oncue.domain.problems import dotted
from oncue.storage.toml.edit_list import edit_inline, edit_list
from oncue.storage.toml.scan import Path, Statement, statements
from oncue.storage.toml.spans import Edit, Uneditable, apply, newline_of
from oncue.storage.toml.tokens import comments_in, comments_of
from oncue.storage.toml.write import exact, key_text, table, value_like, value_text

Values = dict[str, Any]

# Comments at the top of a file that are set off by an empty line are about the file and not about what follows.
_HEADING = re.compile(r"(?:[ \t]*#[^\n]*\n)+[ \t]*\r?\n")

_LEADS_ON = re.compile(r"(?:[ \t]*#[^\n]*\n)*[ \t]*\[")  # comments directly above a header are about it


@dataclass(frozen=True)
class TableStyle:
    """How the entries of one kind of table are written.

    ``order``: its keys as they stand in a new file. ``defaults``: what an entry that is there is set to when its key
    is left out of the values, so that it keeps its place and its comment. ``sets``: keys of lists whose order means
    nothing. ``tables``: the styles of tables inside it, by key.
    """

    order: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    sets: frozenset[str] = frozenset()
    tables: Mapping[str, "TableStyle"] = field(default_factory=dict)

    def merged(self, old: Values, new: Values) -> Values:
        """``new`` as it is to be written over ``old``: what means the same keeps its form and its place."""
        stays = [key for key in old if key in new or key in self.defaults]
        kept = {key: self._formed(key, old[key], new.get(key, self.defaults.get(key))) for key in stays}
        return {**kept, **{key: value for key, value in new.items() if key not in old}}

    def _formed(self, key: str, old: Any, new: Any) -> Any:
        if isinstance(old, dict) and isinstance(new, dict):
            return self.tables.get(key, PLAIN).merged(old, new)
        if key in self.sets and isinstance(old, list) and isinstance(new, list):
            kept = [value for value in old if value in new]
            return [*kept, *(value for value in new if value not in kept)]
        return new


PLAIN = TableStyle()


def edit_table(text: str, path: Path, old: Values, new: Values, style: TableStyle = PLAIN) -> str:
    """``text`` with the table at ``path``, which has the values ``old``, brought to the values ``new``."""
    wanted = style.merged(old, new)
    for key in [*(key for key in old if key in wanted), *(key for key in wanted if key not in old)]:
        if key not in old:
            text = _inserted(text, path, key, wanted[key], style)
        elif exact(old[key]) != exact(wanted[key]):
            text = _changed(text, path, key, old[key], wanted[key], style)
    for key in old:  # last, because what is new may have its place beside what goes
        if key not in wanted:
            text = _without(text, (*path, key), keep_comments=key in style.order)
    return text


def _changed(text: str, path: Path, key: str, old: Any, new: Any, style: TableStyle) -> str:
    here, found = (*path, key), list(statements(text))
    entry = next((each for each in found if not each.header and each.path == here), None)
    if entry is not None:
        start, end = entry.value
        return apply(
            text, [Edit(start, end, _new_value(text[start:end], old, new, newline_of(text), key in style.sets))]
        )
    _refuse_inline(found, here)
    if isinstance(old, dict) and isinstance(new, dict):
        if not new and not any(each.header and each.path == here for each in found):
            # Nothing would be left of a table that exists only by its dotted keys.
            return _inserted(_without(text, here), path, key, new, style)
        return edit_table(text, here, old, new, style.tables.get(key, PLAIN))
    if _are_tables(old) and _are_tables(new) and len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            text = edit_table(text, (*here, index), before, after)
        return text
    raise Uneditable(f"{dotted(here)} is written as tables")


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _refuse_inline(found: list[Statement], here: Path) -> None:
    for each in found:
        if not each.header and here[: len(each.path)] == each.path:
            raise Uneditable(f"line {each.line}: the table there is written on one line in an unusual way")


def _new_value(before: str, old: Any, new: Any, newline: str, is_set: bool) -> str:
    """The text of ``new`` in the place of ``before``, the text of the value ``old``."""
    if isinstance(old, list) and isinstance(new, list):
        return edit_list(before, old, new, is_set=is_set)
    if isinstance(old, dict) and isinstance(new, dict):
        return edit_inline(before, old, new)
    if comments_in(before):
        raise Uneditable("there are comments inside a value that changes")
    return re.sub("\r?\n", newline, value_like(new, before))


def _without(text: str, here: Path, keep_comments: bool = False) -> str:
    """Without the entry or the table at ``here``, and without what is below it.

    The comments of what is the user's own go with it; those of a known key, which can be set again, get own lines.
    """
    found, newline = list(statements(text)), newline_of(text)
    gone = []
    for each in found:
        if each.path[: len(here)] == here:
            comments = comments_of(text[each.start : each.end]) if keep_comments else []
            kept = "".join(f"{_indent(text, each)}{comment}{newline}" for comment in comments)
            gone.append(Edit(each.start, each.end, kept))
    if not gone:
        _refuse_inline(found, here)
        return text
    last, rest = gone[-1], text[gone[-1].end :]
    if _LEADS_ON.match(rest) and _ends_with_comment(apply(text[: last.end], gone)):
        gone[-1] = last._replace(text=last.text + newline)  # or it would be about the header that follows
    return apply(text, gone)


def _ends_with_comment(text: str) -> bool:
    return text[text.rfind("\n", 0, -1) + 1 :].lstrip(" \t").startswith("#")


def _inserted(text: str, path: Path, key: str, value: Any, style: TableStyle) -> str:
    """With a new entry, as a line below the one that it follows in a new file."""
    if not path and isinstance(value, dict) and value:
        return _with_table(text, key, value)
    found = list(statements(text))
    header = next((each for each in found if each.header and each.path == path), None)
    own = [each for each in found if not each.header and each.path[:-1] == path]
    if path and not own and header is None:
        _refuse_inline(found, path)
        raise Uneditable(f"there is no place for {dotted((*path, key))}")
    newline = newline_of(text)
    if not own and header is None:
        heading = _HEADING.match(text)
        at = heading.end() if heading else 0
        return f"{text[:at]}{key_text(key)} = {value_text(value)}{newline}{text[at:]}"
    anchor = _anchor(own, header, key, style)
    under = _header_above(found, own[0]) if own else path
    full_key = ".".join(key_text(str(part)) for part in (*path[len(under) :], key))
    line = f"{_indent(text, own[0] if own else anchor)}{full_key} = {value_text(value)}"
    ended = text[: anchor.end].endswith("\n")
    return apply(text, [Edit(anchor.end, anchor.end, f"{line}{newline}" if ended else f"{newline}{line}")])


def _with_table(text: str, key: str, values: Values) -> str:
    newline = newline_of(text)
    gap = "" if text.endswith("\n") or not text else newline
    gap += newline if text.strip() else ""
    return text + gap + table(key, values).replace("\n", newline)


def _anchor(own: list[Statement], header: Statement | None, key: str, style: TableStyle) -> Statement:
    """The statement to stand below: the last of those that come before ``key`` in a new file."""
    if own and key not in style.order:
        return own[-1]
    before = style.order[: style.order.index(key)] if key in style.order else ()
    ahead = [each for each in own if each.path[-1] in before]
    return ahead[-1] if ahead else header or own[-1]


def _header_above(found: list[Statement], entry: Statement) -> Path:
    """The path that the keys of ``entry`` are below as they are written: dotted keys lead on from there."""
    above = [each.path for each in found if each.header and each.start < entry.start]
    return above[-1] if above else ()


def _indent(text: str, statement: Statement) -> str:
    line = text[statement.start : statement.end]
    return line[: len(line) - len(line.lstrip(" \t"))]
