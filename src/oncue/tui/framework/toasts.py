"""Which toasts are still seen."""

from typing import Any

from textual.app import App


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
