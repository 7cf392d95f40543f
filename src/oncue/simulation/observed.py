"""What a recording tells of its conversations, when it is read in order: enough to answer most conditions.

A recording has events only. Of a conversation whose start is among them it is known who started it, who is there, which
message of the contact was the first, and which flows have started. Assignments, labels, attributes and the end of a
conversation are no events, so they are never known. Of a conversation that was under way when the recording began, and
of events that do not say which conversation they are of, only what the events themselves say is known.

Memory is bounded: of more than `CONVERSATIONS` the one that was not heard of for longest is forgotten, as if the
recording had begun after it; of contacts, at most `CONTACTS` are remembered by the flows that started for them.
"""

from collections import OrderedDict
from typing import NamedTuple

from oncue.domain.conversations import Conversation
from oncue.domain.events import Event
from oncue.domain.pasts import NOBODY_SERVED, ContactKey, Starts, contact_keys
from oncue.domain.workspace import Workspace
from oncue.matching.candidates import Decision
from oncue.matching.occasions import WRITE_FROM_WITHIN, Known

CONVERSATIONS = 10_000
CONTACTS = 100_000


class _Seen(NamedTuple):
    """A conversation as far as events tell it; ``whole`` is whether its start was among them."""

    conversation: Conversation
    whole: bool


class Observed:
    """The conversations of a recording, event by event: first `known`, then `decided`."""

    def __init__(self, workspace: Workspace) -> None:
        flows = workspace.flows.values()
        self._limited = frozenset(flow.id for flow in flows if flow.when is not None and flow.when.looks_at_past)
        self._seen: OrderedDict[str, _Seen] = OrderedDict()
        # Not a dict: finding its first key takes the longer, the more keys before it were removed.
        self._served: OrderedDict[tuple[str, ContactKey], None] = OrderedDict()

    def known(self, event: Event) -> Known:
        """What is known of the conversation of ``event``, the event included."""
        known = Known.of_event(event)
        if event.conversation is None:
            return known._replace(served=self._served.keys())
        seen = self._after(event, self._seen.get(event.conversation))
        self._seen[event.conversation] = seen
        self._seen.move_to_end(event.conversation)
        if len(self._seen) > CONVERSATIONS:
            self._seen.popitem(last=False)
        now, whole = seen
        contact = now.contact_of(event) if whole else event.participant if known.contact else None
        return known._replace(
            started_by=now.started_by,
            present=known.present.union(each.type for each in now.participants),
            everybody=whole,
            first_message=known.first_message if known.first_message is not None else _is_first(event, seen),
            contact=() if contact is None else contact_keys(contact, now.id),
            past=now.past,
            every_start=whole,
            served=self._served.keys(),
        )

    def decided(self, event: Event, decision: Decision) -> None:
        """Remember which flows ``event`` started, and which it may have started."""
        if event.conversation is None or event.conversation not in self._seen:
            return
        now, whole = self._seen[event.conversation]
        for flow_id in self._limited.intersection(decision.runs):
            started = now.with_start(flow_id, event)
            self._served.update(dict.fromkeys(started.served))
            now = started._replace(served=NOBODY_SERVED)
        for flow_id in self._limited.intersection(decision.depends):
            before = now.past.get(flow_id, Starts())
            now = now._replace(past={**now.past, flow_id: before._replace(complete=False)})
        self._seen[event.conversation] = _Seen(now, whole)
        while len(self._served) > CONTACTS:
            self._served.popitem(last=False)

    def _after(self, event: Event, seen: _Seen | None) -> _Seen:
        """The conversation after ``event``."""
        starts = event.event == "conversation_created"
        if seen is None or starts:
            blank = Conversation(event.conversation or "", event.channel or "", event.instance or "")
            seen = _Seen(blank, starts)
        now, who = seen.conversation, event.participant
        if who is None or who.type is None:
            return seen
        if starts:
            now = now._replace(started_by=who.type)
        if event.event == "participant_removed":
            return _Seen(*_left(now, event, seen.whole))
        is_there = event.event != "message_created" or who.type in WRITE_FROM_WITHIN
        unnamed = event.event == "participant_added" and who.id is None and who.name is None
        if is_there and (unnamed or not now.find(who)):
            now = now.joined(who)
        now = now.learned(who)
        if event.event == "message_created" and who.type == "contact" and now.first_message is None:
            now = now._replace(first_message=event)
        return _Seen(now, seen.whole)


def _left(now: Conversation, event: Event, whole: bool) -> tuple[Conversation, bool]:
    """After somebody left; of several who may be meant, none is certainly still there, and so not everybody known."""
    assert event.participant is not None
    found = now.find(event.participant)
    return now.left(*found), whole and len(found) == 1


def _is_first(event: Event, seen: _Seen) -> bool | None:
    """Whether a message of a contact is their first one; of somebody unknown it cannot be said."""
    first = seen.conversation.first_message
    if event.participant is None or event.participant.type is None or first is None:
        return None
    if first is not event:
        return False
    return True if seen.whole else None
