"""Edit the elements of a TOML list: those that stay keep their lines, their commas and their comments.

So do the entries of a table in braces that is written over several lines, as TOML 1.1 permits.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from oncue.storage.toml.read import read_toml
from oncue.storage.toml.spans import Edit, Uneditable, apply, newline_of
from oncue.storage.toml.tokens import Element, comments_in, dotted_key, elements
from oncue.storage.toml.write import exact, key_text, value_like, value_text


def edit_list(
    before: str,
    old: list[Any],
    new: list[Any],
    sources: Sequence[int | None] | None = None,
    is_set: bool = False,
) -> str:
    """The text of a list with the values ``new``, where ``before`` is its text with the values ``old``.

    A list on one line stays on one line; in one of several lines, every line that need not change stays as it is.
    ``sources`` says for each new element which old one it is, edited or not; without it that is found by value. The
    elements of a set are never edited: another value is another element.
    """
    if "\n" not in before:
        return value_text(new)
    there = elements(before)
    if len(there) != len(old):
        raise Uneditable("a list with an unusual layout")
    if not there:
        if comments_in(before):
            raise Uneditable("an empty list with comments in it")
        return value_text(new)
    before_keys, after_keys = [exact(each) for each in old], [exact(each) for each in new]
    changes = SequenceMatcher(None, before_keys, after_keys, autojunk=False).get_opcodes()
    in_place = _in_place(changes, len(new))
    wanted = list(sources) if sources is not None else _by_value(before_keys, after_keys, in_place, is_set)
    # A line that goes takes the comments above it along, and a new one must not come between another and its own.
    moves = wanted != in_place or (wanted != [*range(len(old))] and comments_in(before))
    if moves and (rebuilt := _rebuilt(before, there, before_keys, new, wanted)) is not None:
        return rebuilt
    if wanted != in_place and comments_in(before):
        raise Uneditable("a list with comments and an unusual layout")
    return _edited_in_place(before, there, new, changes)


def edit_inline(before: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The text of a table in braces with the values ``new``, where ``before`` is its text with the values ``old``.

    One on one line stays on one line; in one of several lines, every entry that need not change stays as it is.
    """
    there = elements(before)
    if "\n" not in before or not there:
        return _value_over(None, new, before)
    keys, edits = [], []
    for each in there:
        path, at = dotted_key(before, each.start)
        if len(path) > 1:
            raise Uneditable("a table in braces with dotted keys")
        keys += path
        if path[0] not in new:
            edits.append(_removed(before, each))
        elif exact(old[path[0]]) != exact(new[path[0]]):
            edits.append(Edit(at, each.end, _value_over(old[path[0]], new[path[0]], before[at : each.end])))
    added = [f"{key_text(key)} = {value_text(value)}" for key, value in new.items() if key not in keys]
    return apply(before, [*edits, *(_added(before, there, len(there), added) if added else ())])


def _value_over(old: Any, new: Any, before: str) -> str:
    """The text of a single value in the place of ``before``; a table of several lines keeps them."""
    if isinstance(old, dict) and isinstance(new, dict):
        return edit_inline(before, old, new)
    if comments_in(before):
        raise Uneditable("there are comments inside a value that changes")
    return re.sub("\r?\n", newline_of(before), value_like(new, before))


Opcodes = Sequence[tuple[str, int, int, int, int]]


def _in_place(changes: Opcodes, size: int) -> list[int | None]:
    """For each new element the old one whose place it takes, if no element changes its place."""
    found: list[int | None] = [None] * size
    for _, i1, i2, j1, j2 in changes:
        pairs = min(i2 - i1, j2 - j1)
        found[j1 : j1 + pairs] = range(i1, i1 + pairs)
    return found


def _by_value(old: list[str], new: list[str], in_place: list[int | None], is_set: bool) -> list[int | None]:
    """For each new element the old one that it is: an equal one, or else the one that was edited in its place."""
    found: list[int | None] = [at if at is not None and old[at] == new[n] else None for n, at in enumerate(in_place)]
    free: dict[str, list[int]] = {}
    for at in reversed([at for at in range(len(old)) if at not in set(found)]):
        free.setdefault(old[at], []).append(at)
    for n, value in enumerate(new):
        if found[n] is None and free.get(value):
            found[n] = free[value].pop()
    if not is_set:
        left = {at for rest in free.values() for at in rest}
        found = [in_place[n] if at is None and in_place[n] in left else at for n, at in enumerate(found)]
    return found


def _rebuilt(before: str, there: list[Element], old: list[str], new: list[Any], wanted: list[int | None]) -> str | None:
    """The list put together from the lines of its elements; ``None`` if they do not have lines of their own."""
    newline = newline_of(before)
    at = before.find("\n") + 1
    head, lines = before[:at], []
    for each in there:
        line_end = before.find("\n", each.after) + 1
        if each.start < at or not _rest_is_comment(before, each.after) or comments_in(before[each.end : each.after]):
            return None
        lines.append((before[at : each.start], before[each.after : line_end]))
        at = line_end
    ends_with_comma = there[-1].after > there[-1].end
    parts = [head]
    for n, (value, source) in enumerate(zip(new, wanted, strict=True)):
        comma = "," if n < len(new) - 1 or ends_with_comma else ""
        if source is None:
            parts.append(f"{_indent(before, there[0])}{value_text(value)}{comma}{newline}")
            continue
        element, (above, rest) = there[source], lines[source]
        if old[source] == exact(value):
            text = before[element.start : element.end]
        else:
            text = _replaced(before, element, value).text
        parts.append(f"{above}{text}{comma}{rest}")
    return "".join([*parts, before[at:]])


def _edited_in_place(before: str, there: list[Element], new: list[Any], changes: Opcodes) -> str:
    edits: list[Edit] = []
    for tag, i1, i2, j1, j2 in changes:
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        edits += (_replaced(before, there[i1 + n], new[j1 + n]) for n in range(pairs))
        edits += (_removed(before, each) for each in there[i1 + pairs : i2])
        if i2 - i1 < j2 - j1:
            edits += _added(before, there, i2, [value_text(each) for each in new[j1 + pairs : j2]])
    return apply(before, edits)


def _replaced(text: str, element: Element, value: Any) -> Edit:
    before = text[element.start : element.end]
    if isinstance(value, dict) and "\n" in before:
        old = read_toml(f"table = {before}".encode(), "").values["table"]
        return Edit(element.start, element.end, edit_inline(before, old, value))
    if comments_in(before):
        raise Uneditable("there are comments inside an element of a list")
    return Edit(element.start, element.end, value_text(value))


def _removed(text: str, element: Element) -> Edit:
    """Without the element: its whole line if it has one to itself, with its comma and comment."""
    if comments_in(text[element.end : element.after]):
        raise Uneditable("there is a comment between an element of a list and its comma")
    line_start, line_end = text.rfind("\n", 0, element.start) + 1, text.find("\n", element.after)
    alone = line_start > 0 and not text[line_start : element.start].strip() and _rest_is_comment(text, element.after)
    return Edit(line_start, line_end + 1, "") if alone else Edit(element.start, element.after, "")


def _added(text: str, there: list[Element], index: int, texts: list[str]) -> list[Edit]:
    """New elements before the one at ``index``: below its predecessor, each on its own line if that ends one."""
    newline = newline_of(text)
    if index == 0:
        separator = f",{newline}{_indent(text, there[0])}"
        return [Edit(there[0].start, there[0].start, "".join(f"{each}{separator}" for each in texts))]
    last = there[index - 1]
    has_comma = last.after > last.end
    edits = [] if has_comma else [Edit(last.end, last.end, ",")]
    if not _rest_is_comment(text, last.after):
        return [*edits, Edit(last.after, last.after, "".join(f" {each}," for each in texts))]
    lines = f",{newline}".join(f"{_indent(text, last)}{each}" for each in texts)
    next_line = text.find("\n", last.after) + 1
    return [*edits, Edit(next_line, next_line, f"{lines}{',' if has_comma else ''}{newline}")]


def _rest_is_comment(text: str, at: int) -> bool:
    """Whether nothing but space and a comment follows on the line, and the line is not the last one."""
    line_end = text.find("\n", at)
    rest = text[at:line_end].strip()
    return line_end >= 0 and (not rest or rest.startswith("#"))


def _indent(text: str, element: Element) -> str:
    line_start = text.rfind("\n", 0, element.start) + 1
    before = text[line_start : element.start]
    return before if line_start and not before.strip() else "  "
