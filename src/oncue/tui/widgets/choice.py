"""A field that shows one of many and opens a list to choose from.

It is closed most of the time, so it is one line; the list is the one picker of the screen, which filters and
draws any number of entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.message import Message

from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.lines import LineWidget
from oncue.workbench.spans import Line, line, spread


class Option(NamedTuple):
    """One thing to choose: its value, its label, and in a few words what it is."""

    value: str | None
    label: str
    help: str = ""


class Choice(LineWidget, can_focus=True):
    """One value out of options. The value that is set may be none of them: then it is shown as a problem.

    One that is ``compact`` shows the label alone.
    """

    BINDINGS = bindings("choice")

    @dataclass(eq=False, repr=False)
    class Picked(Message):
        """Another value was asked for: ``value``, or the one that is ``by`` options further.

        Further than which is known only when the request is carried out: what is shown may be behind, and two presses
        in a burst are two options further, and not twice the same one.
        """

        choice: "Choice"
        value: str | None = None
        by: int = 0

        def after(self, present: str | None) -> str | None:
            """The value that is asked for, where ``present`` is the one that there is by now."""
            if not self.by:
                return self.value
            values = [option.value for option in self.choice.options]
            at = values.index(present) if present in values else -1 if self.by > 0 else 0
            return values[(at + self.by) % len(values)]

    @dataclass(eq=False, repr=False)
    class Opened(Message):
        """The list is asked for."""

        choice: "Choice"

    def __init__(
        self,
        title: str,
        options: Sequence[Option] = (),
        *,
        name: str | None = None,
        id: str | None = None,
        label: str = "",
        label_width: int = 0,
        compact: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, label=label, label_width=label_width)
        self.title, self.options, self._compact = title, options, compact
        self.value: str | None = options[0].value if options else None

    def show(self, value: str | None, options: Sequence[Option] | None = None) -> None:
        """Show ``value``, of ``options`` if these changed."""
        before = self.value, self.option
        if options is not None:
            self.options = options
        self.value = value
        if before != (self.value, self.option):
            self.refresh()

    @property
    def ground(self) -> str:  # type: ignore[override]
        """The ground of a field, and while it has the focus the band, which is seen without colours, too."""
        return "highlight" if self.has_focus else "field"

    @property
    def option(self) -> Option | None:
        """The option that is shown; ``None`` if the value is not among them."""
        return next((option for option in self.options if option.value == self.value), None)

    def lines(self, width: int) -> Sequence[Line]:
        option = self.option
        if option is None:
            known = line(("! ", "error"), (f"{self.value or 'nothing'}", "error"), (" is not there", "error"))
            return [spread(known, line(("▾", "muted")), width)]
        role = "strong" if self.has_focus else ""
        about = line((f"  {option.help}", "muted")) if option.help and not self._compact else ()
        return [spread(line((option.label, role)) + about, line(("▾", role or "muted")), width)]

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Opened(self))

    def action_open(self) -> None:
        self.post_message(self.Opened(self))

    def action_cycle(self, by: int) -> None:
        if self.options:
            self.post_message(self.Picked(self, by=by))
