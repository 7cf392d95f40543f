"""Which toasts are still seen."""

import inspect
from collections.abc import Callable

import pytest
from textual.app import App
from textual.notifications import Notification
from textual.widgets import _toast

from oncue.tui.framework.toasts import PunctualToast, forget_toasts, let_toasts_be_late


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


async def test_toast_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A toast whose time is over when it is made goes all the same, and does not stop everything else."""
    original = _toast.Toast
    monkeypatch.setattr(_toast, "Toast", original)
    let_toasts_be_late()
    assert vars(_toast)["Toast"] is PunctualToast
    assert inspect.getsource(_toast.ToastRack.show).count("Toast(") >= 1
    late = Notification("late", timeout=-1.0)
    assert late.has_expired
    toast = PunctualToast(late)
    assert toast._timeout > 0
    app: App[None] = App()
    async with app.run_test() as pilot:
        await app.screen.mount(toast)
        await pilot.pause(0.2)
        assert pilot.app.is_running
