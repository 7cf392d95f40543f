"""Which flow and which step is which through a session of edits, so that each keeps its comments when it is saved.

Values have no ids: two equal steps are equal, and a step that was edited equals nothing that was there before. So the
session notes for each flow where it comes from, and what each of its steps is called. A flow as it was loaded is known
by its id and its steps by their numbers; what was made since gets a new `object`, which is equal to nothing else.

The identities of the steps follow from comparing the flow before and after a *single* edit: an edit of steps leaves
all steps but one alone, and leaves them the same objects. After anything else, such as restoring a draft, they are
not known, and whoever needs them has to go by the values.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.steps import Step


class Identity(NamedTuple):
    """What a flow is, whatever its id is now: ``flow``, the one of which it is a copy, and its steps if known."""

    flow: object
    steps: tuple[object, ...] | None
    copied_from: object = None


Identities = Mapping[str, Identity]
"""The identities of flows by their present ids; those that are missing are as they were loaded."""


def identity_of(flow: Flow, known: Identities) -> Identity:
    """What ``flow`` is."""
    return known.get(flow.id) or Identity(flow.id, tuple(range(len(flow.steps))))


def new_identity(flow: Flow) -> Identity:
    """What ``flow`` is if it is none of those that were there before, nor a copy of one."""
    return Identity(object(), tuple(object() for _ in flow.steps))


def after_edit(known: Identities, origin: Flow | None, flow: Flow, after: Mapping[str, Flow]) -> Identity:
    """What ``flow`` is after a single edit, which made it of ``origin``, and the workspace to the flows ``after``."""
    if origin is None:
        return new_identity(flow)
    what = identity_of(origin, known)
    steps = None if what.steps is None else _steps_after(what.steps, origin.steps, flow.steps)
    if origin.id != flow.id and origin.id in after:
        return Identity(object(), steps, copied_from=what.flow)
    return what._replace(steps=steps)


def _steps_after(known: tuple[object, ...], before: Sequence[Step], after: Sequence[Step]) -> tuple[object, ...] | None:
    """The identities of the steps after a single edit; ``None`` if more than one step was made by it."""
    if before is after:
        return known
    free: dict[int, list[object]] = {}
    for step, what in zip(reversed(before), reversed(known), strict=True):
        free.setdefault(id(step), []).append(what)
    found = [free[id(step)].pop() if free.get(id(step)) else None for step in after]
    gone = [what for rest in free.values() for what in rest]
    made = found.count(None)
    if made > 1 or (made and len(gone) > 1):
        return None
    new = gone[0] if made and gone else object()
    return tuple(new if what is None else what for what in found)


def text_source(flow: Flow, known: Identities, saved: Mapping[str, Flow], saved_known: Identities) -> str | None:
    """The id of the saved flow whose text is that of ``flow`` before it was edited; ``None`` if there is none."""
    what = identity_of(flow, known)
    own = saved.get(flow.id)
    if own is not None and identity_of(own, saved_known).flow == what.flow:
        return flow.id
    for wanted in (what.flow, what.copied_from):
        # Only what was renamed or restored is listed under another id than its own.
        for flow_id in (*saved_known, wanted):
            there = saved.get(flow_id) if isinstance(flow_id, str) else None
            if there is not None and identity_of(there, saved_known).flow == wanted:
                return there.id
    return None


def step_sources(flow: Flow, known: Identities, source: Flow, saved_known: Identities) -> list[int | None] | None:
    """For each step of ``flow`` the number of the step of ``source`` that it is, or ``None`` if it is new.

    Without a list, the identities are not known.
    """
    now, then = identity_of(flow, known).steps, identity_of(source, saved_known).steps
    if now is None or then is None or len(then) != len(source.steps):
        return None
    numbers = {what: number for number, what in enumerate(then)}
    return [numbers.get(what) for what in now]
