"""Text widgets that take keys and pastes one by one, in the order in which they came.

Textual has two routes for the keys of a text field: the field inserts letters when it hears of them, while backspace,
arrows and tab are bindings, which are carried out after a message has climbed from widget to widget. What comes in one
read, as of a slow link, from a macro or while the app was busy, is carried out in another order: ``ab``, backspace,
``x`` becomes ``ab``. Here a text widget gets all its keys one by one, straight from the app (`GuardedApp`).
"""

import re
from time import monotonic
from typing import Any

from textual import events
from textual.widgets import Input

from oncue.text import editable

_EDITING = {
    "alt+backspace": "ctrl+w",  # Textual deletes to the right
    "ctrl+backspace": "ctrl+w",
    "alt+left": "ctrl+left",
    "alt+right": "ctrl+right",
    "alt+b": "ctrl+left",
    "alt+f": "ctrl+right",
    "alt+shift+left": "ctrl+shift+left",
    "alt+shift+right": "ctrl+shift+right",
}
"""Keys of text fields by which people mean another one."""


_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def pasted(text: str, lines: bool) -> str:
    """A pasted ``text`` for a field; without ``lines`` its lines are joined by blanks.

    Control characters go, as nobody can type them; all other characters that cannot be seen are shown.
    """
    parts = _LINE_BREAK.split(text)
    if lines:
        return editable("\n".join(_CONTROL.sub("", part) for part in parts), keep="\n\t")
    joined = " ".join(filter(None, parts)).replace("\t", " ")
    return editable(_CONTROL.sub("", joined))


PAUSE = 2.0
"""Seconds after which typing goes on as another step of undo."""


class TextKeys:
    """A mixin for text widgets: keys and pastes are carried out at once when the app hands them over.

    ``run`` counts the pieces in which the text was typed, each a step of undo: a word, what came before a pause, or
    what was typed at another place.
    """

    run = 0
    _pressed_at = 0.0
    _behind: object = None
    """Where the caret was left by what was typed last."""

    def count_run(self: Any, text: str) -> None:
        """Begin another run, if ``text``, which is typed now, does not go on with the word before it."""
        now, before = monotonic(), self._pressed_at
        self._pressed_at = now
        new_word = text[:1].isspace() and not _character_before(self).isspace()
        if new_word or now - before > PAUSE or self._behind != _caret(self):
            self.run += 1

    def stay_behind(self: Any) -> None:
        """Note where the caret is after something was typed."""
        self._behind = _caret(self)

    def leave_run(self) -> None:
        """Let whatever is typed next begin another run."""
        self._behind = None

    def letter(self: Any, event: events.Key) -> str:
        """What ``event`` inserts, if that is all that it does here; otherwise nothing."""
        printable = event.is_printable and event.key not in self._bindings.key_to_bindings
        return event.character or "" if printable else ""

    async def take(self: Any, event: events.Key | events.Paste) -> bool:
        """Carry out ``event``, if it is about text; whether it is."""
        if isinstance(event, events.Paste):
            self.run += 1
            insert(self, pasted(event.text, lines=not isinstance(self, Input)))
            self.run += 1
            return True
        key = _EDITING.get(event.key, event.key)
        for binding in self._bindings.key_to_bindings.get(key, ()):
            if not binding.priority:
                with self._context():
                    return bool(await self.app.run_action(binding.action, self))
        if key == "enter" and not isinstance(self, Input):
            character = "\n"
        elif (event.is_printable or key == "space") and not key.startswith(("alt+", "ctrl+")):
            character = event.character or " "
        else:
            return False
        insert(self, character)
        return True

    async def _on_key(self, event: events.Key) -> None:
        """Override: do nothing but `take`, in an app that does not hand its keys over."""
        event.prevent_default()
        if await self.take(event):
            event.stop()

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        await self.take(event)


def insert(widget: Any, text: str) -> None:
    """Insert ``text`` in place of what is selected in a text widget, as if it were typed."""
    widget.count_run(text)
    with widget._context():
        if not isinstance(widget, Input):
            result = widget._replace_via_keyboard(text, *widget.selection)
            if result is not None:
                widget.move_cursor(result.end_location)
        elif widget.selection.is_empty:
            widget.insert_text_at_cursor(text)
        else:
            widget.replace(text, *widget.selection)
        widget.stay_behind()


def _caret(widget: Any) -> object:
    return widget.cursor_position if isinstance(widget, Input) else widget.cursor_location


def _character_before(widget: Any) -> str:
    """The character before the caret; a blank at the beginning."""
    if isinstance(widget, Input):
        return widget.value[: widget.cursor_position][-1:] or " "
    row, column = widget.cursor_location
    return str(widget.document.get_line(row)[:column][-1:]) or " "


def put_text(widget: Any, text: str, end: bool = False) -> None:
    """Put ``text`` into a text widget, as nobody typed it.

    While it has the focus, the caret goes to what is different, otherwise to the beginning or the ``end``.
    """
    before = widget.value if isinstance(widget, Input) else widget.text
    if before == text:
        return
    at = _after_change(before, text) if widget.has_focus else len(text) if end else 0
    with widget.prevent(type(widget).Changed):
        if isinstance(widget, Input):
            widget.value = text
            widget.cursor_position = at
        else:
            widget.text = text
            row = text.count("\n", 0, at)
            widget.move_cursor((row, at - (text.rfind("\n", 0, at) + 1)))


def _after_change(before: str, after: str) -> int:
    """Where in ``after`` that ends which is not the same in ``before``."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    same = next((at for at in range(most - start) if before[-1 - at] != after[-1 - at]), most - start)
    return len(after) - same
