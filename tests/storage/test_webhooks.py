"""Kinds of events that platforms have and oncue has not, in the platforms' own spellings; and their payloads."""

import pytest

from oncue.domain.vocabulary import EVENT_KINDS
from oncue.storage.webhooks import is_unheard, platform_of


def _words(text: str) -> list[str]:
    return text.split()


UNHEARD = _words(
    """
    message_read message_delivered message_sent message.read message_updated message_deleted message_edited
    messages.update messages.delete MESSAGES_UPDATE READ delivered status presence.update typing typing_start
    typing_on user_typing reaction_added reaction_removed message_reaction conversation_typing_on
    conversation_typing_off conversation_updated conversation_status_changed contact_created contact_updated
    inbox_created inbox_updated webwidget_triggered automation_event.conversation_updated onConversationUpdated
    onConversationStateUpdated onConversationRemoved onMessageUpdated onMessageRemoved onParticipantUpdated
    onDeliveryUpdated onUserAdded onUserUpdated com.twilio.conversations.conversation-state.updated
    com.twilio.conversations.message.removed conversation:message:delivery:channel
    conversation:message:delivery:failure conversation:typing conversation:read conversation:referral
    conversation:postback switchboard:passControl switchboard:acceptControl user:merge user:update client:add
    client:remove conversation:remove conversation.admin.assigned conversation.admin.noted conversation.admin.closed
    conversation.admin.opened conversation.admin.snoozed conversation.admin.unsnoozed conversation.read
    conversation.priority.updated conversation.rating.added conversation.deleted conversation_part.tag.created
    conversation_part.redacted message_changed pin_added channel_topic m.reaction m.typing m.receipt m.presence
    conversation_closed conversation_opened conversation_resolved conversation_reopened conversation_assigned
    conversation_unassigned note_added label_added tag_created agent_status_changed agent_online
    """
)
NOT_KNOWN = _words(
    """
    mesage_created message_create participant_left onMessageAdd messages.upsert conversation.user.replied
    mesage_read message_recieved member_joined conversation_started conversation new_message contact_added
    agent_joined message.received x message_reed conversation.contact.attached user_left
    """
)


@pytest.mark.parametrize("kind", UNHEARD)
def test_kinds_of_the_platforms_are_known(kind: str) -> None:
    assert is_unheard(kind)


@pytest.mark.parametrize("kind", [*EVENT_KINDS, *NOT_KNOWN, "", "read " * 100])
def test_events_of_oncue_in_other_words_and_typing_errors_stay_what_they_are(kind: str) -> None:
    assert not is_unheard(kind)


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        ({"type": "url_verification", "challenge": "x"}, "a webhook of Slack"),
        ({"object": "whatsapp_business_account", "entry": []}, "a webhook of WhatsApp or another product of Meta"),
        ({"type": "notification_event", "app_id": "a", "topic": "conversation.user.replied"}, "a webhook of Intercom"),
        ({"EventType": "onMessageAdded", "AccountSid": "AC1", "Body": "hi"}, "a webhook of Twilio"),
        ({"specversion": "1.0", "type": "com.twilio.conversations.message.added"}, "a webhook of Twilio"),
        ({"specversion": "1.0", "type": "other"}, "a CloudEvent"),
        ({"app": {"id": "a"}, "webhook": {"version": "v2"}, "events": []}, "a webhook of Sunshine Conversations"),
        ({"event": "message_created", "message_type": "incoming", "inbox": {"id": 1}}, "a webhook of Chatwoot"),
        ({"event": "messages.upsert", "instance": "one", "data": {}}, "a webhook of Evolution API"),
        ({"update_id": 1, "message": {}}, "an update of Telegram"),
        ({"type": "m.room.message", "origin_server_ts": 1, "content": {}}, "an event of Matrix"),
        ({"service": "channels", "event": "whatsapp.inbound", "payload": {}}, "a webhook of Bird"),
        ({"event": "message_created", "chanel": "x"}, None),
        ({}, None),
    ],
)
def test_payloads_are_recognised(payload: dict[str, object], name: str | None) -> None:
    assert platform_of(payload) == name
