"""What conditions look at besides the key, and a witness: an event, and what is known of its conversation.

All of a state is known, as it is in the simulator. It agrees with what the event tells by itself
(`oncue.matching.occasions.Known.of_event`): who starts a conversation has started it, and nothing was closed before.
Everything else is possible: who is responsible and which labels there are does not depend on the event.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from oncue.analysis.literals import Setting
from oncue.domain.conversations import NO_ATTRIBUTES, Attribute
from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.pasts import Starts, contact_keys
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.occasions import Known
from oncue.matching.semantics import starts

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
"""When it is, where that does not matter."""

CONVERSATION = "c-1"


class State(NamedTuple):
    """What the event says besides its key, and the conversation in which it happens.

    ``started_before`` has how many seconds ago flows started last in the conversation, ``served`` are the flows that
    have started for the contact before.
    """

    text: str | None = "Hello"
    participant_id: str | None = None
    participant_name: str | None = None
    at: datetime = NOON
    started_by: str | None = "contact"
    present: frozenset[str] = frozenset()
    responsible: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()
    attributes: Mapping[str, Attribute] = NO_ATTRIBUTES
    first_message: bool | None = False
    reopened: bool = False
    started_before: Mapping[str, datetime] = MappingProxyType({})
    served: frozenset[str] = frozenset()


class Witness(NamedTuple):
    """An event, and all that is known of the conversation in which it happens, that show what is claimed."""

    event: Event
    known: Known

    def starts(self, flow: Flow, config: WorkspaceConfig) -> bool:
        """Whether it starts ``flow``, by the readable predicate."""
        return starts(flow, self.event, config, self.known) is True


def plain_state(setting: Setting) -> State:
    """What is the case in ``setting``, where nothing is asked for."""
    return State(
        text="Hello" if setting.is_message else None,
        started_by=setting.who if setting.is_start else "contact",
        present=frozenset((setting.who,)) if setting.is_there and setting.who else frozenset(),
        first_message=None if setting.is_message and setting.who is None else False,
    )


def witness(key: EventKey, state: State) -> Witness:
    """The event with ``key`` in ``state``."""
    who: Any = key.participant_type
    named = who is not None or state.participant_id is not None or state.participant_name is not None
    participant = Participant(type=who, id=state.participant_id, name=state.participant_name) if named else None
    what: Any = key.message_type
    kind: Any = key.event
    event = Event(
        event=kind,
        channel=key.channel,
        instance=key.instance,
        conversation=CONVERSATION,
        participant=participant,
        message=Message(type=what, text=state.text) if kind == "message_created" else None,
        at=state.at,
    )
    return Witness(event, _known(event, state))


def _known(event: Event, state: State) -> Known:
    who = event.participant
    if who is not None and who.type == "contact":
        contact = contact_keys(who, CONVERSATION)
    else:
        contact = (("conversation", CONVERSATION),) if "contact" in state.present else ()
    started_by: Any = state.started_by
    return Known(
        started_by=started_by,
        present=state.present,
        everybody=True,
        responsible=state.responsible,
        labels=state.labels,
        attributes=state.attributes,
        first_message=state.first_message,
        reopened=state.reopened,
        contact=contact,
        past={flow_id: Starts(last, True) for flow_id, last in state.started_before.items()},
        every_start=True,
        served=frozenset((flow_id, key) for flow_id in state.served for key in contact),
        every_contact=True,
    )
