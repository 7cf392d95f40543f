"""What an edit changed, in one sentence that names the thing and the flow: *Contact off in Location shared*.

The sentence is made by comparing the workspaces before and after, so it is right for undo, redo and restored edits,
too, and no command has to describe what it does.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, Term
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.workbench.condition_forms import FORMS

T = TypeVar("T", bound=str)

_FEW = 2
"""Chips that are named; of more it is said how many are on."""


def edit_words(before: Workspace, after: Workspace) -> str:
    """What was changed between two workspaces; empty if no flow was."""
    old, new = before.flows, after.flows
    gone, came, changed = _compared(old, new)
    if not (gone or came or changed):
        return ""
    if len(gone) == len(came) == 1 and not changed:
        return _renamed(gone[0], came[0])
    if len(gone) + len(came) + len(changed) != 1:
        return _several(came, gone, [new[each] for each in changed], old)
    if came:
        return f"New flow: {came[0].name}"
    if gone:
        return f"{gone[0].name} deleted"
    return _of_flow(old[changed[0]], new[changed[0]], after.config)


def changed_in(before: Workspace, after: Workspace) -> str:
    """The name of the one flow that differs between two workspaces; empty if there are several or none."""
    gone, came, changed = _compared(before.flows, after.flows)
    found = {after.flows[each].name for each in changed} | {flow.name for flow in (*gone, *came)}
    return next(iter(found)) if len(found) == 1 else ""


def _compared(old: Mapping[str, Flow], new: Mapping[str, Flow]) -> tuple[list[Flow], list[Flow], list[str]]:
    """Which flows are gone, which came, and the ids of those that changed. Flows are frozen: most are the same ones."""
    other = [flow_id for flow_id, flow in new.items() if old.get(flow_id) is not flow]
    came = [new[flow_id] for flow_id in other if flow_id not in old]
    changed = [flow_id for flow_id in other if flow_id in old and old[flow_id] != new[flow_id]]
    if len(old) == len(new) and not came:
        return [], came, changed
    return [flow for flow_id, flow in old.items() if flow_id not in new], came, changed


def _several(came: list[Flow], gone: list[Flow], changed: list[Flow], old: Mapping[str, Flow]) -> str:
    if not came and not gone and all(replaced(flow, enabled=not flow.enabled) == old[flow.id] for flow in changed):
        states = {flow.enabled for flow in changed}
        if len(states) == 1:
            return f"{len(changed)} flows {'on' if states.pop() else 'off'}"
    counts = ((len(came), "added"), (len(gone), "deleted"), (len(changed), "changed"))
    return ", ".join(f"{count} flow{'' if count == 1 else 's'} {word}" for count, word in counts if count)


def _renamed(before: Flow, after: Flow) -> str:
    if replaced(before, id=after.id) == after:
        return f"{after.name} has the id {after.id}"
    return f"Name: {after.name}" if before.name != after.name else f"{after.name} changed"


def _of_flow(before: Flow, after: Flow, config: WorkspaceConfig) -> str:
    said = list(_differences(before, after, config))
    if len(said) != 1:
        return f"{after.name} changed"
    where = "" if said[0].startswith((after.name, "Name: ")) else f" in {after.name}"
    return f"{said[0]}{where}{_dropped(before.trigger, after.trigger, config)}"


def _dropped(before: Trigger, after: Trigger, config: WorkspaceConfig) -> str:
    """What another event or channel took from the flow, and how to get it back."""
    if before.message_types is not None and after.message_types is None and before.event != after.event:
        few = len(before.message_types) <= _FEW
        types = " and ".join(MESSAGE_TYPES[each].label for each in MESSAGE_TYPES if each in before.message_types)
        dropped = types if few and types else f"{len(before.message_types)} types"
        return f"; drops {dropped} until it is {EVENT_KINDS[before.event].label} again"
    if before.instance is not None and before.channel != after.channel:
        known = config.by_id.get(before.instance)
        dropped = known.name if known else before.instance
        return f"; drops {dropped} until it is {config.channel_label(before.channel)} again"
    return ""


def _differences(before: Flow, after: Flow, config: WorkspaceConfig) -> Iterator[str]:
    if before.name != after.name:
        yield f"Name: {after.name}"
    if before.enabled != after.enabled:
        yield f"{after.name} {'on' if after.enabled else 'off'}"
    if before.description != after.description:
        yield "About changed"
    if before.tags != after.tags:
        yield f"Tags: {', '.join(after.tags)}" if after.tags else "No tags"
    yield from _of_trigger(before.trigger, after.trigger, config)
    yield from _of_conditions(before.when, after.when)
    if before.steps != after.steps:
        yield _of_steps(before.steps, after.steps)


def _of_trigger(before: Trigger, after: Trigger, config: WorkspaceConfig) -> Iterator[str]:
    if before.event != after.event:
        yield f"Event: {EVENT_KINDS[after.event].label}"
        return  # which goes with other chips
    if before.channel != after.channel:
        yield f"Channel: {config.channel_label(after.channel)}"
    elif before.instance != after.instance:
        known = config.by_id.get(after.instance or "")
        yield f"Instance: {known.name}" if known else f"Instance: {after.instance or 'every one'}"
    yield from _of_chips(before.participant_types, after.participant_types, PARTICIPANT_TYPES, "participants")
    yield from _of_chips(before.message_types, after.message_types, MESSAGE_TYPES, "types")


def _of_chips(
    before: Collection[T] | None, after: Collection[T] | None, terms: Mapping[T, Term], what: str
) -> Iterator[str]:
    if before == after:
        return
    was, now = set(terms if before is None else before), set(terms if after is None else after)
    on, off = (
        [terms[each].label for each in terms if each in now - was],
        [terms[each].label for each in terms if each in was - now],
    )
    if after is None and len(on) != 1:
        yield f"All {what} on"
    elif not now and len(off) != 1:
        yield f"All {what} off"
    elif 0 < len(on) <= _FEW and not off:
        yield f"{' and '.join(on)} on"
    elif 0 < len(off) <= _FEW and not on:
        yield f"{' and '.join(off)} off"
    elif len(now) == 1:
        yield f"Only {terms[next(iter(now))].label} on"
    else:
        yield f"{len(now)} of {len(terms)} {what} on"


def _of_conditions(before: When | None, after: When | None) -> Iterator[str]:
    def value(when: When | None, key: str) -> object:
        return None if when is None else getattr(when, key)

    for key in CONDITIONS:
        was, now = value(before, key), value(after, key)
        if was != now:
            label = FORMS[key].label if key in FORMS else key
            yield f"{label}: {'deleted' if now is None else 'added' if was is None else 'changed'}"


def _of_steps(before: tuple[Step, ...], after: tuple[Step, ...]) -> str:
    start = next((at for at, (was, now) in enumerate(zip(before, after, strict=False)) if was != now), None)
    at = min(len(before), len(after)) if start is None else start
    if len(after) == len(before) + 1:
        return f"Step {at + 1} added: {_label(after[at])}"
    if len(after) == len(before) - 1:
        return f"Step {at + 1} deleted: {_label(before[at])}"
    if len(after) == len(before):
        if sum(was != now for was, now in zip(before, after, strict=True)) == 1:
            return f"Step {at + 1} changed: {_label(after[at])}"
        moved = _moved(before, after)
        return f"{_label(after[moved])} is step {moved + 1} now" if moved is not None else "Steps changed"
    return "Steps changed"


def _moved(before: tuple[Step, ...], after: tuple[Step, ...]) -> int | None:
    """Where the step is that was moved; ``None`` if something else was done."""
    for to, step in enumerate(after):
        for at, other in enumerate(before):
            if at != to and step == other and _without(before, at) == _without(after, to):
                return to
    return None


def _without(steps: tuple[Step, ...], at: int) -> tuple[Step, ...]:
    return steps[:at] + steps[at + 1 :]


def _label(step: Step) -> str:
    return STEP_TYPES[step.type].label
