"""A dialog to browse: a list of things, the text of the one under the cursor, and what can be done with it.

The differences before saving, the history of saves, the messages and the text of a file are all read in it. It has one
cursor, that of the list; the text is scrolled by the other keys, so nobody has to move a focus between the two.
"""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Region

from oncue.tui.modals.dialog import Dialog, Frame
from oncue.tui.user import Action
from oncue.tui.widgets.lines import LineWidget, Parts, Target, flowed
from oncue.workbench.spans import Line, fitted, line, wrapped

_WIDE = 100
"""Columns from which the list stands beside the text, and not above it."""


Result = tuple[str, int]
"""What was chosen: the value of an action, and the index of the thing that it is for."""


class _Items(LineWidget, can_focus=True):
    """The list. It has the focus, and hands all keys to the dialog."""

    def __init__(self, labels: Sequence[Line], cursor: int) -> None:
        super().__init__(id="browser-items")
        self.labels, self.cursor = labels, cursor

    def lines(self, width: int) -> Sequence[Parts]:
        if len(self.labels) < 2:
            return [()]
        rows: list[Parts] = []
        for index, label in enumerate(self.labels):
            pointer = ("❯ ", "accent") if index == self.cursor else "  "
            text = tuple((part, role or ("strong" if index == self.cursor else "")) for part, role in label)
            rows.append(Target(fitted(line(pointer) + text, width), index))
        return rows

    def clicked(self, value: str | int) -> None:
        self.go(int(value))

    def go(self, index: int) -> None:
        """Go to a row; nothing happens beyond the ends."""
        if 0 <= index < len(self.labels) and index != self.cursor:
            self.cursor = index
            self.refresh()
            dialog = self.screen
            assert isinstance(dialog, Browser)
            dialog.show_text()

    def on_key(self, event: events.Key) -> None:
        dialog = self.screen
        assert isinstance(dialog, Browser)
        if dialog.take_key(event):
            event.stop()
            event.prevent_default()


class TextLines(LineWidget):
    """The text of the thing under the cursor, wrapped."""

    def __init__(self, *, id: str = "browser-text") -> None:
        super().__init__(id=id)
        self.paragraphs: Sequence[Line] = ()

    def show(self, paragraphs: Sequence[Line]) -> None:
        """Show other lines."""
        self.paragraphs = paragraphs
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Parts]:
        return [each for paragraph in self.paragraphs for each in wrapped(paragraph, width, indent=2)]


class _Actions(LineWidget):
    """What can be done, with its keys; a click does it."""

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(id="browser-actions")
        self._actions = actions

    def show(self, actions: Sequence[Action]) -> None:
        """Show other actions."""
        self._actions = actions
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Parts]:
        words = [(action.key, action.label) for action in self._actions]
        words += [("?", "Keys"), ("esc", "Close")]
        return list(flowed((_key(key, label) for key, label in words), width))

    def clicked(self, value: str | int) -> None:
        dialog = self.screen
        assert isinstance(dialog, Browser)
        dialog.press(str(value))


def _key(key: str, label: str) -> Target:
    return Target(line((f"{key} ", "accent"), f"{label}   "), key)


class Browser(Dialog[Result | None]):
    """Shows ``labels`` and for each the lines that ``text_of`` gives; dismissed with what is to be done, or ``None``.

    Without a list, as there is one thing, the text has the room for itself. ``note`` is in the frame.
    """

    AUTO_FOCUS = "_Items"
    KEYS: tuple[tuple[str, str], ...] = (
        ("↑ ↓ j k", "go from one to the next"),
        ("space page down page up", "scroll the text by a page"),
        ("J K", "scroll the text by a line"),
        ("home end", "go to the beginning or the end of the text"),
        ("?", "show or hide these keys"),
        ("esc q", "close"),
    )
    DEFAULT_CSS = """
    Browser Frame { width: 96%; max-width: 180; height: 92%; }
    Browser Horizontal { height: 1fr; }
    Browser #browser-list { width: 32%; min-width: 24; max-width: 56; height: 1fr; margin: 0 2 0 0; }
    Browser #browser-list.-alone { width: 1; min-width: 1; margin: 0; }
    Browser #browser-scroll { width: 1fr; height: 1fr; }
    Browser #browser-actions { margin: 1 0 0 0; }
    Browser.-stacked Horizontal { layout: vertical; }
    Browser.-stacked #browser-list { width: 1fr; max-width: 100%; height: auto; max-height: 30%; margin: 0 0 1 0; }
    Browser.-stacked #browser-list.-alone { height: 0; margin: 0; }
    """

    def __init__(
        self,
        title: str,
        labels: Sequence[Line],
        text_of: Callable[[int], Sequence[Line]],
        actions: Sequence[Action] = (),
        cursor: int = 0,
        note: str = "",
    ) -> None:
        super().__init__()
        self._heading, self._text_of, self._actions, self._note = title, text_of, actions, note
        self.items = _Items(labels, min(max(cursor, 0), max(len(labels) - 1, 0)))
        self.reader, self.bar = TextLines(), _Actions(actions)

    def compose(self) -> ComposeResult:
        with Frame(self._heading, self._note):
            with Horizontal():
                alone = len(self.items.labels) < 2
                with VerticalScroll(can_focus=False, id="browser-list", classes="-alone" if alone else ""):
                    yield self.items
                yield from self.beside()
            yield self.bar

    def beside(self) -> ComposeResult:
        """What stands beside the list."""
        with VerticalScroll(can_focus=False, id="browser-scroll"):
            yield self.reader

    def on_mount(self) -> None:
        self.set_class(self.app.size.width < _WIDE, "-stacked")
        self.show_text()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.set_class(self.app.size.width < _WIDE, "-stacked")

    def show_text(self) -> None:
        """Show the text of the thing under the cursor from its beginning, and the thing itself in the list."""
        self.reader.show(self._text_of(self.items.cursor) if self.items.labels else ())
        self.query_one("#browser-scroll", VerticalScroll).scroll_home(animate=False)
        row = Region(0, self.items.cursor, 1, 1)
        self.query_one("#browser-list", VerticalScroll).scroll_to_region(row, animate=False)

    def take_key(self, event: events.Key) -> bool:
        """Do what a key does; whether it does something."""
        return self.press(event.character if event.is_printable and event.character else event.key)

    def press(self, key: str) -> bool:
        """Do what the key called ``key`` does; whether it does something."""
        scroll = self.query_one("#browser-scroll", VerticalScroll)
        moves: dict[str, Callable[[], object]] = {
            "up": lambda: self.items.go(self.items.cursor - 1),
            "down": lambda: self.items.go(self.items.cursor + 1),
            "pageup": lambda: scroll.scroll_page_up(animate=False),
            "pagedown": lambda: scroll.scroll_page_down(animate=False),
            "K": lambda: scroll.scroll_up(animate=False),
            "J": lambda: scroll.scroll_down(animate=False),
            "home": lambda: scroll.scroll_home(animate=False),
            "end": lambda: scroll.scroll_end(animate=False),
            "?": self.action_keys,
            "escape": lambda: self.end(None),
        }
        same = {"k": "up", "j": "down", " ": "pagedown", "q": "escape", "ctrl+q": "escape", "esc": "escape", "f1": "?"}
        if (action := next((each for each in self._actions if each.key == key), None)) is not None:
            self.end((action.value, self.items.cursor))
        elif (move := moves.get(same.get(key, key))) is not None:
            move()
        else:
            return False
        return True
