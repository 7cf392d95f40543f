"""The line below a text field that says what is wrong with what is typed, and offers words that could be meant.

It has no height while there is nothing to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from oncue.tui.host import host
from oncue.tui.shortcuts import BY_ID, in_use, shown
from oncue.tui.widgets.lines import LineWidget, Parts, Target, bracketed
from oncue.workbench.spans import line, width_of, wrapped


class WordLine(LineWidget):
    """What is wrong with the text, and the words that can be taken; one of them is the next."""

    @dataclass(eq=False, repr=False)
    class Taken(Message):
        """A word was clicked."""

        index: int

    def __init__(self, label_width: int = 0) -> None:
        super().__init__(label_width=label_width)
        self.wrong = ""
        self.words: Sequence[str] = ()
        self.next = 0

    def show(self, wrong: str, words: Sequence[str], following: int) -> None:
        """Show what is ``wrong``, and ``words`` with a mark on the ``following`` one."""
        now = (wrong, tuple(words), following)
        if now != (self.wrong, self.words, self.next):
            before = len(self.lines(self.room))
            self.wrong, self.words, self.next = now
            self.refresh(layout=len(self.lines(self.room)) != before)

    def lines(self, width: int) -> Sequence[Parts]:
        wrong: list[Parts] = [*wrapped(line(("! ", "error"), (self.wrong, "error")), width, 2)] if self.wrong else []
        return [*wrong, self._words(width)] if self.words else wrong

    def clicked(self, value: str | int) -> None:
        self.post_message(self.Taken(int(value)))

    def _words(self, width: int) -> list[Target]:
        """The words from the next one on, as many as there is room for."""
        key = shown(in_use(BY_ID["values.complete"], host(self).keymap).split(",")[0])
        taken = Target(line((f"{key} ", "accent")), self.next)
        found, room = [taken], width - width_of(taken.spans)
        order = [*range(self.next, len(self.words)), *range(self.next)]
        for index in order:
            word = Target(bracketed(self.words[index], index == self.next), index)
            room -= width_of(word.spans)
            if room < 0 and index != self.next:
                break
            found.append(word)
        return found
