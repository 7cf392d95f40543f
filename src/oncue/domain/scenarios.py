"""A scenario: a scripted conversation and what is expected to come of it.

An event of a scenario is on an installed instance, which says its channel too, so it is written more shortly
than a captured one: its instance is required and its channel is looked up.
"""

from oncue.domain.events import MESSAGE_RULE, Event, Message, Participant
from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Flag, FlowId, Name, Slug
from oncue.domain.values import value
from oncue.domain.vocabulary import Delivery, EventKind

NOBODY = ""
"""What an expected assignee is where nobody shall be responsible; TOML has no null."""


@value
class ExpectedEffects:
    """What shall have come of an event and all that it caused. What is ``None`` is not checked.

    ``messages`` and ``notes``: the texts that flows sent and noted, all of them and in order. ``assignee``: who
    is responsible afterwards, `NOBODY` for nobody. ``closed``: whether the conversation is closed afterwards.
    """

    messages: tuple[str, ...] | None = None
    notes: tuple[str, ...] | None = None
    assignee: str | None = None
    closed: Flag | None = None


@value
class ScenarioEvent:
    """One scripted event.

    ``expect``: ids of exactly the flows that it starts; ``None`` is not checked. ``delivery``: how flows hear of
    it, if not once and in its turn; ``None`` is as the scenario says.
    """

    event: EventKind
    instance: Slug
    conversation: str | None = None
    participant: Participant | None = None
    message: Message | None = None
    delivery: Delivery | None = None
    expect: tuple[FlowId, ...] | None = None
    expect_effects: ExpectedEffects | None = None

    def __post_init__(self) -> None:
        if self.message is not None and self.event != "message_created":
            raise ContradictionError(MESSAGE_RULE, "message")

    @property
    def as_event(self) -> Event:
        """What is scripted, as an event that leaves its channel to its instance."""
        return Event(
            event=self.event,
            instance=self.instance,
            conversation=self.conversation or None,
            participant=self.participant,
            message=self.message,
        )


@value
class Scenario:
    """A scripted conversation. ``id`` is the stem of its file and is not written into it.

    ``delivery`` is that of the events that say nothing of their own.
    """

    id: FlowId
    name: Name
    description: str = ""
    delivery: Delivery = "once"
    events: tuple[ScenarioEvent, ...] = ()
