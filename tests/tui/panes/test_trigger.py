"""The trigger's form: every field, by key and by mouse, and what it says."""

from pathlib import Path
from typing import Any, cast

import pytest
from tests.tui.hands import Hands, designer
from textual.widget import Widget
from textual.widgets import Input

from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.tui.framework.scrolling import StillScrollBar
from oncue.tui.widgets.chips import SHORT_LABELS, ChipBar
from oncue.tui.widgets.condition_rows import ConditionRows
from oncue.workbench.event_look import EVENT_LOOKS


def sentence(hands: Hands) -> str:
    return " ".join(hands.inside("#sentence").split())


async def test_the_channel_brings_its_instances(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("2", "enter")
        assert hands.picking == "Channel"
        await hands.choose("email")
        assert (hands.flow.trigger.channel, hands.flow.trigger.instance) == ("email", "mail")
        await hands.press("tab", "enter")
        assert "Helpdesk" in hands.inside("#picker-rows")
        assert "Support NL" not in hands.inside("#picker-rows")
        await hands.choose("every")
        assert hands.flow.trigger.instance is None
        assert "on Email," in sentence(hands)


async def test_left_and_right_take_the_next_option(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("2", "tab", "right", "right")
        assert hands.flow.trigger.instance == "wa-de"
        await hands.press("l")
        assert hands.flow.trigger.instance is None
        await hands.press("left", "h")
        assert hands.flow.trigger.instance == "wa-nl"


async def test_the_four_events(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("2", "tab", "tab")
        for number, (kind, term) in enumerate(EVENT_KINDS.items()):
            await hands.press("down" if number else "tab", "space" if number else "shift+tab")
            assert hands.flow.trigger.event == kind
            assert f"● {EVENT_LOOKS[kind].glyph} {term.label}" in hands.inside("#trigger-event")
            said = " ".join(hands.inside("#trigger-event").split())
            assert term.help.split(" (")[0].rstrip(".") in said, "it says what the event is"
            assert term.role in hands.inside("#trigger-participants")
            assert hands.find("#trigger-messages", ChipBar).can_focus == (kind == "message_created")
        for kind, term in EVENT_KINDS.items():
            await hands.click_on("#trigger-event", term.label)
            assert hands.flow.trigger.event == kind


async def test_passing_over_the_events_chooses_none(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        before = hands.session
        await hands.press("2", "tab", "tab", "down", "down", "j", "k", "tab")
        assert hands.session.workspace is before.workspace


async def test_message_chips_are_for_messages_only(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        assert "Image    ×" in hands.inside("#trigger-messages")
        assert "HTML        Image" in hands.inside("#trigger-messages"), "HTML is off"
        await hands.click_on("#trigger-event", "Participant added")
        assert not hands.find("#trigger-messages", ChipBar).display, "nothing is left of them"
        assert hands.flow.trigger.message_types is None
        await hands.press("2", *["tab"] * 4)
        assert hands.place == "trigger/conditions", "what is not seen takes no focus"


@pytest.mark.parametrize(("bar", "key"), [("#trigger-participants", 3), ("#trigger-messages", 4)])
async def test_chips_all_none_only_and_each(acme: Path, bar: str, key: int) -> None:
    labels: dict[str, str] = {
        value: term.label for value, term in (PARTICIPANT_TYPES if key == 3 else MESSAGE_TYPES).items()
    }
    vocabulary = list(labels)
    async with designer(acme) as hands:

        def chosen() -> object:
            trigger = hands.flow.trigger
            found: frozenset[str] | None = trigger.participant_types if key == 3 else trigger.message_types
            return found

        await hands.open_flow("reply")
        await hands.press("2", *["tab"] * key)
        assert f"#{hands.place.partition('/')[2]}" == bar
        await hands.press("a")
        assert chosen() is None
        await hands.press("o")
        assert chosen() == frozenset()
        assert "matches nothing" in hands.state.flow_problems["reply"][0].message
        assert " !* WA" in hands.inside("#flow-rows")
        await hands.press("space")
        assert chosen() == {vocabulary[0]}
        await hands.press("right", "l", "t")
        assert chosen() == {vocabulary[2]}
        await hands.press("a", "left", "enter")
        assert chosen() == set(vocabulary) - {vocabulary[1]}
        await hands.press("enter")
        assert chosen() is None, "all chips on is no narrowing"
        await hands.press("h", "h", "t")
        assert chosen() == {vocabulary[-1]}, "the cursor goes round"
        for value in vocabulary:
            now = chosen()
            before = now if isinstance(now, frozenset) else frozenset(vocabulary)
            await hands.click_on(bar, SHORT_LABELS.get(value, labels[value]))
            after = frozenset(vocabulary) if chosen() is None else chosen()
            assert after == before ^ {value}, value


async def test_name_description_and_tags(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.click("#flow-name", x=3)
        await hands.press("end")
        await hands.type(" [/a] ")
        await hands.press("enter")
        assert hands.place == "trigger/flow-description"
        await hands.type("Für [b]alle[/b]")
        await hands.press("enter")
        await hands.type("one, two,, one,")
        assert hands.find("#flow-tags", Input).value == "one, two,, one,", "what is typed stays while typing"
        flow = hands.flow
        assert (flow.name, flow.description, flow.tags) == ("Switched off [/a] ", "Für [b]alle[/b]", ("one", "two"))
        await hands.press("tab")
        assert hands.find("#flow-tags", Input).value == "one, two"


async def test_a_name_cannot_be_empty(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.click("#flow-name", x=3)
        await hands.press("end")
        await hands.press(*["backspace"] * 5)
        assert hands.find("#flow-name", Input).value == ""
        assert hands.flow.name == "R"
        await hands.press("tab")
        assert hands.find("#flow-name", Input).value == "R", "the name that it has"


async def test_the_sentence_and_the_frame_follow_every_letter(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        assert "● unsaved" not in hands.grid()
        await hands.press("3", "enter", "tab")
        assert hands.place == "steps/message_type"
        await hands.press("right")
        assert "send an HTML message" in sentence(hands)
        assert "● unsaved · flows/welcome.toml" in hands.grid()
        assert "● 1 unsaved" in hands.grid()
        await hands.press("1", "e")
        assert sentence(hands).startswith("Off. ")
        assert "off: runs on no event" in hands.grid()


async def test_a_reference_to_nothing_is_shown_and_can_be_mended(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text().replace('"wa-nl"', '"wa-fr"'))
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        assert "wa-fr is not there" in hands.inside("#trigger-instance")
        assert " ! WA" in hands.inside("#flow-rows")
        await hands.press("2", "tab", "right")
        assert hands.flow.trigger.instance is None
        assert "is not there" not in hands.grid()


HARD: dict[str, Any] = {
    "name": "\u200fשלום (VIP)\u200f",
    "description": "\nFirst line.\nSecond␊ line.\r\n",
    "tags": ("urgent, really", "zwsp\u200btag", '"b"', " c "),
}


@pytest.mark.parametrize(("field", "key"), [("#flow-name", "name"), ("#flow-description", "description")])
async def test_a_letter_changes_nothing_else_of_a_text(acme: Path, field: str, key: str) -> None:
    async with designer(acme) as hands:
        hands.store.reload(hands.session.saved.with_flow(replaced(hands.flow, **HARD)))
        await hands.settle()
        hands.app.screen.set_focus(hands.find(field, Input))
        await hands.press("end", "Z")
        assert getattr(hands.flow, key) == HARD[key] + "Z"
        assert replaced(hands.flow, **{key: HARD[key]}) == replaced(hands.flow, **HARD), "the other fields, too"


async def test_a_tag_more_changes_no_other_tag(acme: Path) -> None:
    async with designer(acme) as hands:
        hands.store.reload(hands.session.saved.with_flow(replaced(hands.flow, **HARD)))
        await hands.settle()
        hands.app.screen.set_focus(hands.find("#flow-tags", Input))
        await hands.press("end")
        await hands.type(", new")
        assert hands.flow.tags == (*HARD["tags"], "new")


async def test_nothing_moves_where_a_form_needs_its_scrollbar(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    when = '[when]\nresponsible = "nobody"\nonce_per = "day"\n\n'
    file.write_text(file.read_text(encoding="utf-8").replace("[[steps]]", f"{when}[[steps]]", 1), encoding="utf-8")
    async with designer(acme, (120, 38)) as hands:
        assert hands.session.selected == "reply"
        form = hands.find("#trigger-form", Widget)
        bar, pane = cast("StillScrollBar", form.vertical_scrollbar), hands.find("#trigger", Widget)
        places = [each.region for each in (form, bar, pane, hands.find("#sentence", Widget))]
        width = hands.find("#trigger-event", Widget).region.width
        assert not bar.is_blank
        await hands.open_flow("welcome")
        await hands.settle()
        assert bar.is_blank
        assert [each.region for each in (form, bar, pane, hands.find("#sentence", Widget))] == places
        assert hands.find("#trigger-event", Widget).region.width == width
        assert " ".join(hands.inside("#conditions").split()) == "Only if c Add a condition"


async def test_all_of_a_form_without_conditions_is_seen_beside_twelve_rows_of_steps(sample: Path) -> None:
    async with designer(sample, (120, 40)) as hands:
        for flow_id, flow in hands.state.workspace.flows.items():
            if flow.when is not None:
                continue
            await hands.open_flow(flow_id)
            assert cast("StillScrollBar", hands.find("#trigger-form", Widget).vertical_scrollbar).is_blank, flow_id
            assert "c Add a condition" in hands.inside("#trigger")
            assert hands.find("#steps", Widget).region.height == 12


async def test_conditions_are_shown_in_words_and_kept(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    when = '[when]   # who else\nresponsible = "nobody"\nonce_per = "day"  # enough\n\n'
    file.write_text(file.read_text(encoding="utf-8").replace("[[steps]]", f"{when}[[steps]]", 1), encoding="utf-8")
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        # The rows of the message types go, and so it moves.
        await hands.until(lambda: " ".join(hands.inside("#conditions").split()) == "Only if c Add a condition")
        await hands.open_flow("reply")
        hands.app.screen.set_focus(hands.find("#conditions", ConditionRows))
        await hands.settle()
        shown = " ".join(hands.inside("#conditions").split())
        assert shown == "Only if ❯ nobody is responsible x once per day x c Add a condition"
        assert "and nobody is responsible, once per day, add a note" in sentence(hands)
        conditions = hands.flow.when
        assert conditions is not None
        await hands.press("2", "tab", "right")
        assert hands.flow.trigger.instance == "wa-de"
        assert hands.flow.when == conditions
        await hands.press("ctrl+s")
        await hands.until(lambda: 'instance = "wa-de"' in file.read_text(encoding="utf-8"))
        written = file.read_text(encoding="utf-8")
        assert when in written
        assert 'instance = "wa-de"' in written


async def test_another_event_or_channel_and_back_keeps_what_was_chosen(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("location-shared")
        before = hands.flow
        await hands.press("2", "tab", "tab", "up", "space")
        assert hands.flow.trigger.message_types is None
        assert "drops Location until it is Message created again" in hands.status
        await hands.quickly("up", "space", "down", "down", "space")
        assert hands.flow == before
        assert not hands.session.dirty
        await hands.open_flow("welcome-whatsapp")
        before = hands.flow
        await hands.press("2", "right")
        assert hands.flow.trigger.channel != "whatsapp"
        assert "drops Rentals until it is WhatsApp again" in hands.status
        await hands.press("left")
        assert hands.flow == before


async def test_what_is_wrong_is_all_in_sight_in_the_words_of_the_form(sample: Path) -> None:
    async with designer(sample, (112, 40)) as hands:
        await hands.open_flow("location-shared")
        await hands.press("2", "tab", "tab", "tab", "x")
        seen = " ".join(hands.inside("#trigger").replace("┃", " ").split())
        assert "! Written by: nothing is on, so it never runs" in seen
        assert "set enabled = false" not in seen
        assert "…" in hands.inside("#sentence"), "what has no room is cut with a sign"
        await hands.press("space")
        assert "nothing is on" not in hands.inside("#trigger")


async def test_that_something_is_unsaved_comes_first_in_the_frame(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.press("e")
        assert "2 Trigger · ● unsaved · flows/" in hands.inside("#trigger")
