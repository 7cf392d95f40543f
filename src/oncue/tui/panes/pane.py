"""What all panes have in common: a number, a frame with a title, and a state to show."""

from textual import events
from textual.containers import Vertical

from oncue.tui.plain import plain
from oncue.tui.state import State
from oncue.tui.widgets.action_bar import ActionBar


class Pane(Vertical):
    """A framed part of the screen. The frame of the pane that has the focus is heavy and says so by colour too.

    The class ``-focused`` is set here and not by the selector ``:focus-within``, which makes Textual restyle every
    widget of the screen whenever the focus moves.
    """

    number = 0
    title = ""
    _frame = ("", "")

    def show(self, state: State) -> None:
        """Show ``state``."""
        raise NotImplementedError

    def enter(self) -> None:
        """Take the focus, where it is most useful."""
        raise NotImplementedError

    def retitle(self, detail: str = "", note: str = "") -> None:
        """Write the frame: what it is about above, ``note`` below."""
        frame = (f"{self.number} {self.title}" + (f" · {detail}" if detail else ""), note)
        if frame != self._frame:
            self._frame = frame
            self.border_title, self.border_subtitle = plain(frame[0]), plain(frame[1])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the frame."""
        self.add_class("-focused")

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Take the mark away."""
        self.remove_class("-focused")

    def on_action_bar_pressed(self, event: ActionBar.Pressed) -> None:
        """Do what was clicked, as if its key had been pressed in this pane."""
        event.stop()
        self.call_later(self.run_action, event.act)
