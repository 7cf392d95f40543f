"""Complaints that people have about what happens in conversations, played, and the sentence that they should get.

Each test has the flows as somebody could have written them, what happens, and what oncue says: in the transcript, or
where it is not as expected.
"""

from tests.builders import CREATED, JANE, added, flow, message, removed, run_events, scripted, workspace

from oncue.cli.output.differences import difference_rows
from oncue.cli.output.scenario_output import text_pieces
from oncue.domain.checks import check_flow
from oncue.domain.events import Event, Participant
from oncue.domain.scenarios import ExpectedEffects, ScenarioEvent
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    UpdateContact,
)
from oncue.domain.workspace import Workspace

MONA = Participant(type="agent", name="Mona")
HELPER = Participant(type="bot", name="Helper")
IMPORTER = Participant(type="access_key", name="importer")


def transcript(where: Workspace, *events: ScenarioEvent) -> list[str]:
    """The rows of the transcript without their margins."""
    pieces = b"".join(text_pieces(run_events(where, *events), where)).decode()
    return [row.strip() for row in pieces.splitlines()]


def complaints(where: Workspace, *events: ScenarioEvent) -> list[str]:
    """Everything that is said about events that are not as expected."""
    found = run_events(where, *events).events
    return [row.strip() for each in found for row in difference_rows(each, where, found)]


# Flows that meet


def test_two_filters_assign_and_the_last_one_wins() -> None:
    where = workspace(
        flow("10-parts", "conversation_created", AssignAgent(agent="Stock")),
        flow("20-east", "conversation_created", AssignAgent(agent="Team East")),
    )
    rows = complaints(where, scripted(CREATED, expect=["10-parts"], expect_effects=ExpectedEffects(assignee="Stock")))
    assert "✗ 20-east started and was not expected" in rows
    assert rows[-1] == "✗ expected Stock to be responsible, not Team East"


def test_what_one_flow_sets_another_one_hears_of() -> None:
    where = workspace(
        flow("vip", "conversation_created", AssignAgent(agent="Mona"), by="contact"),
        flow("owner", "participant_added", AddNote(text="{{participant.name}} has it"), by="agent"),
    )
    rows = transcript(where, scripted(CREATED))
    at = rows.index("· assigned Mona, who joins")
    assert rows[at + 1 : at + 4] == ["● Agent Mona joined", "▶ owner (Owner)", '· noted "Mona has it"']


def test_what_a_flow_writes_is_no_answer_of_an_agent() -> None:
    where = workspace(
        flow("opened", "conversation_created", SendMessage(text="We opened a ticket for you."), by="agent"),
        flow("answered", "message_created", CloseConversation(), by="agent"),
    )
    started = ScenarioEvent(event="conversation_created", instance="wa", participant=MONA, expect=("opened",))
    (result,) = run_events(where, started).events
    assert result.ok
    assert not result.effects.closed


def test_what_the_interface_creates_sets_off_a_chain_with_a_loop_in_it() -> None:
    where = workspace(
        flow("assign", "conversation_created", AssignAgent(agent="Mona")),
        flow("hello", "participant_added", SendMessage(text="{{participant.name}} will help."), by="agent"),
        flow("night", "message_created", SendMessage(text="We sleep.")),
    )
    started = ScenarioEvent(
        event="conversation_created",
        instance="wa",
        participant=IMPORTER,
        expect=("assign",),
        expect_effects=ExpectedEffects(messages=()),
    )
    assert complaints(where, started) == [
        "✗ loop stopped: night → night; it was not expected",
        '✗ expected to send nothing, sent "Mona will help." and "We sleep."',
    ]


# Loops


def test_a_summary_of_links_summarises_itself_whatever_is_written() -> None:
    where = workspace(flow("links", "message_created", SendMessage(text="Link: {{message.text}}"), of="text"))
    rows = complaints(where, scripted(CREATED), scripted(message(MONA, "lunch?"), expect=[]))
    assert "✗ links started and was not expected" in rows
    assert "✗ loop stopped: links → links; it was not expected" in rows


def test_without_flows_among_those_that_it_listens_to_there_is_no_loop() -> None:
    summary = SendMessage(text="Link: {{message.text}}")
    where = workspace(flow("links", "message_created", summary, of="text", by={"contact", "agent", "bot"}))
    assert not complaints(where, scripted(CREATED), scripted(message(MONA, "lunch?"), expect=["links"]))


# Wishes that no trigger can have: conditions can, and no edit is offered that breaks what is wanted


def test_one_reply_for_several_messages() -> None:
    where = workspace(flow("reply", "message_created", SendMessage(text="We will write back."), by="contact"))
    rows = complaints(
        where,
        scripted(CREATED),
        scripted(message(text="1"), expect=["reply"]),
        scripted(message(text="2"), expect=[]),
    )
    assert [row for row in rows if row.startswith("to keep it off")] == [
        'to keep it off: set once_per = "conversation" in [when]',
        "to keep it off: set first_message = true in [when]",
    ]
    assert rows[-1] == "runs only sometimes in 26 cases where it ran always"
    assert not [row for row in rows if "message_types" in row and "to all but" in row]


def test_the_bot_is_silent_once_a_person_took_over() -> None:
    where = workspace(
        flow("bot", "message_created", SendMessage(text="I am a bot."), by="contact"),
        flow("over", "participant_added", RemoveParticipant(participant_type="bot"), by="agent"),
    )
    rows = complaints(
        where,
        scripted(CREATED),
        scripted(added(HELPER)),
        scripted(message(text="order"), expect=["bot"]),
        scripted(added(MONA), expect=["over"]),
        scripted(message(text="1234"), expect=[]),
    )
    assert 'to keep it off: set absent = ["agent"] in [when]' in rows
    assert not [row for row in rows if "to all but" in row]


def test_an_automatic_answer_to_an_automatic_answer_in_a_new_conversation() -> None:
    where = workspace(flow("reply", "conversation_created", SendMessage(text="We got it."), by="contact"))
    robot = Event(event="conversation_created", participant=Participant(type="contact", name="noreply"))
    rows = complaints(
        where,
        scripted(robot, conversation="a", expect=["reply"]),
        scripted(robot, conversation="b", expect=[]),
    )
    assert "no edit can keep it off: event 1 is alike" in rows[-1]


# What cannot happen, and what comes after the end


def test_only_replies_of_the_customer_and_again_after_the_end() -> None:
    where = workspace(
        flow("reply", "message_created", UpdateContact(attributes={"waits": "yes"}), by="contact"),
        flow("bye", "participant_removed", CloseConversation(), by="agent"),
        first_message_fires_message_created=False,
    )
    script = (
        scripted(CREATED),
        scripted(message(text="first"), expect=[]),
        scripted(added(MONA)),
        scripted(message(MONA, "hello"), expect=[]),
        scripted(message(text="thanks"), expect=["reply"]),
        scripted(removed(MONA), expect=["bye"]),
        scripted(message(text="once more"), expect=["reply"]),
    )
    assert not complaints(where, *script)
    rows = transcript(where, *script)
    assert "i belongs to the start of the conversation (first_message_fires_message_created = false)" in rows
    assert 'i opens the conversation again (message_in_closed_conversation = "reopens")' in rows


def test_a_platform_that_refuses_messages_after_the_end_says_what_to_do() -> None:
    where = workspace(
        flow("bye", "participant_removed", CloseConversation(), by="agent"), message_in_closed_conversation="refused"
    )
    (row,) = complaints(
        where, scripted(CREATED), scripted(added(MONA)), scripted(removed(MONA)), scripted(message(), expect=[])
    )
    assert row.startswith("✗ cannot happen: conversation c-1 is closed")
    assert "to start another one play conversation_created" in row


def test_a_question_after_the_end_is_not_sent() -> None:
    rate = SendMessage(text="How was it?")
    where = workspace(flow("rate", "participant_removed", CloseConversation(), rate, by="agent"))
    rows = transcript(where, scripted(CREATED), scripted(added(MONA)), scripted(removed(MONA)))
    assert "○ not sent: the conversation is closed" in rows


# Who comes and goes


def test_a_bot_is_removed_and_that_is_noted() -> None:
    where = workspace(
        flow("kick", "participant_added", RemoveParticipant(participant_type="bot"), by="bot"),
        flow("note", "participant_removed", AddNote(text="{{participant.name}} is out"), by="bot"),
    )
    rows = transcript(where, scripted(CREATED), scripted(added(HELPER)))
    at = rows.index("· removed Bot Helper")
    assert rows[at + 1 : at + 4] == ["● Bot Helper left", "▶ note (Note)", '· noted "Helper is out"']


def test_who_is_there_already_is_not_welcomed_again() -> None:
    where = workspace(flow("welcome", "participant_added", SendMessage(text="Welcome"), by="contact"))
    rows = transcript(where, scripted(CREATED), scripted(added(JANE)))
    assert "i already there, so nothing happened and no flow was started" in rows


def test_a_bot_that_is_added_first_is_released_when_a_person_takes_over() -> None:
    where = workspace(
        flow("first", "conversation_created", AddParticipant(participant_type="bot", name="Robin")),
        flow("queue", "participant_removed", AssignAgent(agent="Mona"), by="bot"),
    )
    robin = Participant(type="bot", name="Robin")
    rows = complaints(
        where,
        scripted(CREATED),
        scripted(removed(robin), expect_effects=ExpectedEffects(assignee=""), expect=["queue"]),
    )
    assert rows == ["✗ expected nobody to be responsible, not Mona"]


# Deliveries


def test_the_event_of_the_conversation_comes_after_that_of_the_message() -> None:
    forward = flow("crm", "conversation_created", AddNote(text="first: {{message.text}}"))
    where = workspace(forward, flow("away", "message_created", SendMessage(text="Away"), by="contact"))
    (problem,) = check_flow(forward, where.config)
    assert problem.message == "{{message.text}} is never filled: conversation_created has no message"
    wanted = ExpectedEffects(notes=("first: hello",))
    rows = complaints(
        where,
        scripted(CREATED, delivery="swapped", expect_effects=wanted),
        scripted(message(text="hello"), expect=["away"]),
    )
    assert rows == ['✗ expected to note "first: hello", noted "first: (unknown)"']
    after = transcript(where, scripted(CREATED, delivery="swapped"), scripted(message(text="hello")))
    assert after.index("▶ away (Away)") < after.index("▶ crm (Crm)")
    assert "i delivered late, 1 event after it happened" in after


def test_a_message_that_is_delivered_twice_is_answered_twice() -> None:
    where = workspace(flow("reply", "message_created", SendMessage(text="Thanks"), by="contact"))
    rows = complaints(
        where,
        scripted(CREATED),
        scripted(message(), delivery="twice", expect=["reply"], expect_effects=ExpectedEffects(messages=("Thanks",))),
    )
    assert rows == ['✗ expected to send "Thanks", sent "Thanks" and "Thanks"']
