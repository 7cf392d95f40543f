"""Which toasts are still seen."""

from typing import Any

from textual.app import App
from textual.notifications import Notification
from textual.widgets import _toast

_SHORTEST = 0.1
"""Seconds for which a toast is seen at least."""


class PunctualToast(_toast.Toast):
    """A toast that goes, also if it comes so late that its time is over.

    Textual gives it a timer of a negative time then, which runs in circles for ever, and nothing else runs any more.
    """

    def __init__(self, notification: Notification) -> None:
        super().__init__(notification)
        self._timeout = max(self._timeout, _SHORTEST)


def let_toasts_be_late() -> None:
    """Let toasts be a `PunctualToast`."""
    setattr(_toast, "Toast", PunctualToast)  # noqa: B010 - not in its public names


def forget_toasts(app: App[Any], message: str, most: int) -> None:
    """Take down the toasts that say ``message``, and of the others all but the ``most`` latest.

    Textual keeps all, in a list that it rebuilds for each, and that slows every key while they are seen.
    """
    seen = list(app._notifications)
    kept = [note for note in seen if note.message != message]
    kept = kept[max(len(kept) - most, 0) :]
    for note in seen:
        if note not in kept:
            app._unnotify(note, refresh=False)
