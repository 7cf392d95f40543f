"""A dialog for one line of text, which stays open until the text is valid or the user cancels."""

from textual.app import ComposeResult
from textual.widgets import Input

from oncue.tui.modals.dialog import Dialog, Frame
from oncue.tui.user import Check
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.text_block import TextBlock


class Prompt(Dialog[str | None]):
    """Asks for a text; dismissed with it, or with ``None``. ``check`` says why a text is not valid."""

    AUTO_FOCUS = "Field"
    KEYS: tuple[tuple[str, str], ...] = (
        ("enter", "take the text, once it is valid"),
        ("esc ctrl+q", "cancel"),
        ("ctrl+u ctrl+k", "remove all before the caret, or behind it"),
        ("ctrl+w", "remove a word"),
        ("f1", "show or hide these keys"),
    )
    SELECTS = True
    """Whether what is typed replaces the text that is offered."""
    DEFAULT_CSS = """
    Prompt TextBlock { margin: 1 0 0 0; }
    """
    BINDINGS = [("escape,ctrl+q", "cancel", "Cancel")]

    def __init__(self, title: str, hint: str, value: str, check: Check) -> None:
        super().__init__()
        self._heading, self._hint, self._value, self._check = title, hint, value, check

    def compose(self) -> ComposeResult:
        with Frame(self._heading, "enter takes it · esc cancels · f1 keys"):
            field = Field(self._value, id="prompt-field")
            field.select_on_focus = self.SELECTS
            yield field
            yield TextBlock([(self._hint, "muted")], id="prompt-hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._say(None if event.value == self._value else self._check(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        wrong = self._check(event.value)
        self._say(wrong)
        if wrong is None:
            self.end(event.value)

    def _say(self, wrong: str | None) -> None:
        """Say below the field why its text will not do, or else what it is for."""
        self.query_one("#prompt-hint", TextBlock).show([(self._hint, "muted") if wrong is None else (wrong, "error")])

    def action_cancel(self) -> None:
        self.end(None)
