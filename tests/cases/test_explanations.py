"""Complaints that people have about triggers, and the explanation that they should get.

Each test has a workspace as somebody could have written it, what happens there, and what oncue says about it: in words
that lead to the mend, and not to the next mistake.
"""

import json

from tests.builders import flow, run_events, scripted, workspace

from oncue.cli.output.differences import difference_rows
from oncue.cli.output.match_json import JsonAnswers
from oncue.cli.output.match_text import TextAnswers
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import AssignAgent, SendMessage
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

BERLIN = Instance(id="wa-berlin", channel="whatsapp", name="Berlin", external_ids=("whatsapp:+4915510000101",))
HAMBURG = Instance(id="wa-hamburg", channel="whatsapp", name="Hamburg", external_ids=("whatsapp:+4915510000102",))
SUPPORT = Instance(id="support", channel="email", name="Support")


def installed(*instances: Instance) -> WorkspaceConfig:
    return WorkspaceConfig(name="Case", instances=instances)


def happens(
    kind: EventKind, who: ParticipantType | None = None, what: MessageType | None = None, **place: str
) -> Event:
    message = Message(type=what) if what else None
    return Event(event=kind, participant=Participant(type=who, name="Kim"), message=message, **place)  # type: ignore[arg-type]


def explained(where: Workspace, event: Event) -> list[str]:
    return TextAnswers(where, True).of(event).decode().splitlines()


def advice(rows: list[str]) -> list[str]:
    return [row.strip() for row in rows if "to make it run" in row or "to keep it off" in row or "no edit" in row]


def unexpected(where: Workspace, *events: Event) -> list[str]:
    """What is said where the last of ``events`` should start nothing; they happen on the first instance."""
    here = where.config.instances[0].id
    scripts = [scripted(event, instance=here, message=event.message) for event in events[:-1]]
    scripts.append(scripted(events[-1], instance=here, message=events[-1].message, expect=[]))
    return difference_rows(run_events(where, *scripts).events[-1], where)


def on(channel: str, flow_id: str, event: EventKind, **narrowing: object) -> Flow:
    return flow(flow_id, event, SendMessage(text="Hello"), channel=channel, **narrowing)  # type: ignore[arg-type]


# It runs and should not


def test_a_welcome_comes_twice_because_the_bot_joins_too() -> None:
    where = workspace(on("email", "welcome", "participant_added"), config=installed(SUPPORT))
    rows = unexpected(where, happens("conversation_created", "contact"), happens("participant_added", "bot"))
    assert "✗ welcome started and was not expected" in rows
    assert "      ✓ open   participant_types  bot (anybody)" in rows
    assert advice(rows) == ['to keep it off: set participant_types to all but "bot"']


def test_a_bot_is_removed_from_those_that_are_welcomed() -> None:
    who = {"contact", "agent", "bot"}
    where = workspace(on("email", "welcome", "participant_added", by=who), config=installed(SUPPORT))
    rows = unexpected(where, happens("conversation_created", "contact"), happens("participant_added", "bot"))
    assert advice(rows) == ['to keep it off: remove "bot" from participant_types']


def test_a_follow_up_reply_goes_to_agents_who_answer_by_mail() -> None:
    where = workspace(on("email", "follow-up", "message_created"), config=installed(SUPPORT))
    started = happens("conversation_created", "contact")
    rows = unexpected(where, started, happens("message_created", "agent", "html"))
    assert rows[:2] == ["expected  nothing", "started   follow-up"]
    assert "      ✓ open   participant_types  agent (anybody)" in rows
    first, second = advice(rows)
    assert first == 'to keep it off: set participant_types to all but "agent"'
    assert second == 'to keep it off: set message_types to all but "html"'
    after = rows.index(f"      {first}") + 1
    assert rows[after].strip().startswith("no longer runs in 51 other cases, such as: an agent sends a")


def test_everybody_is_assigned_also_what_the_interface_creates() -> None:
    assign = flow("assign", "conversation_created", AssignAgent(agent="Mona"), channel="email")
    rows = unexpected(workspace(assign, config=installed(SUPPORT)), happens("conversation_created", "access_key"))
    assert "      ✓ open   participant_types  access_key (anybody)" in rows
    assert advice(rows)[0] == 'to keep it off: set participant_types to all but "access_key"'


def test_a_summary_answers_itself() -> None:
    summary = on("email", "summary", "message_created", of="text", by={"contact", "flow"})
    rows = unexpected(
        workspace(summary, config=installed(SUPPORT)),
        happens("conversation_created", "contact"),
        happens("message_created", "flow", "text"),
    )
    assert advice(rows) == ['to keep it off: remove "flow" from participant_types']


def test_a_chat_without_department_rings_everybody() -> None:
    where = workspace(
        on("whatsapp", "berlin", "conversation_created", instance="wa-berlin"),
        on("whatsapp", "everybody", "conversation_created"),
        config=installed(BERLIN, HAMBURG),
    )
    rows = explained(where, happens("conversation_created", "access_key", channel="whatsapp"))
    assert "  ✓ runs          everybody  Everybody" in rows
    assert "      ✓ open   instance           not stated by the event (every instance)" in rows
    assert "      ✗ fails  instance           not stated by the event, expected wa-berlin" in rows
    assert advice(rows) == [
        'to keep it off: set participant_types to all but "access_key"',
        "to make it run: remove instance (then it runs on every instance of WhatsApp)",
    ]


# It does not run and should


def test_conversations_that_the_interface_creates_are_not_routed() -> None:
    where = workspace(on("email", "route", "conversation_created", by="contact"), config=installed(SUPPORT))
    event = happens("conversation_created", "access_key")
    (result,) = run_events(where, scripted(event, instance="support", expect=["route"])).events
    rows = difference_rows(result, where)
    assert "      ✗ fails  participant_types  access_key, expected contact" in rows
    assert advice(rows) == ['to make it run: add "access_key" to participant_types']
    assert rows[-1].strip() == ("also runs in 1 other case, such as: an API key starts a conversation on Email")


def test_messages_that_are_written_on_the_phone_are_channel_echoes() -> None:
    where = workspace(on("whatsapp", "menu", "message_created", by="contact"), config=installed(BERLIN))
    rows = explained(where, happens("message_created", "channel", "text", instance="wa-berlin"))
    assert "      ✗ fails  participant_types  channel, expected contact" in rows
    assert advice(rows) == ['to make it run: add "channel" to participant_types']


def test_two_bots_and_events_that_do_not_say_which() -> None:
    """The consequence of the only edit is the fault itself, so it is said."""
    gates = Instance(id="gates-bot", channel="telegram", name="Gates")
    lights = Instance(id="lights-bot", channel="telegram", name="Lights")
    where = workspace(
        on("telegram", "gates", "message_created", instance="gates-bot"),
        on("telegram", "lights", "message_created", instance="lights-bot"),
        config=installed(gates, lights),
    )
    rows = explained(where, happens("message_created", "contact", "text", channel="telegram"))
    assert "  ✗ no flow runs" in rows
    assert "      ✗ fails  instance           not stated by the event, expected gates-bot" in rows
    assert set(advice(rows)) == {"to make it run: remove instance (then it runs on every instance of Telegram)"}
    assert not [row for row in rows if "about the event" in row]


# The event is at fault


def at_fault(**place: str) -> list[str]:
    where = workspace(
        on("whatsapp", "berlin", "message_created", instance="wa-berlin"), config=installed(BERLIN, SUPPORT)
    )
    rows = explained(where, happens("message_created", "contact", "text", **place))
    assert advice(rows) == ["no edit can make it run: the event states no place of this workspace"]
    answer = json.loads(JsonAnswers(where, True).of(happens("message_created", "contact", "text", **place)))
    assert answer["missed"][0]["edits"] == []
    assert all(meant in ("whatsapp", "email", "wa-berlin") for each in answer["findings"] for meant in each["meant"])
    return [rows[0], *(row.strip() for row in rows if "about the event" in row)]


def test_the_number_is_stated_as_nobody_installed_it() -> None:
    assert at_fault(channel="whatsapp", instance="+4915510000101") == [
        "Contact Kim sent a text message on WhatsApp · +4915510000101 (not installed)",
        "! about the event: no instance is called '+4915510000101'; 'wa-berlin' has 'whatsapp:+4915510000101': "
        "if that is meant, add the name to its external_ids",
    ]


def test_the_next_number_is_not_meant() -> None:
    assert at_fault(channel="whatsapp", instance="+4915510000102")[1:] == [
        "! about the event: no instance is called '+4915510000102'; WhatsApp has: wa-berlin"
    ]


def test_the_channel_is_misspelt() -> None:
    assert at_fault(channel="whats-app", instance="wa-berlin")[1:] == [
        "! about the event: no channel 'whats-app' is installed here; did you mean 'whatsapp'?"
    ]


def test_the_channel_is_stated_by_its_label() -> None:
    head, finding = at_fault(channel="WhatsApp", instance="wa-berlin")
    assert head == 'Contact Kim sent a text message on an unknown channel "WhatsApp" · Berlin (which is on WhatsApp)'
    assert finding == "! about the event: 'WhatsApp' is not the slug of a channel; did you mean 'whatsapp'?"


def test_the_instance_is_stated_in_capitals() -> None:
    assert at_fault(channel="whatsapp", instance="WA-Berlin")[0].endswith("WhatsApp · WA-Berlin (not installed)")


def test_the_event_contradicts_itself() -> None:
    assert at_fault(channel="email", instance="wa-berlin")[1:] == [
        "! about the event: the event contradicts itself: 'wa-berlin' is on 'whatsapp', not on 'email'"
    ]


def test_a_place_that_is_at_fault_does_not_hide_what_else_is_missing() -> None:
    where = workspace(on("whatsapp", "menu", "message_created", by="agent"), config=installed(BERLIN))
    rows = explained(where, happens("message_created", "contact", "text", channel="whatsapp", instance="gone"))
    assert advice(rows) == ['to make it run: add "contact" to participant_types']


def test_a_capture_that_states_only_the_instance_is_on_its_channel() -> None:
    where = workspace(on("whatsapp", "berlin", "message_created", instance="wa-berlin"), config=installed(BERLIN))
    rows = explained(where, happens("message_created", "contact", "text", instance="whatsapp:+4915510000101"))
    assert rows[:2] == ["Contact Kim sent a text message on WhatsApp · Berlin", "  ✓ runs          berlin  Berlin"]
