"""What was typed into a field and is no value yet, such as a line of attributes without ``=``.

It is no part of any flow, so it cannot be saved; but nobody who typed it wants to lose it. So the state keeps it, by
the step that it was typed for, wherever that is moved and whatever its flow is called, or by the key of the condition,
and counts it as unsaved work. It is there only as long as the rest of the text says what the step or the condition
has: an edit that is undone takes it away, and redone brings it back.

When another program changes the file of a flow that has such text, the flow follows the file as any other if the step
is in it still, or the condition as it was, and the text goes on with it. Otherwise the flow stays as it is here, as one
that is edited does, and saving will ask.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file
from oncue.domain.problems import Code, Problem
from oncue.domain.steps import UpdateContact
from oncue.editing.identities import identity_of
from oncue.editing.session import Session
from oncue.text import counted
from oncue.workbench.attribute_text import attributes_text, complaint, parse_attributes, unfinished_lines
from oncue.workbench.condition_forms import FORMS
from oncue.workbench.condition_text import has_text, read_value, value_text

FIELD = "attributes"

Slot = int | str
"""What of a flow a text was typed for: the index of a step, or the key of a condition."""

Texts = Mapping[tuple[object, object], str]
"""Texts as they were typed, by the flow and the step or condition that they are of, whatever these are called now."""

_TYPED = tuple(key for key in FORMS if has_text(key))


class Unfinished(NamedTuple):
    """A step or condition whose ``text`` has lines that are no value; ``why`` says why the first one is none."""

    flow_id: str
    at: Slot
    text: str
    why: str
    more: int = 0

    @property
    def problem(self) -> Problem:
        """What is wrong, and where."""
        more = f", and {counted(self.more, 'more line')}" if self.more else ""
        path = ("when", self.at) if isinstance(self.at, str) else ("steps", self.at, FIELD)
        return Problem(flow_file(self.flow_id), f"not saved: {self.why}{more}", Code.RULE, path)


def key_of(session: Session, flow_id: str, at: Slot) -> tuple[object, object] | None:
    """What tells a step or condition from all others; ``None`` if there is no such step, or it cannot be told."""
    flow = session.workspace.flows.get(flow_id)
    if flow is None:
        return None
    if isinstance(at, str):
        return (identity_of(flow, session.identities).flow, at) if at in _TYPED else None
    if not 0 <= at < len(flow.steps):
        return None
    what = identity_of(flow, session.identities)
    return what.flow, at if what.steps is None else what.steps[at]


def text_of(session: Session, texts: Texts, flow_id: str, at: Slot) -> str | None:
    """What was typed for a step or condition, or else how its value is spelled; ``None`` if it has no text."""
    flow = session.workspace.flows[flow_id]
    if isinstance(at, int) and not isinstance(flow.steps[at], UpdateContact):
        return None
    key = key_of(session, flow_id, at)
    typed = None if key is None else texts.get(key)
    return typed if typed is not None and _says_the_same(flow, at, typed) else _spelled(flow, at)


def condition_value(flow: Flow, key: str) -> Any:
    """The value of a condition; ``None`` if the flow does not have it."""
    return None if flow.when is None else getattr(flow.when, key)


def _spelled(flow: Flow, at: Slot) -> str:
    if isinstance(at, str):
        return value_text(at, condition_value(flow, at))
    step = flow.steps[at]
    return attributes_text(step.attributes) if isinstance(step, UpdateContact) else ""


def _says_the_same(flow: Flow, at: Slot, text: str) -> bool:
    """Whether the whole lines of ``text`` say what the step or condition has."""
    if isinstance(at, int):
        return UpdateContact(attributes=parse_attributes(text)) == flow.steps[at]
    said: bool = _exact(read_value(at, text).value) == _exact(condition_value(flow, at))
    return said


def _exact(value: Any) -> Any:
    """``value`` so that ``1``, ``1.0`` and ``true`` differ."""
    return {key: repr(each) for key, each in value.items()} if isinstance(value, Mapping) else value


def unfinished(session: Session, texts: Texts) -> tuple[Unfinished, ...]:
    """Every step and condition whose text has lines that are no value, in the order of flows, conditions and steps."""
    if not texts:
        return ()
    flows = {flow for flow, _ in texts}
    found = (
        _unfinished_in(session, texts, flow)
        for flow in session.workspace.flows.values()
        if identity_of(flow, session.identities).flow in flows
    )
    return tuple(sorted((each for in_flow in found for each in in_flow), key=_order))


def _order(found: Unfinished) -> tuple[str, int, int]:
    at = found.at
    return (found.flow_id, 0, _TYPED.index(at)) if isinstance(at, str) else (found.flow_id, 1, at)


def places_after(found: Iterable[Unfinished], before: Flow, after: Flow | None) -> list[Slot] | None:
    """Where each of the steps and conditions of the flow ``before`` is in what another program made of it: the same
    step, at the same place if it is there; a condition with the same value. ``None`` if one of them is nowhere.
    """
    places = list[Slot]()
    for each in found:
        if isinstance(each.at, str):
            if after is None or _exact(condition_value(before, each.at)) != _exact(condition_value(after, each.at)):
                return None
            places.append(each.at)
            continue
        step = before.steps[each.at]
        steps = () if after is None else after.steps
        free = [at for at, other in enumerate(steps) if other == step and at not in places]
        if not free:
            return None
        places.append(each.at if each.at in free else free[0])
    return places


def _unfinished_in(session: Session, texts: Texts, flow: Flow) -> Iterator[Unfinished]:
    own = identity_of(flow, session.identities).flow
    for at in (*(key for key in _TYPED if (own, key) in texts), *range(len(flow.steps))):
        text = text_of(session, texts, flow.id, at) or ""
        if wrong := complaints(at, text):
            yield Unfinished(flow.id, at, text, wrong[0], len(wrong) - 1)


def complaints(at: Slot, text: str) -> tuple[str, ...]:
    """Why lines of the ``text`` of a step or condition do not count."""
    if isinstance(at, str):
        return read_value(at, text).complaints
    return tuple(map(complaint, unfinished_lines(text)))
