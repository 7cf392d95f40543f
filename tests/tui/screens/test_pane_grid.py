"""The panes at every size of the terminal."""

from pathlib import Path

from tests.tui.hands import designer

from oncue.domain.steps import AddNote


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
        await hands.press("end")
        await hands.type("!")
        assert hands.steps() == (AddNote(text="hi!"),)


async def test_the_focus_comes_back_when_the_window_is_large_enough_again(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("4", "c")
        await hands.resize(45, 12)
        await hands.resize(120, 40)
        assert hands.place == "simulator/play-rows"
        await hands.press("x")
        assert len(hands.state.results) == 2
        await hands.press("2", "shift+tab", "shift+tab")
        assert hands.place == "trigger/flow-description"
        await hands.type("in the mid")
        await hands.resize(20, 5)
        await hands.type("zzz")
        await hands.resize(80, 24)
        assert hands.place == "trigger/flow-description"
        await hands.type("dle")
        assert hands.flow.description == "in the middle"
