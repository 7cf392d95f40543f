"""The workspace on disk: what is there after a save, and that nothing is ever lost where it cannot be saved."""

import asyncio
import errno
import os
import threading
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.tui.fakes import FakeUser
from tests.tui.hands import Hands, designer

from oncue.domain.scenarios import Scenario
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import SaveError
from oncue.storage.loader import Loaded, load
from oncue.storage.saving import save as saving
from oncue.storage.saving import transaction, writer
from oncue.storage.saving.transaction import Safety
from oncue.storage.user.folders import state_root
from oncue.tui import disk as disk_module
from oncue.tui.disk import Disk
from oncue.workbench.state import State
from oncue.workbench.store import Store

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
            broken.setattr(writer, "exchange", lambda _one, _other: False)
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


# Without a screen


def opened(folder: Path, user: FakeUser) -> tuple[Store, Disk]:
    loaded = load(folder)
    store = Store(State.start(Session.start(loaded.workspace, "off")))
    disk = Disk(store, user, loaded)
    disk.ready.set()
    return store, disk


def enable(store: Store) -> None:
    store.edit("Enable", lambda workspace: edits.toggle_enabled(workspace, "off"), {"off"})


async def test_a_save_waits_until_everything_is_ready(acme: Path) -> None:
    loaded, user = load(acme), FakeUser()
    store = Store(State.start(Session.start(loaded.workspace, "off")))
    disk = Disk(store, user, loaded)
    enable(store)
    saving_now = asyncio.ensure_future(disk.save())
    await asyncio.sleep(0)
    assert store.session.dirty == {"off"}
    assert await disk.recover() == []
    assert await saving_now
    assert user.said == ["Saved 1 flow."]


async def test_what_is_edited_while_it_is_saved_stays_unsaved(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, disk = opened(acme, FakeUser())
    enable(store)
    gate, real = threading.Event(), saving.save_session

    def slow(*arguments: object) -> saving.Saved:
        assert gate.wait(10)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(saving, "save_session", slow)
    saving_now = asyncio.ensure_future(disk.save())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    store.edit("Name", lambda workspace: edits.set_name(workspace, "off", "Later"), {"off"})
    gate.set()
    assert not await saving_now
    assert store.session.dirty == {"off"}
    assert store.state.workspace.flows["off"].name == "Later"
    assert store.session.saved.flows["off"].enabled


async def test_reading_again_takes_no_save_back(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before a save and arrives after it would bring the old content back."""
    user = FakeUser()
    store, disk = opened(acme, user)
    enable(store)
    (acme / "flows/new.toml").write_text(THEIRS)
    reading, gate = threading.Event(), threading.Event()

    def slow(folder: Path, previous: Loaded) -> Loaded:
        found = load(folder, previous)
        reading.set()
        assert gate.wait(10)
        return found

    monkeypatch.setattr(disk_module, "load", slow)
    reloading = asyncio.ensure_future(disk.reload())
    await asyncio.to_thread(reading.wait, 10)
    saving_now = asyncio.ensure_future(disk.save())
    await asyncio.sleep(0)
    gate.set()
    await reloading
    assert await saving_now
    assert store.state.workspace.flows["off"].enabled
    assert not store.session.dirty
    assert "new" in store.state.workspace.flows
    await disk.refresh()
    assert store.state.workspace.flows["off"].enabled


async def test_a_new_scenario_is_saved_and_can_be_played(acme: Path) -> None:
    user = FakeUser()
    store, disk = opened(acme, user)
    scenario = Scenario(id="new", name="New", events=())
    assert await disk.save_scenario(scenario)
    assert store.state.scenarios["new"] == scenario
    assert not store.session.dirty
    assert not await disk.save_scenario(Scenario(id="new", name="Another", events=()))
    assert user.said[0].startswith("Not saved: scenarios/new.toml")


async def test_ids_of_broken_files_are_reserved_until_they_are_mended(acme: Path) -> None:
    (acme / "flows/broken.toml").write_text("not = [toml")
    _, disk = opened(acme, FakeUser())
    assert disk.reserved == {"broken"}
    (acme / "flows/broken.toml").write_text(THEIRS)
    await disk.reload()
    assert disk.reserved == frozenset()


async def test_a_workspace_that_cannot_be_read_any_more_is_told_and_stays(acme: Path) -> None:
    user = FakeUser()
    store, disk = opened(acme, user)
    before = store.state
    (acme / "workspace.toml").write_text("name = ")
    await disk.reload()
    assert "workspace.toml" in user.said[0]
    assert store.state is before


async def test_an_edit_whose_copy_cannot_be_saved_is_not_dropped(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SaveError("flows/off-mine.toml", "the disk is full")

    monkeypatch.setattr(saving, "save_copy", full)
    async with designer(acme) as hands:
        await conflicting(hands)
        await hands.press("c")
        assert hands.session.dirty == {"off"}
        assert hands.flow.enabled


@pytest.mark.parametrize(("key", "what"), [("o", "overwrite"), ("c", "save_copy"), ("", "save_scenario")])
async def test_every_way_of_saving_says_which_safety_net_was_missing(
    acme: Path, monkeypatch: pytest.MonkeyPatch, key: str, what: str
) -> None:
    (acme / ".oncue").write_text("in the way of lock and journal")
    async with designer(acme) as hands:
        said: list[str] = []
        monkeypatch.setattr(hands.app, "notify", lambda message, **_: said.append(message))
        if key:
            await conflicting(hands)
            said.clear()
            await hands.press(key)
        else:
            disk = hands.app.disk
            assert disk is not None
            assert await disk.save_scenario(Scenario(id="new", name="New", events=()))
        assert [line for line in said if "without the lock" in line], what


@pytest.mark.parametrize("key", ["o", "c"])
async def test_what_is_chosen_after_a_conflict_is_saved_beside_the_ui_thread(
    acme: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """It may wait for the lock of another oncue for ten seconds."""
    threads = []
    real = transaction.exclusive

    def exclusive(folder: Path) -> AbstractContextManager[Safety]:
        threads.append(threading.current_thread())
        return real(folder)

    monkeypatch.setattr(saving, "exclusive", exclusive)
    async with designer(acme) as hands:
        await conflicting(hands)
        await hands.press(key)
    assert len(threads) == 2
    assert threading.main_thread() not in threads
