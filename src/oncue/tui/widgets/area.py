"""A text of several lines to edit, which takes its keys in the order in which they were pressed.

In a module of its own, because importing Textual's text area takes a tenth of the app's start.
"""

from textual.widgets import TextArea

from oncue.tui.framework.text_keys import TextKeys


class Area(TextKeys, TextArea):
    """Textual's text area, in which tab goes to the next field."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(compact=True, name=name, tab_behavior="focus", highlight_cursor_line=False)
        self.placeholder = placeholder
        self.set_reactive(TextArea.cursor_blink, False)  # as in `field.Field`
