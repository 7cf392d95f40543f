"""A line of text to edit, that is not styled more often than it changes."""

from textual.validation import ValidationResult
from textual.widgets import Input


class Field(Input):
    """Textual's input on one line, without a frame.

    It has the class of a compact input from the start and never gets one for being valid, as each class that is
    set later makes Textual style the input again, with the four parts that it has. Nothing here is validated by
    the field.
    """

    def __init__(
        self, value: str = "", placeholder: str = "", *, name: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(value, placeholder, select_on_focus=False, name=name, id=id, classes="-textual-compact")

    def validate(self, value: str) -> ValidationResult | None:
        """Accept everything; Textual's."""
        return None
