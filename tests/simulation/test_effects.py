"""Each step type: what it does, what it causes, and when it can do nothing."""

from typing import get_type_hints

import pytest
from tests.builders import (
    ANNA,
    BEN,
    CREATED,
    JANE,
    ROBIN,
    WA,
    conversation,
    flow,
    message,
    play,
    removed,
    rows,
    transcript_of,
    workspace,
)

from oncue.domain.conversations import Conversation, Team
from oncue.domain.events import Event, Participant
from oncue.domain.placeholders import ATTRIBUTE, PLACEHOLDERS
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
    new_step,
)
from oncue.domain.values import replaced
from oncue.domain.vocabulary import ParticipantType
from oncue.domain.workspace import WorkspaceConfig
from oncue.simulation.effects import EFFECTS, LONGEST, Effect, Run, effect_of, placeholder_values

EVENT = Event(event="message_created", channel="whatsapp", instance="wa", conversation="c-1", participant=JANE)
NAMELESS = Event(event="message_created", participant=Participant(type="contact"))
AGENTS: frozenset[ParticipantType] = frozenset({"agent"})
EVE = Participant(type="agent", name="Eve")
NOBODY = conversation()
THERE = conversation(JANE, ANNA, BEN, responsible=ANNA)
CLOSED = conversation(JANE, ANNA, open=False)
NORTH = conversation(JANE, responsible=Team("North"), labels=("vip", "caf\u00e9"))
TAGGED_AND_CLOSED = CLOSED._replace(labels=("vip",), responsible=ANNA)


def effect(step: Step, now: Conversation = THERE, event: Event = EVENT) -> Effect:
    return effect_of(step, Run(flow("greet", "message_created", step), event, workspace().config), now)


# Step, conversation, words, what of the conversation is different afterwards.
DONE: list[tuple[Step, Conversation, str, dict[str, object]]] = [
    (SendMessage(text="Hi"), THERE, 'sent "Hi"', {"messages": 1, "last_message": "Hi"}),
    (SendMessage(text="Hi", message_type="image"), THERE, 'sent (Image) "Hi"', {"messages": 1, "last_message": "Hi"}),
    (AssignAgent(agent="Ben"), THERE, "assigned Ben", {"responsible": BEN}),
    (AssignAgent(agent="Eve"), NOBODY, "assigned Eve, who joins",
     {"responsible": EVE, "participants": (EVE,)}),
    (AssignAgent(agent="Robin", participant_type="bot"), NOBODY, "assigned Robin, who joins",
     {"responsible": ROBIN, "participants": (ROBIN,)}),
    (AssignAgent(agent="Anna"), conversation(ANNA, responsible=Team("North")), "assigned Anna", {"responsible": ANNA}),
    (AssignTeam(team="North"), THERE, "assigned team North", {"responsible": Team("North")}),
    (Unassign(), THERE, "unassigned Agent Anna", {"responsible": None}),
    (Unassign(), NORTH, "unassigned team North", {"responsible": None}),
    (Unassign(), TAGGED_AND_CLOSED, "unassigned Agent Anna", {"responsible": None}),
    (AddLabel(label="{{participant.name}}"), NORTH, "added the label Jane", {"labels": ("vip", "caf\u00e9", "Jane")}),
    (AddLabel(label="late"), CLOSED, "added the label late", {"labels": ("late",)}),
    (RemoveLabel(label="cafe\u0301"), NORTH, "removed the label cafe\u0301", {"labels": ("vip",)}),
    (RemoveLabel(label="vip"), TAGGED_AND_CLOSED, "removed the label vip", {"labels": ()}),
    (Wait(for_="10m"), THERE, "waits 10 minutes", {}),
    (ReopenConversation(), CLOSED, "opened the conversation again", {"open": True}),
    (AddNote(text="N"), THERE, 'noted "N"', {"notes": 1}),
    (AddNote(text="N"), CLOSED, 'noted "N"', {"notes": 1}),
    (NotifyParticipants(text="T"), THERE, 'notified Contact Jane, Agent Anna and Agent Ben: "T"', {}),
    (NotifyParticipants(text="T", participant_types=AGENTS), THERE, 'notified Agent Anna and Agent Ben: "T"', {}),
    (UpdateContact(attributes={"vip": True, "n": 2}), THERE, "set vip = true, n = 2 of the contact",
     {"attributes": {"vip": True, "n": 2}}),
    (AddParticipant(participant_type="bot", name="Robin"), NOBODY, "added Bot Robin", {"participants": (ROBIN,)}),
    (RemoveParticipant(participant_type="agent", name="Ben"), THERE, "removed Agent Ben",
     {"participants": (JANE, ANNA)}),
    (RemoveParticipant(participant_type="agent"), THERE, "removed Agent Anna and Agent Ben",
     {"participants": (JANE,), "responsible": None}),
    (CloseConversation(), THERE, "closed the conversation", {"open": False, "closed_before": True}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "now", "words", "changes"), DONE)
def test_what_a_step_does(step: Step, now: Conversation, words: str, changes: dict[str, object]) -> None:
    assert effect(step, now)[:2] == (words, now._replace(**changes))  # type: ignore[arg-type]
    assert effect(step, now).done


def test_every_step_type_is_among_them() -> None:
    assert {step.type for step, *_ in DONE} == set(STEP_TYPES)


def test_every_kind_of_step_has_the_effect_that_is_made_for_it() -> None:
    assert set(EFFECTS) == set(STEP_TYPES)
    for kind, function in EFFECTS.items():
        assert get_type_hints(function)["step"] is type(new_step(kind))


@pytest.mark.parametrize(
    ("step", "now", "words"),
    [
        (SendMessage(text="Hi"), CLOSED, "not sent: the conversation is closed"),
        (AssignAgent(agent="Ben"), CLOSED, "Ben not assigned: the conversation is closed"),
        (AssignAgent(agent="Anna"), THERE, "Anna is responsible already"),
        (NotifyParticipants(text="T"), NOBODY, "notified nobody: nobody is there"),
        (NotifyParticipants(text="T", participant_types=AGENTS), NOBODY, "notified nobody: no Agent is there"),
        (
            NotifyParticipants(text="T", participant_types=frozenset()),
            THERE,
            "notified nobody: the list of types is empty",
        ),
        (UpdateContact(attributes={}), THERE, "nothing to set"),
        (AddParticipant(participant_type="bot", name="R"), CLOSED, "Bot R not added: the conversation is closed"),
        (AddParticipant(participant_type="agent", name="Ben"), THERE, "Agent Ben is there already"),
        (RemoveParticipant(participant_type="bot"), THERE, "Bot not removed: not there"),
        (RemoveParticipant(participant_type="agent", name="Eve"), THERE, "Agent Eve not removed: not there"),
        (CloseConversation(), CLOSED, "nothing to close: the conversation is closed"),
        (ReopenConversation(), THERE, "nothing to reopen: the conversation is open"),
        (AssignTeam(team="North"), CLOSED, "team North not assigned: the conversation is closed"),
        (AssignTeam(team="North"), NORTH, "team North is responsible already"),
        (AssignTeam(team=" "), THERE, "no team assigned: the name is empty"),
        (AssignTeam(team="{{participant.id}}"), NOBODY, "no team assigned: {{participant.id}} is not set"),
        (Unassign(), NOBODY, "nobody is responsible already"),
        (Wait(for_="soon"), THERE, "does not wait: soon is no duration"),
        (Wait(for_=""), THERE, "does not wait: an empty text is no duration"),
        (AddLabel(label="vip"), NORTH, "the label vip is on it already"),
        (AddLabel(label=""), NORTH, "no label added: the label is empty"),
        (RemoveLabel(label="new"), NORTH, "the label new not removed: it is not there"),
        (RemoveLabel(label=""), NORTH, "no label removed: the label is empty"),
    ],
)
def test_a_step_that_can_do_nothing_says_why(step: Step, now: Conversation, words: str) -> None:
    event = EVENT if now is not NOBODY else NAMELESS
    assert effect(step, now, event) == Effect(words, now, (), done=False)


@pytest.mark.parametrize(
    ("step", "caused"),
    [
        (SendMessage(text="Hi", message_type="gif"), [("message_created", "flow", "Greet")]),
        (AssignAgent(agent="Eve"), [("participant_added", "agent", "Eve")]),
        (AssignAgent(agent="Robin", participant_type="bot"), [("participant_added", "bot", "Robin")]),
        (AssignAgent(agent="Ben"), []),
        (AssignTeam(team="North"), []),
        (AddLabel(label="vip"), []),
        (AddNote(text="x"), []),
        (NotifyParticipants(text="x"), []),
        (UpdateContact(attributes={"a": 1}), []),
        (AddParticipant(participant_type="bot", name="R"), [("participant_added", "bot", "R")]),
        (RemoveParticipant(participant_type="agent"),
         [("participant_removed", "agent", "Anna"), ("participant_removed", "agent", "Ben")]),
        (CloseConversation(), []),
    ],
)  # fmt: skip
def test_what_a_step_causes(step: Step, caused: list[tuple[str, str, str]]) -> None:
    events = effect(step).events
    found = [(each.event, each.participant.type, each.participant.name) for each in events if each.participant]
    assert found == caused
    assert all((each.channel, each.instance, each.conversation) == ("whatsapp", "wa", "c-1") for each in events)


def test_a_team_stays_responsible_whoever_leaves_and_an_agent_does_not() -> None:
    everybody = RemoveParticipant(participant_type="contact")
    assert effect(everybody, NORTH).conversation.assignee == "North"
    assert effect(RemoveParticipant(participant_type="agent"), THERE).conversation.assignee is None


def test_an_agent_and_a_bot_of_one_name_are_two() -> None:
    both = conversation(Participant(type="bot", name="Anna"), ANNA)
    assert effect(AssignAgent(agent="Anna"), both).conversation.responsible == ANNA
    bot = effect(AssignAgent(agent="Anna", participant_type="bot"), both).conversation.responsible
    assert bot == Participant(type="bot", name="Anna")


def test_a_label_and_a_team_are_part_of_how_the_conversation_stands() -> None:
    assert (
        len({each.standing for each in (THERE, NORTH, NORTH._replace(labels=()), NORTH._replace(responsible=None))})
        == 4
    )
    assert NORTH.standing == NORTH._replace(labels=("caf\u00e9", "vip")).standing


@pytest.mark.parametrize(("written_as", "words"), [("bot", "Bot Greet wrote"), ("flow", "Flow Greet wrote")])
def test_a_message_is_by_whom_the_channel_shows_it_as(written_as: ParticipantType, words: str) -> None:
    config = WorkspaceConfig(name="W", instances=(replaced(WA, flows_write_as=written_as),))
    where = workspace(flow("greet", "conversation_created", SendMessage(text="Hi")), config=config)
    assert words in transcript_of(where, CREATED)


def test_agents_are_known_by_id_too_and_kept_by_name() -> None:
    carl = Participant(type="agent", id="a-9", name="Carl")
    assert effect(AssignAgent(agent="a-9"), conversation(carl)).conversation.assignee == "Carl"


@pytest.mark.parametrize("name", [*(name for name in PLACEHOLDERS if name != ATTRIBUTE), "contact.plan"])
def test_every_placeholder_is_filled(name: str) -> None:
    now = THERE._replace(attributes={"plan": "pro"})
    assert effect(AddNote(text=f"{{{{{name}}}}}!"), now).words not in ('noted "!"', f'noted "{{{{{name}}}}}!"')


def test_placeholders_hold_what_the_event_and_the_conversation_say() -> None:
    spoken = Event(event="message_created", participant=JANE, message=message(text="{{flow.id}}").message)
    values = placeholder_values(Run(flow("greet", "message_created"), spoken, workspace().config), THERE)
    assert values == {
        "participant.name": "Jane",
        "participant.type": "contact",
        "participant.id": "p-1",
        "conversation.id": "c-1",
        "conversation.channel": "WhatsApp",
        "conversation.instance": "Support",
        "conversation.assignee": "Anna",
        "conversation.team": None,
        "conversation.labels": None,
        "conversation.last_message": None,
        "message.text": "{{flow.id}}",
        "message.type": "text",
        "flow.id": "greet",
        "flow.name": "Greet",
    }
    assert effect(AddNote(text="{{message.text}}"), event=spoken).words == 'noted "{{flow.id}}"'


def test_an_agent_who_joins_can_be_given_a_summary() -> None:
    summary = "{{conversation.last_message}} [{{conversation.labels}}] {{conversation.team}}, {{contact.plan}} "
    summary += "{{contact.age}}"
    learn = UpdateContact(attributes={"plan": "pro", "vip": True})
    where = workspace(
        flow("brief", "participant_added", AddNote(text=summary), by="agent"),
        flow("pro", "message_created", learn, AddLabel(label="{{contact.vip}}"), by="contact"),
        flow("team", "message_created", AddLabel(label="new"), AssignTeam(team="North"), by="contact"),
        flow("thank", "message_created", SendMessage(text="Thanks"), by="agent"),
    )
    joined, written = Event(event="participant_added", participant=BEN), message(text="My boat")
    told = transcript_of(where, CREATED, written, message(text=None, kind="image"), joined)
    assert 'noted "My boat [true, new] North, pro (unknown)"' in told
    told = transcript_of(where, CREATED, message(ANNA), joined)
    assert 'noted "Thanks [none] no team, (unknown) (unknown)"' in told


def test_what_is_not_stated_is_filled_as_unknown() -> None:
    bare = Event(event="conversation_created")
    words = effect(AddNote(text="{{participant.name}} {{message.text}} {{conversation.assignee}}"), NOBODY, bare).words
    assert words == 'noted "(unknown) (unknown) nobody"'


def test_placeholders_are_filled_in_names_and_attributes() -> None:
    assert effect(AddParticipant(participant_type="bot", name="{{flow.name}}")).words == "added Bot Greet"
    assert effect(AssignAgent(agent="{{participant.name}}")).words == "assigned Jane, who joins"
    assert effect(UpdateContact(attributes={"by": "{{flow.id}}"})).conversation.attributes == {"by": "greet"}
    assert effect(RemoveParticipant(participant_type="agent", name="{{conversation.assignee}}")).words == (
        "removed Agent Anna"
    )


def test_flows_that_quote_each_other_cannot_grow_a_text_without_end() -> None:
    doubling = SendMessage(text="{{message.text}}{{message.text}}")
    flows = [flow(f"f{n:02}", "message_created", doubling, by="flow") for n in range(20)]
    start = flow("start", "message_created", doubling, by="contact")
    trace = play(workspace(start, *flows, max_events_per_cascade=40), CREATED, message(text="0123456789"))[-1]
    longest, waiting = 0, [trace]
    while waiting:
        each = waiting.pop()
        waiting += each.children
        longest = max(longest, len(each.event.message.text or "") if each.event.message else 0)
    assert longest == LONGEST


@pytest.mark.parametrize(
    "step",
    [
        SendMessage(text="x"),
        AssignAgent(agent="Ben"),
        AddNote(text="x"),
        NotifyParticipants(text="x"),
        UpdateContact(attributes={"a": 1}),
        AddParticipant(participant_type="agent", name="Ben"),
        RemoveParticipant(participant_type="contact"),
        AssignTeam(team="North"),
        Unassign(),
        AddLabel(label="vip"),
        RemoveLabel(label="vip"),
        Wait(for_="10m"),
        CloseConversation(),
        ReopenConversation(),
    ],
)
def test_turning_a_step_on_changes_the_transcript(step: Step) -> None:
    without = transcript_of(workspace(flow("a", "message_created", by="contact")), CREATED, message())
    with_it = transcript_of(workspace(flow("a", "message_created", step, by="contact")), CREATED, message())
    assert with_it.startswith(without)
    assert len(with_it) > len(without)


def test_steps_after_a_close_are_shown_with_the_reason_that_they_did_nothing() -> None:
    where = workspace(flow("bye", "message_created", CloseConversation(), SendMessage(text="Bye"), AddNote(text="n")))
    assert transcript_of(where, CREATED, message()) == rows(
        """
        ● Contact Jane wrote: "hi"
          ▶ bye (Bye)
            · closed the conversation
            ○ not sent: the conversation is closed
            · noted "n"
        """
    )


def test_each_of_several_who_are_removed_is_an_event() -> None:
    where = workspace(
        flow("tidy", "message_created", RemoveParticipant(participant_type="agent")),
        flow("z-tell", "participant_removed", NotifyParticipants(text="{{participant.name}} left"), by="agent"),
    )
    joined = [message(who) for who in (ANNA, BEN)]
    assert transcript_of(workspace(*list(where.flows.values())[1:]), CREATED, *joined, removed(BEN)) == rows(
        """
        ● Agent Ben left
          ▶ z-tell (Z-Tell)
            · notified Contact Jane and Agent Anna: "Ben left"
        """
    )
    both = [Event(event="participant_added", participant=who) for who in (ANNA, BEN)]
    assert transcript_of(where, CREATED, *both, message()) == rows(
        """
        ● Contact Jane wrote: "hi"
          ▶ tidy (Tidy)
            · removed Agent Anna and Agent Ben
              ● Agent Anna left
                ▶ z-tell (Z-Tell)
                  · notified Contact Jane: "Anna left"
              ● Agent Ben left
                ▶ z-tell (Z-Tell)
                  · notified Contact Jane: "Ben left"
        """
    )


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (AssignAgent(agent="{{conversation.assignee}}"), "nobody assigned: {{conversation.assignee}} is not set"),
        (
            AddParticipant(participant_type="bot", name="x {{participant.id}}"),
            "no bot added: {{participant.id}} is not set",
        ),
        (
            RemoveParticipant(participant_type="agent", name="{{participant.name}}"),
            "no agent removed: {{participant.name}} is not set",
        ),
        (
            AssignAgent(agent="{{conversation.owner}}"),
            "nobody assigned: {{conversation.owner}} has a placeholder that does not exist",
        ),
        (AssignAgent(agent="  "), "nobody assigned: the name is empty"),
        (AssignTeam(team="{{contact.team}}"), "no team assigned: {{contact.team}} is not set"),
        (AddLabel(label="{{conversation.labels}}"), "no label added: {{conversation.labels}} is not set"),
        (UpdateContact(attributes={"who": "{{participant.name}}"}), "who not set: {{participant.name}} is not set"),
    ],
)
def test_a_person_who_cannot_be_resolved_is_never_made_one(step: Step, words: str) -> None:
    found = effect(step, NOBODY, NAMELESS)
    assert (found.done, found.words, found.events, found.conversation) == (False, words, (), NOBODY)


def test_only_the_attributes_whose_values_are_known_are_set() -> None:
    step = UpdateContact(attributes={"who": "{{participant.name}}", "kind": "{{participant.type}}", "empty": ""})
    found = effect(step, NOBODY, NAMELESS)
    assert (found.done, found.conversation.attributes) == (True, {"kind": "contact", "empty": ""})
    assert found.words == "set kind = contact, empty =  of the contact; who not set: {{participant.name}} is not set"


def test_an_empty_text_is_stated() -> None:
    empty = message(text="")
    assert effect(SendMessage(text="You wrote '{{message.text}}'"), THERE, empty).text == "You wrote ''"
    found = effect(UpdateContact(attributes={"said": "{{message.text}}"}), THERE, empty)
    assert found.conversation.attributes == {"said": ""}
    assert effect(AssignAgent(agent="{{message.text}}"), THERE, empty).words == "nobody assigned: the name is empty"
