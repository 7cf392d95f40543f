"""The list of flows: what it shows, and what can be done to a flow, by key and by mouse."""

from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer
from textual.widgets import Input

from oncue.domain.vocabulary import EVENT_KINDS
from oncue.tui.widgets.rows import RowList


def listed(hands: Hands) -> list[str]:
    return list(hands.find("#flow-rows", RowList).rows)


def seen(hands: Hands) -> list[str]:
    """The lines of the list that say something."""
    return [row for row in hands.inside("#flow-rows").splitlines() if row.strip()]


async def test_event_channel_enabled_unsaved_and_problem_marks(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text().replace('"wa-nl"', '"wa-fr"'))
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("d")
        assert [" ".join(row.split()) for row in seen(hands)] == [
            "● ✎ Reply ! WA",
            "○ ✎ Reply (copy) !* WA",
            "○ ✦ Switched off EM",
            "● ✦ Welcome WA",
        ]
        assert "4 flows · ● 1 unsaved" in hands.grid()


async def test_two_lines_say_it_in_words_on_a_narrow_terminal_only(acme: Path) -> None:
    async with designer(acme, (80, 24)) as hands:
        await hands.open_flow("off")
        await hands.press("d", "escape", "1")
        lines = seen(hands)
        assert " ".join(lines[2].split()) == "○ ✦ Switched off"
        assert " ".join(lines[3].split()) == "off · created · Email"
        assert " ".join(lines[5].split()) == "off · created · Email * unsaved"
        await hands.resize(120, 40)
        assert len(seen(hands)) == 4
        await hands.resize(80, 24)
        assert len(seen(hands)) == 8


async def test_every_flow_of_the_sample_is_in_a_line_of_its_own(sample: Path) -> None:
    async with designer(sample) as hands:
        assert len(listed(hands)) == len(seen(hands)) == len(hands.state.workspace.flows) == 25


async def test_walking_opens_each_flow(acme: Path) -> None:
    async with designer(acme) as hands:
        seen = [hands.session.selected]
        for _ in range(3):
            await hands.press("down")
            seen.append(hands.session.selected)
        await hands.press("home")
        seen.append(hands.session.selected)
        assert seen == ["reply", "off", "welcome", "welcome", "reply"]
        await hands.press("enter")
        assert hands.place == "trigger/trigger-channel"
        await hands.click_on("#flow-rows", "Welcome")
        assert hands.session.selected == "welcome"
        await hands.click_on("#flow-rows", "Reply", times=2)
        assert (hands.session.selected, hands.place) == ("reply", "trigger/trigger-channel")


async def test_the_filter_finds_by_every_word(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("slash")
        assert hands.place == "flows/flow-filter"
        await hands.type("WhatsApp conversation_created")
        assert listed(hands) == ["welcome"]
        await hands.press("enter")
        assert (hands.session.selected, hands.place) == ("welcome", "flows/flow-rows")
        await hands.press("escape")
        assert listed(hands) == ["reply", "off", "welcome"], "by name"
        assert hands.session.selected == "welcome", "the open flow stays open"
        await hands.press("slash")
        await hands.type("disabled")
        assert listed(hands) == ["off"]
        await hands.type("xyz")
        assert "No flow matches." in hands.grid()
        await hands.press("escape")
        assert hands.place == "flows/flow-rows"
        assert len(listed(hands)) == 3


async def test_a_new_flow_is_seen_whatever_the_filter_is(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("slash")
        await hands.type("welcome")
        await hands.press("escape", "n")
        assert (hands.session.selected, hands.place) == ("new-flow", "trigger/flow-name")
        assert hands.find("#flow-filter", Input).value == ""
        await hands.press("escape", "escape", "n")
        assert hands.session.selected == "new-flow-2", "an id that is free"


async def test_enable_duplicate_and_delete_with_keys(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("e")
        assert hands.flow.enabled
        await hands.press("e")
        assert not hands.flow.enabled
        await hands.open_flow("welcome")
        await hands.press("d")
        assert (hands.flow.id, hands.flow.name, hands.flow.enabled) == ("welcome-copy", "Welcome (copy)", False)
        await hands.open_flow("welcome")
        await hands.press("x")
        assert hands.asking == "Delete a flow"
        await hands.press("enter")
        assert "welcome" in hands.session.workspace.flows, "enter keeps it"
        await hands.press("delete", "d")
        assert "welcome" not in hands.session.workspace.flows
        assert hands.session.selected == "welcome-copy", "the next one is open"
        await hands.press("u")
        assert (hands.session.selected, hands.session.dirty) == ("welcome", {"welcome-copy"})


@pytest.mark.parametrize(("size", "bar"), [((120, 40), "#footer"), ((80, 24), "#flow-actions")], ids=["wide", "narrow"])
async def test_the_same_with_the_mouse(acme: Path, size: tuple[int, int], bar: str) -> None:
    async with designer(acme, size) as hands:

        async def choose(name: str) -> None:
            if size[0] < 110:
                await hands.click_on("#tabs", "Flows")
            await hands.click_on("#flow-rows", name)

        await choose("Welcome")
        await hands.click_on(bar, "On/off")
        assert not hands.flow.enabled
        await hands.click_on(bar, "Duplicate")
        assert hands.session.selected == "welcome-copy"
        await choose("Welcome (copy)")
        await hands.click_on(bar, "Delete")
        await hands.click_on("Answers", "Delete it")
        assert "welcome-copy" not in hands.session.workspace.flows
        await hands.click_on(bar, "Rename")
        assert hands.asking.startswith("Rename flows/")
        await hands.press("escape")
        await hands.click_on(bar, "New flow")
        assert hands.session.selected == "new-flow"


async def test_rename_says_at_once_what_is_wrong(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("r")
        assert hands.asking == "Rename flows/welcome.toml"
        for wrong, why in (("/../x", "cannot be a flow id"), ("W", "cannot be a flow id"), ("con", "cannot be a")):
            await hands.press(*["backspace"] * len(hands.find("Field", Input).value))
            await hands.type(wrong)
            assert why in hands.grid(), wrong
            await hands.press("enter")
            assert hands.asking, "it stays until it is right"
        await hands.press(*["backspace"] * 3)
        await hands.type("reply")
        assert "there is a flow 'reply' already" in hands.grid()
        await hands.type("-2")
        await hands.press("enter")
        assert not hands.asking
        assert hands.session.selected == "reply-2"
        assert hands.session.dirty == {"welcome", "reply-2"}
        await hands.press("s")
        assert not (acme / "flows/welcome.toml").exists()
        assert "# Contacts only" in hands.text("flows/reply-2.toml"), "the comments came along"


EXPECTING = (
    "scenarios/evening-on-the-water.toml, scenarios/new-whatsapp-customer.toml, scenarios/photo-before-welcome.toml"
)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("r", "end", "x", "enter"), f"Renamed in {EXPECTING}, too; saving writes it all."),
        (("x", "d"), f"{EXPECTING} still expect welcome-whatsapp; change it there, too."),
    ],
    ids=["rename", "delete"],
)
async def test_what_expects_a_flow_that_is_gone_is_said(sample: Path, keys: tuple[str, ...], said: str) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.press(*keys)
        assert said in hands.toasts


async def test_a_broken_file_keeps_its_id(acme: Path) -> None:
    (acme / "flows/new-flow.toml").write_text("not = [toml")
    async with designer(acme) as hands:
        await hands.press("n")
        assert hands.session.selected == "new-flow-2"
        await hands.type("Mine")
        await hands.press("ctrl+s")
        assert 'name = "Mine"' in hands.text("flows/mine.toml")
        await hands.press("escape", "escape", "n", "ctrl+s")
        assert 'name = "New flow"' in hands.text("flows/new-flow-2.toml")
        assert hands.text("flows/new-flow.toml") == "not = [toml"


async def test_the_file_of_a_new_flow_follows_its_name(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("n")
        await hands.type("Welcome!")
        assert hands.session.selected == "new-flow", "not while it is typed"
        await hands.press("enter")
        assert hands.session.selected == "welcome-2", "welcome is taken"
        assert "flows/welcome-2.toml" in hands.inside("#trigger")
        await hands.press("shift+tab")
        await hands.type(" back")
        await hands.press("ctrl+s")
        assert 'name = "Welcome! back"' in hands.text("flows/welcome-back.toml")
        await hands.type(", friend")
        await hands.press("escape")
        assert hands.session.selected == "welcome-back", "not when it was saved"


async def test_undo_takes_back_name_and_file_in_one_step(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("n")
        await hands.type("VIP")
        await hands.press("escape")
        assert hands.session.selected == "vip"
        await hands.press("u")
        assert (hands.session.selected, hands.flow.name) == ("new-flow", "New flow")
        await hands.press("u")
        assert not hands.session.dirty


@pytest.mark.parametrize("typed", ["日本", "New flow"])
async def test_a_name_without_letters_of_an_id_makes_no_file_name(acme: Path, typed: str) -> None:
    async with designer(acme) as hands:
        await hands.press("n")
        await hands.type(typed)
        await hands.press("escape")
        assert hands.session.selected == "new-flow"


async def test_an_id_that_was_chosen_stays(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("n", "escape", "escape", "r")
        await hands.press(*["backspace"] * len("new-flow"))
        await hands.type("mine")
        await hands.press("enter")
        assert hands.session.selected == "mine"
        await hands.press("2", "shift+tab", "shift+tab", "shift+tab")
        assert hands.place == "trigger/flow-name"
        await hands.type(" 2")
        await hands.press("escape")
        assert hands.session.selected == "mine"


async def test_find_a_flow_by_name(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("f")
        assert hands.picking == "Open a flow"
        await hands.choose("wlc")
        assert (hands.session.selected, hands.place) == ("welcome", "trigger/trigger-event")
        await hands.press("f", "down", "enter")
        assert hands.session.selected == "reply"


async def test_a_copy_keeps_its_file_unless_its_name_is_changed(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("off")
        await hands.press("d", "ctrl+s")
        assert (acme / "flows/off-copy.toml").exists()


async def test_the_filter_knows_places_and_states(sample: Path) -> None:
    async with designer(sample) as hands:
        every = len(listed(hands))
        await hands.press("slash")
        await hands.type("channel:sms event:message")
        assert listed(hands) == ["campaign-reply", "one-time-code-close", "sms-us-keywords", "sms-opening-hours"]
        assert f"4 of {every} · saved" in hands.grid()
        await hands.press("escape", "e", "slash")
        await hands.type("unsaved")
        assert listed(hands) == [hands.session.selected]
        await hands.press("escape", "slash")
        await hands.type("step:watch")
        assert listed(hands) == ["location-shared"]
        await hands.press("escape", "o")
        await hands.choose("event")
        kinds = [hands.state.workspace.flows[each].trigger.event for each in listed(hands)]
        assert kinds == sorted(kinds, key=list(EVENT_KINDS).index)


async def test_all_listed_flows_are_switched_off_with_two_keys_and_back_with_one(sample: Path) -> None:
    async with designer(sample) as hands:
        before = [each for each, flow in hands.state.workspace.flows.items() if flow.enabled]
        assert len(before) > 10
        await hands.press("asterisk", "e")
        assert not any(flow.enabled for flow in hands.state.workspace.flows.values())
        assert "25 marked · ● " in hands.grid()
        await hands.press("u")
        assert [each for each, flow in hands.state.workspace.flows.items() if flow.enabled] == before
        await hands.press("asterisk")
        assert "marked" not in hands.inside("#flows")


async def test_a_range_and_single_marks(sample: Path) -> None:
    async with designer(sample) as hands:
        rows = listed(hands)
        await hands.press("home", "v", "down", "down", "v", "down", "down", "space")
        assert hands.app.designer.grid.flows.marked == [*rows[:3], rows[4]]
        await hands.press("t")
        await hands.press("enter")
        assert "name a tag to give" in hands.inside("#prompt-hint")
        assert hands.asking == "Tag 4 flows"
        await hands.type("seen")
        await hands.press("enter")
        tagged = [each for each, flow in hands.state.workspace.flows.items() if "seen" in flow.tags]
        assert set(tagged) == {*rows[:3], rows[4]}
        await hands.press("x")
        assert hands.asking == "Delete 4 flows"
        await hands.press("d")
        assert listed(hands) == [rows[3], *rows[5:]]
        await hands.press("u", "u")
        assert not hands.session.dirty
        await hands.press("escape")
        assert hands.app.designer.grid.flows.marked == []


async def test_marks_by_mouse_and_copies_elsewhere(sample: Path) -> None:
    async with designer(sample) as hands:
        rows = listed(hands)
        await hands.click("#flow-rows", 8, 1, button=3)
        await hands.click("#flow-rows", 8, 3, button=3)
        assert hands.app.designer.grid.flows.marked == [rows[1], rows[3]]
        await hands.press("c")
        await hands.choose("wa-shop")
        copies = hands.session.dirty
        assert len(copies) == 2
        assert {hands.state.workspace.flows[each].trigger.instance for each in copies} == {"wa-shop"}
        await hands.press("u")
        assert listed(hands) == rows


async def test_what_is_marked_and_not_listed_is_left_alone(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("asterisk", "slash")
        await hands.type("welcome")
        await hands.press("enter", "e")
        flows = hands.state.workspace.flows
        assert [flows[each].enabled for each in ("reply", "welcome", "off")] == [True, False, False]


async def test_a_flow_that_is_renamed_counts_once(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("agent-takes-over")
        await hands.press("r")
        await hands.type("other")
        await hands.press("enter")
        assert "● 1 unsaved" in hands.inside("#flows")
        assert "● 1 unsaved" in hands.inside("#header")
        await hands.press("s")
        assert "Saved 1 flow." in hands.toasts


async def test_without_flows_nothing_is_offered_that_needs_one(sample: Path) -> None:
    for file in (sample / "flows").iterdir():
        file.unlink()
    for size in ((120, 40), (80, 24)):
        async with designer(sample, size) as hands:
            assert "n makes the first one." in hands.inside("#flows")
            seen = hands.inside("#flows") + hands.inside("#footer")
            assert "n New flow" in seen
            for words in ("Duplicate", "Rename", "Delete", "On/off", "Mark"):
                assert words not in seen
            await hands.press("n", "escape", "escape")
            assert "Rename" in hands.inside("#flows") + hands.inside("#footer")
            await hands.press("u")
            assert "Rename" not in hands.inside("#flows") + hands.inside("#footer")
