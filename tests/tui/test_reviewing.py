"""What is read before and after saving: differences, history, the file, messages."""

from pathlib import Path

import pytest
from tests.tui.hands import designer

WELCOME = "flows/welcome.toml"


async def test_what_saving_would_write_is_shown_with_its_comments(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("e", "D")
        assert hands.asking == "1 file to save"
        shown = hands.grid()
        assert "+enabled = false" in shown
        assert f"--- {WELCOME} as saved" in shown
        assert "- as saved  + as edited ━" in shown, "the frame says it while the text is scrolled"
        assert "# what agents call it" in shown, "the comments are kept, and shown"
        await hands.press("s")
        assert not hands.asking
        assert "enabled = false" in hands.text(WELCOME)
        await hands.press("D")
        assert not hands.asking
        assert hands.toasts[-1] == "Everything is saved."


async def test_what_is_shown_is_what_is_written(acme: Path) -> None:
    from oncue.storage.saving.preview import pending

    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("e", "3", "x", "1", "r")
        await hands.type("answer")
        await hands.press("enter")
        assert hands.app.disk is not None
        found = pending(hands.app.disk.loaded, hands.session)
        assert [(each.flow_id, each.was) for each in found] == [("answer", "flows/reply.toml")], "a rename is one"
        await hands.press("s")
        assert hands.text("flows/answer.toml") == found[0].after


async def test_the_edits_of_one_flow_are_discarded_and_undo_brings_them_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("e")
        await hands.open_flow("reply")
        await hands.press("e", "D", "down")
        await hands.press("d")
        assert hands.asking == "Discard edits"
        await hands.press("d")
        assert hands.asking == "1 file to save", "the others are still there"
        await hands.press("escape")
        assert hands.session.dirty == {"reply"}
        await hands.press("u")
        assert hands.session.dirty == {"reply", "welcome"}


async def test_a_renamed_flow_is_discarded_as_one(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("r")
        await hands.type("hello")
        await hands.press("enter", "D", "d", "d")
        assert not hands.session.dirty
        assert hands.session.selected == "welcome"


async def test_scenarios_that_follow_a_rename_are_shown_and_are_discarded_with_it(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.press("r")
        await hands.type("hello")
        await hands.press("enter", "D")
        following = hands.session.workspace.scenarios_expecting("hello")
        assert hands.asking == f"{1 + len(following)} files to save"
        await hands.press("down")
        assert "hello" in hands.grid()
        assert f"scenarios/{following[0]}.toml" in hands.grid()
        await hands.press("d")
        assert hands.asking == f"{1 + len(following)} files to save", "nothing is asked that could not be done"
        assert hands.toasts[-1] == f"scenarios/{following[0]}.toml follows the rename of a flow; discard that one."
        await hands.press("up", "d", "d")
        assert not hands.session.dirty
        assert hands.session.workspace.scenarios_expecting("welcome-whatsapp") == following


async def test_what_is_no_value_yet_is_listed_and_can_be_discarded(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "a")
        await hands.choose("update")
        await hands.type("no value")
        await hands.press("escape", "s")
        await hands.press("D")
        assert "no value" in hands.grid()
        await hands.press("d", "d")
        assert not hands.state.unsaved


async def test_an_earlier_save_is_compared_and_restored(acme: Path) -> None:
    before = (acme / WELCOME).read_text()
    async with designer(acme) as hands:
        await hands.press("H")
        assert not hands.asking
        assert "replaced anything" in hands.toasts[-1]
        await hands.open_flow("welcome")
        await hands.press("e", "s", "H")
        assert hands.asking.startswith("History")
        assert "-enabled = false" in hands.grid()
        assert f"--- {WELCOME} now" in hands.grid()
        assert f"+++ {WELCOME} restored, as it was until 20" in hands.grid(), "also where there is no list of them"
        await hands.press("r")
        assert hands.flow.enabled
        await hands.press("s")
        assert hands.text(WELCOME) == before, "with its comments"


async def test_a_flow_that_was_deleted_comes_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("x", "d", "s")
        assert not (acme / WELCOME).exists()
        await hands.press("H", "r", "s")
        assert (acme / WELCOME).exists()
        assert hands.session.selected == "welcome"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_the_file_of_the_open_flow_is_shown(acme: Path, size: tuple[int, int]) -> None:
    async with designer(acme, size) as hands:
        await hands.open_flow("welcome")
        await hands.press("F")
        assert hands.asking == "flows/welcome.toml as it would be saved"
        assert "# what agents" in hands.grid()
        await hands.press("question_mark")
        await hands.until(lambda: "scroll the text" in hands.grid())
        await hands.press("q")
        assert not hands.asking


async def test_what_was_said_is_listed_in_full(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("e", "u")
        assert hands.status.startswith("· Undone: Switch a flow off in Welcome.")
        await hands.press("semicolon")
        assert hands.asking == "Messages"
        assert "Welcome off" in hands.grid()
        await hands.press("escape")
        await hands.click_on("#footer", "messages")
        assert hands.asking == "Messages"


async def test_quitting_can_look_at_what_is_unsaved_first(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("e", "q", "l")
        assert hands.asking == "1 file to save"


async def test_it_works_by_mouse(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("e")
        await hands.click_on("#header", "unsaved")
        assert hands.asking == "1 file to save"
        await hands.click_on("#browser-actions", "Discard")
        assert hands.asking == "Discard edits"
