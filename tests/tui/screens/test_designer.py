"""Editing: undo of everything, input faster than anybody types, and workspaces in which there is nothing yet."""

import asyncio
from pathlib import Path

import pytest
from tests.tui.hands import designer
from textual.widgets import Input, TextArea

from oncue.domain.steps import AddNote
from oncue.tui.widgets.rows import RowList


async def test_undo_and_redo_every_kind_of_edit(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        states = [hands.session.workspace]
        edits = [
            ("e",),
            ("2", "tab", "right"),
            ("tab", "tab", "o"),
            ("3", "d"),
            ("x",),
            ("1", "d"),
            ("n", "escape"),
            ("escape", "x", "d"),
        ]
        for keys in edits:
            await hands.press(*keys)
            assert hands.session.workspace != states[-1], keys
            states.append(hands.session.workspace)
        await hands.press("1")
        for workspace in states[-2::-1]:
            await hands.press("u")
            assert hands.session.workspace == workspace
        assert not hands.session.dirty
        await hands.press("u")
        assert hands.toasts[-1] == "There is nothing to undo."
        for workspace in states[1:]:
            await hands.press("y")
            assert hands.session.workspace == workspace
        await hands.press("y")
        assert hands.toasts[-1] == "There is nothing to redo."


async def test_typing_is_undone_word_by_word(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter", "end")
        for letter in " and two":
            await hands.press(letter if letter != " " else "space")
        assert hands.steps()[0] == AddNote(text="One and two")
        await hands.press("ctrl+s")
        await hands.type("!")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One and two"), "saving ends a step"
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One and")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One")
        assert hands.find("#step-form TextArea", TextArea).text == "One"
        await hands.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert hands.find("#step-form TextArea", TextArea).text == "One and two!"
        await hands.type("?")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One and two!")


async def test_a_pause_and_a_paste_begin_a_step_of_undo(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter", "end")
        await hands.type("abc")
        monkeypatch.setattr("oncue.tui.framework.text_keys.PAUSE", -1.0)
        await hands.type("d")
        monkeypatch.setattr("oncue.tui.framework.text_keys.PAUSE", 3_600.0)
        await hands.type("e")
        await hands.paste("fgh")
        assert hands.steps()[0] == AddNote(text="Oneabcdefgh")
        for text in ("Oneabcde", "Oneabc", "One"):
            await hands.press("ctrl+z")
            assert hands.steps()[0] == AddNote(text=text)


async def test_undo_leaves_the_caret_where_the_text_changes(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter", "end")
        await hands.type(" line\nand another")
        await hands.press("up", "home", "right", "X", "ctrl+z", "Y")
        assert hands.steps()[0] == AddNote(text="OYne line\nand another")
        await hands.press("escape", "2", "shift+tab", "shift+tab")
        await hands.type("Tells the agent")
        await hands.press("home", "right", "X", "ctrl+z", "Y")
        assert hands.flow.description == "TYells the agent"


async def test_what_is_typed_fast_is_what_is_stored(acme: Path) -> None:
    text = "The quick brown fox jumps over the lazy dog."
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("2", *["shift+tab"] * 2)
        assert hands.place == "trigger/flow-description"
        for pause in range(8):
            for letter in text:
                hands._send("space" if letter == " " else letter)
                for _ in range(pause * 7):
                    await asyncio.sleep(0)
            await hands.settle()
            assert hands.find("#flow-description", Input).value == text, pause
            assert hands.flow.description == text, pause
            await hands.press(*["ctrl+u"])
            assert hands.flow.description == ""
        await hands.quickly("x", "y", "backspace", "ctrl+s")
        await hands.press("ctrl+s")
        assert 'description = "x"' in hands.text("flows/off.toml")


async def test_going_elsewhere_in_a_hurry_edits_no_other_flow(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        before = dict(hands.session.workspace.flows)
        await hands.press("2", *["shift+tab"] * 3, "end")
        assert hands.place == "trigger/flow-name"
        hands._send("x")
        hands.app.designer.show_pane(1)
        hands.find("#flow-rows", RowList).action_cursor(1)
        await hands.settle()
        assert hands.session.selected == "welcome"
        assert hands.session.workspace.flows["welcome"] == before["welcome"]


async def test_no_flow_yet(acme: Path) -> None:
    for file in (acme / "flows").iterdir():
        file.unlink()
    async with designer(acme) as hands:
        assert "No flow yet." in hands.inside("#flow-rows")
        assert "Press n to make the first one." in hands.inside("#sentence")
        await hands.press("e", "d", "r", "x", "s", "u", "3", "a", "e", "x", "4", "c", "w", "f")
        assert not hands.asking
        await hands.press("escape", "1", "n")
        assert hands.session.selected == "new-flow"


async def test_no_instance_yet(acme: Path) -> None:
    (acme / "workspace.toml").write_text('name = "Empty"\n')
    for file in (acme / "flows").iterdir():
        file.unlink()
    async with designer(acme) as hands:
        assert "Add an [[instances]] table to workspace.toml" in " ".join(hands.inside("#sentence").split())
        await hands.press("n")
        assert "no channel is installed" in hands.toasts[-1]
        await hands.press("4", "c", "x", "w", "z", "backspace")
        assert any("no channel instance" in said.lower() for said in hands.toasts)
        (acme / "workspace.toml").write_text('name = "E"\n[[instances]]\nid = "m"\nchannel = "sms"\nname = "M"\n')
        await hands.press("f8", "1", "n")
        assert hands.flow.trigger.channel == "sms"


async def test_a_flow_that_cannot_be_made_leaves_the_filter_as_it_is(acme: Path) -> None:
    (acme / "workspace.toml").write_text('name = "Empty"\n')
    async with designer(acme) as hands:
        await hands.press("slash")
        await hands.type("welc")
        await hands.press("enter", "n")
        assert "no channel is installed" in hands.toasts[-1]
        assert hands.find("#flow-filter", Input).value == "welc"
        assert list(hands.find("#flow-rows", RowList).rows) == ["welcome"]
