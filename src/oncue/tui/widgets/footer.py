"""The footer: one line, one widget, the keys that work here in order of use.

Textual's own footer mounts a widget for each key again whenever the focus moves, which costs more than everything
else that a key press does, and it cuts off what does not fit without a sign. This one is a line of text that ends in
``… ? all keys`` if something did not fit, and each entry can be clicked.
"""

from collections.abc import Sequence

from rich.cells import cell_len

from oncue.tui.host import host
from oncue.tui.shortcut import Shortcut
from oncue.tui.shortcuts import BY_ID, in_use
from oncue.tui.shortcuts import shown as written
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.spans import line, width_of


class KeyFooter(LineWidget):
    """The keys that work where the focus is."""

    ground = "surface"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: tuple[tuple[Shortcut, str], ...] = ()

    def on_mount(self) -> None:
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

    def lines(self, width: int) -> Sequence[Parts]:
        shown, room, more = [], width, self._more()
        for number, (key, pressed) in enumerate(self.entries):
            spans = line((f" {written(pressed)} ", "accent"), f"{key.label} ")
            last = number == len(self.entries) - 1
            cells = cell_len(written(pressed)) + cell_len(key.label) + 3
            if cells + (0 if last else width_of(more.spans) + 1) > room:
                shown.append(more)
                break
            shown.append(Target(spans, pressed))
            room -= cells
        return [shown]

    def clicked(self, value: str | int) -> None:
        self.app.simulate_key(str(value))

    def _more(self) -> Target:
        """What stands at the end where not all keys fit."""
        keys = in_use(BY_ID["app.help"], host(self).keymap).split(",")
        return Target(line((f" … {min(map(written, keys), key=len)} all keys", "muted")), keys[0])

    def _entries(self) -> list[tuple[Shortcut, str]]:
        typing = host(self).typing
        found: dict[str, tuple[Shortcut, str]] = {}
        for pressed, active in self.screen.active_bindings.items():
            key = BY_ID.get((active.binding.id or "").split("#")[0])
            if key is None or not key.foot or not active.enabled or (typing and not active.binding.priority):
                continue
            known = found.get(key.id)
            # Outside text fields the shortest way to write a key is the one to learn.
            if known is None or (not typing and len(written(pressed)) < len(written(known[1]))):
                found[key.id] = (key, pressed)
        return sorted(found.values(), key=lambda each: (each[0].foot, each[0].context == "app"))
