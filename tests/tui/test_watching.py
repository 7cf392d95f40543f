"""The folder is watched: what other programs change is seen without a key, and without the terminal saying anything."""

import asyncio
from pathlib import Path

import pytest
from tests.tui.hands import designer


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
