"""A user of a few lines, for work that asks and tells but draws nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

from oncue.tui.user import Action, Answer, Check, Complete
from oncue.workbench.said import SaidLog, Severity
from oncue.workbench.spans import Line


class FakeUser:
    """Answers from a list, and keeps what was asked and said."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.log = SaidLog()
        self.edited: list[tuple[Path, int | None]] = []
        self.edit: Callable[[Path], object] = lambda _path: None
        self.shown: list[Sequence[Line]] = []
        self.said: list[str] = []
        self.before_answering: Callable[[], object] = lambda: None

    @property
    def messages(self) -> SaidLog:
        return self.log

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        self.asked.append("\n".join((title, *(words for words, _ in text))))
        self.before_answering()
        answer = self.answers.pop(0)
        assert answer in [each.value for each in answers]
        assert answer is not None
        return answer

    async def prompt(
        self, title: str, hint: str, value: str, check: Check, complete: Complete | None = None
    ) -> str | None:
        self.asked.append(title)
        self.before_answering()
        return self.answers.pop(0)

    async def browse(
        self,
        title: str,
        labels: Sequence[Line],
        text_of: Callable[[int], Sequence[Line]],
        actions: Sequence[Action] = (),
        cursor: int = 0,
        note: str = "",
    ) -> tuple[str, int] | None:
        self.asked.append(title)
        self.shown = [text_of(index) for index in range(len(labels))]
        self.before_answering()
        answer = self.answers.pop(0)
        assert answer is None or answer in [each.value for each in actions]
        return None if answer is None else (answer, cursor)

    async def edit_outside(self, path: Path, line: int | None) -> str:
        self.edited.append((path, line))
        self.edit(path)
        return ""

    def say_edit(self, words: str) -> None:
        pass

    def notify(self, message: str, *, severity: Severity = "information") -> None:
        self.said.append(message)
