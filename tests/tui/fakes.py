"""A user of a few lines, for work that asks and tells but draws nothing."""

from collections.abc import Callable, Sequence

from oncue.tui.user import Answer, Check, Severity


class FakeUser:
    """Answers from a list, and keeps what was asked and said."""

    def __init__(self, *answers: str | None) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.before_answering: Callable[[], object] = lambda: None

    async def ask(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], cursor: int = -1
    ) -> str:
        self.asked.append("\n".join((title, *(words for words, _ in text))))
        self.before_answering()
        answer = self.answers.pop(0)
        assert answer in [each.value for each in answers]
        assert answer is not None
        return answer

    async def prompt(self, title: str, hint: str, value: str, check: Check) -> str | None:
        self.asked.append(title)
        self.before_answering()
        return self.answers.pop(0)

    def notify(self, message: str, *, severity: Severity = "information") -> None:
        self.said.append(message)
