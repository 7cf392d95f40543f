"""A question with a few answers, each with its key: the only dialog for decisions.

Each answer says what will happen, nothing that could lose work is chosen by default, and escape is always the answer
that changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from oncue.tui.modals.dialog import WIDTH, Dialog, Frame
from oncue.tui.user import Answer
from oncue.tui.widgets.lines import LineWidget, Parts, Target
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.spans import Span, line, wrapped


class Answers(LineWidget, can_focus=True):
    """The answers, one below the other, to be clicked, walked through or typed. None is cut: they say what is lost."""

    @dataclass(eq=False, repr=False)
    class Given(Message):
        """An answer was given."""

        value: str

    def __init__(self, answers: Sequence[Answer], cursor: int) -> None:
        super().__init__()
        self.answers, self.cursor = answers, cursor
        self._harmless = cursor == len(answers) - 1

    def lines(self, width: int) -> Sequence[Parts]:
        pad = max(cell_len(answer.key) for answer in self.answers)
        rows: list[Parts] = []
        for index, answer in enumerate(self.answers):
            here = index == self.cursor
            pointer: Span = ("❯ " if here else "  ", "accent")
            words = line(pointer, (answer.key.ljust(pad), "accent"), (f"  {answer.label}", "strong" if here else ""))
            rows += [Target(each, answer.value) for each in wrapped(words, width, indent=pad + 4)]
        return rows

    def clicked(self, value: str | int) -> None:
        self.post_message(self.Given(str(value)))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("up", "down", "tab", "shift+tab"):
            self.cursor = (self.cursor + (1 if event.key in ("down", "tab") else -1)) % len(self.answers)
            self.refresh()
        elif event.key == "enter":
            self.post_message(self.Given(self.answers[self.cursor].value))
        else:
            # Ctrl+q is a way out of a question, but not of the one that it asks itself.
            leaves = event.key == "escape" or (event.key == "ctrl+q" and self._harmless)
            wanted = "esc" if leaves else event.key
            chosen = next((answer for answer in self.answers if answer.key == wanted), None)
            if chosen is None:
                return
            self.post_message(self.Given(chosen.value))
        event.stop()
        event.prevent_default()


class Question(Dialog[str]):
    """Asks; dismissed with the value of the answer.

    The last answer must be the harmless one, on ``esc``. Enter chooses it too, unless ``cursor`` is on another one.
    """

    AUTO_FOCUS = "Answers"
    KEYS = (
        ("↑ ↓ tab", "mark another answer"),
        ("enter", "give the marked answer"),
        ("its key", "give an answer at once; so does a click"),
        ("esc", "the last answer, which changes nothing"),
        ("? f1", "show or hide these keys"),
    )
    DEFAULT_CSS = """
    Question VerticalScroll { height: auto; }
    Question Answers { margin: 1 0 0 0; }
    """

    def __init__(self, title: str, text: Sequence[Span], answers: Sequence[Answer], cursor: int = -1) -> None:
        super().__init__()
        self._heading, self._text = title, text
        self._answers = Answers(answers, cursor % len(answers))

    def compose(self) -> ComposeResult:
        with Frame(self._heading, "? keys"):
            with VerticalScroll(can_focus=False):
                yield TextBlock(self._text)
            yield self._answers

    def on_resize(self, event: events.Resize) -> None:
        """Let the text scroll in what the answers leave: all of them have to be seen."""
        super().on_resize(event)
        inner = min(WIDTH, event.size.width * 96 // 100) - 6
        left = event.size.height * 9 // 10 - len(self._answers.lines(inner)) - 3
        self.query_one(VerticalScroll).styles.max_height = max(min(left, event.size.height // 2), 1)

    def on_answers_given(self, event: Answers.Given) -> None:
        self.end(event.value)
