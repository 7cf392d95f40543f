"""A bar of chips: several values of a closed set in one widget.

One widget draws all its chips and has its own cursor, so tab enters the bar once and arrows move inside; that
is a quarter of the cost of a widget for each chip, and fewer stops for the keyboard. A chip that is on has a tick,
one that is off a dot: the state can be read without colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import LineWidget, Parts, Target, flowed
from oncue.workbench.spans import line


class ChipBar(LineWidget, can_focus=True):
    """Chips that are on or off. ``labels`` maps each value to what is written on its chip."""

    BINDINGS = bindings("chips")

    @dataclass(eq=False, repr=False)
    class Toggled(Message):
        """A chip was pressed."""

        bar: "ChipBar"
        value: str

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """All, none or only one chip was asked for; ``None`` is all, which is no narrowing."""

        bar: "ChipBar"
        values: frozenset[str] | None

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
        """Change the label."""
        if label != self.label:
            self.label = label
            self.refresh()

    def blank(self, blank: bool) -> None:
        """Hide the chips but keep their room, so that nothing below moves."""
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

    def lines(self, width: int) -> Sequence[Parts]:
        rows = flowed((self._chip(index, value) for index, value in enumerate(self.labels)), width)
        return rows if self.can_focus else [() for _ in rows]

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def clicked(self, value: str | int) -> None:
        self.cursor = int(value)
        self.refresh()
        self.action_press()

    def action_move(self, by: int) -> None:
        self.cursor = (self.cursor + by) % len(self.labels)
        self.refresh()

    def action_press(self) -> None:
        self.post_message(self.Toggled(self, self._value))

    def action_all(self) -> None:
        self.post_message(self.Chosen(self, None))

    def action_none(self) -> None:
        self.post_message(self.Chosen(self, frozenset()))

    def action_only(self) -> None:
        self.post_message(self.Chosen(self, frozenset({self._value})))

    @property
    def _value(self) -> str:
        return list(self.labels)[self.cursor]

    def _chip(self, index: int, value: str) -> Target:
        here = index == self.cursor and self.has_focus
        on = value in self.on
        left, right = ("❯", "❮") if here else (" ", " ")
        role = "accent" if here else "success" if on else "muted"
        shown = line((left, "accent"), (f"{'✓' if on else '·'} {self.labels[value]}", role), (right, "accent"))
        return Target(shown, index)
