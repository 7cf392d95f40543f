"""The four trigger events as a radio set, a line of help each, and advice on the one that is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message

from oncue.domain.vocabulary import EVENT_KINDS, EventKind
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.event_look import EVENT_LOOKS
from oncue.workbench.spans import Line, fitted, line, wrapped

ROOMY = 74
"""Cells from which on each event has room for its help; below, only the chosen one says what it is, in one line."""

_KINDS: tuple[EventKind, ...] = tuple(EVENT_KINDS)


class EventPicker(LineWidget, can_focus=True):
    """One of the four events. The cursor moves freely; space chooses, so passing through changes nothing."""

    BINDINGS = bindings("events")

    @dataclass(eq=False, repr=False)
    class Picked(Message):
        """Another event was chosen."""

        kind: EventKind

    def __init__(self, *, id: str | None = None, label: str = "", label_width: int = 0) -> None:
        super().__init__(id=id, label=label, label_width=label_width)
        self.kind: EventKind = "conversation_created"
        self.cursor = 0

    def show(self, kind: EventKind) -> None:
        """Show which event is chosen."""
        if kind != self.kind:
            self.kind = kind
            self.cursor = _KINDS.index(kind)
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        """A line for each event, then what the chosen one is, what it is good for, and where else to look."""
        rows: list[Parts] = []
        for index, kind in enumerate(_KINDS):
            term = EVENT_KINDS[kind]
            here = self.has_focus and index == self.cursor
            chosen = kind == self.kind
            # What is off is muted and what is chosen is bold, as everywhere; the cursor is a sign besides a colour.
            role = "accent" if here else "strong" if chosen else "muted"
            pointer = "❯" if here else " "
            summary = _summary(kind) if width >= ROOMY else ""
            state = f"{pointer}{'●' if chosen else '○'} "
            glyph = EVENT_LOOKS[kind].mark
            shown = line((state, role), glyph, (f" {term.label:<22}", role), (summary, "muted"))
            rows.append(Target(shown, index))
        return [*rows, *_advice(self.kind, width)]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As much as the longest advice needs, so that nothing below moves when another event is chosen."""
        room = width - self.label_width
        return len(_KINDS) + max(len(_advice(kind, room)) for kind in _KINDS)

    def on_focus(self) -> None:
        self.cursor = _KINDS.index(self.kind)
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def clicked(self, value: str | int) -> None:
        self.cursor = int(value)
        self.refresh()
        self.action_choose()

    def action_move(self, by: int) -> None:
        self.cursor = (self.cursor + by) % len(_KINDS)
        self.refresh()

    def action_choose(self) -> None:
        self.post_message(self.Picked(_KINDS[self.cursor]))


def _advice(kind: EventKind, width: int) -> list[Line]:
    """What the event is; where that stands beside it, what it is good for, and where else to look."""
    if width < ROOMY:
        return [fitted(line(" ", (_summary(kind), "muted")), width)]
    term, indent = EVENT_KINDS[kind], 3
    words = f"Good for {term.good_for}. {term.otherwise}".rstrip()
    return wrapped(line(" " * indent, (words, "muted")), width, indent)


def _summary(kind: EventKind) -> str:
    """What the event is, in one line; whom its participant types are about is the label of their chips."""
    return EVENT_KINDS[kind].help.rstrip(".").split(" (")[0]
