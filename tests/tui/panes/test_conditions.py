"""Conditions in the trigger's form: each can be added, edited, removed, undone and saved, by key and by mouse."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.tui.hands import Hands, designer
from textual.widget import Widget

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.values import replaced
from oncue.storage.loader import load_workspace
from oncue.tui.widgets.condition_rows import ConditionRows
from oncue.tui.widgets.lines import Target
from oncue.workbench.condition_forms import FORMS

HOURS = """
[[hours]]
id = "office"
timezone = "Europe/Amsterdam"
days = ["mon", "tue"]
from = "09:00"
to = "17:00"

[[hours]]
id = "phone"
timezone = "Europe/Amsterdam"
days = ["mon"]
from = "10:00"
to = "12:00"
"""


@pytest.fixture
def hourly(acme: Path) -> Path:
    """The workspace with named hours."""
    with (acme / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write(HOURS)
    return acme


def rows(hands: Hands) -> str:
    """What the rows say, whether they are on the screen or not."""
    drawn = [each for list_ in hands.app.designer.query(ConditionRows) for each in list_.lines(60) if list_.display]
    parts = [part for each in drawn for part in ((each,) if isinstance(each, Target) else each)]
    texts = [part.spans for part in parts if isinstance(part, Target)]
    return " ".join("".join(text for spans in texts for text, _ in spans).split())


def values(hands: Hands) -> dict[str, Any]:
    """The conditions of the open flow."""
    when = hands.flow.when
    return {} if when is None else {key: getattr(when, key) for key in when.lines}


EDITS: dict[str, tuple[tuple[str, ...], Any, tuple[str, ...], Any]] = {
    "text_any": (("refund*", "\n", "money"), ("refund*", "money"), ("s",), ("refund*", "moneys")),
    "text_all": (("a",), ("a",), ("\n", "b"), ("a", "b")),
    "text_none": (("a, b",), ("a, b",), ("c",), ("a, bc",)),
    "text_starts": (("hi",), ("hi",), ("*",), ("hi*",)),
    "participants": (("Jane",), ("Jane",), ("\n", "p-1"), ("Jane", "p-1")),
    "attributes": (("plan = pro",), {"plan": "pro"}, ("\n", "vip = true"), {"plan": "pro", "vip": True}),
    "started_by": ((" ",), {"contact"}, ("right", " "), {"contact", "agent"}),
    "present": (("a", "t"), {"contact"}, ("right", "t"), {"agent"}),
    "absent": (("right", " "), {"agent"}, (" ",), {"contact", "agent"}),
    "responsible": (("Anna",), "Anna", (" B.",), "Anna B."),
    "labels": (("vip",), ("vip",), ("\n", "late"), ("vip", "late")),
    "without_labels": (("vip",), ("vip",), ("s",), ("vips",)),
    "first_message": ((), True, ("edit",), False),
    "reopened": ((), True, ("edit",), False),
    "during_hours": ((" ",), ("office",), ("right", " "), ("office", "phone")),
    "outside_hours": (("right", " "), ("phone",), (" ",), ("phone", "office")),
    "once_per": ((), "conversation", ("right",), "contact"),
    "cooldown": (("30m",), "30m", ("backspace", "h"), "30h"),
}


async def write(hands: Hands, *parts: str) -> None:
    for part in parts:
        if part in ("right", "left", "backspace"):
            await hands.press(part)
        elif part != "edit":
            await hands.type(part)


def test_every_condition_is_tried() -> None:
    assert tuple(EDITS) == CONDITIONS


@pytest.mark.parametrize("key", CONDITIONS)
async def test_each_condition_from_the_list_to_the_file_and_back(hourly: Path, key: str) -> None:
    first, value, more, edited = EDITS[key]
    file = hourly / "flows/reply.toml"
    async with designer(hourly) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        assert hands.picking == "Add a condition"
        await hands.choose(FORMS[key].label)
        await write(hands, *first)
        assert values(hands) == {key: value}
        if hands.place != "trigger/conditions":
            await hands.press("escape")
        assert hands.place == "trigger/conditions"
        await hands.press("enter")
        await write(hands, *more)
        assert values(hands) == {key: edited}
        if hands.place != "trigger/conditions":
            await hands.press("escape")
        assert hands.place == "trigger/conditions"
        assert "● unsaved" in hands.grid()
        await hands.press("s")
        await hands.until(lambda: not hands.state.unsaved)
        assert load_workspace(hourly).flows["reply"] == hands.flow
        assert 'text = "One"' in file.read_text(encoding="utf-8")
        await hands.press("x")
        assert hands.flow.when is None
        assert "● unsaved" in hands.grid()
        await hands.press("u")
        assert values(hands) == {key: edited}
        await hands.press("y")
        assert hands.flow.when is None
        seen = []
        for _ in range(6):
            await hands.press("u")
            seen.append(values(hands))
        assert {key: value} in seen, "each time that it was edited is a step of its own"
        assert seen[-1] == {}, "all of it can be undone"


async def test_by_mouse_alone(hourly: Path) -> None:
    async with designer(hourly) as hands:
        await hands.open_flow("reply")
        await hands.click_on("#conditions", "Add a condition")
        await hands.click_on("#picker-rows", "Started by")
        await hands.click_on("#condition-editor", "Agent")
        assert values(hands) == {"started_by": {"agent"}}
        hands.find("#trigger-form", Widget).scroll_end(animate=False)  # as the wheel does
        await hands.settle()
        await hands.click_on("#conditions-below", "Add a condition")
        await hands.click_on("#picker-rows", "First message")
        assert values(hands) == {"started_by": {"agent"}, "first_message": True}
        await hands.click_on("#conditions", "it is the contact")
        assert values(hands)["first_message"] is False
        await hands.click_on("#conditions", " x")
        assert values(hands) == {"first_message": False}


async def test_words_are_completed_from_what_the_workspace_knows(acme: Path) -> None:
    file = acme / "flows/off.toml"
    file.write_text(
        file.read_text(encoding="utf-8") + '[when]\ntext_any = ["refund*", "return", "money back"]\n', encoding="utf-8"
    )
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("keyword")
        assert "refund*" in hands.inside("#condition-editor")
        await hands.type("re")
        await hands.press("ctrl+n")
        assert values(hands) == {"text_any": ("refund*",)}
        await hands.press("ctrl+n")
        assert values(hands) == {"text_any": ("return",)}, "once more: the next one"
        await hands.press("enter")
        await hands.type("on")
        assert "return" not in hands.inside("#condition-editor").split("ctrl+n")[1], "what is there already"
        await hands.click_on("#condition-editor", "money back")
        assert values(hands) == {"text_any": ("return", "money back")}
        assert hands.place == "trigger/text_any"
        await hands.type("*")
        assert values(hands) == {"text_any": ("return", "money back*")}


async def test_half_of_a_value_is_unsaved_work_and_a_problem(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("At most every")
        await hands.type("30")
        assert hands.flow.when is None
        assert hands.state.unsaved == {"reply"}
        assert "found '30', expected a duration" in " ".join(hands.inside("#condition-editor").split())
        await hands.press("escape", "escape", "escape")
        assert hands.place == "flows/flow-rows"
        assert "! At most every …: not saved: found '30'" in rows(hands)
        await hands.press("5", "enter")
        assert hands.place == "trigger/cooldown", "the problem leads to the field"
        await hands.type("m")
        assert values(hands) == {"cooldown": "30m"}
        assert hands.state.problems == ()


async def test_what_is_no_value_yet_goes_with_its_condition(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("At most every")
        await hands.type("30")
        await hands.press("escape", "x")
        assert hands.state.unsaved == frozenset()
        assert rows(hands) == "❯ c Add a condition"


async def test_a_value_that_is_emptied_is_gone_and_comes_back(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("Responsible")
        await hands.type("ab")
        await hands.press("enter", "enter", "backspace", "backspace")
        assert hands.flow.when is None
        await hands.press("enter")
        assert any("Removed: Responsible" in toast for toast in hands.toasts)
        await hands.press("u")
        assert values(hands) == {"responsible": "ab"}


async def test_the_list_says_what_cannot_be_added_and_leaves_out_what_is_there(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("2", "c")
        await hands.type("business hours")
        assert "add [[hours]] to workspace.toml" in hands.inside("#picker-rows")
        await hands.press("enter")
        assert hands.picking == "Add a condition", "it stays open"
        await hands.press(*["backspace"] * 20)
        await hands.choose("tag")
        await hands.type("vip")
        await hands.press("escape", "c")
        seen = hands.inside("#picker-rows")
        assert "Has the labels" not in seen
        assert "Text has one of  only for Message created" in seen
        await hands.press("enter")
        assert hands.picking
        assert values(hands) == {"labels": ("vip",)}


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_condition_can_be_seen(hourly: Path, size: tuple[int, int]) -> None:
    lines = [
        'text_any = ["one"]',
        'text_all = ["two"]',
        'text_none = ["three"]',
        'text_starts = ["four"]',
        'participants = ["five"]',
        "attributes = {six = 1}",
        'started_by = ["contact"]',
        'present = ["agent"]',
        'absent = ["bot"]',
        'responsible = "ten"',
        'labels = ["eleven"]',
        'without_labels = ["twelve"]',
        "first_message = true",
        "reopened = true",
        'during_hours = ["office"]',
        'outside_hours = ["phone"]',
        'once_per = "day"',
        'cooldown = "18m"',
    ]
    with (hourly / "flows/off.toml").open("a", encoding="utf-8") as file:
        file.write("[when]\n" + "\n".join(lines))
    async with designer(hourly, size) as hands:
        await hands.open_flow("off")
        await hands.press("2", "tab", "tab", "tab", "tab")
        if hands.place != "trigger/conditions":
            await hands.press("tab")
        assert hands.place == "trigger/conditions"
        list_ = hands.find("#conditions", ConditionRows)
        for row in list_.rows:
            assert list_.key == row.key
            assert f"❯ {'! ' if row.wrong else ''}{row.words}"[:20] in hands.grid()
            await hands.press("down")
        assert "❯ c Add a condition" in hands.grid()
        for row in reversed(list_.rows):
            await hands.press("up")
            assert f"❯ {'! ' if row.wrong else ''}{row.words}"[:20] in hands.grid()


async def test_up_and_down_go_past_the_field_that_is_open(acme: Path) -> None:
    with (acme / "flows/reply.toml").open("a", encoding="utf-8") as file:
        file.write('[when]\nlabels = ["vip"]\nreopened = true\n')
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2")
        hands.app.screen.set_focus(hands.find("#conditions", ConditionRows))
        await hands.press("enter")
        assert hands.place == "trigger/labels"
        await hands.press("tab")
        assert hands.place == "trigger/conditions-below"
        await hands.press("up")
        assert hands.place == "trigger/conditions"
        await hands.press("down", "enter")
        assert values(hands) == {"labels": ("vip",), "reopened": False}
        await hands.press("1")
        assert hands.find("#conditions-below", ConditionRows).display is False, "who leaves the pane edits no more"


async def test_another_flow_closes_the_field(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("Has the labels")
        await hands.type("a")
        await hands.open_flow("off")
        assert rows(hands) == "c Add a condition"
        await hands.open_flow("reply")
        assert "it has the label a" in rows(hands)


async def test_keys_in_a_burst_are_all_heard(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("Present")
        await hands.quickly(" ", "right", " ", "right", " ")
        assert values(hands) == {"present": {"contact", "agent", "bot"}}
        await hands.press("escape")
        await hands.quickly("c", *"Respons", "enter", *"somebody", "enter", "e", *"xy", "enter")
        assert values(hands) == {"present": {"contact", "agent", "bot"}, "responsible": "somebodyxy"}


async def test_comments_stay(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    with file.open("a", encoding="utf-8") as handle:
        handle.write('\n[when]   # who else\nlabels = ["vip"] # enough\n# and\nreopened = true\n')
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("Responsible")
        await hands.type("nobody")
        await hands.press("ctrl+s")
        await hands.until(lambda: not hands.state.unsaved)
        written = file.read_text(encoding="utf-8")
        for each in ("# who else", "# enough", "# and", 'responsible = "nobody"'):
            assert each in written


async def test_what_was_typed_survives_a_crash(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "c")
        await hands.choose("At most every")
        await hands.type("30")
        drafting = hands.app._drafting
        assert drafting is not None
        await asyncio.to_thread(drafting.write_now)
        drafting.close(keep=True)
    async with designer(acme) as hands:
        await hands.until(lambda: hands.asking == "Unsaved work")
        await hands.press("r")
        await hands.open_flow("reply")
        assert "! At most every …: not saved: found '30'" in rows(hands)


ODD = ("\u200fש", " pad ", "a\nb", '"q"', "␊", "a\rb", "x\u2028y")


async def test_a_letter_more_changes_no_other_phrase(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        hands.store.reload(hands.session.saved.with_flow(replaced(hands.flow, when=When(labels=ODD))))
        await hands.settle()
        hands.app.screen.set_focus(hands.find("#conditions", ConditionRows))
        await hands.press("up", "enter", "Z")
        assert values(hands) == {"labels": (*ODD[:-1], ODD[-1] + "Z")}
