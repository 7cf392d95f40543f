"""A conversation trigger: which events start a flow.

A trigger is an event kind on a channel, narrowed by up to three optional clauses. A narrowing that is
``None`` was not written and lets everything through, values that do not exist yet included; an empty set was
written and lets nothing through, which `oncue.domain.checks` reports.
"""

from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Slug
from oncue.domain.values import described, value
from oncue.domain.vocabulary import (
    CHANNEL_HELP,
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
    listing,
)

ParticipantTypes = frozenset[ParticipantType]
MessageTypes = frozenset[MessageType]


@value
class Trigger:
    """What starts the flow: one event on one channel, optionally narrowed.

    ``instance``: the one instance of the channel that it listens to; ``None`` is every instance.
    ``participant_types``: who has to have started, joined, left or written; ``None`` is anybody.
    ``message_types``: only for ``message_created``; ``None`` is every type.
    """

    event: EventKind = described(f"What starts the flow.\n{listing(EVENT_KINDS)}")
    channel: Slug = described(f"Where. {CHANNEL_HELP}")
    instance: Slug | None = described(
        "The id of the one instance that the flow listens to. Omitted: every instance of the channel.", default=None
    )
    participant_types: ParticipantTypes | None = described(
        "Who has to have started, joined, left or written. Omitted: anybody, future types too.\n"
        + listing(PARTICIPANT_TYPES),
        default=None,
    )
    message_types: MessageTypes | None = described(
        f"What has to have been written. Only for message_created. Omitted: anything.\n{listing(MESSAGE_TYPES)}",
        only_for="message_created",
        default=None,
    )

    def __post_init__(self) -> None:
        if self.message_types is not None and self.event != "message_created":
            raise ContradictionError('message_types is only for event = "message_created"; remove it', "message_types")
