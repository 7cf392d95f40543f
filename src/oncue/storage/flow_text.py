"""The new text of a flow's file: what a person wrote, with what was edited changed and nothing else.

An edit replaces spans of the text, so every comment, blank line, order of keys, line ending and byte order mark that
is not part of the edit stays as it is, byte for byte. A step is its ``[[steps]]`` block, which moves with its
comments.

Whatever the edit made must read back as exactly the flow that was meant; otherwise nothing is written. Where an edit
would lose a comment, it is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from functools import cache
from typing import Any, get_args, get_origin

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file
from oncue.domain.steps import Step
from oncue.domain.values import key_of
from oncue.errors import SaveError, UnreadableError
from oncue.storage.align_steps import match_steps
from oncue.storage.codec import decode_flow, flow_in, flow_values
from oncue.storage.toml.blocks import blocks, closed_up, replace_blocks
from oncue.storage.toml.edit import PLAIN, TableStyle, edit_table
from oncue.storage.toml.edit_list import edit_list
from oncue.storage.toml.read import BOM, read_toml
from oncue.storage.toml.scan import statements
from oncue.storage.toml.spans import Edit, Uneditable, apply, newline_of
from oncue.storage.toml.tokens import comments_in
from oncue.storage.toml.write import block, canonical, exact

Values = dict[str, Any]


def flow_bytes(flow: Flow, existing: bytes | None = None, step_sources: Sequence[int | None] | None = None) -> bytes:
    """The content of the file of ``flow``; with ``existing``, the content of a flow's file, an edit of that.

    ``step_sources`` are, for each step, the number of the step in ``existing`` that it is, or ``None`` for a new one.
    Without them, the steps are matched by their values.
    Raises `SaveError` if the flow cannot be written so that it is read back as it is.
    """
    file = flow_file(flow.id)
    if existing is not None:
        try:
            data = _edited(existing, flow, step_sources)
            if _reads_back(data, flow):
                return data
            problem = "its layout is too unusual"
        except (Uneditable, UnreadableError) as error:
            problem = str(error)
        if comments_in(existing.decode("utf-8", "replace")):
            raise SaveError(file, f"cannot be edited without losing comments ({problem}); edit it in a text editor")
    data = in_form_of(existing, encoded(file, flow_values(flow)))
    check(file, lambda: decode_flow(flow.id, data) == flow)
    return data


def in_form_of(existing: bytes | None, data: bytes) -> bytes:
    """``data``, in which line feeds only end lines, with the line ends and the byte order mark of ``existing``."""
    if existing is None:
        return data
    if b"\r\n" in existing:
        data = data.replace(b"\n", b"\r\n")
    return BOM + data if existing.startswith(BOM) else data


def encoded(file: str, values: Values) -> bytes:
    """A new file of ``values``. Raises `SaveError` if TOML cannot hold them."""
    try:
        return canonical(values).encode()
    except (ValueError, TypeError) as error:
        raise SaveError(file, f"it holds something that TOML cannot: {error}") from None


def check(file: str, reads_back: Callable[[], bool]) -> None:
    """Raise `SaveError` unless what is to be written reads back as it is."""
    try:
        if reads_back():
            return
        problem = "it would not read back as it is"
    except UnreadableError as error:
        problem = "; ".join(f"{each.key}: {each.message}" for each in error.problems)
    raise SaveError(file, f"it holds something that cannot be saved: {problem}")


def _reads_back(data: bytes, flow: Flow) -> bool:
    try:
        return decode_flow(flow.id, data) == flow
    except UnreadableError:
        return False


def _edited(existing: bytes, flow: Flow, step_sources: Sequence[int | None] | None) -> bytes:
    """``existing`` edited to hold ``flow``. Its values are compared as they were written, not as they are meant, so
    that what was written in an unusual way, such as a default, is left alone.
    """
    document = read_toml(existing, flow_file(flow.id))
    old, new = dict(document.values), flow_values(flow)
    meant = flow_values(flow_in(document, flow.id)).get("steps", [])
    old_steps, new_steps = old.pop("steps", []), new.pop("steps", [])
    text = document.text
    if step_sources is None:
        step_sources = match_steps(meant, new_steps)
    if exact(meant) != exact(new_steps) or list(step_sources) != [*range(len(meant))]:
        text = _edit_steps(text, old_steps, new_steps, step_sources)
    text = edit_table(text, (), old, new, table_style(Flow))
    try:
        return (BOM if existing.startswith(BOM) else b"") + text.encode()
    except UnicodeEncodeError as error:
        raise Uneditable(str(error)) from None


def _edit_steps(text: str, old: list[Values], new: list[Values], origins: Sequence[int | None]) -> str:
    """With the steps ``new``, which are those of ``old`` with the numbers ``origins``, edited, or new."""
    entry = next((each for each in statements(text) if not each.header and each.path == ("steps",)), None)
    if entry is not None:
        start, end = entry.value
        pairs = zip(new, origins, strict=True)
        steps = [step if origin is None else step_style(step).merged(old[origin], step) for step, origin in pairs]
        return apply(text, [Edit(start, end, edit_list(text[start:end], old, steps, origins))])
    spans, bodies = blocks(text, "steps"), []
    for step, origin in zip(new, origins, strict=True):
        if origin is None:
            bodies.append(block("steps", step).rstrip("\n").replace("\n", newline_of(text)))
        else:
            start, end = spans[origin]
            body = edit_table(text[start:end], ("steps", 0), old[origin], step, _restyled(old[origin], step))
            bodies.append(closed_up(body).rstrip("\r\n"))
    return replace_blocks(text, spans, bodies)


# --- styles: what the editor needs to know of each kind of table, from the types of the domain --------------------


@cache
def table_style(kind: type[Any]) -> TableStyle:
    """How the table of a ``kind`` of values is written: its fields in their order, with their defaults."""
    known = [field for field in fields(kind) if field.init]
    types = {key_of(field): field.type for field in known}
    return TableStyle(
        order=tuple(map(key_of, known)),
        defaults={key_of(field): _as_written(field.default) for field in known if _has_written_default(field)},
        sets=frozenset(name for name, type_ in types.items() if _is_set(type_)),
        tables={
            name: table_style(type_) for name, type_ in types.items() if isinstance(type_, type) and is_dataclass(type_)
        },
    )


def step_style(step: Mapping[str, Any]) -> TableStyle:
    """How the table of ``step`` is written, by its ``type``."""
    kind = _STEP_KINDS.get(step["type"])
    return PLAIN if kind is None else table_style(kind)


def _restyled(old: Mapping[str, Any], new: Mapping[str, Any]) -> TableStyle:
    """How the table of a step is written that may get another type: the keys of the old type are known ones, too."""
    style, before = step_style(new), step_style(old)
    if style is before:
        return style
    return replace(style, order=(*style.order, *(key for key in before.order if key not in style.order)))


_STEP_KINDS: Mapping[str, type] = {kind.__dataclass_fields__["type"].default: kind for kind in get_args(Step)}


def _has_written_default(field: "Field[Any]") -> bool:
    """Whether leaving the field out means a value that a file can state; ``None`` cannot be written."""
    return field.default is not MISSING and field.default is not None


def _as_written(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _is_set(annotation: Any) -> bool:
    return get_origin(annotation) is frozenset or any(map(_is_set, get_args(annotation)))
