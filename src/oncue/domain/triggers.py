"""A conversation trigger: which events start a flow.

A trigger is an event kind on a channel, narrowed by up to three optional clauses. A narrowing that is
``None`` was not written and lets everything through, values that do not exist yet included; an empty set was
written and lets nothing through, which `oncue.domain.checks` reports.
"""

from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Slug
from oncue.domain.values import value
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType

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

    def __post_init__(self) -> None:
        if self.message_types is not None and self.event != "message_created":
            raise ContradictionError('message_types is only for event = "message_created"; remove it', "message_types")
