"""Payloads as the platforms document them; every id and name in them is invented."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from oncue.importers.catalogue import IMPORTERS
from oncue.importers.found import Malformed, Skipped
from oncue.importers.recorded import RecordedEvent

Payload = dict[str, Any]


def found(provider: str, *payloads: Payload) -> list[RecordedEvent | Skipped | Malformed]:
    """What is in the deliveries ``payloads`` of one capture."""
    parse = IMPORTERS[provider].begin()
    return [each for payload in payloads for each in parse(payload)]


def event(provider: str, *payloads: Payload) -> RecordedEvent:
    """The event in the last of ``payloads``."""
    last = found(provider, *payloads)[-1]
    assert isinstance(last, RecordedEvent), last
    return last


def skipped(provider: str, *payloads: Payload) -> str:
    """Why there is no event in the last of ``payloads``."""
    last = found(provider, *payloads)[-1]
    assert isinstance(last, Skipped), last
    return last.reason


def malformed(provider: str, *payloads: Payload) -> Malformed:
    last = found(provider, *payloads)[-1]
    assert isinstance(last, Malformed), last
    return last


def who(event: RecordedEvent) -> tuple[str | None, str | None, str | None]:
    by = event.participant
    return (None, None, None) if by is None else (by.type, by.id, by.name)


def what(event: RecordedEvent) -> tuple[str | None, str | None]:
    message = event.message
    assert message is not None
    return message.type, message.text


# --- Chatwoot ------------------------------------------------------------------------------------------------------


def chatwoot_conversation(event: str = "conversation_created", **changes: Any) -> Payload:
    return {
        "additional_attributes": {},
        "can_reply": True,
        "channel": "Channel::WebWidget",
        "contact_inbox": {"id": 5, "contact_id": 9, "inbox_id": 3, "source_id": "s-1", "hmac_verified": False},
        "id": 41,
        "inbox_id": 3,
        "messages": [
            {"id": 700, "content": "Hi", "message_type": 0, "created_at": 1_763_800_000, "private": False,
             "content_type": "text", "sender_type": "Contact", "sender_id": 9},
        ],
        "labels": [],
        "meta": {"sender": {"id": 9, "name": "Jane Doe"}, "assignee": None, "team": None, "hmac_verified": False},
        "status": "open",
        "unread_count": 1,
        "priority": None,
        "timestamp": 1_763_800_001,
        "created_at": 1_763_800_000,
        "event": event,
    } | changes  # fmt: skip


def chatwoot_message(**changes: Any) -> Payload:
    conversation = chatwoot_conversation()
    del conversation["event"]
    return {
        "account": {"id": 1, "name": "Acme"},
        "additional_attributes": {},
        "content_attributes": {},
        "content_type": "text",
        "content": "Where is my order?",
        "conversation": conversation,
        "created_at": "2025-11-22T08:26:40.000Z",
        "id": 701,
        "inbox": {"id": 3, "name": "Website"},
        "message_type": "incoming",
        "private": False,
        "sender": {"id": 9, "name": "Jane Doe", "account": {"id": 1}},
        "source_id": None,
        "event": "message_created",
    } | changes


# --- Twilio --------------------------------------------------------------------------------------------------------

BINDING = {
    "MessagingBinding.Type": "whatsapp",
    "MessagingBinding.Address": "whatsapp:+31600000001",
    "MessagingBinding.ProxyAddress": "whatsapp:+31200000000",
}


def twilio(event: str, **changes: Any) -> Payload:
    return {
        "EventType": event,
        "AccountSid": "AC0001",
        "ChatServiceSid": "IS0001",
        "ConversationSid": "CH0001",
        "RetryCount": "0",
        "Source": "API",
        "DateCreated": "2025-11-22T08:26:40.123Z",
    } | changes


def twilio_message(**changes: Any) -> Payload:
    message = {"MessageSid": "IM0001", "Index": "0", "ParticipantSid": "MB0001", "Author": "whatsapp:+31600000001",
               "Body": "Hi", "Source": "WHATSAPP"}  # fmt: skip
    return twilio("onMessageAdded", **{**message, **changes})


def twilio_event(kind: str, data: Payload | None = None, **changes: Any) -> Payload:
    return {
        "specversion": "1.0",
        "type": f"com.twilio.conversations.{kind}",
        "source": "AB0001",
        "id": "NO0001",
        "dataschema": "https://events-schemas.twilio.com/Conversations.MessageAdded/2",
        "datacontenttype": "2025-11-22T08:26:40.000Z",
        "data": {"AccountSid": "AC0001", "ConversationSid": "CH0001", "DateCreated": "2025-11-22T08:26:40Z"}
        | (data or {}),
    } | changes


BOUND = {
    "MessagingBinding": {
        "Type": "SMS",
        "Address": "whatsapp:+31600000001",
        "ProxyAddress": "whatsapp:+31200000000",
        "ProjectedAddress": None,
    }
}

# --- Slack, Intercom -----------------------------------------------------------------------------------------------


def slack(kind: str, **event: Any) -> Payload:
    return {
        "token": "t",
        "team_id": "T0001",
        "api_app_id": "A0001",
        "event": {"type": kind, "event_ts": "1763800000.000100"} | event,
        "type": "event_callback",
        "event_id": "Ev0001",
        "event_time": 1_763_800_000,
        "authorizations": [{"team_id": "T0001", "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}],
    }


def intercom(topic: str, item: Payload, **changes: Any) -> Payload:
    return {
        "type": "notification_event",
        "app_id": "ab12",
        "data": {"type": "notification_event_data", "item": item},
        "id": "notif_0001",
        "topic": topic,
        "delivery_status": "pending",
        "delivery_attempts": 1,
        "delivered_at": 0,
        "first_sent_at": 1_763_800_001,
        "created_at": 1_763_800_000,
        "self": None,
    } | changes


JANE = {"type": "user", "id": "6f1", "name": "Jane Doe", "email": "jane@example.com"}
SAM = {"type": "admin", "id": "77", "name": "Sam"}


def intercom_conversation(source: str = "conversation", part: Payload | None = None, **changes: Any) -> Payload:
    parts = [] if part is None else [{"type": "conversation_part", "part_type": "comment", "created_at": 1_763_800_100,
                                      "author": JANE, "attachments": []} | part]  # fmt: skip
    return {
        "type": "conversation",
        "id": "215",
        "created_at": 1_763_799_999,
        "source": {
            "type": source,
            "id": "1",
            "delivered_as": "customer_initiated",
            "author": JANE,
            "body": "<p>Hi</p>",
        },
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": parts},
    } | changes


# --- Sunshine, Matrix, Bird ----------------------------------------------------------------------------------------


def sunshine(*events: Payload) -> Payload:
    return {"app": {"id": "app1"}, "webhook": {"id": "wh1", "version": "v2"}, "events": list(events)}


def sunshine_event(kind: str, number: str = "e1", **payload: Any) -> Payload:
    conversation = {"id": "c1", "type": "personal", "activeSwitchboardIntegration": {"integrationId": "bot9"}}
    return {"id": number, "createdAt": "2025-11-22T08:26:40.000Z", "type": kind,
            "payload": {"conversation": conversation} | payload}  # fmt: skip


def sunshine_message(author: Payload, source: Payload, content: Payload, **changes: Any) -> Payload:
    message = {"id": "m1", "received": "2025-11-22T08:26:41.000Z", "author": author, "content": content,
               "source": source} | changes  # fmt: skip
    return sunshine_event("conversation:message", message=message)


WHATSAPP_SOURCE = {"type": "whatsapp", "integrationId": "int1", "originalMessageId": "x"}
USER = {"id": "u1", "authenticated": False, "externalId": None}


def matrix(kind: str, content: Payload, **changes: Any) -> Payload:
    return {
        "type": kind,
        "content": content,
        "event_id": "$e1",
        "room_id": "!r:example.org",
        "sender": "@jane:example.org",
        "origin_server_ts": 1_763_800_000_123,
        "unsigned": {"age": 5},
    } | changes


def member(now: str, before: str | None = None, **changes: Any) -> Payload:
    unsigned: Payload = {"age": 5}
    if before is not None:
        unsigned["prev_content"] = {"membership": before, "displayname": "Jane"}
    content = {"membership": now, "displayname": "Jane"}
    return matrix("m.room.member", content, **{"state_key": "@jane:example.org", "unsigned": unsigned, **changes})


CONTACT = {"id": "p-1", "type": "contact", "status": "active", "displayName": "Jane Doe",
           "contact": {"identifierKey": "phonenumber", "identifierValue": "+31600000001"}}  # fmt: skip
AGENT = {"id": "p-2", "type": "user", "status": "active", "displayName": "Sam"}


def bird(kind: str, at: str = "2025-11-22T08:26:40.123Z", **changes: Any) -> Payload:
    return {
        "service": "conversations",
        "event": f"conversation.{kind}",
        "payload": {
            "id": "k-1",
            "status": "active",
            "featuredParticipants": [CONTACT],
            "activeParticipantCount": 1,
            "initiatingParticipant": CONTACT,
            "channelId": "ch-1",
            "lastMessage": None,
            "createdAt": "2025-11-22T08:26:40.123Z",
            "updatedAt": at,
        }
        | changes,
    }


def bird_last(number: str, kind: str = "text", **changes: Any) -> Payload:
    return {"id": number, "type": kind, "preview": {"text": "Hi"}, "recipients": None, "status": "delivered",
            "sender": CONTACT, "createdAt": "2025-11-22T08:30:00Z"} | changes  # fmt: skip


def bird_channel(event: str = "whatsapp.inbound", **changes: Any) -> Payload:
    return {
        "service": "channels",
        "event": event,
        "payload": {
            "id": "msg-1",
            "channelId": "ch-1",
            "sender": {"contact": {"id": "p-1", "identifierKey": "phonenumber", "annotations": {"name": "Jane Doe"}}},
            "receiver": {"connector": {"id": "con-1"}},
            "body": {"type": "text", "text": {"text": "Hi"}},
            "meta": {},
            "status": "delivered",
            "direction": "incoming",
            "createdAt": "2025-11-22T08:26:40Z",
        }
        | changes,
    }


OWN: Payload = {"event": "message_created", "channel": "whatsapp", "participant": {"type": "contact"}}

_MEDIA = {"Author": "sam", "Media": [{"ContentType": "image/png"}]}
_TYPED = sunshine_message({"type": "user", "userId": "u1"}, WHATSAPP_SOURCE, {"type": "text", "text": "x"})

SAMPLES: dict[str, list[Payload]] = {
    "oncue": [OWN, {"event": "participant_added"}],
    "chatwoot": [chatwoot_conversation(), chatwoot_message(), chatwoot_conversation("conversation_updated")],
    "twilio": [
        twilio("onConversationAdded", **BINDING),
        twilio_message(),
        twilio("onParticipantAdded", Identity="sam"),
    ],
    "twilio-events": [twilio_event("message.added", _MEDIA), twilio_event("participant.removed", BOUND)],
    "slack": [
        slack("message", user="U1", channel="C1", text="hi"),
        slack("member_joined_channel", user="U1", channel="C1"),
        {"type": "url_verification", "challenge": "x"},
    ],
    "intercom": [
        intercom("conversation.user.created", intercom_conversation()),
        intercom("conversation.admin.replied", intercom_conversation(part={"author": SAM, "body": "<p>Yes</p>"})),
    ],
    "sunshine": [sunshine(sunshine_event("conversation:join", user=USER), _TYPED)],
    "matrix": [
        matrix("m.room.message", {"msgtype": "m.text", "body": "hi"}),
        member("join"),
        member("leave", "join"),
        {"events": [member("join")]},
        {"next_batch": "s1", "rooms": {"join": {"!r:example.org": {"timeline": {"events": [member("join")]}}}}},
    ],
    "bird": [bird("created"), bird("updated", lastMessage=bird_last("m-1")), bird_channel()],
}
"""Some payloads of each platform, for what has to hold for all of them."""


def form_of(payload: Payload) -> str:
    return urlencode(payload)


def lines_of(payloads: Iterable[Payload]) -> bytes:
    return b"".join(json.dumps(payload).encode() + b"\n" for payload in payloads)
