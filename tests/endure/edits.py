"""Edits of hostile flow files, a few in each save: values as meant, comments where they belong, other bytes untouched.

The judge of where a comment stands knows nothing of how oncue edits a text: it blanks out strings, finds headers and
keys at the beginnings of lines, and follows steps by numbers of its own.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.endure.hostile_flows import INSTANCES, MESSAGES, PEOPLE, TAGS, TEXTS, Comment, File, Owner, hostile_flow
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

BOM = b"\xef\xbb\xbf"
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


# --- the judge -----------------------------------------------------------------------------------------------------

_HIDDEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?!")|\'\'\'.*?\'\'\'(?!\')|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|(?P<comment>#[^\n]*)', re.DOTALL
)
_HEADER = re.compile(r"^[ \t]*\[")
_STEPS = re.compile(r"""^[ \t]*\[\[[ \t]*(?:steps|~{7})[ \t]*\]\]""")
_TOKEN = re.compile(r"c\d\d\dc")


def masked(text: str) -> list[str]:
    """The lines of ``text`` with every letter of its strings and comments made harmless.

    A line that begins inside of a string begins with ``~``.
    """

    def hide(found: re.Match[str]) -> str:
        if found["comment"]:
            return "#" + " " * (len(found[0]) - 1)
        return re.sub(r"[^\n]", "~", found[0])

    return _HIDDEN.sub(hide, text).split("\n")


class Place(NamedTuple):
    """Where a comment stands: on which line, alone or not, and in which step."""

    line: int
    alone: bool
    step: int | None


def places(text: str) -> tuple[dict[str, list[Place]], list[str]]:
    """The places of each comment token, and the masked lines."""
    hidden, lines = masked(text), text.split("\n")
    steps: list[int | None] = []
    now, step, depth = None, -1, 0
    for line in hidden:
        bare = line.partition("#")[0]
        if depth == 0 and _HEADER.match(line) and not line.startswith("~"):
            if _STEPS.match(line):
                step += 1
                now = step
            elif not line.strip().startswith("[steps."):
                now = None
        else:
            depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
        steps.append(now)
    _lead_on(hidden, steps)
    found: dict[str, list[Place]] = {}
    for number, (line, hid) in enumerate(zip(lines, hidden, strict=True)):
        at = hid.find("#")
        for token in _TOKEN.findall(line[at:]) if at >= 0 else ():
            found.setdefault(token, []).append(Place(number, not hid[:at].strip(), steps[number]))
    return found, hidden


def _lead_on(hidden: list[str], steps: list[int | None]) -> None:
    """Give the comments above a header to it, but for those directly below what is before it."""
    for header in range(len(hidden)):
        if not _HEADER.match(hidden[header]) or (header and steps[header] == steps[header - 1]):
            continue
        first = header
        while first and (not hidden[first - 1].strip() or hidden[first - 1].lstrip().startswith("#")):
            first -= 1
        below = first
        while first and below < header and hidden[below].strip():
            below += 1
        for number in range(first if below == header else below, header):
            steps[number] = steps[header]


def judged(
    file: File, before: bytes, after: bytes, flow: Flow, steps: list[int | None], edited: set[Owner]
) -> list[str]:
    """What is wrong with the text ``after``; nothing is the right answer."""
    text, old = after.removeprefix(BOM).decode(), before.removeprefix(BOM).decode()
    if after.startswith(BOM) != before.startswith(BOM):
        return ["the byte order mark"]
    try:
        tomllib.loads(text)
    except ValueError as error:
        return [f"not TOML for tomllib: {error}"]
    if decode_flow(flow.id, after) != flow:
        return ["not as meant"]
    if not file.comments and _missing_chunks(file, text, steps, edited):
        return ["written anew"]
    said = _missing_chunks(file, text, steps, edited)
    if "\r\n" in old and re.search(r"(?<!\r)\n", text) and not re.search(r"(?<!\r)\n", old):
        said.append("line ends are mixed")
    there, hidden = places(text)
    lines = text.split("\n")
    for token, comment in file.comments.items():
        if problem := _misplaced(file, comment, there.get(token, []), steps, lines, hidden, edited, flow):
            said.append(f"{token} ({comment.place} of {comment.owner}) {problem}")
    return said


def _misplaced(
    file: File,
    comment: Comment,
    found: list[Place],
    steps: list[int | None],
    lines: list[str],
    hidden: list[str],
    edited: set[Owner],
    flow: Flow,
) -> str:
    owner = comment.owner
    of_step = bool(owner) and isinstance(owner[0], int)
    number: Any = owner[0] if of_step else None
    if of_step and number not in steps:
        return "is left of a step that was removed" if found and found[0].step is not None else ""
    if len(found) > 1:
        return "is there twice"
    if not found:
        return "" if _may_go(comment, edited, flow, steps) else "is lost"
    place = found[0]
    if owner[:1] == ("tags",) and len(owner) == 2 and owner[1] not in flow.tags:
        comment.place = "taken over"  # the tag was edited, and its comment stays beside what it is now
    if of_step and not file.inline_steps and place.step != steps.index(number):
        return f"is in step {place.step} and not in {steps.index(number)}"
    if of_step and file.inline_steps:
        return _misplaced_inline(comment, place, steps, lines, hidden)
    if not of_step and place.step is not None and comment.place != "loose":
        return f"is in step {place.step}"
    if comment.place == "loose":
        around = [lines[at].strip() for at in (place.line - 1, place.line + 1) if 0 <= at < len(lines)]
        return "has no empty lines around it any more" if any(around) else ""
    if comment.place in ("behind", "entry") and not place.alone:
        return _beside_wrong(comment, place, lines, hidden)
    if comment.place == "entry above" and place.alone:
        return _above_wrong(comment, place, lines)
    return ""


def _may_go(comment: Comment, edited: set[Owner], flow: Flow, steps: list[int | None]) -> bool:
    """Whether the comment's own thing was removed by an edit, and it with it."""
    owner = comment.owner
    if comment.place.startswith("entry"):
        return owner[:-1] in edited or owner[:1] in edited
    if len(owner) == 3 and owner[1] == "attributes":
        return owner[:2] in edited or owner[:1] in edited
    return False


def _beside_wrong(comment: Comment, place: Place, lines: list[str], hidden: list[str]) -> str:
    line = lines[place.line]
    code = line[: hidden[place.line].find("#")]
    if comment.place == "entry":
        value = str(comment.owner[-1])
        plain = code.replace('\\"', '"').replace("\\\\", "\\")
        return "" if value in plain else f"is behind another entry: {line.strip()!r}"
    if len(comment.owner) and isinstance(comment.owner[-1], str):
        at = place.line
        depth_line = at
        while depth_line >= 0 and not re.match(
            r"""^[ \t]*[\w."' \t=-]+?[ \t]*=|^[ \t]*\[""", _keys(hidden, lines, depth_line)
        ):
            depth_line -= 1
        key = lines[depth_line][: hidden[depth_line].find("=")] if "=" in hidden[depth_line] else lines[depth_line]
        if comment.owner[-1] not in key:
            return f"is behind another key: {key!r}"
    return ""


def _keys(hidden: list[str], lines: list[str], number: int) -> str:
    """The line with its key as it is written, if it begins with one outside of all values; else nothing."""
    depth = 0
    for line in hidden[:number]:
        bare = line.partition("#")[0]
        if depth == 0 and _HEADER.match(bare):
            continue
        depth += bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    quoted = re.match(r"[ \t]*~{3,}[ \t]*=", hidden[number])
    inside = hidden[number].startswith("~") and not quoted
    return "" if depth or inside else lines[number]


def _above_wrong(comment: Comment, place: Place, lines: list[str]) -> str:
    below = lines[place.line + 1] if place.line + 1 < len(lines) else ""
    plain = below.replace('\\"', '"').replace("\\\\", "\\")
    if str(comment.owner[-1]) in plain or below.lstrip().startswith("#"):
        return ""
    return f"is above another entry: {below.strip()!r}" if re.match(r"[ \t]*([\"']).*\1,?\s*(#|$)", below) else ""


def _misplaced_inline(
    comment: Comment, place: Place, steps: list[int | None], lines: list[str], hidden: list[str]
) -> str:
    """A step of a list of inline tables has a line of its own; its comment is on it, or directly above it."""
    step = -1
    inside = False
    for number, line in enumerate(hidden):
        bare = line.partition("#")[0]
        inside = inside or bool(re.match(r"[ \t]*(?:steps|~{7})[ \t]*=", line))
        if inside and bare.strip().startswith("{"):
            step += 1
        if number == place.line:
            at = step + (place.alone and comment.place == "above")
            wanted = steps.index(comment.owner[0])  # type: ignore[arg-type]
            return "" if at == wanted else f"is at step {at} and not at {wanted}"
    return "is nowhere"


def _missing_chunks(file: File, text: str, steps: list[int | None], edited: set[Owner]) -> list[str]:
    """The chunks that were not edited and are not there byte for byte."""
    head = [(owner, chunk) for owner, chunk in file.chunks if not (owner and isinstance(owner[0], int))]
    bodies: dict[int, list[tuple[Owner, str]]] = {}
    for owner, chunk in file.chunks:
        if owner and isinstance(owner[0], int):
            bodies.setdefault(owner[0], []).append((owner, chunk))
    said = []
    for owner, chunk in head:
        if not chunk.strip() or _touched(owner, edited) or owner == ("steps",):
            continue
        if chunk.strip("\r\n") not in text:
            said.append(f"bytes of {owner} are not as they were: {chunk!r}")
    for number in [each for each in steps if each is not None]:
        for owner, chunk in bodies.get(number, []):
            body = chunk.strip("\r\n")
            if file.inline_steps:
                body = re.sub(r",\s*$", "", body)
            inside = file.inline_steps and any(each[0] == number for each in edited)
            if not body.strip() or inside or _touched(owner, edited):
                continue
            if body not in text:
                said.append(f"bytes of {owner} are not as they were: {chunk!r}")
    return said


def _touched(owner: Owner, edited: set[Owner]) -> bool:
    return any(owner[: len(each)] == each or (each[: len(owner)] == owner and len(owner) >= 2) for each in edited) or (
        owner == ("trigger",) and any(each[0] == "trigger" for each in edited)
    )


ROW = Row("8", "a few edits in each save of a hostile flow file", "edits", edit_files)
