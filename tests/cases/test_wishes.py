"""Complaints of people who wished for a condition, a step or time, as flows that do what they wished.

Each test plays what happened. With the conditions it is as they wanted it; without them, it is what they complained
of. Where oncue cannot do what they wished, the test says what it shows instead.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import CREATED, JANE, added, flow, message, removed, run_events, scripted, workspace

from oncue.cli.output.differences import difference_rows
from oncue.cli.output.scenario_output import text_pieces
from oncue.domain.conditions import When
from oncue.domain.events import Event, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.scenarios import ExpectedEffects, ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    Unassign,
    Wait,
)
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

MONA = Participant(type="agent", name="Mona")
HELPER = Participant(type="bot", name="Helper")
IMPORTER = Participant(type="access_key", name="importer")
DAEMON = Participant(type="contact", name="Mail Delivery")
REPLY = SendMessage(text="We will write back.")


def when(each: Flow, **lines: Any) -> Flow:
    """``each`` with these conditions."""
    return replaced(each, when=When(**lines))


def writing_as(kind: str) -> WorkspaceConfig:
    """One number on which flows write as participants of ``kind``."""
    here = Instance(id="wa", channel="whatsapp", name="Support", flows_write_as=kind)  # type: ignore[arg-type]
    return WorkspaceConfig(name="Case", instances=(here,))


def complaints(where: Workspace, *events: ScenarioEvent) -> list[str]:
    found = run_events(where, *events).events
    return [row.strip() for each in found for row in difference_rows(each, where, found)]


def transcript(where: Workspace, *events: ScenarioEvent) -> list[str]:
    return [row.strip() for row in b"".join(text_pieces(run_events(where, *events), where)).decode().splitlines()]


def prevented(where: Workspace, *events: ScenarioEvent) -> bool:
    """Whether all is as wished with the conditions, and each flow that has some does something else without them."""
    assert complaints(where, *events) == []
    conditional = [each for each in where.flows.values() if each.when is not None]
    assert conditional
    for each in conditional:
        assert complaints(where.with_flow(replaced(each, when=None)), *events), each.id
    return True


# What is written


def test_one_of_two_filters_takes_the_request() -> None:
    invoices = ("invoice*", "order*")
    purchasing = flow("10-purchasing", "message_created", AssignTeam(team="Purchasing"), by="contact")
    north = flow("20-north", "message_created", AssignTeam(team="North"), by="contact")
    to_north = ExpectedEffects(assignee="North")
    assert prevented(
        workspace(when(purchasing, text_any=invoices), when(north, text_none=invoices)),
        scripted(CREATED),
        scripted(message(text="Two Invoices, please"), expect=["10-purchasing"]),
        scripted(message(text="The door sticks"), expect=["20-north"], expect_effects=to_north),
    )


def test_flows_that_ask_that_nobody_is_responsible_are_decided_together() -> None:
    where = workspace(
        when(flow("10-parts", "conversation_created", AssignTeam(team="Parts")), responsible="nobody"),
        when(flow("20-north", "conversation_created", AssignTeam(team="North")), responsible="nobody"),
    )
    rows = complaints(where, scripted(CREATED, expect=["10-parts"]))
    assert "✗ 20-north started and was not expected" in rows


LINKS = SendMessage(text="Ticket: a crash at start")


def test_only_messages_with_a_link_are_summarised() -> None:
    links = flow("links", "message_created", LINKS, by={"contact", "agent"})
    assert prevented(
        workspace(when(links, text_any=("https://trac.example*",))),
        scripted(CREATED),
        scripted(message(MONA, "lunch?"), expect=[]),
        scripted(message(MONA, "see https://trac.example/ticket/5"), expect=["links"]),
    )


@pytest.mark.parametrize("kind", ["bot", "agent"])
def test_a_flow_that_the_channel_shows_as_somebody_else_does_not_answer_itself(kind: str) -> None:
    """It is no loop where flows write as flows; here it is found, and a condition ends it."""
    links = flow("links", "message_created", LINKS, by={"contact", "agent", "bot"})
    script = scripted(CREATED), scripted(message(MONA, "see ticket 5"), expect=["links"])
    assert complaints(workspace(links), *script) == []
    assert "✗ loop stopped: links → links; it was not expected" in complaints(
        workspace(links, config=writing_as(kind)), *script
    )
    assert prevented(workspace(when(links, text_none=("Ticket: a",)), config=writing_as(kind)), *script)


def test_bounces_and_automatic_answers_are_not_answered() -> None:
    automatic = ("undelivered*", "out of office", "automatic reply")
    assert prevented(
        workspace(when(flow("reply", "message_created", REPLY, by="contact"), text_none=automatic)),
        scripted(CREATED),
        scripted(message(text="please help"), expect=["reply"]),
        scripted(message(DAEMON, "Undelivered mail returned to sender"), expect=[]),
        scripted(message(text="Out  of Office: back on Monday"), expect=[]),
    )


def test_a_start_word_begins_the_conversation_with_the_bot() -> None:
    assert prevented(
        workspace(when(flow("menu", "message_created", REPLY, by="contact"), text_starts=("menu", "hello bot"))),
        scripted(CREATED),
        scripted(message(text="Good morning"), expect=[]),
        scripted(message(text="Where is the menu?"), expect=[]),
        scripted(message(text="MENU please"), expect=["menu"]),
    )


# Who is there, who is responsible, who began


def test_the_bot_is_silent_once_a_person_took_over() -> None:
    bot = flow("bot", "message_created", SendMessage(text="I am a bot."), by="contact")
    over = flow("over", "participant_added", RemoveParticipant(participant_type="bot"), by="agent")
    assert prevented(
        workspace(when(bot, present={"bot"}, absent={"agent"}), over),
        scripted(CREATED),
        scripted(added(HELPER)),
        scripted(message(text="order"), expect=["bot"]),
        scripted(added(MONA), expect=["over"]),
        scripted(message(text="1234"), expect=[]),
    )


def test_a_bot_that_is_responsible_answers_until_it_hands_over() -> None:
    first = flow("first", "conversation_created", AssignAgent(agent="Robin", participant_type="bot"))
    answers = flow("answers", "message_created", SendMessage(text="I am Robin."), by="contact")
    hand_over = flow("hand-over", "message_created", Unassign(), AssignTeam(team="Queue"), by="contact")
    assert prevented(
        workspace(first, when(answers, responsible="Robin"), when(hand_over, text_any=("person", "human"))),
        scripted(CREATED, expect=["first"], expect_effects=ExpectedEffects(assignee="Robin")),
        scripted(message(text="hi"), expect=["answers"]),
        scripted(message(text="a human!"), expect=["answers", "hand-over"]),
        scripted(message(text="hello?"), expect=[], expect_effects=ExpectedEffects(assignee="Queue", messages=())),
    )


def test_a_bot_that_is_responsible_is_released_when_it_leaves() -> None:
    where = workspace(
        flow("first", "conversation_created", AssignAgent(agent="Robin", participant_type="bot")),
        flow("queue", "participant_removed", AssignTeam(team="Queue"), by="bot"),
    )
    robin = Participant(type="bot", name="Robin")
    assert not complaints(
        where,
        scripted(CREATED, expect_effects=ExpectedEffects(assignee="Robin")),
        scripted(removed(robin), expect=["queue"], expect_effects=ExpectedEffects(assignee="Queue")),
    )


def test_who_was_written_to_first_is_left_alone() -> None:
    """A person of the company started the conversation, so the bot does not answer."""
    started = Event(event="conversation_created", participant=MONA)
    assert prevented(
        workspace(when(flow("bot", "message_created", REPLY, by="contact"), started_by={"contact"})),
        scripted(CREATED, conversation="theirs"),
        scripted(message(), conversation="theirs", expect=["bot"]),
        scripted(started, conversation="ours"),
        scripted(message(), conversation="ours", expect=[]),
    )


def test_what_the_interface_creates_is_greeted_once_the_contact_has_written() -> None:
    assign = flow("assign", "conversation_created", AssignAgent(agent="Mona"))
    hello = flow("hello", "participant_added", SendMessage(text="{{participant.name}} will help."), by="agent")
    night = flow("night", "message_created", SendMessage(text="We sleep."), by="contact")
    created = Event(event="conversation_created", participant=IMPORTER)
    assert prevented(
        workspace(assign, when(hello, started_by={"contact"}), when(night, first_message=True)),
        scripted(created, expect=["assign"], expect_effects=ExpectedEffects(messages=())),
        scripted(message(), expect=["night"], expect_effects=ExpectedEffects(messages=("We sleep.",))),
        scripted(message(), expect=[]),
    )


# After the end


def test_a_reopened_conversation_goes_to_the_bot_again() -> None:
    robin = AssignAgent(agent="Robin", participant_type="bot")
    back = flow("back", "message_created", robin, AddLabel(label="back"), by="contact")
    assert prevented(
        workspace(
            when(back, reopened=True),
            flow("bye", "participant_removed", CloseConversation(), by="agent"),
        ),
        scripted(CREATED),
        scripted(message(), expect=[]),
        scripted(added(MONA)),
        scripted(removed(MONA), expect=["bye"], expect_effects=ExpectedEffects(closed=True, assignee="")),
        scripted(message(), expect=["back"], expect_effects=ExpectedEffects(assignee="Robin", labels=("back",))),
    )


# How often


def test_one_reply_for_several_messages() -> None:
    reply = when(flow("reply", "message_created", REPLY, by="contact"), once_per="conversation")
    once = ExpectedEffects(messages=(REPLY.text,))
    assert prevented(
        workspace(reply),
        scripted(CREATED),
        scripted(message(text="1"), delivery="twice", expect=["reply"], expect_effects=once),
        scripted(message(text="2"), expect=[]),
        scripted(message(text="3"), after="7d", expect=[]),
    )


def test_one_reply_a_day() -> None:
    assert prevented(
        workspace(when(flow("reply", "message_created", REPLY, by="contact"), once_per="day")),
        scripted(CREATED),
        scripted(message(text="1"), expect=["reply"]),
        scripted(message(text="2"), after="13h", expect=[]),
        scripted(message(text="3"), after="1h", expect=["reply"]),
    )


def test_one_reply_in_four_hours() -> None:
    assert prevented(
        workspace(when(flow("reply", "message_created", REPLY, by="contact"), cooldown="4h")),
        scripted(CREATED),
        scripted(message(text="1"), expect=["reply"]),
        scripted(message(text="2"), after="3h", expect=[]),
        scripted(message(text="3"), after="1h", expect=["reply"]),
    )


def test_a_mailbox_that_answers_each_answer_in_a_new_conversation_is_answered_once() -> None:
    robot = Event(event="conversation_created", participant=Participant(type="contact", name="noreply"))
    assert prevented(
        workspace(when(flow("reply", "conversation_created", REPLY, by="contact"), once_per="contact")),
        scripted(robot, conversation="a", expect=["reply"]),
        scripted(robot, conversation="b", expect=[]),
        scripted(CREATED, conversation="c", expect=["reply"]),
        scripted(robot, conversation="d", after="30d", expect=[]),
    )


# Time


def test_departments_have_their_own_hours() -> None:
    config = WorkspaceConfig(
        name="Case",
        instances=(
            Instance(id="sales", channel="whatsapp", name="Sales"),
            Instance(id="parts", channel="whatsapp", name="Parts"),
        ),
        hours=(
            Hours(id="sales", timezone="Europe/Berlin", from_="09:00", to="17:00", days=frozenset({"mon"})),
            Hours(id="parts", timezone="Europe/Berlin", from_="20:00", to="04:00", days=frozenset({"mon"})),
        ),
    )
    away = [
        when(flow(f"{each}-away", "conversation_created", REPLY, instance=each), outside_hours=(each,))
        for each in ("sales", "parts")
    ]

    def starts(instance: str, day: int, hour: int, *expected: str) -> ScenarioEvent:
        at = datetime(2026, 3, day, hour, 30, tzinfo=UTC)
        return scripted(CREATED, instance=instance, conversation=f"{instance}-{day}-{hour}", at=at, expect=expected)

    assert prevented(
        workspace(*away, config=config),
        starts("sales", 23, 7, "sales-away"),
        starts("sales", 23, 8),
        starts("parts", 23, 8, "parts-away"),
        starts("parts", 23, 20),
        starts("parts", 24, 2),  # until four in the morning of the next day
        starts("parts", 24, 3, "parts-away"),
        starts("sales", 30, 7),  # an hour earlier, as summer time has begun
    )


def test_a_welcome_comes_some_seconds_later() -> None:
    where = workspace(flow("welcome", "participant_added", Wait(for_="5s"), SendMessage(text="Welcome!"), by="contact"))
    tom = Participant(type="contact", name="Tom")
    script = (
        scripted(CREATED),
        scripted(added(tom)),
        scripted(message(tom, "hi"), after="3s"),
        scripted(message(tom), after="3s"),
    )
    rows = transcript(where, *script)
    sent = rows.index('· sent "Welcome!"')
    wrote = [number for number, row in enumerate(rows) if "● Contact Tom wrote" in row]
    assert wrote[0] < sent < wrote[1]
    assert "· waits 5 seconds" in rows


def test_a_question_that_nobody_answers_is_brought_up_a_day_later() -> None:
    remind = flow("remind", "message_created", Wait(for_="24h"), AddNote(text="Still open?"), by="contact")
    where = workspace(when(remind, once_per="conversation"))
    rows = transcript(
        where, scripted(CREATED), scripted(message()), scripted(message(), after="23h"), scripted(message(), after="2h")
    )
    assert rows.count('· noted "Still open?"') == 1
    assert rows.index('· noted "Still open?"') < max(number for number, row in enumerate(rows) if "Jane wrote" in row)


def test_a_question_is_asked_before_the_end_and_not_after_it() -> None:
    ask = SendMessage(text="How was it?")
    where = workspace(flow("rate", "participant_removed", ask, Wait(for_="1h"), CloseConversation(), by="agent"))
    assert not complaints(
        where,
        scripted(CREATED),
        scripted(added(MONA)),
        scripted(removed(MONA), expect_effects=ExpectedEffects(messages=("How was it?",), closed=True)),
        scripted(message(text="Good!"), after="10m"),
    )


# What still cannot be said


def test_who_removed_somebody_is_not_known() -> None:
    """The participant of *Participant removed* is who left."""
    where = workspace(flow("kicked", "participant_removed", AddNote(text="{{participant.name}} is out"), by="bot"))
    rows = transcript(where, scripted(CREATED), scripted(added(HELPER)), scripted(removed(HELPER)))
    assert '· noted "Helper is out"' in rows


def test_people_of_an_import_have_not_joined_until_they_write() -> None:
    """No event comes of an import. Who is there by it is welcomed with the first message."""
    where = workspace(flow("welcome", "participant_added", SendMessage(text="Welcome!"), by="contact"))
    tom = Participant(type="contact", name="Tom")
    rows = transcript(where, scripted(CREATED), scripted(message(JANE)), scripted(message(tom)))
    assert rows.count('· sent "Welcome!"') == 1
    assert rows.index("● Contact Tom joined") < rows.index('· sent "Welcome!"')
