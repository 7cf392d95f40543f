"""What real webhooks have that is no event of oncue: kinds that no flow can listen to, and payloads of platforms.

A capture of a platform is full of receipts, edits, reactions and typing. They are no mistakes in the recording: no
flow listens to such events, and that is all there is to say. Platforms spell them in dozens of ways, which have few
words in common (``message.read``, ``onDeliveryUpdated``, ``conversation:typing``). So a kind is taken apart into
words: it is one of these if all of them are known, and one of them says that it is about something else than one of
the four events. A word that is not known leaves it a mistake, which typing errors have to stay.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PREFIX = re.compile(r"^(com\.twilio\.conversations\.|automation_event\.|m\.(?=\w+$)|on(?=[A-Z]))")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_THINGS = _words(
    """
    message messages msg conversation conversations chat chats thread channel group room contact contacts participant
    participants member members user users agent admin customer lead ticket visitor operator teammate bot inbox account
    session connection call part parts client device attachment media file text email phone profile single webwidget
    team
    """
)
"""What something happens to. None of them says what happened."""
_DEEDS = _words(
    # receipts
    """
    sent delivered delivery read unread seen ack acked acknowledged receipt receipts failed failure undelivered queued
    sending bounced opened clicked played pending
    """
    # edits and deletions
    """
    update updated updates changed change edit edited edits deleted delete redacted redaction revoked unsent recalled
    expired merge merged
    """
    # typing, presence, reactions
    """
    typing composing recording paused presence presences online offline away active inactive idle reaction reactions
    reacted
    """
    # what agents do to a conversation
    """
    note notes noted label labels labeled labelled unlabeled tag tags tagged untagged status state assign assigned
    unassign unassigned reassigned assignment assignee transferred escalated open close closed resolved reopened
    snoozed unsnoozed archived unarchived pin pinned unpinned muted unmuted blocked unblocked locked unlocked priority
    rating rated csat survey score sla attribute attributes metadata spam starred favorite waiting
    """
    # the platform's own
    """
    heartbeat ping health postback referral optin optout subscribed unsubscribed triggered verified verification login
    logout connected disconnected qrcode refresh switchboard accept offer pass release control topic purpose name icon
    avatar
    """
)
"""What happened that is none of the four events, or what it happened to that no flow knows."""
_FILLERS = _words(
    "on off created create added add removed remove start started stop stopped event events by to for of is set"
)
_WHOLE = _words(
    """
    message_removed messages_removed conversation_removed conversation_remove user_added user_created contact_created
    inbox_created account_created user_removed user_remove contact_removed client_added client_add client_remove
    client_removed group_created channel_archive channel_unarchive webhook_test call_started call_ended call_missed
    session_started session_ended history_set contacts_set chats_set messages_set url_verification
    """
)
"""Kinds whose words alone would not tell."""
_LONGEST = 80


@lru_cache(4096)
def is_unheard(kind: str) -> bool:
    """Whether ``kind`` is a kind of event that platforms have, and that no flow can listen to."""
    if len(kind) > _LONGEST:
        return False
    words = [word.lower() for word in _WORD.findall(_PREFIX.sub("", kind))]
    if "_".join(words) in _WHOLE:
        return True
    return any(word in _DEEDS for word in words) and all(
        word in _THINGS or word in _DEEDS or word in _FILLERS for word in words
    )


def platform_of(payload: Mapping[str, Any]) -> str | None:
    """What ``payload`` is called that is no event of oncue: a platform's webhook, by keys that only it has."""
    for name, fits in _PLATFORMS.items():
        if fits(payload):
            return name
    return None


def _of(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    inside = payload.get(key)
    return inside if isinstance(inside, dict) else {}


_PLATFORMS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "a webhook of Slack": lambda p: (
        p.get("type") in ("event_callback", "url_verification") or ("team_id" in p and _of(p, "event"))
    ),
    "a webhook of WhatsApp or another product of Meta": lambda p: "object" in p and isinstance(p.get("entry"), list),
    "a webhook of Intercom": lambda p: p.get("type") == "notification_event" or ("topic" in p and "app_id" in p),
    "a webhook of Twilio": lambda p: (
        ("EventType" in p and "AccountSid" in p) or str(p.get("type", "")).startswith("com.twilio.")
    ),
    "a CloudEvent": lambda p: "specversion" in p,
    "a webhook of Sunshine Conversations": lambda p: (
        "app" in p and "webhook" in p and isinstance(p.get("events"), list)
    ),
    "a webhook of Chatwoot": lambda p: (
        "contact_inbox" in p or ("event" in p and ("inbox" in p or "message_type" in p or "inbox_id" in p))
    ),
    "a webhook of Evolution API": lambda p: {"event", "instance", "data"} <= p.keys(),
    "an update of Telegram": lambda p: "update_id" in p,
    "an event of Matrix": lambda p: "origin_server_ts" in p or (isinstance(p.get("events"), list) and "event" not in p),
    "a webhook of Bird": lambda p: {"service", "event", "payload"} <= p.keys(),
}
