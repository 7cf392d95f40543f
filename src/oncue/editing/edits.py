"""One pure function per user edit: workspace in, workspace out.

An edit creates new values through their constructors, so the result is always valid; an edit that cannot be made
raises `EditError` with one clear line. An edit that changes nothing returns the workspace that it was given.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from oncue.domain.conditions import OF_HOURS, When
from oncue.domain.flows import Flow
from oncue.domain.rules import check_flow_id, flow_id_from
from oncue.domain.steps import Step, StepType, form_of, new_step
from oncue.domain.triggers import Trigger
from oncue.domain.values import T, fields_of, replaced
from oncue.domain.vocabulary import (
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    V,
)
from oncue.domain.workspace import Workspace
from oncue.errors import EditError


def new_flow(workspace: Workspace, name: str = "New flow", reserved: Iterable[str] = ()) -> tuple[Workspace, str]:
    """Add a flow for new conversations on the first installed instance; returns its id too.

    ``reserved`` are ids that must not be used although no flow has them, such as those of broken files.
    """
    if not workspace.config.instances:
        raise EditError("no channel is installed; add [[instances]] to workspace.toml first")
    if not name:
        raise EditError("a flow needs a name")
    first = workspace.config.instances[0]
    trigger = Trigger(event="conversation_created", channel=first.channel, instance=first.id)
    flow = Flow(id=flow_id_from(name, {*workspace.flows, *reserved}), name=name, trigger=trigger)
    return workspace.with_flow(flow), flow.id


def duplicate_flow(workspace: Workspace, flow_id: str, reserved: Iterable[str] = ()) -> tuple[Workspace, str]:
    """Add a disabled copy, so that nothing is answered twice; returns its id too."""
    flow = workspace.flows[flow_id]
    copy_id = flow_id_from(f"{flow_id} copy", {*workspace.flows, *reserved})
    return workspace.with_flow(_with(flow, id=copy_id, name=f"{flow.name} (copy)", enabled=False)), copy_id


def delete_flow(workspace: Workspace, flow_id: str) -> Workspace:
    """Remove the flow."""
    return workspace.without_flow(flow_id)


def rename_flow(workspace: Workspace, flow_id: str, new_id: str, reserved: Iterable[str] = ()) -> Workspace:
    """Give the flow another id, which is its file's name."""
    if new_id == flow_id:
        return workspace
    try:
        check_flow_id(new_id)
    except ValueError as error:
        raise EditError(f"{new_id!r} cannot be a flow id: {error}") from None
    if new_id in workspace.flows or new_id in frozenset(reserved):
        raise EditError(f"there is a flow {new_id!r} already; choose another id")
    renamed = _with(workspace.flows[flow_id], id=new_id)
    return workspace.without_flow(flow_id).with_flow(renamed)


def id_from_name(workspace: Workspace, flow_id: str, reserved: Iterable[str] = ()) -> str:
    """The free id that follows from the flow's name; its current id if the name has no letter that an id can have."""
    name = workspace.flows[flow_id].name
    if not re.search("[a-z0-9]", name.casefold()):
        return flow_id
    return flow_id_from(name, {*workspace.flows, *reserved} - {flow_id})


def set_name(workspace: Workspace, flow_id: str, name: str) -> Workspace:
    """Change the flow's name."""
    if not name:
        raise EditError("a flow needs a name")
    return _edit_flow(workspace, flow_id, name=name)


def set_description(workspace: Workspace, flow_id: str, description: str) -> Workspace:
    """Change the description."""
    return _edit_flow(workspace, flow_id, description=description)


def set_tags(workspace: Workspace, flow_id: str, tags: Iterable[str]) -> Workspace:
    """Change the tags; repeated and empty ones are dropped."""
    return _edit_flow(workspace, flow_id, tags=tuple(dict.fromkeys(tag for tag in tags if tag)))


def toggle_enabled(workspace: Workspace, flow_id: str) -> Workspace:
    """Enable the flow, or disable it."""
    return _edit_flow(workspace, flow_id, enabled=not workspace.flows[flow_id].enabled)


def set_event(workspace: Workspace, flow_id: str, event: EventKind) -> Workspace:
    """Choose the trigger event; message types are removed if it is not about a message."""
    changes: dict[str, object] = {"event": event}
    if event != "message_created":
        changes["message_types"] = None
    return _edit_trigger(workspace, flow_id, changes)


def set_channel(workspace: Workspace, flow_id: str, channel: str) -> Workspace:
    """Choose the channel. An instance of another channel becomes the only one of this channel, or every instance."""
    trigger = workspace.flows[flow_id].trigger
    changes: dict[str, object] = {"channel": channel}
    if trigger.instance is not None and trigger.channel != channel:
        own = workspace.config.instances_of(channel)
        changes["instance"] = own[0].id if len(own) == 1 else None
    return _edit_trigger(workspace, flow_id, changes)


def set_instance(workspace: Workspace, flow_id: str, instance: str | None) -> Workspace:
    """Choose the instance, and with it its channel; ``None`` is every instance of the channel."""
    changes: dict[str, object] = {"instance": instance}
    if instance is not None and (installed := workspace.config.by_id.get(instance)):
        changes["channel"] = installed.channel
    return _edit_trigger(workspace, flow_id, changes)


def set_participant_types(workspace: Workspace, flow_id: str, types: Iterable[ParticipantType] | None) -> Workspace:
    """Choose the participant types; ``None`` is anybody."""
    return _edit_trigger(workspace, flow_id, {"participant_types": None if types is None else frozenset(types)})


def set_message_types(workspace: Workspace, flow_id: str, types: Iterable[MessageType] | None) -> Workspace:
    """Choose the message types; ``None`` is every type."""
    return _edit_trigger(workspace, flow_id, {"message_types": None if types is None else frozenset(types)})


def toggled(chosen: frozenset[V] | None, value: V, vocabulary: Mapping[V, object]) -> frozenset[V] | None:
    """The chosen values after ``value`` was toggled; ``None``, which does not narrow, if all are chosen."""
    before = frozenset(vocabulary) if chosen is None else chosen
    after = before ^ {value}
    return None if len(after) == len(vocabulary) else after


def toggle_participant_type(workspace: Workspace, flow_id: str, value: ParticipantType) -> Workspace:
    """Add a participant type to those of the trigger, or remove it."""
    chosen = toggled(workspace.flows[flow_id].trigger.participant_types, value, PARTICIPANT_TYPES)
    return set_participant_types(workspace, flow_id, chosen)


def toggle_message_type(workspace: Workspace, flow_id: str, value: MessageType) -> Workspace:
    """Add a message type to those of the trigger, or remove it."""
    chosen = toggled(workspace.flows[flow_id].trigger.message_types, value, MESSAGE_TYPES)
    return set_message_types(workspace, flow_id, chosen)


def set_condition(workspace: Workspace, flow_id: str, key: str, value: object) -> Workspace:
    """Change a condition, or add it; ``None`` removes it."""
    when = workspace.flows[flow_id].when
    if value is None:
        return _edit_flow(workspace, flow_id, when=when and when.without(key))
    lines: dict[str, Any] = {name: getattr(when, name) for name in when.lines} if when else {}
    try:
        changed = When(**lines | {key: value})
    except ValueError as error:
        raise EditError(str(error)) from None
    return _edit_flow(workspace, flow_id, when=changed)


def toggle_in_condition(workspace: Workspace, flow_id: str, key: str, value: str) -> Workspace:
    """Add a participant type or the id of hours to those of a condition, or remove it; with the last one it goes."""
    when = workspace.flows[flow_id].when
    before: Any = getattr(when, key) if when else None
    if key in OF_HOURS:
        hours: tuple[str, ...] = before or ()
        kept = tuple(each for each in hours if each != value)
        return set_condition(workspace, flow_id, key, (kept if value in hours else (*hours, value)) or None)
    return set_condition(workspace, flow_id, key, (before or frozenset()) ^ {value} or None)


def toggle_flag(workspace: Workspace, flow_id: str, key: str) -> Workspace:
    """Turn a condition that holds or does not, such as ``reopened``, into its opposite."""
    when = workspace.flows[flow_id].when
    return set_condition(workspace, flow_id, key, not (when and getattr(when, key)))


def replace_flow(workspace: Workspace, flow: Flow) -> Workspace:
    """Replace the flow of the same id: a suggested edit was accepted, or a file was read again."""
    return workspace if workspace.flows.get(flow.id) == flow else workspace.with_flow(flow)


def add_step(workspace: Workspace, flow_id: str, kind: StepType, at: int | None = None) -> Workspace:
    """Add an empty step of ``kind`` before the index ``at``, or at the end."""
    steps = list(workspace.flows[flow_id].steps)
    steps.insert(len(steps) if at is None else at, new_step(kind))
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def duplicate_step(workspace: Workspace, flow_id: str, index: int) -> Workspace:
    """Insert a copy of the step at ``index`` below it."""
    steps = _steps_with(workspace, flow_id, index)
    steps.insert(index + 1, _with(steps[index]))  # an object of its own: see oncue.editing.identities
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def remove_step(workspace: Workspace, flow_id: str, index: int) -> Workspace:
    """Remove the step at ``index``."""
    steps = _steps_with(workspace, flow_id, index)
    del steps[index]
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def move_step(workspace: Workspace, flow_id: str, index: int, to: int) -> Workspace:
    """Move the step at ``index`` to the index ``to``, or as far as the list goes."""
    steps = _steps_with(workspace, flow_id, index)
    step = steps.pop(index)
    steps.insert(max(0, min(to, len(steps))), step)
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def change_step(workspace: Workspace, flow_id: str, index: int, **fields: object) -> Workspace:
    """Change fields of the step at ``index``."""
    steps = _steps_with(workspace, flow_id, index)
    steps[index] = _with(steps[index], **fields)
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def retype_step(workspace: Workspace, flow_id: str, index: int, kind: StepType) -> Workspace:
    """Turn the step at ``index`` into one of ``kind``, keeping the fields that are filled in and exist in both."""
    steps = _steps_with(workspace, flow_id, index)
    old, fresh = steps[index], new_step(kind)
    if old.type == kind:
        return workspace
    forms, filled = form_of(kind), fields_of(old)
    # A term that the other kind has not, such as a contact as who is assigned, cannot be kept.
    kept = {
        key: filled[key]
        for key, form in forms.items()
        if filled.get(key) and (form.kind != "choice" or filled[key] in form.vocabulary)
    }
    steps[index] = _with(fresh, **kept)
    return _edit_flow(workspace, flow_id, steps=tuple(steps))


def _steps_with(workspace: Workspace, flow_id: str, index: int) -> list[Step]:
    """The steps of the flow; `EditError` without one at ``index``, as when a key is pressed twice before a repaint."""
    steps = list(workspace.flows[flow_id].steps)
    if not 0 <= index < len(steps):
        raise EditError(f"there is no step {index + 1}; the flow has {len(steps)}")
    return steps


def _edit_trigger(workspace: Workspace, flow_id: str, changes: Mapping[str, object]) -> Workspace:
    return _edit_flow(workspace, flow_id, trigger=_with(workspace.flows[flow_id].trigger, **changes))


def _edit_flow(workspace: Workspace, flow_id: str, **changes: object) -> Workspace:
    flow = workspace.flows[flow_id]
    edited = _with(flow, **changes)
    return workspace if edited == flow else workspace.with_flow(edited)


def _with(value: T, **changes: object) -> T:
    """``value`` with ``changes``, or `EditError`."""
    try:
        return replaced(value, **changes)
    except ValueError as error:
        raise EditError(str(error)) from None
