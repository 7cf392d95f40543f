"""The smallest Textual app, as the floor for what ours costs: one label.

With ``--inputs`` two fields stand below it, so that the cost of moving focus can be compared, too.
"""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Label


class Hello(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The label, and the fields if they are wanted."""
        yield Label("Hello, world")
        if "--inputs" in sys.argv:
            yield Input(placeholder="one")
            yield Input(placeholder="two")


if __name__ == "__main__":
    Hello().run()
