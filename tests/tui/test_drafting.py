"""Drafts: unsaved work is on disk within two seconds, and offered at the next start."""

import time
from pathlib import Path

import pytest
from tests.tui.fakes import FakeUser
from tests.tui.hands import Hands, designer
from textual.widgets import TextArea

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import StateError
from oncue.storage.loader import load
from oncue.storage.user.drafts import DraftStore, find_drafts
from oncue.storage.user.states import state_folder
from oncue.tui import drafting
from oncue.tui.background import Work
from oncue.tui.disk import Disk
from oncue.tui.drafting import Drafting, Schedule
from oncue.workbench.state import State
from oncue.workbench.store import Store


def drafts(folder: Path) -> list[Path]:
    return sorted((state_folder(folder) / "drafts").glob("draft-*.json"))


def left_behind(folder: Path, name: str = "From before") -> None:
    """What a session that died leaves."""
    loaded = load(folder)
    session = Session.start(loaded.workspace, "off")
    store = DraftStore(folder)
    store.write(session.edit("Name", edits.set_name(session.workspace, "off", name), ["off"]), loaded.files)
    store.close()


async def test_an_edit_is_in_a_draft_within_two_seconds(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        assert drafts(acme) == []
        start = time.monotonic()
        await hands.press("e")
        await hands.until(lambda: drafts(acme))
        assert time.monotonic() - start < 2
        assert '"off"' in drafts(acme)[0].read_text()


async def test_typing_does_not_put_it_off(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "DELAY", 0.05)
    async with designer(acme) as hands:
        await hands.press("2", "shift+tab", "shift+tab")
        for letter in "abcdefghijklmnopqrstuvwxyz":
            await hands.press(letter)
        assert drafts(acme), "while it is still typed"


async def test_what_is_saved_or_undone_leaves_no_draft(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "DELAY", 0.01)
    async with designer(acme) as hands:
        for key in ("u", "s"):
            await hands.press("1", "e")
            await hands.until(lambda: drafts(acme))
            await hands.press(key)
            await hands.until(lambda: not drafts(acme))


async def test_restore(acme: Path) -> None:
    left_behind(acme)
    async with designer(acme) as hands:
        assert hands.asking == "Unsaved work"
        assert "It left unsaved edits of 1 flow: From before." in hands.grid()
        await hands.press("enter")
        assert hands.session.workspace.flows["off"].name == "From before"
        assert hands.session.dirty == {"off"}
        await hands.press("u")
        assert not hands.session.dirty
        await hands.press("y")
        await hands.until(lambda: len(drafts(acme)) == 1 and "From before" in drafts(acme)[0].read_text())
        await hands.press("s")
        assert 'name = "From before"' in hands.text("flows/off.toml")


async def test_discard(acme: Path) -> None:
    left_behind(acme)
    async with designer(acme) as hands:
        await hands.press("d")
        assert not hands.session.dirty
        assert drafts(acme) == []


async def test_later(acme: Path) -> None:
    left_behind(acme)
    for _ in range(2):
        async with designer(acme) as hands:
            assert hands.asking == "Unsaved work"
            await hands.press("escape")
            assert not hands.session.dirty
            await hands.press("q")
    assert len(drafts(acme)) == 1


async def test_each_of_several_is_offered(acme: Path) -> None:
    left_behind(acme, "One")
    left_behind(acme, "Two")
    async with designer(acme) as hands:
        await hands.press("escape")
        assert hands.asking == "Unsaved work"
        await hands.press("r")
        assert not hands.asking
        assert hands.session.workspace.flows["off"].name in ("One", "Two")
    assert len(drafts(acme)) == 2, "the one that waits, and that of this session, which was not left with q"


async def test_a_file_that_changed_since_is_told(acme: Path) -> None:
    left_behind(acme)
    file = acme / "flows/off.toml"
    file.write_text(file.read_text().replace("Switched", "Turned"))
    async with designer(acme) as hands:
        assert "flows/off.toml changed on disk since" in " ".join(hands.grid().split())


async def test_a_draft_that_is_in_use_is_not_offered(acme: Path) -> None:
    async with designer(acme) as first:
        await first.press("1", "e")
        await first.until(lambda: drafts(acme))
        async with designer(acme) as second:
            assert not second.asking


async def test_without_a_state_folder_it_is_told_and_all_else_works(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    async with designer(acme) as hands:
        assert any("cannot be kept for a crash" in said for said in hands.toasts)
        await hands.open_flow("off")
        await hands.press("e", "s")
        assert "enabled = true" in hands.text("flows/off.toml")
        await hands.press("e", "q", "d")
        assert hands.app._exit


# Without a screen


class Later:
    """Keeps what is to be done later."""

    def __init__(self) -> None:
        self.work: list[Work] = []

    def __call__(self, seconds: float, work: Work) -> None:
        self.work.append(work)

    async def run(self) -> None:
        work, self.work = self.work, []
        for each in work:
            await each()


def started(folder: Path, user: FakeUser, later: Schedule) -> tuple[Store, Drafting]:
    loaded = load(folder)
    store = Store(State.start(Session.start(loaded.workspace, "off")))
    return store, Drafting(store, Disk(store, user, loaded), user, later)


def enable(store: Store) -> None:
    store.edit("Enable", lambda workspace: edits.toggle_enabled(workspace, "off"), {"off"})


async def test_edits_in_a_row_are_one_write(acme: Path) -> None:
    later = Later()
    store, kept = started(acme, FakeUser(), later)
    await later.run()
    enable(store)
    enable(store)
    enable(store)
    assert len(later.work) == 1
    await later.run()
    assert len(drafts(acme)) == 1
    store.simulate(lambda simulator: simulator.turning(0))
    assert later.work == [], "what happens in the simulator is no work that could be lost"
    store.undo()
    store.undo()
    store.undo()
    await later.run()
    assert drafts(acme) == []
    kept.close(keep=False)
    enable(store)
    assert later.work == [], "it does not listen any more"


async def test_a_draft_that_cannot_be_written_is_told(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user, later = FakeUser(), Later()
    store, kept = started(acme, user, later)

    def fail(*_arguments: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(DraftStore, "write", fail)
    enable(store)
    await later.run()
    assert user.said == ["The draft could not be written: no room"]
    assert kept.write_now() == "The draft could not be written: no room", "and it is tried again"


async def test_what_is_restored_is_in_a_draft_before_the_old_one_goes(acme: Path) -> None:
    left_behind(acme)
    user = FakeUser("restore")
    store, kept = started(acme, user, Later())
    await kept.offer(find_drafts(acme).drafts)
    assert store.session.dirty == {"off"}
    assert len(drafts(acme)) == 1
    assert "It left unsaved edits of 1 flow: From before." in user.asked[0]


async def test_the_old_draft_stays_while_its_work_is_nowhere_else(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_behind(acme)
    user = FakeUser("restore")
    _, kept = started(acme, user, Later())

    def full(*_: object, **__: object) -> None:
        raise StateError("no room")

    monkeypatch.setattr(DraftStore, "write", full)
    await kept.offer(find_drafts(acme).drafts)
    assert len(drafts(acme)) == 1
    assert user.said[-1] == "The draft could not be written: no room"
    assert [draft.flow_ids for draft in find_drafts(acme).drafts] == [{"off"}]


async def test_what_is_restored_does_not_replace_a_newer_file_unasked(acme: Path) -> None:
    left_behind(acme)
    file = acme / "flows/off.toml"
    newer = file.read_text("utf-8").replace("Switched", "Turned")
    file.write_text(newer, "utf-8")
    async with designer(acme) as hands:
        await hands.press("r")
        await hands.press("1", "s")
        assert hands.asking == "Changed on disk"
        await hands.press("escape")
        assert file.read_text("utf-8") == newer
        assert hands.session.dirty == {"off"}


ATTRIBUTES = '[[steps]]\ntype = "update_contact"\nattributes = { plan = "pro" }\n'
TYPED = 'plan = "pro"\njust a note'


@pytest.fixture
def attributes(acme: Path) -> Path:
    """A workspace with a flow whose only step has attributes."""
    file = acme / "flows/off.toml"
    file.write_text(file.read_text("utf-8") + ATTRIBUTES, "utf-8")
    return acme


async def typed_a_note(hands: Hands) -> None:
    await hands.open_flow("off")
    await hands.press("3", "e", "end", "enter")
    await hands.type("just a note")
    assert hands.find("#step-form TextArea", TextArea).text == TYPED
    assert not hands.session.dirty


async def test_what_is_no_value_yet_is_in_the_draft_and_comes_back_as_it_was(
    attributes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "DELAY", 0.01)
    async with designer(attributes) as hands:
        await typed_a_note(hands)
        await hands.until(lambda: drafts(attributes) and "just a note" in drafts(attributes)[0].read_text())
        hands.app.keep_work()  # as when it is killed, its lock is free then
    async with designer(attributes) as hands:
        assert "It left unsaved edits of 1 flow: Switched off." in hands.grid()
        await hands.press("r")
        assert hands.state.unsaved == {"off"}
        await hands.until(lambda: len(drafts(attributes)) == 1)
        await hands.open_flow("off")
        await hands.press("3", "e")
        assert hands.find("#step-form TextArea", TextArea).text == TYPED
        await hands.press("down", "end", *["backspace"] * len("\njust a note"))
        assert not hands.state.unsaved
        await hands.until(lambda: not drafts(attributes))


async def test_what_is_no_value_yet_stays_when_another_program_writes_its_file(attributes: Path) -> None:
    file = attributes / "flows/off.toml"
    async with designer(attributes) as hands:
        await typed_a_note(hands)
        file.write_text(file.read_text("utf-8").replace("Switched", "Turned"), "utf-8")
        await hands.press("f8")
        assert hands.session.workspace.flows["off"].name == "Turned off"
        assert hands.find("#step-form TextArea", TextArea).text == TYPED
        assert hands.state.unsaved == {"off"}
        theirs = file.read_text("utf-8").replace('"pro"', '"basic"')
        file.write_text(theirs, "utf-8")
        await hands.press("f8")
        assert hands.find("#step-form TextArea", TextArea).text == TYPED
        assert hands.session.dirty == {"off"}
        await hands.press("ctrl+s")
        assert hands.asking == "Changed on disk"
        await hands.press("escape")
        assert file.read_text("utf-8") == theirs


async def test_a_signal_before_the_draft_keeps_what_is_no_value_yet(attributes: Path) -> None:
    async with designer(attributes) as hands:
        await typed_a_note(hands)
        assert hands.app.keep_work()
    assert "just a note" in drafts(attributes)[0].read_text()


async def test_work_that_is_in_the_files_is_not_offered(acme: Path) -> None:
    """A save may end after the draft of the last moment was written."""
    left_behind(acme)
    file, name = acme / "flows/off.toml", load(acme).workspace.flows["off"].name
    file.write_text(file.read_text().replace(f'name = "{name}"', 'name = "From before"'))
    assert len(drafts(acme)) == 1
    async with designer(acme) as hands:
        await hands.until(lambda: not drafts(acme))
        assert not hands.asking
