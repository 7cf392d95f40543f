"""A screen with one picker above it, which fields, palette, help and themes share."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import events

from oncue.tui.background import in_background
from oncue.tui.framework.screens import KeyOwner, OneLayout, OneSize, PressOwner
from oncue.tui.framework.selection import SelectsText
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.picker import Entry, Picker


class PickerScreen(KeyOwner, OneSize, PressOwner[None], SelectsText[None], OneLayout[None]):
    """A screen that can `pick`. The picker is mounted when it is needed first, or by `prepare`."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._preparing = asyncio.Lock()
        self._picker: Picker | None = None

    async def prepare(self) -> None:
        """Mount what is not seen at the start: the picker."""
        async with self._preparing:
            if self._picker is None:
                picker = Picker(id="picker")
                await self.mount(picker)
                self._picker = picker

    def pick(self, title: str, entries: Sequence[Entry], pick: Callable[[Any], None], **more: Any) -> None:
        """Let the user pick one of ``entries``; the parameters are those of `Picker.open`."""
        if self._picker is None:
            in_background(self, partial(self._prepare_and_pick, title, entries, pick, **more))
        else:
            self._picker.open(title, entries, pick, **more)

    async def _prepare_and_pick(
        self, title: str, entries: Sequence[Entry], pick: Callable[[Any], None], **more: Any
    ) -> None:
        await self.prepare()
        self.query_one(Picker).open(title, entries, pick, **more)

    def close_picker(self) -> None:
        """Close the picker, as if nothing had been chosen."""
        if self._picker is not None:
            self._picker.close()

    def show_picker_keys(self) -> bool:
        """Show the keys of the picker in it, or hide them; whether it is open."""
        if self._picker is None or not self._picker.display:
            return False
        self._picker.keys.display = not self._picker.keys.display
        return True

    def claim_keys(self) -> None:
        if self._picker is not None:  # no query: this is called for each key
            self._picker.claim_keys()

    def on_picker_shown(self, event: Picker.Shown) -> None:
        event.stop()
        self.shade(event.above)

    def shade(self, shaded: bool) -> None:
        """Dim what is below the picker, or show it as usual."""

    def on_choice_opened(self, event: Choice.Opened) -> None:
        event.stop()
        choice = event.choice
        entries = [Entry(option.value, option.label, option.help) for option in choice.options]

        def pick(value: str | None) -> None:
            choice.post_message(Choice.Picked(choice, value))

        self.pick(choice.title, entries, pick, current=choice.value)

    def takes_press(self, event: events.MouseDown) -> bool:
        """Override: a press beside the open picker closes it, and does nothing else."""
        return self._picker is not None and self._picker.pointer_pressed(event)
