"""A bar of chips: several values of a closed set in one widget.

One widget draws all its chips and has its own cursor, so tab enters the bar once and arrows move inside; that
is a quarter of the cost of a widget for each chip, and fewer stops for the keyboard. The chips stand in an aligned
grid of as few rows as the width allows. One that is on is filled and ends in ``×``, as it can be taken away; where
there are no colours, chips are check boxes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from textual import events
from textual.message import Message

from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.spans import Span, cells_of

SHORT_LABELS: Mapping[str, str] = {"channel": "Echo", "automation": "Rule", "authentication": "Auth"}
"""Labels of types where three columns have no room for the whole ones."""


class Grid(NamedTuple):
    """How chips are laid out: their labels, the width of each column, and the spaces after the sign of a chip."""

    labels: Sequence[str]
    widths: Sequence[int]
    padding: int

    @property
    def columns(self) -> int:
        """How many chips stand in a row."""
        return len(self.widths)


@lru_cache(64)
def grid_for(full: tuple[str, ...], short: tuple[str, ...], width: int) -> Grid:
    """The grid with the fewest rows that fits into ``width`` cells, of these the one with the most room.

    Labels are shortened before a row is added, and a chip loses the space at its end before its label is shortened.
    """
    count = len(full)
    for rows in range(1, count + 1):
        columns = -(-count // rows)
        if -(-count // columns) != rows:
            continue  # as many rows can be had with fewer columns
        for labels, padding in ((full, 1), (full, 0), (short, 1), (short, 0)):
            # Before the label a space, behind it another, the sign, and the padding.
            widths = [max(map(cells_of, labels[at::columns])) + 3 + padding for at in range(columns)]
            if sum(widths) + columns - 1 <= width:
                return Grid(labels, widths, padding)
    return Grid(short, [max(map(cells_of, short), default=0) + 3], 0)


class ChipBar(LineWidget, can_focus=True):
    """Chips that are on or off.

    ``labels`` maps each value to what is written on its chip, ``short`` some to what is written where room is scarce.
    """

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
        short: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(name=name, id=id, label=label, label_width=label_width)
        self.labels = labels
        self._short = tuple((short or {}).get(value, words) for value, words in labels.items())
        self.on: frozenset[str] = frozenset(labels)
        self.cursor = 0

    def relabel(self, label: str) -> None:
        """Change the label."""
        if label != self.label:
            self.label = label
            self.refresh()

    def take_part(self, takes_part: bool) -> None:
        """Show the chips, or hide them where they would mean nothing."""
        if takes_part != self.display:
            if not takes_part and self.has_focus:
                self.screen.focus_previous()
            self.can_focus = self.display = takes_part

    def show(self, chosen: frozenset[str] | None) -> None:
        """Show which chips are on; ``None`` is all."""
        on = frozenset(self.labels) if chosen is None else chosen
        if on != self.on:
            self.on = on
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        grid = self._grid(width)
        chips = list(self._chips(grid))
        rows = [chips[at : at + grid.columns] for at in range(0, len(chips), grid.columns)]
        return [[part for chip in row for part in ((" ", ""), chip)][1:] for row in rows]

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Override: a capital letter that a chip begins with is no command."""
        return (
            character is not None
            and character.isupper()
            and any(label.startswith(character) for label in self.labels.values())
        )

    def on_key(self, event: events.Key) -> None:
        """A capital letter goes to the next chip that begins with it, and so does a small one that is no command."""
        letter = event.character or ""
        if len(letter) != 1 or not letter.isalpha() or (event.key in self.screen.active_bindings):
            return
        order = [*range(self.cursor + 1, len(self.labels)), *range(self.cursor + 1)]
        labels = list(self.labels.values())
        found = next((at for at in order if labels[at][:1].casefold() == letter.casefold()), None)
        if found is not None:
            event.stop()
            event.prevent_default()
            self._go_to(found)

    def clicked(self, value: str | int) -> None:
        self._go_to(int(value))
        self.action_press()

    def clicked_right(self, value: str | int) -> None:
        self._go_to(int(value))
        self.action_only()

    def action_move(self, by: int) -> None:
        self._go_to((self.cursor + by) % len(self.labels))

    def action_row(self, by: int) -> None:
        """Go to the chip above or below; from above a row that ends early to its last chip."""
        columns, last = self._grid(self.room).columns, len(self.labels) - 1
        row = self.cursor // columns + by
        if 0 <= row <= last // columns:
            self._go_to(min(row * columns + self.cursor % columns, last))

    def action_edge(self, end: bool) -> None:
        self._go_to(len(self.labels) - 1 if end else 0)

    def action_press(self) -> None:
        self.post_message(self.Toggled(self, self._value))

    def action_deselect(self) -> None:
        if self._value in self.on:
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

    def _go_to(self, cursor: int) -> None:
        if cursor != self.cursor:
            self.cursor = cursor
            self.refresh()

    def _grid(self, width: int) -> Grid:
        return grid_for(tuple(self.labels.values()), self._short, width)

    def _chips(self, grid: Grid) -> Iterator[Target]:
        colourless = self.app.no_color
        for index, value in enumerate(self.labels):
            here, on = index == self.cursor and self.has_focus, value in self.on
            room = grid.widths[index % grid.columns]
            draw = _check_box if colourless else _pill
            yield Target((draw(grid.labels[index], room, grid.padding, on, here),), index)


def _pill(label: str, room: int, padding: int, on: bool, here: bool) -> Span:
    """A chip on a ground of its own. The cursor is a sign besides another colour."""
    role = ("chip" if on else "quiet chip") + (" here" if here else "")
    between = " " * (room - cells_of(label) - 2 - padding)
    return f"{'❯' if here else ' '}{label}{between}{'×' if on else ' '}{' ' * padding}", role


def _check_box(label: str, room: int, padding: int, on: bool, here: bool) -> Span:
    """A chip where there are no colours, in as many cells: ``[x] Contact``."""
    text = f"[{'x' if on else ' '}]{' ' * padding}{label}"
    return f"{text}{' ' * (room - cells_of(text))}", "highlight" if here else ""
