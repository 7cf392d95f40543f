"""The terminal driver: how its input is decoded, and what it leaves behind in the terminal."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any


class PixelsGivenBack:
    """A mixin for the terminal driver that turns off reports of the pointer in pixels when it gives the terminal back.

    Textual turns it on where the terminal reports its size in the input, and never off: the next program that asks for
    the mouse gets pixels for cells.
    """

    _mouse_pixels: bool

    def _disable_mouse_support(self) -> None:
        super()._disable_mouse_support()  # type: ignore[misc]
        if self._mouse_pixels:
            self.write("\x1b[?1016l")  # type: ignore[attr-defined]
            self._mouse_pixels = False


def decode_input_with(decoder: Callable[[str], Any]) -> None:
    """Let the terminal driver decode its input with ``decoder``, which gets the name of an encoding.

    Textual's decoder is strict: one byte that is no UTF-8 ends the app.
    """
    with suppress(ImportError):  # there is no such driver on Windows
        from textual.drivers import linux_driver

        setattr(linux_driver, "getincrementaldecoder", decoder)  # noqa: B010 - not in its public names
