"""Saving from the app: what is on disk afterwards, and that nothing is ever lost where it cannot be saved."""

import errno
import os
import threading
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.storage.saving import save as saving
from oncue.storage.user.folders import state_root

THEIRS = 'name = "Theirs"\n\n[trigger]\nevent = "conversation_created"\nchannel = "email"\n'


def history() -> list[bytes]:
    """Everything that was ever replaced."""
    return [path.read_bytes() for path in state_root().rglob("*") if path.is_file()]


async def conflicting(hands: Hands) -> Path:
    """An edit here, another one on disk."""
    file = hands.folder / "flows/off.toml"
    await hands.open_flow("off")
    await hands.press("e")
    file.write_text(THEIRS)
    await hands.press("s")
    assert hands.asking == "Changed on disk"
    return file


async def test_both_versions_are_shown(acme: Path) -> None:
    async with designer(acme) as hands:
        await conflicting(hands)
        seen = hands.grid()
        assert 'name = "Theirs"' in seen
        assert 'name = "Switched off"' in seen


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_decide_later_changes_nothing(acme: Path, key: str) -> None:
    async with designer(acme) as hands:
        file = await conflicting(hands)
        await hands.press(key)
        assert file.read_text() == THEIRS
        assert hands.session.dirty == {"off"}
        assert hands.flow.enabled
        assert len(hands.app.screen_stack) == 1
        await hands.press("s")
        assert hands.asking == "Changed on disk", "it asks again"


async def test_overwrite_keeps_the_other_version_in_the_history(acme: Path) -> None:
    async with designer(acme) as hands:
        file = await conflicting(hands)
        await hands.press("o")
        assert 'name = "Switched off"' in file.read_text()
        assert "enabled" not in file.read_text()
        assert not hands.session.dirty
        assert THEIRS.encode() in history()
        await hands.press("e", "s")
        assert not hands.asking, "it is no conflict any more"


async def test_a_copy_keeps_both(acme: Path) -> None:
    async with designer(acme) as hands:
        file = await conflicting(hands)
        await hands.press("c")
        assert file.read_text() == THEIRS
        flows = hands.session.workspace.flows
        assert flows["off"].name == "Theirs"
        assert flows["off-mine"].name == "Switched off"
        assert flows["off-mine"].enabled
        assert (acme / "flows/off-mine.toml").exists()
        assert not hands.session.dirty


async def test_reload_gives_the_edit_up(acme: Path) -> None:
    async with designer(acme) as hands:
        file = await conflicting(hands)
        await hands.press("r")
        assert file.read_text() == THEIRS
        assert hands.session.workspace.flows["off"].name == "Theirs"
        assert not hands.session.dirty


async def test_each_conflict_is_asked_and_the_others_are_saved(acme: Path) -> None:
    async with designer(acme) as hands:
        for flow_id in ("off", "reply", "welcome"):
            await hands.open_flow(flow_id)
            await hands.press("e")
        (acme / "flows/off.toml").write_text(THEIRS)
        (acme / "flows/reply.toml").unlink()
        await hands.press("s")
        assert "enabled = false" in hands.text("flows/welcome.toml")
        assert "flows/off.toml" in hands.grid()
        await hands.press("o")
        assert "flows/reply.toml" in hands.grid()
        assert "(the file was removed)" in hands.grid()
        await hands.press("o")
        assert not hands.session.dirty
        assert "enabled = false" in hands.text("flows/reply.toml")


async def test_a_deleted_flow_that_changed_on_disk_is_asked_about(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("x", "d")
        (acme / "flows/off.toml").write_text(THEIRS)
        await hands.press("s")
        assert hands.asking == "Changed on disk"
        await hands.press("escape")
        assert hands.text("flows/off.toml") == THEIRS
        assert hands.session.dirty == {"off"}


async def test_reading_again_does_not_hide_a_conflict(acme: Path) -> None:
    """A change on disk that was read while the flow had unsaved edits is still never overwritten in silence."""
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        (acme / "flows/off.toml").write_text(THEIRS)
        (acme / "flows/new.toml").write_text(THEIRS)
        await hands.press("f8")
        assert "new" in hands.session.workspace.flows
        assert hands.session.dirty == {"off"}
        assert "flows/off.toml" in hands.toasts[-1], "it is told at once"
        await hands.press("f8", "s")
        assert hands.asking == "Changed on disk"
        await hands.press("o")
        assert THEIRS.encode() in history()


async def test_the_focus_of_the_terminal_brings_changes(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        (acme / "flows/off.toml").write_text(THEIRS)
        hands.app.app_focus = False
        hands.app.app_focus = True
        from textual import events

        hands.app.post_message(events.AppFocus())
        await hands.until(lambda: hands.flow.name == "Theirs")
        assert not hands.session.dirty


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
async def test_what_cannot_be_saved_is_told_and_still_there(
    acme: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in acme.rglob("*.toml")}
    real = os.replace

    def replace(source: "str | os.PathLike[str]", target: "str | os.PathLike[str]", **more: object) -> None:
        if str(target).startswith(str(acme)):
            raise OSError(number, os.strerror(number), str(target))
        real(source, target)

    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        with monkeypatch.context() as broken:
            broken.setattr(os, "replace", replace)
            await hands.press("s")
            assert any("Not saved: flows/off.toml" in said and "still here" in said for said in hands.toasts)
            assert {path: path.read_bytes() for path in acme.rglob("*.toml")} == before
            assert sorted(path.name for path in (acme / "flows").iterdir()) == [
                "off.toml",
                "reply.toml",
                "welcome.toml",
            ]
            assert hands.session.dirty == {"off"}
            await hands.press("q", "s")
            assert not hands.app._exit, "leaving waits until it is saved"
        await hands.press("s")
        assert not hands.session.dirty, "it works once the cause is gone"
        assert "enabled = true" in hands.text("flows/off.toml")


async def test_two_quick_saves_are_no_conflict(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going, gate = threading.Event(), threading.Event()
    real = saving.save_session

    def slow(*arguments: object) -> saving.Saved:
        saved = real(*arguments)  # type: ignore[arg-type]
        going.set()
        assert gate.wait(10)
        return saved

    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        monkeypatch.setattr(saving, "save_session", slow)
        hands._send("s")
        hands._send("s")
        await hands.until(going.is_set)
        hands._send("s")
        hands._send("d")
        await hands.until(lambda: "off-copy" in hands.session.workspace.flows)
        gate.set()
        await hands.settle()
        assert not hands.asking
        await hands.press("ctrl+s")
        assert not hands.asking
        assert not hands.session.dirty
        assert (acme / "flows/off-copy.toml").exists()


async def test_saving_nothing_is_told(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("s")
        assert hands.toasts == ["Nothing to save."]


async def test_a_save_does_not_overtake_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly(*"Hello", "ctrl+s")
        assert not hands.session.dirty
        assert hands.text("flows/reply.toml").startswith('name = "ReplyHello"')


async def test_a_save_does_not_overtake_a_chip(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("2", "tab", "tab", "tab", "right")
        await hands.quickly("space", "s")
        assert not hands.session.dirty
        assert '"agent"' in hands.text("flows/welcome.toml")


async def test_leaving_does_not_overtake_what_was_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("tab")
        await hands.quickly("x", "ctrl+q")
        assert hands.asking == "Unsaved work"
