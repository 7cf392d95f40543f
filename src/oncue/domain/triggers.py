"""A conversation trigger: which events start a flow.

A trigger is an event kind on a channel, narrowed by up to three optional clauses. A narrowing that is
``None`` was not written and lets everything through, values that do not exist yet included; an empty set was
written and lets nothing through, which `oncue.domain.checks` reports.
"""

from pydantic import field_serializer, model_validator

from oncue.domain.values import RuleError, Slug, value
from oncue.domain.vocabulary import (
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    in_order,
)

ParticipantTypes = frozenset[ParticipantType]
MessageTypes = frozenset[MessageType]


@value
class Trigger:
    """What starts a flow: one event kind on one channel, optionally narrowed.

    ``instance``: the one instance of the channel that it listens to; ``None`` is every instance.
    ``participant_types``: who has to have started, joined, left or written; ``None`` is anybody.
    ``message_types``: only for ``message_created``; ``None`` is every type.
    """

    event: EventKind
    channel: Slug
    instance: Slug | None = None
    participant_types: ParticipantTypes | None = None
    message_types: MessageTypes | None = None

    @model_validator(mode="after")
    def _message_types_belong_to_messages(self) -> "Trigger":
        if self.message_types is not None and self.event != "message_created":
            raise RuleError('message_types is only for event = "message_created"; remove it', "message_types")
        return self

    @field_serializer("participant_types")
    def _participant_types_in_order(self, types: frozenset[ParticipantType] | None) -> list[str] | None:
        return None if types is None else list(in_order(types, PARTICIPANT_TYPES))

    @field_serializer("message_types")
    def _message_types_in_order(self, types: frozenset[MessageType] | None) -> list[str] | None:
        return None if types is None else list(in_order(types, MESSAGE_TYPES))
