"""A prompt for a path: tab completes it, and below it stands what it may go on with."""

from oncue.text import first
from oncue.tui.modals.prompt import Prompt
from oncue.tui.user import Check, Complete
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.text_block import TextBlock

_NAMED = 12


class PathPrompt(Prompt):
    """Asks for a path; dismissed with it, or with ``None``. ``complete`` and ``check`` may look at the disk.

    The caret is at the end of the path that is offered: mostly one goes on with it, and does not begin anew.
    """

    KEYS = (("tab", "complete the path, or show how it may go on"), *Prompt.KEYS)
    SELECTS = False
    BINDINGS = [("tab", "complete", "Complete")]

    def __init__(self, title: str, hint: str, value: str, check: Check, complete: Complete) -> None:
        super().__init__(title, hint, value, check)
        self._complete = complete

    def action_complete(self) -> None:
        """Complete what was typed."""
        field = self.query_one(Field)
        typed, names = self._complete(field.value)
        field.value = typed
        field.cursor_position = len(typed)
        if len(names) != 1:
            words = first(list(names), _NAMED) if names else "nothing there begins like this"
            self.call_after_refresh(self.query_one("#prompt-hint", TextBlock).show, [(words, "muted")])
