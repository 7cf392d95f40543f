"""Finding the way: panes, escape, tab, jump mode, palette, help, themes, and keys of one's own."""

from pathlib import Path

from tests.tui.hands import Hands, designer, set_keys
from textual.widgets import Input

from oncue.storage.user.settings import read_settings
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import SHORTCUTS
from oncue.tui.widgets.picker import Picker


def focused_panes(hands: Hands) -> list[str | None]:
    """The panes whose frame says that they have the focus."""
    return [pane.id for pane in hands.app.designer.query(Pane) if pane.has_inner_focus]


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


async def test_the_palette_runs_commands_with_their_keys_beside_them(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("colon")
        assert hands.picking == "Commands"
        assert "ctrl+q, q" in hands.inside("#picker-rows") or "e" in hands.inside("#picker-rows")
        await hands.choose("make a new")
        assert hands.session.selected == "new-flow"
        await hands.press("escape", "ctrl+p")
        await hands.choose("duplicate")
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
        return {entry.value for entry in hands.find("#picker", Picker)._entries if not entry.off}

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
        for entry in palette(hands.state, (), {}):
            if entry.value in ("app.quit",):
                continue
            key = next(key for key in SHORTCUTS if key.id == entry.value)
            target = {"flows": 1, "trigger": 2, "steps": 3, "simulator": 4, "problems": 5}.get(key.context)
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


async def test_the_users_keys_work_and_the_old_ones_do_not(acme: Path, tmp_path: Path) -> None:
    set_keys(tmp_path, '"app.new" = "f7,i"', '"flows.enable" = "b"', '"chips.none" = "0"')
    async with designer(acme) as hands:
        assert hands.toasts == []
        await hands.press("n")
        assert len(hands.session.workspace.flows) == 3
        await hands.press("i")
        assert len(hands.session.workspace.flows) == 4
        await hands.press("escape", "escape", "e")
        assert hands.flow.enabled
        await hands.press("b")
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
