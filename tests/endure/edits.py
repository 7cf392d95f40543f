"""Edits of hostile flow files, a few in each save: values as meant, comments where they belong, other bytes untouched.

Whether a save was right says `tests.endure.judge`, which is told by numbers of its own which step is which.
"""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.endure.hostile_flows import INSTANCES, MESSAGES, PEOPLE, TAGS, TEXTS, File, Owner, hostile_flow
from tests.endure.judge import BOM, judged
from tests.endure.tried import Row, Tried

from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_TYPES, form_of
from oncue.domain.vocabulary import EventKind
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.identities import step_sources
from oncue.editing.session import Session
from oncue.errors import EditError, SaveError
from oncue.storage.codec import decode_flow
from oncue.storage.flow_text import flow_bytes

CONFIG = WorkspaceConfig(
    name="W", instances=tuple(Instance(id=each, channel="whatsapp", name=each) for each in INSTANCES)
)
FILES = 20
"""In one attempt."""


class Done(NamedTuple):
    """What a group of edits did: the session, which owners were edited, the old number of each step, and in words."""

    session: Session
    flow_id: str
    edited: frozenset[Owner]
    steps: list[int | None]
    words: tuple[str, ...]


def edit_files(rng: Random, folder: Path, tried: Tried) -> None:
    """Edit some files, each once or a few times, until a save is refused."""
    for _ in range(FILES):
        file = hostile_flow(rng)
        mark = BOM if rng.random() < 0.15 else b""
        data = mark + file.text.encode()
        flow = decode_flow("a", data)
        session = Session.start(Workspace(config=CONFIG, flows={"a": flow}), "a")
        _edit_file(rng, file, data, session, tried)


def _edit_file(rng: Random, file: File, data: bytes, session: Session, tried: Tried) -> None:
    numbers: list[int | None] = list(range(len(session.workspace.flows["a"].steps)))
    gone: set[Owner] = set()
    flow_id = "a"
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        done = _edited(rng, session, flow_id, numbers)
        tried.count += len(done.words)
        flow = done.session.workspace.flows[done.flow_id]
        saved = session.saved.flows[flow_id]
        sources = step_sources(flow, done.session.identities, saved, session.saved_identities)
        try:
            after = flow_bytes(flow, data, sources)
        except SaveError as error:
            tried.notes["refused: " + re.sub(r"(line )?\d+", "…", error.reason)] += 1
            return
        gone |= done.edited
        said = judged(file, data, after, flow, done.steps, gone)
        if said == ["written anew"]:
            tried.notes["without comments, so written anew"] += 1
            return
        if said:
            tried.failures.append(f"{said[0]}; after {', '.join(done.words)}; of {data!r} to {after!r}")
            return
        data, numbers, flow_id = after, done.steps, done.flow_id
        session = done.session.mark_saved({*done.session.dirty, flow_id})


def _edited(rng: Random, session: Session, flow_id: str, numbers: list[int | None]) -> Done:
    steps, edited, words = list(numbers), set[Owner](), []
    for _ in range(rng.randint(1, 4)):
        workspace = session.workspace
        flow = workspace.flows[flow_id]
        if rng.random() < 0.05:
            new_id = rng.choice([each for each in ("a", "b", "c") if each != flow_id])
            workspace = edits.rename_flow(workspace, flow_id, new_id)
            session = session.edit("Rename", workspace, [flow_id, new_id], derived=(flow_id, new_id))
            flow_id = new_id
            words.append(f"rename {new_id}")
            continue
        act = rng.choice(_STEP_EDITS if flow.steps and rng.random() < 0.65 else _FLOW_EDITS)
        after, now_steps, now_edited, what = act(rng, workspace, flow, steps)
        session = session.edit("Edit", after, [flow_id])
        steps, edited = now_steps, edited | now_edited
        words.append(what)
    return Done(session, flow_id, frozenset(edited), steps, tuple(words))


Edited = tuple[Workspace, list[int | None], set[Owner], str]
Act = Callable[[Random, Workspace, Flow, list[int | None]], Edited]


def _field(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at = rng.randrange(len(steps))
    step = flow.steps[at]
    forms = form_of(step.type)
    if not forms:
        return workspace, steps, set(), f"nothing in {at}"
    key = rng.choice(list(forms))
    form = forms[key]
    value: Any = None
    match form.kind:
        case "text":
            value = rng.choice(TEXTS)
        case "name":
            value = rng.choice(("Anna", "Ben", "Çelik", ""))
        case "choice":
            value = rng.choice(list(form.vocabulary))
        case "types":
            value = rng.choice((None, frozenset(rng.sample(PEOPLE, 2)), _toggled(rng, getattr(step, key))))
        case "attributes":
            value = dict(getattr(step, key))
            if value and rng.random() < 0.5:
                value.pop(rng.choice(list(value)))
            if rng.random() < 0.7:
                value[rng.choice(("plan", "n", "new", "a b", "x=y"))] = rng.choice((2, "y", False, 2.5))
    try:
        after = edits.change_step(workspace, flow.id, at, **{key: value})
    except EditError:
        return workspace, steps, set(), f"no {key}"
    return after, steps, _of_step(steps[at], key), f"{key} of {at} = {value!r}"


def _toggled(rng: Random, chosen: frozenset[str] | None) -> frozenset[str]:
    return (chosen or frozenset()) ^ {rng.choice(PEOPLE)} or frozenset({"agent"})


def _of_step(number: int | None, *keys: str) -> set[Owner]:
    return set() if number is None else {(number, *keys)}


def _retype(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at, kind = rng.randrange(len(steps)), rng.choice(list(STEP_TYPES))
    after = edits.retype_step(workspace, flow.id, at, kind)
    changed = set() if after is workspace else _of_step(steps[at])
    return after, steps, changed, f"retype {at} {kind}"


def _move(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at, to = rng.randrange(len(steps)), rng.randrange(len(steps))
    moved = [*steps[:at], *steps[at + 1 :]]
    moved.insert(to, steps[at])
    after = edits.move_step(workspace, flow.id, at, to)
    if after is workspace:
        moved = steps  # equal neighbours: nothing is edited
    return after, moved, set(), f"move {at} {to}"


def _remove(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at = rng.randrange(len(steps))
    after = edits.remove_step(workspace, flow.id, at)
    return after, [*steps[:at], *steps[at + 1 :]], _of_step(steps[at]), f"remove {at}"


def _duplicate(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at = rng.randrange(len(steps))
    after = edits.duplicate_step(workspace, flow.id, at)
    return after, [*steps[: at + 1], None, *steps[at + 1 :]], set(), f"duplicate {at}"


def _add(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    at, kind = rng.randint(0, len(steps)), rng.choice(list(STEP_TYPES))
    return edits.add_step(workspace, flow.id, kind, at), [*steps[:at], None, *steps[at:]], set(), f"add {kind} {at}"


def _name(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    text = rng.choice([each for each in TEXTS if each.strip()])
    return edits.set_name(workspace, flow.id, text), steps, {("name",)}, f"name {text!r}"


def _description(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    text = rng.choice(TEXTS)
    return edits.set_description(workspace, flow.id, text), steps, {("description",)}, f"description {text!r}"


def _tags(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    tags = list(flow.tags)
    if tags and rng.random() < 0.5:
        tags.remove(rng.choice(tags))
    if rng.random() < 0.5:
        tags.insert(rng.randint(0, len(tags)), rng.choice(TAGS))
    if rng.random() < 0.2:
        rng.shuffle(tags)
    return edits.set_tags(workspace, flow.id, tags), steps, {("tags",)}, f"tags {tags!r}"


def _enabled(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    return edits.toggle_enabled(workspace, flow.id), steps, {("enabled",)}, "enabled"


def _chip(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    key = rng.choice(("participant_types", "message_types" if flow.trigger.event == "message_created" else ""))
    if not key:
        return workspace, steps, set(), "no chip"
    vocabulary, change = _CHIPS[key]
    if rng.random() < 0.2:
        types = rng.choice((None, rng.sample(vocabulary, 2)))
        after = change[1](workspace, flow.id, types)
        return after, steps, {("trigger", key)}, f"{key} {types}"
    value = rng.choice(vocabulary)
    return change[0](workspace, flow.id, value), steps, {("trigger", key)}, f"toggle {value}"


_CHIPS: dict[str, tuple[tuple[str, ...], tuple[Callable[..., Workspace], Callable[..., Workspace]]]] = {
    "participant_types": (PEOPLE, (edits.toggle_participant_type, edits.set_participant_types)),
    "message_types": (MESSAGES, (edits.toggle_message_type, edits.set_message_types)),
}


def _instance(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    instance = rng.choice((None, *INSTANCES))
    return edits.set_instance(workspace, flow.id, instance), steps, {("trigger", "instance")}, f"instance {instance}"


_EVENTS: tuple[EventKind, ...] = ("message_created", "participant_added")


def _event(rng: Random, workspace: Workspace, flow: Flow, steps: list[int | None]) -> Edited:
    event: EventKind = rng.choice(_EVENTS)
    changed: set[Owner] = {("trigger", "event")}
    if event != "message_created":
        changed.add(("trigger", "message_types"))
    return edits.set_event(workspace, flow.id, event), steps, changed, f"event {event}"


_STEP_EDITS: tuple[Act, ...] = (_field, _field, _field, _retype, _move, _move, _remove, _add, _duplicate)
_FLOW_EDITS: tuple[Act, ...] = (
    _name,
    _description,
    _tags,
    _tags,
    _enabled,
    _chip,
    _chip,
    _chip,
    _instance,
    _event,
    _add,
)


ROW = Row("8", "a few edits in each save of a hostile flow file", "edits", edit_files)
