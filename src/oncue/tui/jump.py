"""Jump mode: a letter on everything that can have the focus; its key goes there.

The letters are labels on a layer above the screen, which are mounted only while jump mode is on: it costs nothing
otherwise, and the screen stays readable between them.
"""

from string import ascii_lowercase

from textual import events
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Label

LETTERS = "asdfjklghqwertyuiopzxcvbnm"
assert sorted(LETTERS) == sorted(ascii_lowercase)


class Letter(Label):
    """The letter on one widget; a click does what its key does."""

    DEFAULT_CSS = """
    Letter {
        layer: jump; position: absolute; width: auto; height: 1;
        background: $accent; color: $background; text-style: bold;
    }
    """

    def __init__(self, letter: str) -> None:
        super().__init__(f" {letter} ", markup=False)
        self.letter = letter

    def on_click(self) -> None:
        for targets in self.screen.query(JumpTargets):
            targets.pick(self.letter)


class JumpTargets(Widget, can_focus=True):
    """Takes the focus while jump mode is on, handles one key, and removes itself."""

    DEFAULT_CSS = """
    JumpTargets { layer: jump; width: 1; height: 1; offset: -2 -2; }
    """

    def __init__(self, targets: dict[str, Widget], back: Widget | None) -> None:
        super().__init__(id="jump")
        self._targets, self._back = targets, back
        self._labels: list[Label] = []

    def render(self) -> str:
        return ""

    async def on_mount(self) -> None:
        for letter, target in self._targets.items():
            label = Letter(letter)
            label.styles.offset = target.region.offset
            self._labels.append(label)
        await self.screen.mount_all(self._labels)
        self.screen.set_focus(self)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Override: every letter is for this widget."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._end(self._targets.get(event.key, self._back))

    def pick(self, letter: str) -> None:
        """Go to the letter's widget."""
        self._end(self._targets.get(letter))

    def on_blur(self) -> None:
        self._end(None)

    def _end(self, target: Widget | None) -> None:
        labels, self._labels = self._labels, []
        for label in labels:
            label.remove()
        if labels:
            self.remove()
        if target is not None and target.is_attached:
            self.screen.set_focus(target)


async def start_jump(screen: Screen[None]) -> None:
    """Start jump mode on ``screen``, unless it is on."""
    if not screen.is_running or screen.query("#jump"):
        return
    seen = screen.region
    targets = [
        widget
        for widget in screen.focus_chain
        if widget.region and seen.contains_region(widget.region.intersection(seen)) and widget.region.area
    ]
    pairs = dict(zip(LETTERS, targets, strict=False))
    await screen.mount(JumpTargets(pairs, screen.focused))
