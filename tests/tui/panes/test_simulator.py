"""The simulator: what was sent, who ran, and why the others did not."""

from pathlib import Path

from tests.tui.hands import Hands, designer
from textual.widget import Widget
from textual.widgets import Input

from oncue.domain.steps import AddNote
from oncue.storage.loader import load_workspace
from oncue.tui.widgets.rows import RowList
from oncue.workbench.miss_rows import EXPLAINED


def told(hands: Hands) -> str:
    """The whole transcript, seen or not, on one line."""
    rows = hands.find("#play-rows", RowList).rows
    return " ".join(" ".join("".join(text for text, _ in row.spans) for row in rows).split())


def ran(hands: Hands) -> list[tuple[str, ...]]:
    return [each.fired for each in hands.state.results if each.trace is not None]


async def go_to(hands: Hands, words: str) -> None:
    rows = hands.find("#play-rows", RowList)
    found = [number for number, row in enumerate(rows.rows) if words in "".join(text for text, _ in row.spans)]
    rows.move(found[0])
    await hands.settle()


async def test_a_matching_and_a_non_matching_event(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c")
        assert ran(hands) == [("welcome",)]
        assert "▶ Welcome" in hands.inside("#play-rows")
        assert "Hello!" in told(hands)
        assert "open · 1 event" in hands.grid()
        assert "here: Contact Jane" in " ".join(hands.inside("#play-standing").split())
        await hands.press("z", "tab")
        assert hands.place == "simulator/play-who", "the pane's own fields are next"
        await hands.press("right", "4", "c")
        assert ran(hands) == [()]
        assert "✗ Welcome who: Agent, wants Contact" in told(hands)
        assert "instance" not in told(hands), "only the clauses that turned it away"
        assert "t add Agent (also runs in 2 other cases)" in told(hands)


async def test_the_same_with_the_mouse(acme: Path) -> None:
    async with designer(acme, (100, 40)) as hands:
        await hands.click_on("#flow-rows", "Reply")
        await hands.click_on("#tabs", "Simulator")
        await hands.click_on("#play-actions", "Start")
        assert ran(hands)[0] == ("welcome",)
        await hands.click_on("#play-actions", "Join")
        await hands.click_on("#picker-rows", "Bot")
        await hands.click_on("#play-actions", "Leave")
        await hands.click_on("#picker-rows", "Bot")
        await hands.click_on("#play-actions", "Message")
        await hands.click_on("#picker-rows", "Contact Jane")
        await hands.click_on("#picker-rows", "Image")
        assert [each.event.event for each in hands.state.results] == [
            "conversation_created",
            "participant_added",
            "participant_removed",
            "message_created",
        ]
        assert ran(hands)[-1] == ("reply",)
        await hands.click_on("#play-type", "▾")
        await hands.click_on("#picker-rows", "GIF")
        await hands.click_on("#play-who", "▾")
        await hands.click_on("#picker-rows", "Contact")
        await hands.click_on("#play-actions", "Message")
        await hands.click_on("#picker-rows", "As it stands")
        assert len(hands.state.results) == 5, hands.toasts
        trace = hands.state.results[-1].trace
        assert trace is not None and trace.event.participant is not None and trace.event.message is not None
        assert (trace.event.participant.type, trace.event.message.type) == ("contact", "gif")
        await hands.click_on("#play-actions", "Step back")
        await hands.click_on("#play-actions", "Step back")
        assert len(hands.state.results) == 3
        await hands.click_on("#play-actions", "Start over")
        assert not hands.state.results
        await hands.click_on("#play-actions", "Random")
        assert len(hands.state.results) == 1
        await hands.click_on("#play-instance", "▾")
        await hands.click_on("#picker-rows", "Helpdesk")
        assert hands.state.timeline is not None
        assert (hands.state.timeline.instance, hands.state.results) == ("mail", ())
        assert len(hands.state.timelines) == 2, "the other conversation is kept"


async def test_why_shows_all_others_and_jumps_to_the_clause(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c")
        assert "2 did not run" in told(hands)
        await hands.press("w")
        assert "Switched off" in told(hands)
        assert "channel: WhatsApp, wants Email" in told(hands)
        assert "on/off: off, has to be on" in told(hands)
        assert "when: Conversation created, wants Message created" in told(hands)
        await go_to(hands, "channel: WhatsApp")
        await hands.press("enter")
        assert (hands.session.selected, hands.place) == ("off", "trigger/trigger-channel")
        await hands.press("4", "w")
        assert "did not run w" in told(hands), "w hides it again"
        await go_to(hands, "did not run  w")
        await hands.press("enter")
        await go_to(hands, "when: Conversation")
        await hands.press("enter")
        assert (hands.session.selected, hands.place) == ("reply", "trigger/trigger-event")


async def test_a_flow_that_ran_leads_to_its_trigger(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c")
        await go_to(hands, "▶ Welcome")
        await hands.press("enter")
        assert (hands.session.selected, hands.place) == ("welcome", "trigger/trigger-event")


async def test_unsaved_edits_show_at_once(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "m", "m", "3", "a")
        await hands.choose("add a note")
        await hands.type("Fresh")
        assert AddNote(text="Fresh") in hands.steps()
        assert "Fresh" in told(hands)
        assert "welcome" in hands.session.dirty
        await hands.press("escape", "1", "e")
        assert ran(hands)[0] == ()
        assert "off, has to be on" in told(hands)
        await hands.press("u")
        assert ran(hands)[0] == ("welcome",)


async def test_step_back_and_start_over(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "m", "m", "backspace")
        assert ran(hands) == [("welcome",)]
        await hands.press("backspace", "backspace")
        assert hands.state.results == ()
        assert "2 events ahead." in hands.grid()
        await hands.press("right", "right", "right")
        assert len(hands.state.results) == 2
        await hands.press("z")
        assert "Nothing has happened yet." in hands.grid()


async def test_random_events_are_always_the_same(acme: Path) -> None:
    played = []
    for _ in range(2):
        async with designer(acme) as hands:
            await hands.press("4", *["x"] * 8)
            first = hands.state.timeline
            assert first is not None
            assert len(first.events) == 8
            await hands.press("backspace", "x")
            assert hands.state.timeline == first, "stepping back and on is the same again"
            await hands.press("z", *["x"] * 3)
            assert hands.state.timeline is not None
            assert hands.state.timeline.events != first.events[:3], "starting over is another conversation"
            played.append((first, hands.state.timeline))
    assert played[0] == played[1]


async def test_an_impossible_event_is_refused_with_the_reason(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("4", "r")
        assert hands.state.results == ()
        assert len(hands.toasts) == 1
        await hands.press("c", "c")
        assert len(hands.state.results) == 1
        assert len(hands.toasts) == 2


async def test_an_event_that_an_edit_made_impossible_is_shown_so(acme: Path) -> None:
    with (acme / "workspace.toml").open("a", encoding="utf-8") as config:
        config.write('\n[simulation]\nmessage_in_closed_conversation = "refused"\n')
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "m", "m", "m", "m", "3", "a")
        await hands.choose("close")
        assert hands.state.results[1].refusal is not None
        assert "⊘" in told(hands)
        await hands.press("ctrl+z")
        assert all(each.refusal is None for each in hands.state.results)


async def test_enter_in_the_text_sends_it(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c", "tab", "tab")
        assert hands.place == "simulator/play-name"
        await hands.type("Ann [/x]")
        await hands.press("enter")
        await hands.type("is it [b]there[/b]?")
        await hands.press("enter")
        trace = hands.state.results[-1].trace
        assert trace is not None
        assert trace.event.participant is not None
        assert trace.event.message is not None
        assert (trace.event.participant.name, trace.event.message.text) == ("Ann [/x]", "is it [b]there[/b]?")
        assert "Ann [/x]" in told(hands)
        assert "is it [b]there[/b]?" in told(hands)
        assert hands.find("#play-text", Input).value == ""


async def test_the_chosen_instance_stays_until_something_else_is_chosen(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        assert hands.state.timeline is not None
        assert hands.state.timeline.instance == "wa-nl", "the open flow's channel"
        await hands.press("4", *["tab"] * 3)
        assert hands.place == "simulator/play-instance"
        await hands.press("right")
        assert hands.state.timeline.instance == "wa-de"
        await hands.press("1", "e", "s")
        assert hands.state.timeline.instance == "wa-de", "an edit or saving is no reason to go elsewhere"
        await hands.press("n")
        await hands.press("escape", "escape")
        await hands.open_flow("off")
        assert hands.state.timeline.instance == "mail"


async def test_a_suggested_edit_is_taken_and_undone(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c", "t")
        assert hands.flow.trigger.event == "conversation_created"
        assert "reply" in ran(hands)[0]
        await hands.press("u")
        assert not hands.session.dirty


async def test_a_click_on_a_suggested_edit_takes_it(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c")
        await hands.click_on("#play-rows", "set the event")
        assert hands.flow.trigger.event == "conversation_created"
        await hands.press("u")
        assert not hands.session.dirty
        await go_to(hands, "set the event")
        await hands.press("enter")
        assert not hands.session.dirty, "enter goes to the field"
        assert hands.place.startswith("trigger/")


async def test_a_click_on_the_results_in_the_frame_lists_the_scenarios(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.click_on("#simulator", "scenarios ✓")
        assert hands.picking.startswith("Scenarios")


async def test_an_edit_that_keeps_a_flow_off_is_taken_and_undone(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "c", "w")
        assert ran(hands)[0] == ("welcome",)
        assert "✓ Welcome instance: Support NL, open to every instance" in told(hands)
        await go_to(hands, "to keep it off:")
        await hands.press("t")
        assert (hands.session.selected, hands.flow.trigger.instance) == ("welcome", "wa-de")
        assert ran(hands)[0] == ()
        await hands.press("u")
        assert ran(hands)[0] == ("welcome",)
        assert not hands.session.dirty


async def test_the_edit_of_the_flow_under_the_cursor_is_taken(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "w")
        await go_to(hands, "✗ Switched off")
        await hands.press("t")
        assert hands.session.selected == "off", "and not the first that is suggested"


async def test_a_conversation_becomes_a_scenario(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "e")
        assert "There is nothing to record yet." in hands.toasts
        await hands.press("c", "m", "m", "e")
        assert hands.asking == "Record a scenario"
        await hands.press("enter")
        assert "a scenario needs a name" in hands.inside("#prompt-hint")
        await hands.type('Jane "writes" [/x]')
        await hands.press("enter")
        assert 'name = "Jane \\"writes\\" [/x]"' in hands.text("scenarios/jane-writes-x.toml")
        assert 'expect = ["welcome"]' in hands.text("scenarios/jane-writes-x.toml")
        assert not hands.session.dirty
        assert "jane-writes-x" in hands.session.workspace.scenarios
        await hands.press("e")
        await hands.type('jane "writes" [/x]')
        assert "scenarios/jane-writes-x.toml has that name already" in hands.inside("#prompt-hint")
        await hands.press("enter")
        assert hands.asking == "Record a scenario"
        await hands.type(" twice")
        await hands.press("enter")
        assert list(hands.session.workspace.scenarios) == ["jane-writes-x", "jane-writes-x-twice"]


async def test_many_flows_are_explained_up_to_a_limit(acme: Path) -> None:
    for number in range(EXPLAINED + 20):
        text = f'name = "F{number}"\n[trigger]\nevent = "message_created"\nchannel = "whatsapp"\n'
        (acme / f"flows/f-{number}.toml").write_text(text)
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "w")
        assert told(hands).endswith("22 more") or "more" in told(hands)


SCENARIO = """\
name = "Jane comes and goes"

[[events]]
event = "conversation_created"
instance = "wa-nl"
participant = { type = "contact", name = "Jane" }
expect = ["welcome"]

[[events]]
event = "message_created"
instance = "wa-nl"
participant = { type = "contact", name = "Jane" }
message = { type = "image" }
expect = []

[[events]]
event = "participant_removed"
instance = "wa-nl"
participant = { type = "contact", name = "Jane" }
"""


async def test_a_scenario_is_opened_stepped_and_judged(acme: Path) -> None:
    (acme / "scenarios").mkdir(exist_ok=True)
    (acme / "scenarios/jane.toml").write_text(SCENARIO)
    async with designer(acme) as hands:
        await hands.press("4", "o")
        await hands.choose("Jane comes")
        assert "3 events ahead." in hands.inside("#play-rows")
        assert "❯1 Jane comes and goes❮" in hands.inside("#play-list")
        await hands.press("right")
        assert "event 1 of 3" in hands.grid()
        assert "✓ as expected" in told(hands)
        assert "✓ 1 as expected" in hands.grid()
        await hands.press("right")
        assert "✗ Reply ran and was not expected" in told(hands)
        assert "✗ 1 of 2 not as expected" in hands.grid()
        await hands.press("left", "left")
        assert "3 events ahead." in hands.inside("#play-rows")
        await hands.press("p")
        assert len(hands.state.results) == 3
        assert "nobody is" not in told(hands)
        assert "here: nobody" in " ".join(hands.inside("#play-standing").split())
        await hands.press("z")
        assert "3 events ahead." in hands.inside("#play-rows"), "a scenario starts over with all its events"


async def test_an_edit_makes_an_expectation_hold_at_once(acme: Path) -> None:
    (acme / "scenarios").mkdir(exist_ok=True)
    (acme / "scenarios/jane.toml").write_text(SCENARIO)
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.press("4", "o")
        await hands.choose("Jane comes")
        await hands.press("p")
        assert "✗ 1 of 2 not as expected" in hands.grid()
        await hands.press("1", "e")
        assert "✓ 2 as expected" in hands.grid()


async def test_what_an_edit_changes_is_marked_until_it_is_saved(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c")
        assert "- " not in told(hands)
        await hands.press("3", "e", "end")
        await hands.type("?")
        rows = ["".join(text for text, _ in row.spans) for row in hands.find("#play-rows", RowList).rows]
        assert [row[:2] for row in rows if "sent" in row] == ["- ", "+ "]
        await hands.press("ctrl+s")
        rows = ["".join(text for text, _ in row.spans) for row in hands.find("#play-rows", RowList).rows]
        assert [row[:2] for row in rows if "sent" in row] == ["  "]


async def test_an_event_is_delivered_twice_swapped_and_late(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "m", "m", "m", "m")
        await go_to(hands, "10:01")
        await hands.press("d")
        assert "Contact Jane Hello! twice" in told(hands)
        assert "delivered a second time" in told(hands)
        await hands.press("d")
        assert [each.number for each in hands.state.results] == [1, 3, 2]
        await hands.press("d")
        assert "late" in told(hands)
        await hands.press("d")
        assert [each.number for each in hands.state.results] == [1, 2, 3]
        assert hands.find("#play-rows", RowList).current.number == 2, "the cursor stays on the event"  # type: ignore[union-attr]


async def test_events_fold_and_unfold(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("reply")
        await hands.click_on("#play-type", "▾")
        await hands.choose("Image")
        await hands.press("4", "c", "m", "m")
        whole = told(hands)
        await go_to(hands, "10:00")
        await hands.press("space")
        assert "▸" in told(hands)
        assert "▶ Welcome" not in told(hands)
        assert "▶ Reply" in told(hands)
        await hands.press("b")
        assert "▶ Reply" not in told(hands)
        assert told(hands).count("▸") == 2
        await hands.press("b")
        assert told(hands) == whole
        await go_to(hands, "▶ Welcome")
        await hands.press("space")
        assert "· sent" not in told(hands).split("10:01")[0], "a flow's steps fold too"
        await hands.click_on("#play-rows", "10:00")
        assert "▶ Welcome" not in told(hands), "a click on an event folds it"


async def test_several_conversations_with_keys_and_mouse(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("4", "c", "o")
        await hands.choose("New conversation")
        await hands.press("c", "m", "m")
        assert [len(timeline.events) for timeline in hands.state.timelines] == [1, 2]
        await hands.press("v")
        assert (hands.state.at, len(hands.state.results)) == (0, 1)
        await hands.click_on("#play-list", "2 ")
        assert (hands.state.at, len(hands.state.results)) == (1, 2)
        await hands.press("o")
        await hands.choose("under way")
        assert hands.state.at == 0
        await hands.press("delete")
        assert [len(timeline.events) for timeline in hands.state.timelines] == [2]
        assert hands.find("#play-list", Widget).display is False


async def test_a_conversation_that_nobody_is_in_any_more_has_no_random_event(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "a")
        await hands.choose("close")
        await hands.press("4", "c", "r", "enter", "x")
        assert len(hands.state.results) == 2
        assert any("closed and empty" in toast for toast in hands.toasts)


async def test_time_passes_and_a_flow_goes_on(sample: Path) -> None:
    async with designer(sample, (150, 50)) as hands:
        await hands.open_flow("email-first-reply")
        await hands.press("4", "c", "plus")
        standing = " ".join(hands.inside("#play-standing").split())
        assert (
            "10:10, ◷ 2026-01-06 10:00 First reply by e-mail · open · responsible: Harbour office · labels:" in standing
        )
        assert "waits 24 hours" in told(hands)
        assert "1 event" in hands.grid(), "time that passes is no event"
        await hands.press("l")
        assert "─ 2026-01-06 ─" in told(hands)
        assert "10:00 ◷ First reply by e-mail continues" in told(hands)
        assert "A day with Harbour office" in told(hands)
        await hands.press("b")
        assert "A day with" not in told(hands)
        await hands.press("b", "left")
        assert "continues" not in told(hands)
        await hands.press("right")
        assert "continues" in told(hands)
        await hands.press("l")
        assert hands.state.timeline is not None
        assert len(hands.state.timeline.events) == 3, "nothing waits any more"
        await hands.press("m", "m", "e")
        await hands.type("A day later")
        await hands.press("enter")
    recorded = load_workspace(sample).scenarios["a-day-later"]
    assert [each.after for each in recorded.events] == [None, "1d"]


async def test_a_scenario_whose_flows_wait_is_judged_when_they_have_gone_on(sample: Path) -> None:
    async with designer(sample, (150, 50)) as hands:
        await hands.press("4", "o")
        await hands.choose("Mail to support")
        await hands.press("right")
        assert "1 flow waits; checked when all is done" in told(hands)
        assert "not as expected" not in hands.grid()
        await hands.press("l")
        assert "✓ as expected" in told(hands)


async def keys_to(hands: Hands, *keys: str) -> int:
    await hands.press(*keys)
    return len(keys)


async def test_the_common_jobs_take_few_keys(sample: Path) -> None:
    """The key counts that a user of lazygit would expect, in the simulator, with somebody in it."""
    async with designer(sample) as hands:
        await hands.open_flow("location-shared")
        await hands.press("4", "c")
        assert await keys_to(hands, "a", "a") == 2
        joined = hands.state.results[-1].event
        assert (joined.event, joined.participant and joined.participant.type) == ("participant_added", "agent")
        assert await keys_to(hands, "m", "c", "i") == 3
        sent = hands.state.results[-1].event
        assert sent.participant is not None and sent.message is not None
        assert (sent.participant.name, sent.message.type, sent.message.text) == ("Jane", "image", None)
        assert await keys_to(hands, "t") == 1
        assert "location-shared" in hands.state.results[-1].fired
        assert await keys_to(hands, "e") + 1 == 2, "the name is typed, then enter"
        await hands.type("A picture")
        await hands.press("enter")
        assert "a-picture" in hands.state.scenarios


async def test_letters_that_come_in_one_burst_pick_who_and_what(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4")
        await hands.quickly("c", "a", "b", "m", "c", "l", "m", "m", "r", "b", "m", "a", "t")
        assert [each.event.event for each in hands.state.results] == [
            "conversation_created",
            "participant_added",
            "message_created",
            "message_created",
            "participant_removed",
            "message_created",
        ]
        types = [each.event.message.type for each in hands.state.results if each.event.message]
        assert types == ["location", "location", "text"]


async def test_what_is_no_letter_filters_who(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "c", "a")
        await hands.type("zzz")
        assert "Nothing found." in hands.inside("#picker-rows")
        await hands.press("ctrl+u")
        await hands.type("campaign")
        await hands.press("enter")
        assert hands.state.results[-1].event.participant.type == "connector"  # type: ignore[union-attr]
        await hands.press("m", "escape")
        assert hands.place == "simulator/play-rows"
        assert len(hands.state.results) == 2


async def test_nobody_joins_twice(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "c", "a", "c", "a", "c", "a", "f")
        names = [each.event.participant.name for each in hands.state.results]  # type: ignore[union-attr]
        assert names == ["Jane", "Ali", "Mei", "Night shift"]
        assert "already there" not in told(hands)


async def test_what_cannot_happen_is_said_in_words_of_the_app(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "m", "w")
        assert hands.toasts == [
            "Nothing has happened yet: c starts a conversation.",
            "Nothing has happened yet, so there is nothing to explain.",
        ]
        await hands.press("c", "c")
        assert not any("conversation_created" in toast or "c-1" in toast for toast in hands.toasts), hands.toasts


async def test_tab_goes_to_the_fields_of_the_pane_and_enter_writes(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "c")
        places = []
        for _ in range(5):
            await hands.press("tab")
            places.append(hands.place.split("/")[1])
        assert places == ["play-who", "play-name", "play-instance", "play-type", "play-text"]
        await hands.type("Is it open?")
        await hands.press("enter")
        assert "Contact Jane Is it open?" in told(hands)


async def test_braces_go_from_event_to_event(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "c", "m", "m", "m", "m")
        rows = hands.find("#play-rows", RowList)
        seen = []
        for key in ("left_curly_bracket", "left_curly_bracket", "left_curly_bracket", "right_curly_bracket"):
            await hands.press(key)
            seen.append((rows.current.number, rows.current.line))  # type: ignore[union-attr]
        assert seen == [(2, 0), (1, 0), (1, 0), (2, 0)]


async def test_the_cursor_takes_what_belongs_together_in_one_step(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.press("4", "c", "home")
        rows = hands.find("#play-rows", RowList)
        assert len(rows.band) > 1, "the first line is broken"
        await hands.press("j")
        assert rows.cursor == 2
        assert not rows.current.continues  # type: ignore[union-attr]
        await hands.press("k")
        assert rows.cursor == 0


async def test_the_result_of_the_edit_that_is_taken_stays_in_sight(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("location-shared")
        await hands.press("4", "c", "m", "m", "m", "m", "t")
        assert "Add Text in Location shared; undo takes it back." in hands.toasts
        assert "▶ Location shared" in hands.inside("#play-rows").split("10:02")[1]


async def test_explanations_have_the_words_of_the_form(sample: Path) -> None:
    from oncue.domain.vocabulary import CHANNEL_LABELS, EVENT_KINDS

    async with designer(sample) as hands:
        await hands.open_flow("campaign-start")
        await hands.press("4", "c", "a", "a", "m", "m", "w")
        said = told(hands)
        for slug in (*EVENT_KINDS, "participant_types", "message_types", "got ", "depends", "connector"):
            assert slug not in said
        for flow_id in hands.state.workspace.flows:
            assert f"▶ {flow_id}" not in said
        assert "wants Campaign" in said
        assert len(CHANNEL_LABELS) > 1


async def test_why_not_shows_those_that_did_not_run_at_once(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("location-shared")
        await hands.press("4", "c", "w")
        rows = hands.find("#play-rows", RowList)
        assert "Location shared" in "".join(text for text, _ in rows.current.spans), "the open flow is the first"  # type: ignore[union-attr]
        assert "✗ Location shared" in hands.inside("#play-rows")


async def test_there_are_rows_for_the_conversation_in_the_smallest_terminal(sample: Path) -> None:
    async with designer(sample, (50, 15)) as hands:
        await hands.press("4", "c")
        assert hands.find("#play-rows", RowList).size.height >= 4
        assert "Contact Jane" in hands.inside("#play-rows")
