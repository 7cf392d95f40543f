"""A screen with one picker above it, which fields, palette, help and themes share."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.screen import Screen

from oncue.tui.background import in_background
from oncue.tui.framework.screens import KeyOwner, OneSize
from oncue.tui.widgets.choice import Choice
from oncue.tui.widgets.picker import Entry, Picker


class PickerScreen(KeyOwner, OneSize, Screen[None]):
    """A screen that can `pick`. The picker is mounted when it is needed first, or by `prepare`."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._preparing = asyncio.Lock()

    async def prepare(self) -> None:
        """Mount what is not seen at the start: the picker."""
        async with self._preparing:
            if not self.query(Picker):
                await self.mount(Picker(id="picker"))

    def pick(self, title: str, entries: Sequence[Entry], pick: Callable[[Any], None], **more: Any) -> None:
        """Let the user pick one of ``entries``; the parameters are those of `Picker.open`."""
        picker = next((each for each in self.query(Picker) if each.is_mounted), None)
        if picker is None:
            in_background(self, partial(self._prepare_and_pick, title, entries, pick, **more))
        else:
            picker.open(title, entries, pick, **more)

    async def _prepare_and_pick(
        self, title: str, entries: Sequence[Entry], pick: Callable[[Any], None], **more: Any
    ) -> None:
        await self.prepare()
        self.query_one(Picker).open(title, entries, pick, **more)

    def close_picker(self) -> None:
        """Close the picker, as if nothing had been chosen."""
        for picker in self.query(Picker):
            picker.close()

    def claim_keys(self) -> None:
        for picker in self.query(Picker):
            picker.claim_keys()

    def on_choice_opened(self, event: Choice.Opened) -> None:
        event.stop()
        choice = event.choice
        entries = [Entry(option.value, option.label, option.help) for option in choice.options]

        def pick(value: str | None) -> None:
            choice.post_message(Choice.Picked(choice, value))

        self.pick(choice.title, entries, pick, current=choice.value)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        for picker in self.query(Picker):
            picker.pointer_pressed(event)
