"""The terminal driver, as far as it is ours."""

import fcntl
import inspect
import io
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.messages import InBandWindowResize

from oncue.tui.framework import driver as framework_driver
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


async def test_linux_driver_stop_application_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal does not say again that it reports its size, signals of a new one are heeded again."""
    monkeypatch.setattr(linux_driver.LinuxDriver, "write", lambda self, data: None)
    app = GuardedApp[int]()
    driver = app.driver_class(app)
    assert isinstance(driver, linux_driver.LinuxDriver)
    driver.process_message(InBandWindowResize(True, False))
    assert driver._in_band_window_resize
    driver._disable_in_band_window_resize()
    assert not driver._in_band_window_resize


async def test_linux_driver_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a frame is written, though Python buffers nothing and a signal comes when the terminal takes no more."""
    reading, writing = os.pipe()
    stream = io.TextIOWrapper(io.FileIO(writing, "w"), "utf-8", write_through=True)
    monkeypatch.setattr(sys, "__stderr__", stream)
    app = GuardedApp[int]()
    driver = app.driver_class(app)
    assert isinstance(driver, linux_driver.LinuxDriver)
    before = signal.signal(signal.SIGUSR1, lambda *_: None)
    assert driver._file is not None
    writer = WriterThread(driver._file)
    writer.start()
    frame = "x" * (3 * fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ)) + "\x1b[0m"
    try:
        writer.write(frame)
        while select.select([], [writing], [], 0)[1]:  # until no more goes in
            time.sleep(0.001)
        assert writer.ident is not None
        signal.pthread_kill(writer.ident, signal.SIGUSR1)
        got = b""
        while len(got) < len(frame) and select.select([reading], [], [], 2.0)[0]:
            got += os.read(reading, 1 << 20)
        assert got == frame.encode()
    finally:
        signal.signal(signal.SIGUSR1, before)
        writer.stop()
        stream.close()
        os.close(reading)


@contextmanager
def writing_driver(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, int]]:
    """A driver whose thread writes into a pipe, and the end of the pipe to read from. In an event loop."""
    reading, writing = os.pipe()
    stream = io.TextIOWrapper(io.BufferedWriter(io.FileIO(writing, "w")), "utf-8")
    monkeypatch.setattr(sys, "__stderr__", stream)
    app = GuardedApp[int]()
    driver: Any = app.driver_class(app)
    driver._writer_thread = WriterThread(driver._file)
    driver._writer_thread.start()
    try:
        yield driver, reading
    finally:
        driver._writer_thread.stop()
        stream.close()
        os.close(reading)


async def test_linux_driver_write_and_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame is written in one piece, and is written when its `flush` returns."""
    monkeypatch.setattr(framework_driver, "TURN", 5.0)
    with writing_driver(monkeypatch) as (driver, reading):
        pieces: list[str] = []
        write = driver._writer_thread.write

        def kept(text: str) -> None:
            pieces.append(text)
            write(text)

        monkeypatch.setattr(driver._writer_thread, "write", kept)
        driver.write("title")
        driver.flush()
        assert os.read(reading, 100) == b"title"
        for piece in (SYNC_START, "one", "two", SYNC_END):
            driver.write(piece)
        driver.flush()
        assert os.read(reading, 100).decode() == f"{SYNC_START}onetwo{SYNC_END}"
        assert pieces == ["title", f"{SYNC_START}onetwo{SYNC_END}"]


async def test_linux_driver_write_of_two_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that reads the keys writes, too, and whatever it writes while frames are drawn arrives once."""
    with writing_driver(monkeypatch) as (driver, reading):
        got: list[bytes] = []

        def read() -> None:
            while data := os.read(reading, 1 << 16):
                got.append(data)
                if b"end" in data:
                    return

        reader = threading.Thread(target=read)
        other = threading.Thread(target=lambda: [driver.write("o") for _ in range(2_000)])
        every = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)  # the threads take turns wherever they can
        try:
            reader.start()
            other.start()
            for _ in range(1_000):
                for piece in (SYNC_START, "f", SYNC_END):
                    driver.write(piece)
            other.join()
        finally:
            sys.setswitchinterval(every)
        driver.write("end")
        reader.join()
        text = b"".join(got).decode()
        assert (text.count("o"), text.count("f")) == (2_000, 1_000)
        assert [text.count(each) for each in (SYNC_START, SYNC_END)] == [1_000, 1_000]


async def test_linux_driver_waits_for_a_slow_terminal_only_shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    with writing_driver(monkeypatch) as (driver, reading):
        frame = "x" * (3 * fcntl.fcntl(reading, fcntl.F_GETPIPE_SZ))
        driver.write(frame)
        driver.flush()  # nobody reads
        assert not driver._file.written.is_set()
        got = 0
        while got < len(frame):
            got += len(os.read(reading, 1 << 20))
        assert driver._file.written.wait(5)


def test_app_display() -> None:
    source = inspect.getsource(App._display)
    assert source.index("self._end_update()") < source.index("self._driver.flush()"), (
        "a frame ends before it is flushed"
    )
