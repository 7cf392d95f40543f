"""Placeholders in the texts of steps: ``{{participant.name}}`` and its fixed set of siblings.

A placeholder is replaced by look-up and never evaluated. All are in one table, but for the attributes of the contact,
which have whatever names flows give them. Anything else stays as it was written, and would be read by a
customer so. That is why whatever looks like a placeholder and is none is found here, in the notation of other systems
too, for `oncue.domain.checks` to report: filters and tags of Liquid and Jinja, ``${name}``, ``%name%``, a forgotten
brace.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from oncue.suggestions import did_you_mean, likely

ATTRIBUTE = "contact.<attribute>"
"""Stands for the placeholders of all attributes: ``contact.plan``."""

PLACEHOLDERS: Mapping[str, str] = {
    "participant.name": "name of who started, joined, left or wrote",
    "participant.type": "their participant type",
    "participant.id": "their id",
    "conversation.id": "id of the conversation",
    "conversation.channel": "label of the channel",
    "conversation.instance": "name of the channel instance",
    "conversation.assignee": "agent, bot or team that is responsible",
    "conversation.team": "team, if one is responsible",
    "conversation.labels": "its labels, with commas between",
    "conversation.last_message": "last text that was written in it",
    ATTRIBUTE: "attribute of the contact with that name, as update_contact sets it",
    "message.text": "text of the message that started the flow",
    "message.type": "its message type",
    "flow.id": "id of the flow",
    "flow.name": "name of the flow",
}

_BLANKS = " \t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_AROUND = "{}[]<>%$#@*|" + _BLANKS  # all blanks that ``\s`` below knows
# What other systems call contact.name is the participant; an attribute could not have that name in their texts either.
_NO_ATTRIBUTES = frozenset(
    {"name", "id", "type", "first_name", "last_name", "full_name", "displayName", "custom_attribute"}
)
_ATTRIBUTE = re.compile(r"contact\.([\w.-]+)\Z")
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]{1,64})\s*\}\}")


_NAME = r"[A-Za-z_$@][\w.$@-]{0,63}"
# In this order: the first that begins at a place is what stands there.
_LOOKS_LIKE_ONE = re.compile(
    r"(?P<closed>\{\{+[^{}]{0,200}\}\}+)"
    r"|(?P<tag>\{%[^\n]{0,200}?%\}|\{%|%\}|<%=?[^\n]{0,200}?%>)"
    rf"|(?P<mixed>\{{\{{\s*{_NAME}\s*\}}|(?<!\{{)\{{\s*{_NAME}\s*\}}\}})"
    r"|(?P<half>\{\{+\s*[^{}\s,]{0,40}|\}\}+)"
    rf"|(?P<other>[$#@]\{{\{{?[^{{}}\n]{{1,80}}\}}\}}?|\{{\s*{_NAME}\s*\}}|\[\[\s*{_NAME}\s*\]\]|(?<![\w%])%{_NAME}%(?![\w%])"
    rf"|<<\s*{_NAME}\s*>>|\*\|\s*{_NAME}\s*\|\*)"
)
_MARK = re.compile(r"[{}%\[<*$#@]")
_AS_WRITTEN_HERE = "placeholders are written as {{participant.name}} here"


class NoPlaceholder(NamedTuple):
    """Something in a text that looks like a placeholder and is sent as it is.

    ``certain``: in braces as placeholders are, so that nothing else can have been meant.
    """

    written: str
    advice: str
    certain: bool


def is_placeholder(name: str) -> bool:
    """Whether ``name`` stands for something: it is in the table and no pattern, or an attribute of the contact."""
    if name in PLACEHOLDERS:
        return name != ATTRIBUTE
    attribute = _ATTRIBUTE.match(name)
    return attribute is not None and attribute[1] not in _NO_ATTRIBUTES


def names_in(text: str) -> list[str]:
    """The placeholders of ``text``, in order; what is none is left out."""
    return [name for name in _PLACEHOLDER.findall(text) if is_placeholder(name)]


def no_placeholders_in(text: str) -> Iterator[NoPlaceholder]:
    """What looks like a placeholder in ``text`` and is none, in order, with what to write."""
    rest = _PLACEHOLDER.sub(lambda found: "" if is_placeholder(found[1]) else found[0], text)
    if not _MARK.search(rest):
        return
    for found in _LOOKS_LIKE_ONE.finditer(text):
        written = found[0]
        shown = written if len(written) <= 60 else f"{written[:59]}…"
        match found.lastgroup:
            case "closed":
                if advice := _closed(written):
                    yield NoPlaceholder(shown, advice, True)
            case "tag":
                yield NoPlaceholder(shown, "there are no tags and no conditions in texts", True)
            case "mixed":
                yield NoPlaceholder(shown, f"a brace is missing; {_write(_inner(written))}", True)
            case "half":
                other = "}}" if written.startswith("{") else "{{"
                yield NoPlaceholder(shown, f"{other} is missing", True)
            case "other":
                yield NoPlaceholder(shown, _write(_inner(written)), False)


def _closed(written: str) -> str | None:
    """What is wrong with something in double braces."""
    name = _inner(written)
    if written.startswith("{{{") or written.endswith("}}}"):
        return f"there is a brace too many; {_write(name)}"
    if is_placeholder(name) and _PLACEHOLDER.fullmatch(written):
        return None
    if not name.strip():
        return "it names no placeholder"
    if name[0] in "#/^>!&" or name.split()[0] in ("if", "else", "elif", "end", "for", "each"):
        return "there are no tags and no conditions in texts"
    before, bar, _ = name.partition("|")
    if bar:
        return f"there are no filters; {_write(before.strip())}"
    hint = did_you_mean(name, PLACEHOLDERS, len(PLACEHOLDERS))
    return hint if hint.startswith("no placeholder") else f"no such placeholder; {hint}"


def _write(name: str) -> str:
    """What to write for ``name``."""
    meant = [name] if is_placeholder(name) else likely(name, PLACEHOLDERS)
    if not meant:
        return _AS_WRITTEN_HERE
    return f"write {' or '.join(f'{{{{{each}}}}}' for each in meant)}"


def _inner(written: str) -> str:
    return written.strip(_AROUND)


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each placeholder that ``values`` knows replaced; values are not searched again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
