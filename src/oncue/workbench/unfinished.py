"""What was typed into a field and is no value yet, such as a line of attributes without ``=``.

It is no part of any flow, so it cannot be saved; but nobody who typed it wants to lose it. So the state keeps it, by
the step that it was typed for, wherever that is moved and whatever its flow is called, and counts it as unsaved work.
It is there only as long as the rest of the text says what the step has: an edit that is undone takes it away, and
redone brings it back.

When another program changes the file of a flow that has such text, the flow follows the file as any other if the step
is in it still, and the text goes on with the step. Otherwise the flow stays as it is here, as one that is edited does,
and saving will ask.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file
from oncue.domain.problems import Code, Problem
from oncue.domain.steps import UpdateContact
from oncue.editing.identities import identity_of
from oncue.editing.session import Session
from oncue.text import counted
from oncue.workbench.attribute_text import attributes_text, complaint, parse_attributes, unfinished_lines

FIELD = "attributes"

Texts = Mapping[tuple[object, object], str]
"""Texts as they were typed, by the flow and the step that they are of, whatever these are called now."""


class Unfinished(NamedTuple):
    """A step whose ``text`` has lines that are no value; ``why`` says why the first one is none."""

    flow_id: str
    at: int
    text: str
    why: str
    more: int = 0

    @property
    def problem(self) -> Problem:
        """What is wrong, and where."""
        more = f", and {counted(self.more, 'more line')}" if self.more else ""
        return Problem(flow_file(self.flow_id), f"not saved: {self.why}{more}", Code.RULE, ("steps", self.at, FIELD))


def key_of(session: Session, flow_id: str, at: int) -> tuple[object, object] | None:
    """What tells a step from all others; ``None`` if there is no such step, or it cannot be told."""
    flow = session.workspace.flows.get(flow_id)
    if flow is None or not 0 <= at < len(flow.steps):
        return None
    what = identity_of(flow, session.identities)
    return what.flow, at if what.steps is None else what.steps[at]


def text_of(session: Session, texts: Texts, flow_id: str, at: int) -> str | None:
    """The attributes of a step as they were typed, or else as they are spelled; ``None`` if it has none."""
    step = session.workspace.flows[flow_id].steps[at]
    if not isinstance(step, UpdateContact):
        return None
    key = key_of(session, flow_id, at)
    typed = None if key is None else texts.get(key)
    same = typed is not None and UpdateContact(attributes=parse_attributes(typed)) == step
    return typed if same else attributes_text(step.attributes)


def unfinished(session: Session, texts: Texts) -> tuple[Unfinished, ...]:
    """Every step whose text has lines that are no value, in the order of flows and steps."""
    if not texts:
        return ()
    flows = {flow for flow, _ in texts}
    found = (
        _unfinished_in(session, texts, flow)
        for flow in session.workspace.flows.values()
        if identity_of(flow, session.identities).flow in flows
    )
    return tuple(sorted((each for in_flow in found for each in in_flow), key=lambda each: each[:2]))


def places_after(found: Iterable[Unfinished], before: Flow, after: Flow | None) -> list[int] | None:
    """Where each of the steps of the flow ``before`` is in what another program made of it: the same step, at the same
    place if it is there. ``None`` if one of them is nowhere.
    """
    places = list[int]()
    for each in found:
        step = before.steps[each.at]
        steps = () if after is None else after.steps
        free = [at for at, other in enumerate(steps) if other == step and at not in places]
        if not free:
            return None
        places.append(each.at if each.at in free else free[0])
    return places


def _unfinished_in(session: Session, texts: Texts, flow: Flow) -> Iterator[Unfinished]:
    for at in range(len(flow.steps)):
        text = text_of(session, texts, flow.id, at) or ""
        if lines := unfinished_lines(text):
            yield Unfinished(flow.id, at, text, complaint(lines[0]), len(lines) - 1)
