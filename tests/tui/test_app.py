"""The app as a whole: finding the way, undo, commands, themes, leaving, sizes, and input faster than anybody types."""

import asyncio
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from oncue.domain.steps import AddNote
from oncue.storage.user.settings import read_settings
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import SHORTCUTS
from oncue.tui.widgets.picker import Picker
from oncue.tui.widgets.rows import RowList


def focused_panes(hands: Hands) -> list[str | None]:
    """The panes whose frame says that they have the focus."""
    return [pane.id for pane in hands.app.designer.query(Pane) if pane.has_inner_focus]


# Finding the way


async def test_panes_by_digit_and_by_bracket(acme: Path) -> None:
    places = ["flows/flow-rows", "trigger/trigger-channel", "steps/step-rows", "simulator/play-rows"]
    async with designer(acme) as hands:
        for digit, place in zip("1234", places, strict=True):
            await hands.press(digit)
            assert hands.place == place
            assert focused_panes(hands) == [place.split("/")[0]]
            assert f"━ {digit} " in hands.grid(), "the frame is heavy"
            assert hands.grid().count("┏") == 1
        for key, expected in (("]", places), ("f6", places), ("[", places[-2::-1] + places[-1:]), ("f5", None)):
            for place in expected or []:
                await hands.press(key)
                assert hands.place == place
        await hands.press("1", "f5")
        assert hands.place == places[-1]


async def test_escape_goes_from_a_field_to_its_pane_and_from_there_to_the_flows(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("3", "enter")
        assert hands.place == "steps/text"
        await hands.press("escape")
        assert hands.place == "steps/step-rows"
        await hands.press("escape")
        assert hands.place == "flows/flow-rows"
        await hands.press("2", "tab", "escape")
        assert hands.place == "trigger/trigger-channel"


async def test_tab_reaches_everything_and_comes_round(acme: Path) -> None:
    async with designer(acme) as hands:
        start, seen = hands.place, []
        while hands.place not in seen:
            seen.append(hands.place)
            await hands.press("tab")
        assert hands.place == start
        assert {place.split("/")[0] for place in seen} == {"flows", "trigger", "steps", "simulator"}
        assert len(seen) >= 14
        await hands.press("shift+tab")
        assert hands.place == seen[-1]


async def test_jump_mode_labels_everything_and_goes_there(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("g")
        labels = {
            str(label.render()).strip(): (label.region.x, label.region.y) for label in hands.app.screen.query("Letter")
        }
        chain = hands.app.designer.focus_chain
        assert len(labels) >= 14
        target = hands.find("#play-text", Input)
        letter = next(letter for letter, place in labels.items() if place == (target.region.x, target.region.y))
        await hands.press(letter)
        assert hands.place == "simulator/play-text"
        assert not hands.app.screen.query("Letter, #jump")
        assert len(chain) == len(hands.app.designer.focus_chain) + 1, "nothing is left of it"
        await hands.press("escape", "g", "escape")
        assert hands.place == "simulator/play-rows", "escape goes back"
        await hands.quickly("g", "g", "g")
        assert len(hands.app.screen.query("#jump")) <= 1
        await hands.press("escape")
        assert not hands.app.screen.query("Letter, #jump")
        await hands.press("g")
        await hands.click("#flow-filter", x=1)
        assert not hands.app.screen.query("Letter, #jump"), "a click on a letter is its key"
        assert hands.place == "flows/flow-filter"
        await hands.press("escape", "g")
        await hands.click("#flow-filter", x=15)
        assert not hands.app.screen.query("Letter, #jump"), "a click elsewhere ends it"


async def test_every_pane_is_found_by_a_click(acme: Path) -> None:
    async with designer(acme) as hands:
        for selector, pane in (("#trigger-channel", "trigger"), ("#step-rows", "steps"), ("#play-text", "simulator")):
            await hands.click(selector)
            await hands.press("escape") if hands.picking else None
            assert hands.place.split("/")[0] == pane


# Undo


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


async def test_what_is_said_again_is_seen_once_and_not_all_is_seen_for_ever(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("4", *"mmmmmm")
        assert hands.toasts == ["conversation c-1 has not started; play conversation_created first"]
        for number in range(10):
            hands.app.notify(f"Word {number}.")
            await hands.settle()
        assert hands.toasts == ["Word 6.", "Word 7.", "Word 8.", "Word 9."]
        hands.app.notify("Word 7.")
        await hands.settle()
        assert hands.toasts == ["Word 6.", "Word 8.", "Word 9.", "Word 7."]


async def test_typing_is_one_step_of_undo(acme: Path) -> None:
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
        assert hands.steps()[0] == AddNote(text="One")
        assert hands.find("#step-form TextArea", TextArea).text == "One"
        await hands.press("ctrl+y", "ctrl+y")
        assert hands.find("#step-form TextArea", TextArea).text == "One and two!"
        await hands.type("?")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One and two!")


# Commands and help


async def test_the_palette_runs_commands_with_their_keys_beside_them(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("colon")
        assert hands.picking == "Commands"
        assert "ctrl+q, q" in hands.inside("#picker-rows")
        await hands.choose("make a new")
        assert hands.session.selected == "new-flow"
        await hands.press("escape", "ctrl+p")
        await hands.choose("copy the flow")
        assert hands.session.selected == "new-flow-copy"
        await hands.press("ctrl+p")
        await hands.choose("add a step")
        assert hands.picking == "Add a step"
        await hands.press("escape", "ctrl+p")
        await hands.choose("random event")
        assert len(hands.state.results) == 1
        await hands.press("ctrl+p")
        await hands.choose("rename" if "rename" in hands.grid() else "flow's id")
        assert hands.asking == "Rename flows/new-flow-copy.toml"


async def test_the_palette_hides_what_cannot_apply(acme: Path) -> None:
    def offered(hands: Hands) -> set[object]:
        return {entry.value for entry in hands.find("#picker", Picker)._entries}

    async with designer(acme) as hands:
        await hands.press("ctrl+p")
        assert offered(hands).isdisjoint({"app.save", "app.undo", "app.redo", "simulator.back", "app.pane5"})
        await hands.press("escape", "e", "ctrl+p")
        assert {"app.save", "app.undo"} <= offered(hands)
        assert "app.redo" not in offered(hands)
        await hands.press("escape", "u", "4", "x", "ctrl+p")
        assert {"app.redo", "simulator.back", "simulator.why"} <= offered(hands)
        assert "app.save" not in offered(hands)


async def test_every_command_of_the_palette_does_something(acme: Path) -> None:
    """None of them is a name that nothing answers to."""
    from oncue.tui.commands import palette

    async with designer(acme) as hands:
        await hands.press("e", "u", "4", "x")
        for entry in palette(hands.state, {}):
            if entry.value in ("app.quit",):
                continue
            key = next(key for key in SHORTCUTS if key.id == entry.value)
            target = {"flows": 1, "steps": 3, "simulator": 4}.get(key.context)
            namespace = hands.app.designer.grid.pane(target) if target else hands.app.designer
            assert hands.app._parse_action(key.act, namespace)[0] is not None
            node, name, _ = hands.app._parse_action(key.act, namespace)
            assert hasattr(node, f"action_{name}"), entry.value
        await hands.app.designer.run_command("flows.enable")
        assert hands.session.dirty


async def test_help_lists_the_keys_of_the_place_first_and_runs_them(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("3", "question_mark")
        assert hands.picking.startswith("Keys")
        first = hands.inside("#picker-rows").splitlines()[0]
        assert "Steps" in first or "Any list" in first
        await hands.choose("add a step below")
        assert hands.picking == "Add a step"
        await hands.press("escape", "2", "tab", "tab", "tab", "f1")
        assert "chip" in hands.inside("#picker-rows").splitlines()[0].lower()


async def test_the_picker_gives_the_focus_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("3", "ctrl+p", "escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.press("ctrl+p", "ctrl+p", "escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.quickly("ctrl+p", "f1", "f9")
        await hands.press("escape")
        assert (hands.picking, hands.place) == ("", "steps/step-rows")
        await hands.press("ctrl+p")
        await hands.click("#play-text")
        assert hands.picking == "", "a click beside it closes it"
        assert hands.place == "simulator/play-text"


async def test_the_picker_filters_walks_and_finds_nothing(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("f")
        await hands.type("zzz")
        assert "Nothing found." in hands.grid()
        before = hands.session
        await hands.press("enter")
        assert hands.picking, "there is nothing to take"
        await hands.press(*["backspace"] * 3, "pagedown", "down", "up", "up", "pageup", "down", "pagedown", "enter")
        assert hands.session.selected == "welcome"
        assert before.workspace is hands.session.workspace


# Themes


async def test_themes_are_previewed_kept_and_given_back(acme: Path) -> None:
    async with designer(acme) as hands:
        assert hands.app.theme == "textual-dark"
        await hands.press("f9")
        await hands.type("nord")
        assert hands.app.theme == "nord"
        await hands.press("escape")
        assert hands.app.theme == "textual-dark"
        assert read_settings().theme == "textual-dark"
        await hands.press("f9")
        await hands.choose("ansi dark")
        assert hands.app.theme == "ansi-dark"
        await hands.until(lambda: read_settings().theme == "ansi-dark")
    async with designer(acme) as hands:
        assert hands.app.theme == "ansi-dark"
        assert "Reply" in hands.grid()


async def test_a_theme_that_cannot_be_kept_is_told(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    async with designer(acme) as hands:
        await hands.press("f9")
        await hands.choose("nord")
        await hands.until(lambda: hands.toasts)
        assert "could not be kept" in hands.toasts[-1]
        assert hands.app.theme == "nord"


# Keys of one's own


def set_keys(tmp_path: Path, *lines: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text("[keys]\n" + "\n".join(lines) + "\n")


async def test_the_users_keys_work_and_the_old_ones_do_not(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.new" = "f7,i"', '"flows.enable" = "v"', '"chips.none" = "0"')
    async with designer(acme) as hands:
        assert hands.toasts == []
        await hands.press("n")
        assert len(hands.session.workspace.flows) == 3
        await hands.press("i")
        assert len(hands.session.workspace.flows) == 4
        await hands.press("escape", "escape", "e", "space")
        assert hands.flow.enabled
        await hands.press("v")
        assert not hands.flow.enabled


async def test_a_letter_for_a_command_can_still_be_typed(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.save" = "i"', '"app.help" = "0"')
    async with designer(acme) as hands:
        await hands.press("e", "slash")
        await hands.type("i0")
        assert hands.find("#flow-filter", Input).value == "i0"
        assert hands.session.dirty
        await hands.press("escape", "i")
        assert not hands.session.dirty


async def test_bad_keys_are_told_and_the_rest_works(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.sav" = "f2"', '"app.undo" = "ctrl+m"', '"app.redo" = "n"', '"app.help" = "f7"')
    async with designer(acme) as hands:
        said = "\n".join(hands.toasts)
        assert "did you mean 'app.save'?" in said
        assert "terminals send 'ctrl+m' as enter" in said
        assert "'n' is taken by app.new" in said
        await hands.press("f7")
        assert hands.picking.startswith("Keys")


# Leaving


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_leaving_with_nothing_unsaved_asks_nothing(acme: Path, key: str) -> None:
    async with designer(acme) as hands:
        await hands.press(key)
        assert hands.app._exit
        assert hands.app.return_code == 0


async def test_leaving_with_unsaved_work_asks(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e", "q")
        assert hands.asking == "Unsaved work"
        assert "Unsaved: off." in hands.grid()
        await hands.press("escape")
        assert not hands.asking
        assert hands.session.dirty == {"off"}
        await hands.press("ctrl+q", "s")
        assert hands.app._exit
    assert "enabled = true" in (acme / "flows/off.toml").read_text()


async def test_leaving_without_saving(acme: Path) -> None:
    before = (acme / "flows/off.toml").read_bytes()
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e", "q")
        await hands.click_on("Answers", "Leave without saving")
        assert hands.app._exit
        assert hands.app.return_code == 0
    assert (acme / "flows/off.toml").read_bytes() == before
    async with designer(acme) as hands:
        assert not hands.asking, "work that was given up is not offered"


# Faster than the app


async def test_quick_keys_never_open_two_dialogs(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("1", "e")
        for keys in (("q", "q"), ("ctrl+q",) * 3, ("x", "x"), ("r", "r"), ("x", "q"), ("q", "x", "r", "ctrl+q")):
            await hands.quickly(*keys)
            stack = [screen for screen in hands.app.screen_stack if isinstance(screen, ModalScreen)]
            assert len(stack) == 1, keys
            await hands.press("escape")
            assert hands.app.screen is hands.app.designer, keys
            assert hands.place == "flows/flow-rows", keys
            assert not hands.app._exit
        await hands.press("q", "ctrl+q")
        assert isinstance(hands.app.screen, ModalScreen), "the question whether to leave wants an answer"
        assert not hands.app._exit
        await hands.press("escape", "x", "ctrl+q")
        assert len(hands.app.screen_stack) == 1, "any other question is closed by ctrl+q as by escape"


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


# Sizes


async def test_at_80_by_24_the_panes_are_tabs(acme: Path) -> None:
    async with designer(acme, (80, 24)) as hands:
        assert "❯1 Flows❮ 2 Trigger  3 Steps  4 Simulator" in hands.grid()
        assert "Welcome" in hands.grid()
        assert "Channel" not in hands.grid()
        await hands.press("2")
        assert "❯2 Trigger❮" in hands.grid()
        assert "Channel" in hands.grid()
        await hands.click_on("#tabs", "4 Simulator")
        assert "❯4 Simulator❮" in hands.grid()
        await hands.press("x")
        assert len(hands.state.results) == 1
        await hands.press("3", "a")
        await hands.choose("note")
        await hands.type("hi")
        assert AddNote(text="hi") in hands.steps()
        assert "● 1 unsaved" in hands.inside("#tabs")


async def test_a_tiny_terminal_says_so_and_loses_nothing(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("3", "a")
        await hands.choose("note")
        await hands.type("hi")
        for size in ((40, 10), (120, 12), (30, 40), (1, 1), (2, 2)):
            await hands.resize(*size)
            assert "1 Flows" not in hands.grid(), size
            if size[0] >= 30:
                assert "This needs more room" in " ".join(hands.grid().split()), size
        await hands.resize(80, 24)
        assert "❯3 Steps❮" in hands.grid()
        await hands.resize(120, 40)
        assert hands.steps() == (AddNote(text="hi"),)
        assert hands.session.dirty == {"off"}
        await hands.press("3", "enter", "end")
        await hands.type("!")
        assert hands.steps() == (AddNote(text="hi!"),)


# Empty states


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


async def test_a_workspace_that_cannot_be_read_ends_with_2(acme: Path) -> None:
    (acme / "workspace.toml").write_text("name = ")
    async with designer(acme, ready=False) as hands:
        await hands.until(lambda: hands.app._exit)
        assert hands.app.return_code == 2
        assert "workspace.toml" in hands.app.failure


# Broken code


async def test_a_crash_keeps_the_work_and_shows_no_values(acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "a token that nobody may see"
    with pytest.raises(ZeroDivisionError):
        async with designer(acme) as hands:
            await hands.press("1", "e")

            def crash() -> None:
                assert secret
                _ = 1 / 0

            hands.app.call_later(crash)
            await hands.until(lambda: hands.app.crash is not None)
    assert hands.app.return_code == 70
    out, err = capsys.readouterr()
    assert "token" not in out + err
    async with designer(acme) as hands:
        assert hands.asking == "Unsaved work"
