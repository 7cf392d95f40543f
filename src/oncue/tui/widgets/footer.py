"""The footer: what was said last, and below it the keys that work here in order of use.

Textual's own footer mounts a widget for each key again whenever the focus moves, which costs more than everything
else that a key press does, and it cuts off what does not fit without a sign. This one is a line of text that ends in
``… ? all keys`` if something did not fit, and each entry can be clicked. On low terminals it has one line, in which
what was said takes the place of the keys for some seconds.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.timer import Timer

from oncue.tui.host import host
from oncue.tui.messages import RunCommand
from oncue.tui.shortcut import Shortcut, open_flow, some_flow
from oncue.tui.shortcuts import BY_ID, in_use
from oncue.tui.shortcuts import shown as written
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.workbench.said import Said
from oncue.workbench.spans import fitted, line, width_of
from oncue.workbench.state import State

SECONDS = {"information": 3.0, "warning": 8.0, "error": 8.0}
"""How long a message has the only line there is."""

_SAID = "said"


class KeyFooter(LineWidget):
    """What was said last, and the keys that work where the focus is."""

    ground = "surface"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.entries: tuple[tuple[Shortcut, str], ...] = ()
        self.said: Said | None = None
        self._fresh = False
        """Whether the last message still has the only line there is."""
        self._aging: Timer | None = None
        self._without_flow = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.update_keys())
        self.update_keys()

    def update_keys(self) -> None:
        """Find out which keys work now, and draw them if they are others than before."""
        # None does while a dialog lies above, which has its own on its frame.
        entries = tuple(self._entries()) if self.app.screen is self.screen else ()
        if entries != self.entries:
            self.entries = entries
            self.refresh()

    def show(self, state: State) -> None:
        """Leave out what needs a flow while none is open."""
        if (state.flow is None) != self._without_flow:
            self._without_flow = state.flow is None
            self.update_keys()

    def on_resize(self) -> None:
        if self.said is not None and self._fresh and self._aging is None:
            self._age(self.said)  # it was said where there were two lines
        self.refresh()

    def say(self, said: Said) -> bool:
        """Show what was said; whether all of it is seen."""
        self.said, self._fresh = said, True
        if self._aging is not None:
            self._aging.stop()
            self._aging = None
        self._age(said)
        self.refresh()
        return self.size.height > 0 and width_of(said.spans) + 2 + width_of(self._all_messages().spans) <= self.room

    def _age(self, said: Said) -> None:
        """Where the message takes the place of the keys, give that back after a while."""
        if self.size.height == 1:
            self._aging = self.set_timer(SECONDS[said.severity], self._grow_old)

    def _grow_old(self) -> None:
        self._fresh = False
        self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        if self.content_size.height > 1:
            return [self._status(width), self._keys(width)]
        return [self._status(width) if self._fresh else self._keys(width)]

    def _status(self, width: int) -> Parts:
        if self.said is None:
            return ()
        more = self._all_messages()
        room = width - width_of(more.spans) - 1
        shown = fitted((*line(" "), *self.said.spans), room)
        return [*shown, (" " * (room - width_of(shown)), ""), more, (" ", "")]

    def _all_messages(self) -> Target:
        keys = in_use(BY_ID["app.said"], host(self).keymap).split(",")
        return Target(line((min(map(written, keys), key=len), "accent"), (" messages", "muted")), _SAID)

    def _keys(self, width: int) -> Parts:
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
        return shown

    def clicked(self, value: str | int) -> None:
        if value == _SAID:
            self.post_message(RunCommand("app.said"))
        else:
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
            if self._without_flow and key.applies in (open_flow, some_flow):
                continue
            known = found.get(key.id)
            # Outside text fields the shortest way to write a key is the one to learn.
            if known is None or (not typing and len(written(pressed)) < len(written(known[1]))):
                found[key.id] = (key, pressed)
        return sorted(found.values(), key=lambda each: (each[0].foot, each[0].context == "app"))
