"""Edit the values of one table of a TOML text and touch nothing else: no comment, no order, no layout.

The text is changed by replacing spans of it. An entry whose value changed gets a new value between its ``=``
and its comment; one that is gone loses its lines; a new one becomes a line below the entry that it follows in
a file written by oncue. `Uneditable` is raised where that would lose a comment.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from oncue.storage.toml.scan import Path, Span, Statement, comments_in, elements, statements
from oncue.storage.toml.write import key_text, value_like, value_text

# The keys of a table in the order in which oncue writes them, over all kinds of tables.
_ORDER = (
    "name", "description", "enabled", "tags", "type", "event", "channel", "instance", "agent", "text",
    "participant_type", "participant_types", "message_type", "message_types", "attributes",
)  # fmt: skip
# What an entry becomes when its value is the default again: it stays where it is, with its comment.
_DEFAULTS = {"description": "", "enabled": True, "tags": [], "message_type": "text"}
# Lists whose order means nothing.
_SETS = frozenset({"participant_types", "message_types"})


class Uneditable(ValueError):  # noqa: N818 - said of the text
    """The text cannot be edited without losing something that a person wrote."""


class Edit(NamedTuple):
    """Put ``text`` in the place of the span from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after ``edits``, which do not overlap. Those at the same place come out in their order."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def edit_table(text: str, path: Path, old: dict[str, Any], new: dict[str, Any]) -> str:
    """``text`` with the table at ``path``, which has the values ``old``, brought to the values ``new``."""
    for key in [*old, *(key for key in new if key not in old)]:
        if key in old and key in new and _same(key, old[key], new[key]):
            continue
        text = _edit_key(text, path, key, old.get(key), new.get(key))
    return text


def _same(key: str, old: object, new: object) -> bool:
    return type(old) is type(new) and repr(old) == repr(new)


def _edit_key(text: str, path: Path, key: str, old: Any, new: Any) -> str:
    here = (*path, key)
    found = list(statements(text))
    entry = next((each for each in found if not each.header and each.path == here), None)
    if new is None:
        new = _DEFAULTS.get(key) if entry is not None else None
        if new is None:
            return apply(text, _removed(text, found, here))
    if entry is not None:
        start, end = entry.value
        return apply(text, [Edit(start, end, _changed(text, entry.value, key, old, new))])
    if inline := _inline_parent(found, here):
        raise Uneditable(f"line {inline.line}: the table there is written on one line in an unusual way")
    if isinstance(old, dict) and isinstance(new, dict):
        return edit_table(text, here, old, new)
    return _inserted(text, found, path, key, new)


def _inline_parent(found: list[Statement], here: Path) -> Statement | None:
    return next((each for each in found if not each.header and here[: len(each.path)] == each.path != here), None)


def _changed(text: str, span: Span, key: str, old: Any, new: Any) -> str:
    """The new text of a value that is there."""
    before = text[span[0] : span[1]]
    if isinstance(new, list) and before.startswith("["):
        kept = [value for value in old or [] if value in new] if key in _SETS else []
        wanted = [*kept, *(value for value in new if value not in kept)] if key in _SETS else new
        return edit_list(before, wanted)
    if isinstance(new, dict) and before.startswith("{"):
        if comments_in(before):
            raise Uneditable("an inline table with comments in it")
        ordered = {key: new[key] for key in old or {} if key in new} | new
        return value_text(ordered)
    return value_like(new, before)


def edit_list(before: str, new: list[Any]) -> str:
    """The text of a list with the values ``new``: on one line, or line by line as ``before`` is."""
    if "\n" not in before:
        return value_text(new)
    spans = elements(before)
    if not spans:
        if comments_in(before):
            raise Uneditable("an empty list with comments in it")
        return value_text(new)
    old_texts, new_texts = [before[start:end] for start, end in spans], [value_text(value) for value in new]
    old_keys = [_value_key(each) for each in old_texts]
    new_keys = [_value_key(each) for each in new_texts]
    edits: list[Edit] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        edits += (Edit(*spans[i1 + n], new_texts[j1 + n]) for n in range(pairs))
        edits += (_element_removed(before, spans, index) for index in range(i1 + pairs, i2))
        if added := new_texts[j1 + pairs : j2]:
            edits.append(_elements_added(before, spans, i1 + pairs, added))
    return apply(before, edits)


def _value_key(text: str) -> str:
    import rtoml

    return repr(rtoml.loads(f"k = {text}"))


def _element_removed(text: str, spans: list[Span], index: int) -> Edit:
    """Without the element: its whole line if it has one to itself, with its comma and comment."""
    start, end = spans[index]
    after = _behind_comma(text, end)
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", after)
    alone = not text[line_start:start].strip() and line_start > 0 and line_end >= 0
    rest = text[after:line_end].strip() if alone else ""
    if alone and (not rest or rest.startswith("#")):
        return Edit(line_start, line_end + 1, "")
    return Edit(start, after, "")


def _elements_added(text: str, spans: list[Span], before: int, added: list[str]) -> Edit:
    """New elements in front of the one at ``before``, or behind the last."""
    anchor = spans[before - 1] if before else spans[0]
    line_start = text.rfind("\n", 0, anchor[0]) + 1
    indent = text[line_start : anchor[0]] if line_start and not text[line_start : anchor[0]].strip() else "  "
    newline = "\r\n" if "\r\n" in text else "\n"
    if before == 0:
        return Edit(anchor[0], anchor[0], "".join(f"{each},{newline}{indent}" for each in added))
    comma = _behind_comma(text, anchor[1])
    if comma == anchor[1]:  # the last one, without a comma behind it
        return Edit(comma, comma, "".join(f",{newline}{indent}{each}" for each in added))
    line_end = text.find("\n", comma)
    rest = text[comma:line_end].strip()
    if line_end >= 0 and (not rest or rest.startswith("#")):
        return Edit(line_end + 1, line_end + 1, "".join(f"{indent}{each},{newline}" for each in added))
    return Edit(comma, comma, "".join(f" {each}," for each in added))


def _behind_comma(text: str, end: int) -> int:
    rest = text[end:]
    stripped = rest.lstrip(" \t")
    return end + len(rest) - len(stripped) + 1 if stripped.startswith(",") else end


def _removed(text: str, found: list[Statement], here: Path) -> list[Edit]:
    """Without the entry or the table at ``here``, and without what is below it."""
    gone = [each for each in found if each.path[: len(here)] == here]
    return [Edit(each.start, each.end, "") for each in gone]


def _inserted(text: str, found: list[Statement], path: Path, key: str, value: Any) -> str:
    """With a new entry, as a line below the one that it follows in a file written by oncue."""
    header = next((each for each in found if each.header and each.path == path), None)
    own = [each for each in found if not each.header and each.path[:-1] == path]
    if not own and header is None and path:
        raise Uneditable(f"there is no place for {key!r}")
    under = _header_above(found, own[0]) if own else header
    prefix = path[len(under.path) if under else 0 :]
    name = ".".join(key_text(str(part)) for part in (*prefix, key))
    anchor = _anchor(own, key) or header
    line = f"{name} = {value_text(value)}"
    newline = "\r\n" if "\r\n" in text else "\n"
    if anchor is None:  # the first entry of the whole file
        return f"{line}{newline}{text}"
    first = own[0] if own else anchor
    indent = text[first.start : len(text) - len(text[first.start :].lstrip(" \t"))]
    if not text[: anchor.end].endswith("\n"):
        return apply(text, [Edit(anchor.end, anchor.end, f"{newline}{indent}{line}")])
    return apply(text, [Edit(anchor.end, anchor.end, f"{indent}{line}{newline}")])


def _anchor(own: list[Statement], key: str) -> Statement | None:
    """The entry to stand below."""
    if key not in _ORDER or not own:
        return own[-1] if own else None
    place = _ORDER.index(key)
    ahead = [each for each in own if each.path[-1] in _ORDER and _ORDER.index(str(each.path[-1])) < place]
    return ahead[-1] if ahead else own[-1]


def _header_above(found: list[Statement], entry: Statement) -> Statement | None:
    above = [each for each in found if each.header and each.start < entry.start]
    return above[-1] if above else None
