"""Whether the text of a flow that was edited is as it should be.

It knows nothing of how oncue edits a text: it blanks out strings, finds headers and keys at the beginnings of lines,
and is told which step is which.
"""

import re
import tomllib
from typing import Any, NamedTuple

from tests.endure.hostile_flows import Comment, File, Owner

from oncue.domain.flows import Flow
from oncue.storage.codec import decode_flow

BOM = b"\xef\xbb\xbf"


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
    if comment.place == "taken over":
        return ("tags",) in edited
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
