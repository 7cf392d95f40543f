"""The terminal driver, as far as it is ours."""

import inspect

import pytest
from textual.drivers import linux_driver
from textual.messages import InBandWindowResize

from oncue.tui.framework.driver import decode_input_with
from oncue.tui.framework.guarded_app import GuardedApp


def test_linux_driver_getincrementaldecoder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "getincrementaldecoder" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread), "it is used"
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", None)

    def decoder(encoding: str) -> str:
        return encoding

    decode_input_with(decoder)
    assert vars(linux_driver)["getincrementaldecoder"] is decoder


async def test_linux_driver_mouse_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Textual turns on where the terminal reports sizes in the input is turned off with the rest of the mouse."""
    written: list[str] = []
    monkeypatch.setattr(linux_driver.LinuxDriver, "write", lambda self, data: written.append(data))
    app = GuardedApp[int]()
    assert issubclass(app.driver_class, linux_driver.LinuxDriver)
    driver = app.driver_class(app)
    driver._disable_mouse_support()
    assert "\x1b[?1016l" not in written
    driver.process_message(InBandWindowResize(True, False))
    assert "\x1b[?1016h" in written
    driver._disable_mouse_support()
    assert written[-1] == "\x1b[?1016l"


async def test_linux_driver_disable_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal may answer when both were turned off already; they are off when no key is read any more."""
    written: list[str] = []
    monkeypatch.setattr(linux_driver.LinuxDriver, "write", lambda self, data: written.append(data))
    app = GuardedApp[int]()
    driver = app.driver_class(app)
    assert isinstance(driver, linux_driver.LinuxDriver)

    class LateAnswer:
        def join(self) -> None:
            driver.process_message(InBandWindowResize(True, False))

    driver._disable_in_band_window_resize()
    driver._key_thread = LateAnswer()  # type: ignore[assignment]
    driver.disable_input()
    for mode in ("2048", "1016"):
        assert written.index(f"\x1b[?{mode}h") < written.index(f"\x1b[?{mode}l")
