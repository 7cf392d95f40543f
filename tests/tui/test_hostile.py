"""Names and texts that are an attack, in every field of every file: shown as text on every screen, and nothing else.

Two walls stand between a file and the terminal: text is made visible before it reaches a widget, and the line filter
replaces what came another way. The first is tested without the second.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from tests.tui.hands import Hands, designer
from textual.color import Color
from textual.css.query import QueryError
from textual.widgets import Static

from oncue.tui.terminal_safety import PlainFilter
from oncue.tui.widgets.rows import RowList

MARKUP = [
    "[/a/b]",
    "[@click=app.quit]x[/]",
    "A[/]B",
    "A[/ B",
    "[b]bold[/b] \\[",
    "[$primary]p",
    "[link='http://x']y[/]",
]
CONTROL = [
    "\\u001b]0;owned\\u0007",
    "\\u001b]52;c;b3duZWQ=\\u0007",
    "\\u001b[2J\\u001b[31mred",
    "\\u009b2J\\u009d0;x",
    "\\u202egnirts\\u202c \\u2066x",
    "nul\\u0000del\\u007f",
    "one\\ntwo\\r\\nthree\\u2028four\\u0085",
]
LONG = ["x" * 10_000, "界" * 5_000, "a b" * 3_000]
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def spoil(folder: Path, texts: list[str]) -> None:
    """A workspace with one of ``texts`` in every field that takes any text."""

    def text(number: int) -> str:
        return '"' + texts[number % len(texts)].replace("\\[", "\\\\[") + '"'

    parts = [f"name = {text(0)}\n[channels]\nkiosk = {text(1)}\n"]
    for number in range(len(texts)):
        parts.append(
            f'[[instances]]\nid = "i-{number}"\nchannel = "kiosk"\n'
            f"name = {text(number)}\nexternal_ids = [{text(number)}]\n"
        )
    (folder / "workspace.toml").write_text("".join(parts), "utf-8")
    for file in (folder / "flows").iterdir():
        file.unlink()
    for number in range(len(texts)):
        steps = (
            f'type = "send_message"\ntext = {text(number)}\n',
            f'type = "assign_agent"\nagent = {text(number + 1)}\n',
            f'type = "add_note"\ntext = {text(number + 2)}\n',
            f'type = "notify_participants"\ntext = {text(number + 3)}\n',
            f'type = "update_contact"\nattributes = {{ {text(number + 4)} = {text(number + 5)} }}\n',
            f'type = "add_participant"\nparticipant_type = "agent"\nname = {text(number + 6)}\n',
            f'type = "remove_participant"\nparticipant_type = "bot"\nname = {text(number)}\n',
        )
        (folder / f"flows/f-{number}.toml").write_text(
            f"name = {text(number)}\ndescription = {text(number + 1)}\ntags = [{text(number + 2)}]\n"
            f'[trigger]\nevent = "conversation_created"\nchannel = "kiosk"\ninstance = "i-{number}"\n'
            + "".join(f"[[steps]]\n{step}" for step in steps),
            "utf-8",
        )
    (folder / "flows/broken.toml").write_text(f'name = "x"\n{text(0)} = {text(1)}\n', "utf-8")
    (folder / "scenarios").mkdir(exist_ok=True)
    (folder / "scenarios/s.toml").write_text(
        f"name = {text(0)}\ndescription = {text(1)}\n"
        f'[[events]]\nevent = "conversation_created"\ninstance = "gone"\nparticipant = {{ name = {text(2)} }}\n',
        "utf-8",
    )
    for name in ("[b]x.toml", "[@click=app.quit]x.toml", "A[.toml", "\x1b]0;x\x07\u202e.toml"):
        (folder / "flows" / name).write_text("x = ", "utf-8")


async def walk(hands: Hands, look: Callable[[], None]) -> None:
    """Through every screen, with the texts in every field."""

    async def press(*keys: str) -> None:
        await hands.press(*keys)
        look()

    look()
    for flow_id in list(hands.session.workspace.flows)[:2]:
        await hands.open_flow(flow_id)
        await press("4", "c", "w")
    for _ in range(7):
        await press("3", "enter")
        await press("escape", "down")
    await press("2", "tab", "enter")
    await press("escape", "enter")
    await press("escape", "4", *["shift+tab"] * 5, "enter")
    await press("escape", "4", "m", "x", "end", "enter")
    await press("escape", "1", "f")
    await press("down", "escape", "ctrl+p")
    await press("escape", "f1")
    await press("escape", "g")
    await press("escape", "5", "down", "enter")
    await press("escape", "1", "r")
    await press("escape", "d")
    for key in "DFCW;=":
        await press("escape", "escape", key)
    await press("escape", "escape", "escape", "x")
    await press("escape", "x", "d")
    await press("u")
    await press("1", "slash")
    await hands.type("[/x]")
    await press("escape")
    await press("q")
    await press("escape", "s")
    await press("H")
    await press("escape", "escape")
    flow = next(iter(hands.session.workspace.flows))
    await hands.open_flow(flow)
    file = hands.folder / f"flows/{flow}.toml"
    file.write_text(file.read_text("utf-8") + "\n# changed \u009b2J by [/somebody]\n", "utf-8")
    await press("e", "s")
    await press("escape")
    hands.app.notify("[/a/b] \x1b]0;x\x07 [@click=app.quit]x[/]", severity="error")
    await press("1")
    await hands.resize(80, 24)
    for key in "12345":
        await press(key)
    await hands.resize(50, 15)
    for key in "1234":
        await press(key)


def problems(hands: Hands) -> list[str]:
    """What a terminal would obey, and what a click would run."""
    found = []
    for row in hands.rows():
        for segment in row:
            if UNSEEN.search(segment.text):
                found.append(f"control: {segment.text!r}")
            if segment.style is not None:
                if segment.style.link:
                    found.append(f"link: {segment.text!r}")
                actions = {key for key in segment.style.meta or {} if key.startswith("@")}
                # A scroll bar has actions of its own, and no letters.
                if actions and (segment.text.strip(" ▁▂▃▄▅▆▇█▎▌▊") or "@click" in actions):
                    found.append(f"{actions}: {segment.text!r}")
    return found


@pytest.mark.parametrize("texts", [MARKUP, LONG], ids=["markup", "long"])
async def test_every_screen_shows_text_and_nothing_else(acme: Path, texts: list[str]) -> None:
    spoil(acme, texts)
    async with designer(acme) as hands:
        looks = []

        def look() -> None:
            looks.append(1)
            assert problems(hands) == []

        await walk(hands, look)
        assert len(looks) > 35
        assert not hands.app._exit


async def test_the_first_wall_stands_without_the_second(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def apply(self: PlainFilter, segments: list[Segment], background: Color) -> list[Segment]:
        return segments

    real = PlainFilter.apply
    monkeypatch.setattr(PlainFilter, "apply", apply)
    spoil(acme, CONTROL)
    async with designer(acme) as hands:

        def look() -> None:
            # The fields of a step hold what is in the file, so that editing one changes nothing else of it.
            with monkeypatch.context() as filtering:
                if hands.place.startswith("steps/"):
                    filtering.setattr(PlainFilter, "apply", real)
                assert problems(hands) == []

        await walk(hands, look)


async def test_markup_is_shown_literally(acme: Path) -> None:
    spoil(acme, MARKUP)
    async with designer(acme, (200, 60)) as hands:
        rows = hands.find("#flow-rows", RowList)
        names = {flow.name for flow in hands.session.workspace.flows.values()}
        assert len(rows.rows) == len(MARKUP)
        for name in names:
            assert name in hands.grid(), name
        await hands.open_flow("f-1")
        await hands.press("4", "c")
        for place in ("#trigger-instance", "#play-rows", "#flow-rows"):
            await hands.click_on(place, "[@click=app.quit]x[/]", nth=0)
            await hands.press("escape") if hands.picking else None
        assert not hands.app._exit, "a click on it runs nothing"


async def test_even_a_live_link_does_nothing(acme: Path) -> None:
    """If markup ever came through, a click on it would still run no action."""
    async with designer(acme) as hands:
        link = Static("[@click=app.quit]click here[/]", id="link")
        await hands.app.designer.mount(link, before="#panes")
        await hands.settle()
        await hands.click_on("#link", "click here")
        assert not hands.app._exit


async def test_long_texts_are_answered_in_time(acme: Path) -> None:
    spoil(acme, LONG)
    async with designer(acme) as hands:
        await hands.press("3", "enter", "end")
        await hands.type("!")
        assert hands.steps()[0] != hands.session.saved.flows[hands.flow.id].steps[0]
        await hands.press("ctrl+z")
        assert not hands.session.dirty


async def test_pasting_anything_is_shown_or_dropped(acme: Path) -> None:
    async with designer(acme, paint=True) as hands:
        await hands.open_flow("off")
        await hands.press("2", "shift+tab", "shift+tab")
        for text in ("\x1b]0;x\x07[/a]\x00\n\u202e", "\ud800", "y" * 100_000):
            await hands.paste(text)
            assert problems(hands) == []
        await hands.press("escape", "3", "a")
        await hands.choose("note")
        for text in ("\x1b[2J[/a]\x00\nzwei\u202e", "y" * 100_000):
            await hands.paste(text)
            assert problems(hands) == []
        await hands.press("ctrl+s")
        assert not hands.app._exit
        with pytest.raises(QueryError):
            hands.app.screen.query_one("#nothing")
