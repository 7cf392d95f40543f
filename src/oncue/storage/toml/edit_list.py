"""Edit the elements of a TOML list: those that stay keep their lines, their commas and their comments."""

from difflib import SequenceMatcher
from typing import Any

from oncue.storage.toml.spans import Edit, Uneditable, apply, newline_of
from oncue.storage.toml.tokens import Element, comments_in, elements
from oncue.storage.toml.write import exact, value_text


def edit_list(before: str, old: list[Any], new: list[Any]) -> str:
    """The text of a list with the values ``new``, where ``before`` is its text with the values ``old``.

    A list on one line stays on one line; in one of several lines, every line that need not change stays as it is.
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
    edits: list[Edit] = []
    matcher = SequenceMatcher(None, [exact(each) for each in old], [exact(each) for each in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        edits += (_replaced(before, there[i1 + n], new[j1 + n]) for n in range(pairs))
        edits += (_removed(before, each) for each in there[i1 + pairs : i2])
        if i2 - i1 < j2 - j1:
            edits += _added(before, there, i2, [value_text(each) for each in new[j1 + pairs : j2]])
    return apply(before, edits)


def _replaced(text: str, element: Element, value: Any) -> Edit:
    if comments_in(text[element.start : element.end]):
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
