"""The line below a text of a step that offers placeholders while the caret stands in one that is being written."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.widget import Widget
from textual.widgets import Input

from oncue.text import editable
from oncue.tui.framework.text_keys import TextKeys
from oncue.tui.widgets.word_line import WordLine
from oncue.workbench.placeholder_completion import Opened, candidates, completed, opened

if TYPE_CHECKING:
    from textual.widgets import TextArea

Names = Callable[[], Sequence[str]]
"""What knows the names of placeholders; only asked while one is written."""


class PlaceholderLine(WordLine):
    """The placeholders that can be meant in ``field``."""

    def __init__(self, field: Widget, names: Names, label_width: int) -> None:
        super().__init__(label_width)
        self._field, self._names = field, names
        self._at: tuple[str, Opened] | None = None
        """The line of the caret as it was typed, and the placeholder in it."""
        self._left: tuple[str, int, int] | None = None
        """How the line was left by the word that was taken last, so that the next one can take its place."""

    def on_mount(self) -> None:
        self.watch(self._field, "selection", self.offer, init=False)
        self.watch(self._field, "has_focus", self.offer, init=False)

    def offer(self) -> None:
        """Offer what can be meant where the caret is; what was offered before while one of that was just taken."""
        here = text, caret, _ = self._here()
        focused = self._field.has_focus
        if focused and here == self._left:
            return
        self._left = None
        place = opened(text, caret) if focused else None
        self._at = (text, place) if place else None
        self._offer(candidates(place, self._names()) if place else (), 0)

    def take(self, index: int | None = None) -> None:
        """Write one of the words that are offered, by default the next one; all taken in a row are a step of undo."""
        if self._at is None or not self.words:
            return
        taken = self.next if index is None else index
        at, words, field = self._at, self.words, cast("TextKeys", self._field)
        if self._left is None:
            field.run += 1
        self._put(*completed(*at, editable(words[taken])))
        field.leave_run()
        # Writing has moved the caret, and so offered something else meanwhile.
        self._at, self._left = at, self._here()
        self._offer(words if len(words) > 1 else (), (taken + 1) % len(words))

    def clicked(self, value: str | int) -> None:
        self.take(int(value))

    def _offer(self, words: Sequence[str], following: int) -> None:
        hidden = not self.words
        self.show("", words, following)
        if words and hidden:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def _here(self) -> tuple[str, int, int]:
        """The line of the caret, the caret in it, and which line it is."""
        if isinstance(self._field, Input):
            return self._field.value, self._field.cursor_position, 0
        area = cast("TextArea", self._field)
        row, column = area.cursor_location
        return area.document.get_line(row), column, row

    def _put(self, text: str, caret: int) -> None:
        if isinstance(self._field, Input):
            self._field.value = text
            self._field.cursor_position = caret
        else:
            area: Any = self._field
            row = area.cursor_location[0]
            area.replace(text, (row, 0), (row, len(area.document.get_line(row))))
            area.move_cursor((row, caret))
