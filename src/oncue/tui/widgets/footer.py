"""The footer: one line, one widget, the keys that work here in order of use.

Textual's own footer makes a widget for each key and makes them anew whenever the focus moves, which costs more
than everything else a key press does, and it cuts what does not fit without a sign. This one is a line of text
that ends in ``… ? all keys`` where something did not fit, and each entry can be clicked.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events

from oncue.tui.host import host
from oncue.tui.shortcuts import BY_ID, Shortcut, shown
from oncue.tui.widgets.lines import Line, LineWidget, Span


class KeyFooter(LineWidget):
    """The keys that work where the focus is."""

    MORE = "… ? all keys"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: tuple[tuple[Shortcut, str], ...] = ()

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.update_keys())
        self.update_keys()

    def update_keys(self) -> None:
        """Find out which keys work now, and draw them if they are others than before."""
        if self.app.screen is not self.screen:
            return  # a question is asked above; what works there is written in it
        entries = tuple(self._entries())
        if entries != self.entries:
            self.entries = entries
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """As many keys as fit."""
        spans: list[Span] = []
        for _, key, label, cut in self._places(width):
            if cut:
                spans.append((f" {self.MORE}", "muted"))
            else:
                spans += [(f" {key} ", "accent"), (f"{label} ", "")]
        return [tuple(spans)]

    def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        offset = self.place_of(event)
        if offset is None:
            return
        start = 0
        for entry, key, label, cut in self._places(self.room):
            cells = cell_len(key) + cell_len(label) + 3
            if cut or start <= offset.x < start + cells:
                self.app.simulate_key("f1" if entry is None else entry[1])
                return
            start += cells

    def _places(self, width: int) -> list[tuple[tuple[Shortcut, str] | None, str, str, bool]]:
        found: list[tuple[tuple[Shortcut, str] | None, str, str, bool]] = []
        room = width
        for number, (key, pressed) in enumerate(self.entries):
            cells = cell_len(shown(pressed)) + cell_len(key.label) + 3
            last = number == len(self.entries) - 1
            if cells + (0 if last else len(self.MORE) + 2) > room:
                found.append((None, "", "", True))
                break
            found.append(((key, pressed), shown(pressed), key.label, False))
            room -= cells
        return found

    def _entries(self) -> list[tuple[Shortcut, str]]:
        typing = host(self).typing
        found: dict[str, tuple[Shortcut, str]] = {}
        for pressed, active in self.screen.active_bindings.items():
            key = BY_ID.get((active.binding.id or "").split("#")[0])
            if key is None or not key.foot or not active.enabled or (typing and not active.binding.priority):
                continue
            known = found.get(key.id)
            # Outside text fields the shortest way to write a key is the one to learn.
            if known is None or (not typing and len(shown(pressed)) < len(shown(known[1]))):
                found[key.id] = (key, pressed)
        return sorted(found.values(), key=lambda each: (each[0].foot, each[0].context == "app"))
