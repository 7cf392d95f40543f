"""The folder is watched: what other programs change is seen without a key, and without the terminal saying anything."""

import asyncio
import os
from pathlib import Path

import pytest
from tests.tui.hands import designer

from oncue.storage import loader
from oncue.storage.loader import Loaded
from oncue.tui import disk


async def test_a_change_on_disk_is_seen_and_said_once(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oncue.tui.app.WATCH", 0.05)
    async with designer(acme) as hands:
        await hands.press("1", "e")  # an edit of the first flow, which stays
        edited = hands.flow
        file = acme / "flows/welcome.toml"
        file.write_text(file.read_text("utf-8").replace('"Welcome"', '"Hi there"'), "utf-8")
        await hands.until(lambda: hands.session.workspace.flows["welcome"].name == "Hi there")
        assert hands.session.workspace.flows[edited.id] == edited
        assert hands.session.dirty == {edited.id}
        await asyncio.sleep(0.3)
        assert hands.toasts.count("Read again: 3 flows.") == 1


async def test_a_folder_that_cannot_be_read_is_said_once(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oncue.tui.app.WATCH", 0.05)
    async with designer(acme) as hands:
        said: list[str] = []
        monkeypatch.setattr(hands.app, "notify", lambda message, **_: said.append(message))
        (acme / "workspace.toml").rename(acme / "elsewhere")
        await asyncio.sleep(0.6)
        assert len(said) <= 1
        (acme / "elsewhere").rename(acme / "workspace.toml")
        await asyncio.sleep(0.3)
        assert len(said) <= 2
        assert len(hands.session.workspace.flows) == 3


async def test_a_file_that_is_edited_here_too_is_read_once_for_each_change(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = 0
    real = loader.load

    def load(folder: Path, previous: Loaded) -> Loaded:
        nonlocal loads
        loads += 1
        return real(folder, previous)

    monkeypatch.setattr(disk, "load", load)
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        file = acme / "flows/off.toml"
        file.write_text(file.read_text("utf-8").replace("Switched off", "Theirs"), "utf-8")
        os.utime(file, (1_700_000_000, 1_700_000_000))  # not so shortly before that it could be written once more
        watched = hands.app.disk
        assert watched is not None
        for _ in range(5):
            await watched.refresh()
        assert loads == 1
        assert hands.session.dirty == {"off"}
        await hands.press("s")
        assert hands.asking == "Changed on disk"
        await hands.press("escape")
        for _ in range(5):
            await watched.refresh()
        assert loads == 1, "a save that asked has changed nothing on disk"
        await hands.press("s", "o")
        for _ in range(5):
            await watched.refresh()
        assert hands.session.workspace.flows["off"].name == "Switched off"
        assert not hands.session.dirty


async def test_undo_survives_what_another_program_changes(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        file = acme / "flows/welcome.toml"
        file.write_text(file.read_text("utf-8").replace('"Welcome"', '"Hi there"'), "utf-8")
        await hands.press("f8")
        assert hands.flow.enabled
        await hands.press("u")
        assert not hands.flow.enabled
        assert not hands.session.dirty
        assert hands.session.workspace.flows["welcome"].name == "Hi there"
        await hands.press("y")
        assert hands.flow.enabled
