"""What each key of each file means, in the words that editors show.

Kinds are named as their types in `oncue.domain`, except that all events share one name here. The vocabulary's
own words are taken from it, so that they are written once. A test holds this to the keys that there are.
"""

from collections.abc import Mapping

from oncue.domain.placeholders import PLACEHOLDERS
from oncue.domain.steps import STEP_TYPES
from oncue.domain.vocabulary import CHANNEL_LABELS, DELIVERIES, EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, V


def _terms(vocabulary: Mapping[V, object]) -> str:
    lines = (f"{value}: {getattr(term, 'help', term)}" for value, term in vocabulary.items())
    return "\n".join(f"- {line.rstrip('.')}" for line in lines)


_EVENTS = _terms(EVENT_KINDS)
_PARTICIPANTS = _terms(PARTICIPANT_TYPES)
_MESSAGES = _terms(MESSAGE_TYPES)
_DELIVERY = f"When flows hear of it.\n{_terms(DELIVERIES)}"
_CHANNEL = f"A channel: its slug, such as {', '.join(list(CHANNEL_LABELS)[:4])}."
_TEXT = f"May hold placeholders:\n{_terms({f'{{{{{name}}}}}': text for name, text in PLACEHOLDERS.items()})}"

KINDS: Mapping[str, str] = {
    "WorkspaceConfig": "The content of workspace.toml: what is installed.",
    "Instance": "One installed number, page or mailbox of a channel.",
    "SimulationSettings": "What platforms leave undocumented, as this workspace's platform does it.",
    "Flow": "A trigger and the steps that it starts. The flow's id is the name of its file.",
    "Trigger": "What starts the flow: one event on one channel, optionally narrowed.",
    "Scenario": "A scripted conversation and what is expected to fire: a test.",
    "ScenarioEvent": "One scripted event. Its channel is that of its instance.",
    "ExpectedEffects": "What shall have come of an event and all that it caused.",
    "Event": "Something that happened in a conversation. What is missing is unknown, and never guessed.",
    "Participant": "Who started, joined, left or wrote.",
    "Message": "What was written. Only for message_created.",
    "SendMessage": "Send a message: write into the conversation, as the flow.",
    "AssignAgent": "Assign an agent: make an agent responsible; one who is absent joins.",
    "AddNote": "Add a note that the team sees and the contact does not.",
    "NotifyParticipants": "Notify those who are in the conversation.",
    "UpdateContact": "Set attributes of the contact.",
    "AddParticipant": "Bring somebody into the conversation; nothing happens if they are there.",
    "RemoveParticipant": "Take somebody out of the conversation.",
    "CloseConversation": "End the conversation.",
}

FIELD_HELP: Mapping[tuple[str, str], str] = {
    ("WorkspaceConfig", "name"): "What the workspace calls itself.",
    ("WorkspaceConfig", "channels"): 'Own labels of channels: intercom = "Intercom".',
    ("WorkspaceConfig", "instances"): "What is installed: numbers, pages, mailboxes.",
    ("WorkspaceConfig", "simulation"): "What platforms leave undocumented. All of it is optional.",
    ("Instance", "id"): "What flows call the instance; unique in the workspace.",
    ("Instance", "channel"): f"The channel that it belongs to. {_CHANNEL}",
    ("Instance", "name"): "What people call it.",
    ("Instance", "external_ids"): "What real events call it; unique in the workspace.",
    ("SimulationSettings", "first_message_fires_message_created"): (
        "Whether the message that starts a conversation is an event message_created of its own, too."
    ),
    ("SimulationSettings", "initial_participants_fire_participant_added"): (
        "Whether those who are there from the start are events participant_added, too."
    ),
    ("SimulationSettings", "max_events_per_cascade"): "How many events one event may cause before it is stopped.",
    ("Flow", "name"): "What people call the flow.",
    ("Flow", "description"): "What the flow is for.",
    ("Flow", "enabled"): "Whether the flow runs at all.",
    ("Flow", "tags"): "Words to find the flow by.",
    ("Flow", "trigger"): KINDS["Trigger"],
    ("Flow", "steps"): "What the flow does, in this order.",
    ("Trigger", "event"): f"What starts the flow.\n{_EVENTS}",
    ("Trigger", "channel"): f"Where. {_CHANNEL}",
    (
        "Trigger",
        "instance",
    ): "The id of the one instance that the flow listens to. Omitted: every instance of the channel.",
    ("Trigger", "participant_types"): (
        f"Who has to have started, joined, left or written. Omitted: anybody, future types too.\n{_PARTICIPANTS}"
    ),
    ("Trigger", "message_types"): (
        f"What has to have been written. Only for message_created. Omitted: anything.\n{_MESSAGES}"
    ),
    ("Scenario", "name"): "What people call the scenario.",
    ("Scenario", "description"): "What the scenario shows.",
    ("Scenario", "delivery"): f"For the events that say nothing of their own. {_DELIVERY}",
    ("Scenario", "events"): "What happens, in this order.",
    ("ScenarioEvent", "event"): f"What happens.\n{_EVENTS}",
    ("ScenarioEvent", "instance"): "The id of the instance on which it happens.",
    ("ScenarioEvent", "conversation"): "A name for the conversation, where a scenario has several.",
    ("ScenarioEvent", "participant"): KINDS["Participant"],
    ("ScenarioEvent", "message"): KINDS["Message"],
    ("ScenarioEvent", "delivery"): f"{_DELIVERY}\nOmitted: as the scenario says.",
    ("ScenarioEvent", "expect"): "The ids of exactly the flows that it starts; [] is none. Omitted: not checked.",
    (
        "ScenarioEvent",
        "expect_effects",
    ): f"{KINDS['ExpectedEffects']} A key that is omitted is not checked.",
    ("ExpectedEffects", "messages"): "The texts that flows sent, all of them and in order.",
    ("ExpectedEffects", "notes"): "The texts that flows noted, all of them and in order.",
    ("ExpectedEffects", "assignee"): 'Who is responsible afterwards; "" is nobody.',
    ("ExpectedEffects", "closed"): "Whether the conversation is closed afterwards.",
    ("Event", "event"): f"What happened.\n{_EVENTS}",
    ("Event", "channel"): f"On which channel. {_CHANNEL}",
    ("Event", "instance"): "On which instance: its id, or one of its external_ids.",
    ("Event", "conversation"): "The id of the conversation.",
    ("Event", "participant"): KINDS["Participant"],
    ("Event", "message"): KINDS["Message"],
    ("Event", "at"): "When it happened.",
    ("Event", "id"): "The id of the event itself.",
    ("Participant", "type"): f"What they are.\n{_PARTICIPANTS}",
    ("Participant", "id"): "Their id.",
    ("Participant", "name"): "Their name.",
    ("Message", "type"): f"What kind of message it is.\n{_MESSAGES}",
    ("Message", "text"): "Its text.",
    ("SendMessage", "text"): f"What to write. {_TEXT}",
    ("SendMessage", "message_type"): f"What kind of message it is.\n{_MESSAGES}",
    ("AssignAgent", "agent"): "Who becomes responsible.",
    ("AddNote", "text"): f"What to note. {_TEXT}",
    ("NotifyParticipants", "text"): f"What to tell them. {_TEXT}",
    ("NotifyParticipants", "participant_types"): f"Whom to tell. Omitted: everybody.\n{_PARTICIPANTS}",
    ("UpdateContact", "attributes"): 'Attributes and their values: language = "nl".',
    ("AddParticipant", "participant_type"): f"What they are.\n{_PARTICIPANTS}",
    ("AddParticipant", "name"): "Who joins.",
    ("RemoveParticipant", "participant_type"): f"What they are.\n{_PARTICIPANTS}",
    ("RemoveParticipant", "name"): "Who leaves. Omitted: everybody of that type.",
}

STEP_TYPE = f"What the step does.\n{_terms(STEP_TYPES)}"
"""The meaning of the key ``type`` that every step has."""
