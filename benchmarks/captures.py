"""Deliveries as the platforms send them, for the benchmark of ``oncue convert``; NUMBER is a number in each."""

from typing import Any

_PERSON = {"type": "user", "id": "6f1-NUMBER", "name": "Jane Doe", "email": "jane@example.com"}
_CONVERSATION = {
    "additional_attributes": {"browser": {"browser_name": "Firefox", "platform_name": "Linux"}, "referer": None},
    "can_reply": True,
    "channel": "Channel::WebWidget",
    "contact_inbox": {"id": 5, "contact_id": 9, "inbox_id": 3, "source_id": "s-NUMBER", "hmac_verified": False},
    "id": 41,
    "inbox_id": 3,
    "messages": [
        {"id": 700, "content": "Hello", "message_type": 0, "created_at": 1_763_800_000, "sender_type": "Contact"}
    ],
    "labels": ["vip"],
    "meta": {"sender": {"id": 9, "name": "Jane Doe", "email": "jane@example.com"}, "assignee": None, "team": None},
    "status": "open",
    "custom_attributes": {},
    "unread_count": 1,
    "timestamp": 1_763_800_001,
    "created_at": 1_763_800_000,
}
_TWILIO = {
    "EventType": "onMessageAdded",
    "AccountSid": "AC00000000000000000000000000000001",
    "ChatServiceSid": "IS00000000000000000000000000000001",
    "ConversationSid": "CH0000000000000000000000000NUMBER",
    "MessageSid": "IM0000000000000000000000000NUMBER",
    "ParticipantSid": "MB0000000000000000000000000000001",
    "Author": "whatsapp:+31600000001",
    "Body": "Where is my order 4711?",
    "Index": "3",
    "RetryCount": "0",
    "Source": "WHATSAPP",
    "DateCreated": "2025-11-22T08:26:40.123Z",
    "Attributes": "{}",
}
_MATRIX = {
    "content": {"msgtype": "m.text", "body": "Where is my order 4711?"},
    "event_id": "$NUMBER",
    "room_id": "!r:example.org",
    "sender": "@jane:example.org",
    "type": "m.room.message",
    "origin_server_ts": 1_763_800_000_123,
    "unsigned": {"age": 5},
}

SAMPLES: dict[str, list[dict[str, Any]]] = {
    "chatwoot": [
        _CONVERSATION | {"event": "conversation_created"},
        {
            "account": {"id": 1, "name": "Acme"},
            "additional_attributes": {},
            "content_attributes": {},
            "content_type": "text",
            "content": "Where is my order 4711?",
            "conversation": _CONVERSATION,
            "created_at": "2025-11-22T08:26:40.000Z",
            "id": "NUMBER",
            "inbox": {"id": 3, "name": "Website"},
            "message_type": "incoming",
            "private": False,
            "sender": {"id": 9, "name": "Jane Doe", "account": {"id": 1}},
            "event": "message_created",
        },
    ],
    "twilio": [_TWILIO],
    "twilio-form": [_TWILIO],
    "slack": [
        {
            "token": "t",
            "team_id": "T0001",
            "api_app_id": "A0001",
            "event": {
                "type": "message",
                "user": "U1",
                "channel": "C1",
                "text": "Where is my order 4711?",
                "ts": "1763800000.000100",
                "event_ts": "1763800000.000100",
                "channel_type": "channel",
                "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "Where is my order 4711?"}]}],
            },
            "type": "event_callback",
            "event_id": "EvNUMBER",
            "event_time": 1_763_800_000,
            "authorizations": [{"team_id": "T0001", "user_id": "U0BOT", "is_bot": True}],
        }
    ],
    "intercom": [
        {
            "type": "notification_event",
            "app_id": "ab12",
            "data": {
                "type": "notification_event_data",
                "item": {
                    "type": "conversation",
                    "id": "NUMBER",
                    "created_at": 1_763_799_999,
                    "source": {"type": "conversation", "id": "1", "author": _PERSON, "body": "<p>Hi</p>"},
                    "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "6f1-NUMBER"}]},
                    "conversation_parts": {
                        "type": "conversation_part.list",
                        "conversation_parts": [
                            {"part_type": "comment", "created_at": 1, "author": _PERSON, "body": "<p>My order?</p>"}
                        ],
                    },
                },
            },
            "id": "notif_NUMBER",
            "topic": "conversation.user.replied",
            "created_at": 1_763_800_000,
        }
    ],
    "sunshine": [
        {
            "app": {"id": "app1"},
            "webhook": {"id": "wh1", "version": "v2"},
            "events": [
                {
                    "id": "e-NUMBER",
                    "createdAt": "2025-11-22T08:26:40.000Z",
                    "type": "conversation:message",
                    "payload": {
                        "conversation": {"id": "c1", "type": "personal"},
                        "message": {
                            "id": "m1",
                            "received": "2025-11-22T08:26:41.000Z",
                            "author": {"type": "user", "userId": "u1", "displayName": "Jane Doe"},
                            "content": {"type": "text", "text": "Where is my order 4711?"},
                            "source": {"type": "whatsapp", "integrationId": "int1"},
                        },
                    },
                }
            ],
        }
    ],
    "matrix": [_MATRIX],
    "bird": [
        {
            "service": "channels",
            "event": "whatsapp.inbound",
            "payload": {
                "id": "msg-NUMBER",
                "channelId": "ch-1",
                "sender": {"contact": {"id": "p-1", "identifierKey": "phonenumber", "annotations": {"name": "Jane"}}},
                "receiver": {"connector": {"id": "con-1"}},
                "body": {"type": "text", "text": {"text": "Where is my order 4711?"}},
                "meta": {"extraInformation": {"timestamp": "1763800000"}},
                "status": "delivered",
                "direction": "incoming",
                "createdAt": "2025-11-22T08:26:40Z",
                "updatedAt": "2025-11-22T08:26:40Z",
            },
        }
    ],
}
