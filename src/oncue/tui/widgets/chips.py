"""A bar of chips: several values of a closed set in one widget.

One widget draws all its chips and has its own cursor, so tab enters the bar once and arrows move inside; that
is a quarter of the cost of a widget for each chip, and fewer stops for the keyboard. A chip that is on has a tick,
one that is off a dot: the state can be read without colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message

from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import Line, LineWidget, Span


class ChipBar(LineWidget, can_focus=True):
    """Chips that are on or off. ``labels`` maps each value to what is written on its chip."""

    BINDINGS = bindings("chips")

    @dataclass(eq=False, repr=False)
    class Toggled(Message):
        """A chip was pressed."""

        bar: "ChipBar"
        value: str

        @property
        def control(self) -> "ChipBar":
            """The bar."""
            return self.bar

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """All, none or only one were asked for; ``None`` is all, as nothing is narrowed then."""

        bar: "ChipBar"
        values: frozenset[str] | None

        @property
        def control(self) -> "ChipBar":
            """The bar."""
            return self.bar

    def __init__(
        self,
        labels: Mapping[str, str],
        *,
        name: str | None = None,
        id: str | None = None,
        label: str = "",
        label_width: int = 0,
    ) -> None:
        super().__init__(name=name, id=id, label=label, label_width=label_width)
        self.labels = labels
        self.on: frozenset[str] = frozenset(labels)
        self.cursor = 0

    def relabel(self, label: str) -> None:
        """Change what stands left of the chips."""
        if label != self.label:
            self.label = label
            self.refresh()

    def blank(self, blank: bool) -> None:
        """Leave only the room of the chips. Nothing below moves, and nothing is arranged anew, when they come back."""
        if blank == self.can_focus:
            if blank and self.has_focus:
                self.screen.focus_previous()
            self.can_focus = not blank
            self.refresh()

    def show(self, chosen: frozenset[str] | None) -> None:
        """Show which chips are on; ``None`` is all."""
        on = frozenset(self.labels) if chosen is None else chosen
        if on != self.on:
            self.on = on
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """The chips, wrapped."""
        rows: list[Line] = []
        if not self.can_focus:
            return [() for _ in self._places(width)]
        for row in self._places(width):
            spans: list[Span] = []
            for index, _, value in row:
                here = index == self.cursor and self.has_focus
                on = value in self.on
                frame = ("❯", "❮") if here else (" ", " ")
                role = "accent" if here else "success" if on else "muted"
                spans.append((frame[0], "accent"))
                spans.append((f"{'✓' if on else '·'} {self.labels[value]}", role))
                spans.append((frame[1], "accent"))
            rows.append(tuple(spans))
        return rows

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Press the chip under the pointer."""
        offset = self.place_of(event)
        places = self._places(self.room)
        if offset is None or offset.y >= len(places) or not self.can_focus:
            return
        for index, start, value in places[offset.y]:
            if start <= offset.x < start + self._cells(value):
                self.cursor = index
                self.refresh()
                self.post_message(self.Toggled(self, value))

    def action_move(self, by: int) -> None:
        """Move the cursor, round the ends."""
        self.cursor = (self.cursor + by) % len(self.labels)
        self.refresh()

    def action_press(self) -> None:
        """Press the chip under the cursor."""
        self.post_message(self.Toggled(self, self._value))

    def action_all(self) -> None:
        """Ask for all."""
        self.post_message(self.Chosen(self, None))

    def action_none(self) -> None:
        """Ask for none."""
        self.post_message(self.Chosen(self, frozenset()))

    def action_only(self) -> None:
        """Ask for only the chip under the cursor."""
        self.post_message(self.Chosen(self, frozenset({self._value})))

    @property
    def _value(self) -> str:
        return list(self.labels)[self.cursor]

    def _cells(self, value: str) -> int:
        return cell_len(self.labels[value]) + 4

    def _places(self, width: int) -> list[list[tuple[int, int, str]]]:
        """The chips by line: index, start and value of each."""
        rows: list[list[tuple[int, int, str]]] = [[]]
        start = 0
        for index, value in enumerate(self.labels):
            if start and start + self._cells(value) > width:
                rows.append([])
                start = 0
            rows[-1].append((index, start, value))
            start += self._cells(value)
        return rows
