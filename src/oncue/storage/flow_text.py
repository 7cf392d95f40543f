"""The new text of a flow's file: what a person wrote, with what was edited changed and nothing else.

An edit replaces spans of the text, so every comment, blank line, order of keys, line ending and byte order mark
that is not part of the edit stays as it is, byte for byte. A step is its ``[[steps]]`` block with the comments
above its header. (tomlkit keeps comments too, but counts those above a ``[[steps]]`` to the step before it, so
they stay behind or go astray when a step is moved.)

Whatever the edit made must read back as exactly the flow that was meant; otherwise nothing is written. Where
an edit would lose a comment, it is refused.
"""

import json
from collections.abc import Callable
from typing import Any

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, scenario_file
from oncue.domain.scenarios import Scenario
from oncue.errors import SaveError, UnreadableError
from oncue.storage.align_steps import match_steps
from oncue.storage.codec import decode_flow, decode_scenario, flow_values, scenario_values
from oncue.storage.toml.edit import Edit, Uneditable, apply, edit_list, edit_table
from oncue.storage.toml.read import BOM
from oncue.storage.toml.scan import Span, Statement, comments_in, statements
from oncue.storage.toml.write import block, canonical

Values = dict[str, Any]


def flow_bytes(flow: Flow, existing: bytes | None = None) -> bytes:
    """The content of the file of ``flow``; with ``existing``, a flow's file, an edit of that.

    Raises `SaveError` if the flow cannot be written so that it is read back as it is.
    """
    file, problem = flow_file(flow.id), ""
    if existing is not None:
        try:
            data = _edited(existing, flow)
        except (Uneditable, UnreadableError) as error:
            problem = str(error)
        else:
            if _reads_back(data, flow):
                return data
            problem = "its layout is too unusual"
        if comments_in(existing.decode("utf-8", "replace")):
            raise SaveError(file, f"cannot be edited without losing comments ({problem}); edit it in a text editor")
    data = _encoded(file, flow_values(flow))
    _check(file, data, lambda: decode_flow(flow.id, data) == flow)
    return data


def scenario_bytes(scenario: Scenario) -> bytes:
    """The content of a new file of ``scenario``. `SaveError` as for `flow_bytes`."""
    file = scenario_file(scenario.id)
    data = _encoded(file, scenario_values(scenario))
    _check(file, data, lambda: decode_scenario(scenario.id, data) == scenario)
    return data


def _encoded(file: str, values: Values) -> bytes:
    try:
        return canonical(values).encode()
    except (ValueError, TypeError) as error:
        raise SaveError(file, f"it holds something that TOML cannot: {error}") from None


def _check(file: str, data: bytes, equal: Callable[[], bool]) -> None:
    try:
        if equal():
            return
        reason = "it would not read back as it is"
    except UnreadableError as error:
        reason = "; ".join(f"{problem.key}: {problem.message}" for problem in error.problems)
    raise SaveError(file, f"it holds something that cannot be saved: {reason}")


def _reads_back(data: bytes, flow: Flow) -> bool:
    try:
        return _exact(flow_values(decode_flow(flow.id, data))) == _exact(flow_values(flow))
    except UnreadableError:
        return False


def _exact(values: Values) -> str:
    """Equal only if the types are too: ``1``, ``1.0`` and ``true`` are different in a file."""
    return json.dumps(values, sort_keys=True)


def _edited(existing: bytes, flow: Flow) -> bytes:
    old, new = flow_values(decode_flow(flow.id, existing)), flow_values(flow)
    mark = BOM if existing.startswith(BOM) else b""
    text = existing.removeprefix(BOM).decode()
    try:
        old_steps, new_steps = old.pop("steps", []), new.pop("steps", [])
        if _exact({"": old_steps}) != _exact({"": new_steps}):
            text = _edit_steps(text, old_steps, new_steps)
        return mark + edit_table(text, (), old, new).encode()
    except UnicodeEncodeError as error:
        raise Uneditable(str(error)) from None


def _edit_steps(text: str, old: list[Values], new: list[Values]) -> str:
    found = list(statements(text))
    entry = next((each for each in found if not each.header and each.path == ("steps",)), None)
    if entry is not None:
        start, end = entry.value
        return apply(text, [Edit(start, end, edit_list(text[start:end], new))])
    slots = _slots(text, found)
    bodies, newline = [], "\r\n" if "\r\n" in text else "\n"
    for values, index in zip(new, match_steps(old, new), strict=True):
        if index is None:
            bodies.append(block("steps", values).rstrip("\n").replace("\n", newline))
        else:
            start, end = slots[index]
            bodies.append(edit_table(text[start:end], ("steps", 0), old[index], values).rstrip("\r\n"))
    return _fill(text, slots, bodies, newline)


def _slots(text: str, found: list[Statement]) -> list[Span]:
    """The span of each step: its block, the comments above its header, and those directly below its last entry."""
    slots = []
    for index, statement in enumerate(found):
        if _is_step(statement):
            below = index + 1
            while below < len(found) and _belongs(found[below], statement):
                below += 1
            start = _tail(text, found, index - 1) if index else 0
            end = _tail(text, found, below - 1)
            start += len(text[start : statement.start]) - len(text[start : statement.start].lstrip("\r\n"))
            slots.append((start, len(text[:end].rstrip())))
    return slots


def _is_step(statement: Statement) -> bool:
    return statement.header and len(statement.path) == 2 and statement.path[0] == "steps"


def _belongs(statement: Statement, step: Statement) -> bool:
    return statement.path[:2] == step.path and not _is_step(statement)


def _tail(text: str, found: list[Statement], index: int) -> int:
    """The end of a statement and of the comments directly below it, if these do not lead on to the next header."""
    end = found[index].end
    while text[end:].lstrip(" \t").startswith("#"):
        line_end = text.find("\n", end)
        end = len(text) if line_end < 0 else line_end + 1
    follows = index + 1 < len(found) and found[index + 1].header and found[index + 1].start == end
    return found[index].end if follows else end


def _fill(text: str, slots: list[Span], bodies: list[str], newline: str) -> str:
    """Put the bodies into the slots, in order; the space between slots stays. Too many go behind the last."""
    if not slots:
        start = len(text.rstrip())
        ending = text[start:] if text[start:].strip(" \t") else newline
        added = "".join(f"{newline}{newline}{body}" for body in bodies)
        return text[:start] + added.lstrip("\r\n" if not start else "") + (ending if start else newline)
    edits = [Edit(*slot, body) for slot, body in zip(slots, bodies, strict=False)]
    between = text[slots[0][1] : slots[1][0]] if len(slots) > 1 else newline * 2
    if between.strip() or not between:
        between = newline * 2
    if extra := bodies[len(slots) :]:
        edits.append(Edit(slots[-1][1], slots[-1][1], "".join(between + body for body in extra)))
    for number, (start, end) in list(enumerate(slots))[len(bodies) :]:
        gap = slots[number - 1][1] if number else len(text[:start].rstrip())
        start = gap if not text[gap:start].strip() else start
        edits.append(Edit(start, end, ""))
    return apply(text, edits)
