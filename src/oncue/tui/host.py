"""What widgets may know of the app that they are in: four facts, to read only.

Everything else a widget learns from who shows it, and everything that it wants it says in messages. So widgets work
in any app that has these facts, and nothing below the app imports it, not even for its type.
"""

from collections.abc import Mapping
from typing import Protocol, cast

from rich.style import Style
from textual.message_pump import MessagePump


class Host(Protocol):
    """An app that widgets can live in."""

    @property
    def role_styles(self) -> Mapping[str, Style]:
        """The style of each role (`oncue.tui.theming`) in the current theme."""

    @property
    def keymap(self) -> Mapping[str, str]:
        """The user's own keys: id of a shortcut to a comma list of keys."""

    @property
    def typing(self) -> bool:
        """Whether letters are text now, and no commands."""

    @property
    def hears_more(self) -> bool:
        """Whether a key waits, or something else that the app has not heard yet."""


def host(widget: MessagePump) -> Host:
    """The app of ``widget``."""
    return cast("Host", widget.app)
