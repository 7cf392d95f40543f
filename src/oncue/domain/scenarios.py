"""A scenario: a scripted conversation and what is expected to fire.

An event of a scenario is on an installed instance, which says its channel too, so it is written more shortly
than a captured one: its instance is required and its channel is looked up.
"""

from pydantic import model_validator

from oncue.domain.events import Message, Participant
from oncue.domain.values import FlowId, Name, Slug, value
from oncue.domain.vocabulary import EventKind


@value
class ScenarioEvent:
    """One scripted event. ``expect``: ids of exactly the flows that it starts; ``None`` is not checked."""

    event: EventKind
    instance: Slug
    conversation: str | None = None
    participant: Participant | None = None
    message: Message | None = None
    expect: tuple[FlowId, ...] | None = None

    @model_validator(mode="after")
    def _only_messages_have_a_message(self) -> "ScenarioEvent":
        if self.message is not None and self.event != "message_created":
            raise ValueError('message is only for event = "message_created"; remove it')
        return self


@value
class Scenario:
    """A scripted conversation. ``id`` is the stem of its file and is not written into it."""

    id: FlowId
    name: Name
    description: str = ""
    events: tuple[ScenarioEvent, ...] = ()
