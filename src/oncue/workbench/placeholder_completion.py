"""Completion of placeholders while the text of a step is written, from the braces that open one.

It works on the line of the caret. What stands outside the placeholder is never touched: only what was typed between
the braces and the caret is replaced, and the rest of the name where it is closed already, so that braces are not
doubled. Whatever follows an open placeholder may be the text that goes on.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from oncue.domain.placeholders import ATTRIBUTE, PLACEHOLDERS, is_placeholder
from oncue.domain.steps import UpdateContact
from oncue.domain.vocabulary import EventKind
from oncue.domain.workspace import Workspace

_OPENED = re.compile(r"(?<!\{)\{\{[^\S\n]{0,8}([\w.-]{0,64})\Z")
_LONGEST = 80
"""Characters before the caret that can belong to it, and some more."""

_CLOSED = re.compile(r"([\w.-]{0,64})[^\S\n]{0,8}\}\}?")


class Opened(NamedTuple):
    """A placeholder that is being written: where the part that a name replaces begins and ends, and what was typed."""

    start: int
    end: int
    typed: str
    """The name up to the caret."""
    closed: str | None
    """The whole name, if it is closed already."""


def opened(text: str, caret: int) -> Opened | None:
    """The placeholder of ``text`` in whose name the ``caret`` stands."""
    before = _OPENED.search(text[max(0, caret - _LONGEST) : caret])
    if before is None:
        return None
    typed = before[1]
    behind = _CLOSED.match(text, caret)
    end, closed = (behind.end(), typed + behind[1]) if behind else (caret, None)
    return Opened(caret - len(typed), end, typed, closed)


def candidates(place: Opened, known: Collection[str]) -> tuple[str, ...]:
    """The ``known`` names that begin as was typed, or if none does, that have it in them."""
    wanted = place.typed.casefold()
    others = [name for name in known if name != place.closed]
    begin = tuple(name for name in others if name.casefold().startswith(wanted))
    return begin or tuple(name for name in others if wanted in name.casefold())


def completed(text: str, place: Opened, name: str) -> tuple[str, int]:
    """``text`` with ``name`` written at ``place`` and closed, and where the caret is then: behind it."""
    written = f"{name}}}}}"
    return f"{text[: place.start]}{written}{text[place.end :]}", place.start + len(written)


def known_placeholders(workspace: Workspace, event: EventKind) -> Sequence[str]:
    """All names of placeholders in the order of their table; those that ``event`` never fills come last.

    Attributes of the contact are those that a flow of the workspace sets or asks for.
    """
    names = [name for each in PLACEHOLDERS for name in (_attributes(workspace) if each == ATTRIBUTE else (each,))]
    return sorted(names, key=lambda name: event != "message_created" and name.startswith("message."))


def _attributes(workspace: Workspace) -> list[str]:
    names = {f"contact.{each}" for each in _attribute_names(workspace)}
    return sorted(filter(is_placeholder, names))


def _attribute_names(workspace: Workspace) -> Iterator[str]:
    for flow in workspace.flows.values():
        if flow.when is not None:
            yield from flow.when.attributes or ()
        for step in flow.steps:
            if isinstance(step, UpdateContact):
                yield from step.attributes
