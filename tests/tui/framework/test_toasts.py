"""Which toasts are still seen."""

import inspect
from collections.abc import Callable

from textual.app import App
from textual.notifications import Notification

from oncue.tui.framework.toasts import forget_toasts


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_app_notifications_and_unnotify() -> None:
    assert parameters(App._unnotify) == ["self", "notification", "refresh"]
    app: App[None] = App()
    for text in ("one", "two", "one", "three", "four"):
        app._notifications.add(Notification(text))
    forget_toasts(app, "one", 2)
    assert [note.message for note in app._notifications] == ["three", "four"]
    forget_toasts(app, "", 0)
    assert not list(app._notifications)
