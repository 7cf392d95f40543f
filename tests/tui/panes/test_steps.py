"""The steps: each kind with all its fields, and the list of them."""

from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from textual.widgets import TextArea

from oncue.domain.steps import (
    STEP_TYPES,
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    NotifyParticipants,
    RemoveLabel,
    RemoveParticipant,
    ReopenConversation,
    SendMessage,
    Step,
    Unassign,
    UpdateContact,
    Wait,
)
from oncue.domain.values import replaced
from oncue.tui.widgets.rows import RowList

NASTY = 'A [/x] "b" [@click=app.quit]c[/] ü 🚣'

# What is typed where, from the field that gets the focus when the step was added.
FILLED: list[tuple[str, list[str], Step]] = [
    ("send a message", [NASTY, "⇥"], SendMessage(text=NASTY)),
    ("assign an agent", ["Anna"], AssignAgent(agent="Anna")),
    ("assign an agent", ["Robin", "⇥", "→"], AssignAgent(agent="Robin", participant_type="bot")),
    ("assign a team", ["North"], AssignTeam(team="North")),
    ("unassign", [], Unassign()),
    ("note", [NASTY, "⏎", "two"], AddNote(text=f"{NASTY}\ntwo")),
    ("notify", ["hm"], NotifyParticipants(text="hm")),
    (
        "update the contact",
        ['plan = "pro"', "⏎", "visits = 3", "⏎", "vip = true", "⏎", "city = Ijmuiden"],
        UpdateContact(attributes={"plan": "pro", "visits": 3, "vip": True, "city": "Ijmuiden"}),
    ),
    ("add a participant", ["→", "⇥", "Robin"], AddParticipant(participant_type="bot", name="Robin")),
    ("remove a participant", ["←", "⇥", "Anna"], RemoveParticipant(participant_type="agent", name="Anna")),
    ("add a label", ["vip"], AddLabel(label="vip")),
    ("remove a label", ["new"], RemoveLabel(label="new")),
    ("wait", ["←", "←", "5"], Wait(for_="150m")),
    ("close", [], CloseConversation()),
    ("reopen", [], ReopenConversation()),
]
KEYS = {"⇥": "tab", "⏎": "enter", "→": "right", "←": "left"}


async def fill(hands: Hands, typed: list[str]) -> None:
    for each in typed:
        if each in KEYS:
            await hands.press(KEYS[each])
        else:
            await hands.type(each)


async def test_every_kind_of_step_with_every_field(acme: Path) -> None:
    assert {step.type for *_, step in FILLED} == set(STEP_TYPES)
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("3")
        for words, typed, _ in FILLED:
            await hands.press("escape" if hands.place != "steps/step-rows" else "end", "end", "a")
            assert hands.picking == "Add a step"
            await hands.choose(words)
            await fill(hands, typed)
        assert hands.steps() == tuple(step for _, _, step in FILLED)
        await hands.press("ctrl+s")
    async with designer(acme) as hands:
        await hands.open_flow("off")
        assert hands.steps() == tuple(step for _, _, step in FILLED)
        assert not hands.session.dirty
        await hands.press("3")
        for _ in FILLED:
            await hands.press("enter", "escape", "down")
        assert not hands.session.dirty, "looking at a step changes nothing"


async def test_the_kind_of_message_and_whom_to_notify(acme: Path) -> None:
    async with designer(acme, (120, 60)) as hands:
        await hands.open_flow("off")
        await hands.press("3", "a")
        await hands.choose("send")
        assert hands.place == "steps/text"
        await hands.click_on("#step-form", "▾", nth=1)
        assert hands.picking == "Message type"
        await hands.choose("template")
        assert hands.steps() == (SendMessage(text="", message_type="template"),)
        await hands.press("escape", "a")
        await hands.choose("notify")
        await hands.press("tab")
        assert hands.place == "steps/participant_types"
        await hands.press("right", "t")
        assert hands.steps()[1] == NotifyParticipants(text="", participant_types=frozenset({"agent"}))
        await hands.press("a")
        assert hands.steps()[1] == NotifyParticipants(text="")
        await hands.press("o", "space")
        assert hands.steps()[1] == NotifyParticipants(text="", participant_types=frozenset({"agent"}))


async def test_a_name_that_is_emptied_means_all_of_that_type(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("3", "a")
        await hands.choose("remove")
        await hands.press("tab")
        await hands.type("Bo")
        assert hands.steps() == (RemoveParticipant(participant_type="bot", name="Bo"),)
        await hands.press("backspace", "backspace")
        assert hands.steps() == (RemoveParticipant(participant_type="bot"),)


async def test_another_kind_keeps_what_both_have(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "e", "shift+tab")
        assert hands.place == "steps/type"
        await hands.press("enter")
        assert hands.picking == "What to do"
        await hands.choose("send a message")
        assert hands.steps()[0] == SendMessage(text="One")
        assert hands.place == "steps/type"
        assert hands.find("#step-form TextArea", TextArea).text == "One"


async def test_duplicate_move_and_remove(acme: Path) -> None:
    one, two = AddNote(text="One"), CloseConversation()
    async with designer(acme, (120, 60)) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "d")
        assert hands.steps() == (one, one, two)
        assert [row.split()[0] for row in hands.inside("#step-rows").splitlines()[:3]] == ["1", "2", "3"]
        await hands.press("J")
        assert hands.steps() == (one, two, one)
        await hands.press("J", "shift+down")
        assert hands.steps() == (one, two, one), "the end stops it"
        await hands.press("K", "shift+up", "K")
        assert hands.steps() == (one, one, two)
        await hands.press("home", "x", "delete")
        assert hands.steps() == (two,)
        await hands.press("x")
        assert hands.steps() == ()
        assert "Press a to add the first one" in hands.grid()
        await hands.press("x", "d", "J", "K", "e")
        assert hands.steps() == ()
        await hands.press("u", "u", "u")
        assert hands.steps() == (one, one, two)


async def test_the_same_with_the_mouse(acme: Path) -> None:
    one, two = AddNote(text="One"), CloseConversation()
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.click_on("#step-rows", "Add a note")
        for words, steps in (
            ("Duplicate", (one, one, two)),
            ("Move down", (one, two, one)),
            ("Move up", (one, one, two)),
            ("Delete", (one, two)),
        ):
            await hands.click_on("#footer", words)
            assert hands.steps() == steps, words
        await hands.resize(80, 24)
        await hands.click_on("#step-actions", "Duplicate")
        assert hands.steps() == (one, two, two), "in the bar that a narrow terminal has"
        await hands.click_on("#step-actions", "Delete")
        assert hands.steps() == (one, two)
        await hands.click_on("#step-rows", "Close the")
        await hands.click_on("#step-form", "▾")
        await hands.click_on("#picker-rows", "Assign an agent")
        assert hands.steps() == (one, AssignAgent(agent=""))


async def test_the_field_follows_undo(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter")
        await hands.type("xyz")
        area = hands.find("#step-form TextArea", TextArea)
        assert area.text == "Onexyz"
        assert area.cursor_location == (0, 6), "writing does not move the cursor"
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One")
        assert area.text == "One"


async def test_a_placeholder_is_completed_while_it_is_written(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter")
        area = hands.find("#step-form TextArea", TextArea)
        await hands.type("Hi ")
        assert "ctrl+n" not in hands.inside("#step-form")
        await hands.type("{{co")
        assert "ctrl+n ❯conversation.id❮" in hands.inside("#step-form")
        await hands.press("ctrl+n")
        assert hands.steps()[0] == AddNote(text="OneHi {{conversation.id}}")
        assert area.cursor_location == (0, 25)
        await hands.press("ctrl+n")
        assert hands.steps()[0] == AddNote(text="OneHi {{conversation.channel}}"), "once more: the next one"
        await hands.type("!")
        assert hands.steps()[0] == AddNote(text="OneHi {{conversation.channel}}!")
        assert "ctrl+n" not in hands.inside("#step-form")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="OneHi {{conversation.channel}}")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="OneHi {{co"), "both are one step of undo"
        assert area.cursor_location == (0, 10)
        await hands.click_on("#step-form", "conversation.id")
        assert hands.steps()[0] == AddNote(text="OneHi {{conversation.id}}")
        assert area.has_focus
        await hands.press("escape")
        assert "ctrl+n" not in hands.inside("#step-form")


async def test_a_placeholder_is_completed_however_fast_the_keys_come(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter")
        opening = ["left_curly_bracket", "left_curly_bracket", "f"]
        await hands.quickly(*opening, "ctrl+n", "ctrl+n", "x")
        assert hands.steps()[0] == AddNote(text="One{{flow.name}}x")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One{{flow.name}}")
        await hands.press("ctrl+z")
        assert hands.steps()[0] == AddNote(text="One{{f")


async def test_a_placeholder_is_completed_in_a_field_of_one_line(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "a")
        await hands.choose("add a label")
        await hands.type("{{m")
        assert "❯message.text❮" in hands.inside("#step-form")
        await hands.type("}}")
        await hands.press("left", "left", "backspace")
        await hands.type("par")
        await hands.press("ctrl+n")
        added = hands.steps()[hands.find("#step-rows", RowList).cursor]
        assert added == AddLabel(label="{{participant.name}}")
        await hands.press("ctrl+z")
        assert AddLabel(label="{{par}}") in hands.steps()


async def test_a_step_of_another_flow_is_never_edited(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("3", "enter")
        await hands.open_flow("welcome")
        await hands.press("3", "enter")
        await hands.type("!")
        assert hands.steps() == (SendMessage(text="Hello!!"),)
        assert hands.session.dirty == {"welcome"}


async def test_half_an_attribute_is_not_lost_while_it_is_typed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("3", "a")
        await hands.choose("update")
        await hands.type("plan")
        assert hands.find("#step-form TextArea", TextArea).text == "plan"
        await hands.type(' = "p')
        assert hands.steps() == (UpdateContact(attributes={"plan": '"p'}),)
        await hands.type('"')
        assert hands.steps() == (UpdateContact(attributes={"plan": "p"}),)


async def test_the_field_that_is_gone_to_is_seen_where_there_is_little_room(sample: Path) -> None:
    async with designer(sample, (120, 40), paint=True) as hands:
        await hands.open_flow("agent-left-whatsapp")
        await hands.press("3", "down", "e")
        assert hands.place == "steps/agent"
        assert "Agent  Duty desk" in hands.inside("#steps")


async def test_half_an_attribute_stays_as_text_and_is_said_and_the_others_count(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("3", "a")
        await hands.choose("update")
        await hands.type('plan = "pro"\njust a note\nvisits = 3')
        assert hands.steps() == (UpdateContact(attributes={"plan": "pro", "visits": 3}),)
        await hands.press("escape", "1")
        assert any("just a note" in toast for toast in hands.toasts)
        await hands.open_flow("welcome")
        await hands.open_flow("off")
        await hands.press("3", "e")
        assert hands.find("#step-form TextArea", TextArea).text == 'plan = "pro"\njust a note\nvisits = 3'


@pytest.mark.parametrize(
    "step",
    [
        UpdateContact(attributes={"a=b": "x", " pad ": "y", "": "\u2028\r\n", '"q"': "␊"}),
        SendMessage(text="a\r\nb\rc\u2028d\x0be\u200f␊\n\tend"),
        AddParticipant(participant_type="bot", name="\u200fRobin\n\x00"),
        AssignAgent(agent="a\tb\u2028"),
    ],
)
async def test_a_field_writes_back_nothing_but_what_is_typed(acme: Path, step: Step) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        hands.store.reload(hands.session.saved.with_flow(replaced(hands.flow, steps=(step,))))
        await hands.settle()
        await hands.press("3", "e")
        if isinstance(step, AddParticipant):
            await hands.press("tab")
        await hands.press("ctrl+home", "home", "!", "backspace", "end", "z", "backspace")
        assert hands.steps() == (step,)
