"""A line of text to edit, that is styled as seldom and as cheaply as can be.

An input is the dearest of Textual's widgets to style: it has four parts with styles of their own, sixty lines of
default rules, and gets classes for its size and for being valid, each of which styles it again. This one has no
default rules but the few that it needs, and those classes never change.
"""

from typing import ClassVar

from textual.validation import ValidationResult
from textual.widgets import Input


class Field(Input, inherit_css=False):
    """Textual's input on one line, without a frame and without validation. Its colours are in ``app.tcss``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"input--cursor", "input--placeholder", "input--selection"}
    DEFAULT_CSS = """
    Field { width: 1fr; scrollbar-size-horizontal: 0; pointer: text; }
    """

    def __init__(
        self, value: str = "", placeholder: str = "", *, name: str | None = None, id: str | None = None
    ) -> None:
        super().__init__(value, placeholder, select_on_focus=False, name=name, id=id)

    def validate(self, value: str) -> ValidationResult | None:
        """Accept everything; Textual's."""
        return None
