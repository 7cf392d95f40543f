"""A scenario: a scripted conversation and what is expected to come of it.

An event of a scenario is on an installed instance, which says its channel too, so it is written more shortly
than a captured one: its instance is required and its channel is looked up.
"""

from oncue.domain.durations import DURATION_RULE, Duration
from oncue.domain.events import MESSAGE_RULE, Event, Message, Participant
from oncue.domain.fitting import ContradictionError
from oncue.domain.rules import Flag, FlowId, Moment, Name, Slug
from oncue.domain.values import described, summary, value
from oncue.domain.vocabulary import DELIVERIES, EVENT_KINDS, Delivery, EventKind, listing

_DELIVERY = f"When flows hear of it.\n{listing(DELIVERIES)}"

TIME_RULE = "after and at both say when it happens; remove one of them"
REFUSAL_RULE = "nothing comes of an event that is refused; remove expect and expect_effects"

NOBODY = ""
"""The expected assignee where nobody is expected to be responsible; TOML has no null."""


@value
class ExpectedEffects:
    """What is expected to come of an event and all that it causes.

    What is ``None`` is not checked, but a loop or a stopped cascade that is not expected is a failure.
    ``messages`` and ``notes``: the texts that flows sent and noted, all of them and in order. ``assignee``: who
    is responsible afterwards (an agent, a bot or a team), `NOBODY` for nobody. ``labels``: those on the conversation
    afterwards, in any order. ``closed``: whether the conversation is closed afterwards.
    ``loops``: ids of exactly the flows that were stopped from starting themselves again. ``stopped``: whether the
    cascade came to its limit.
    """

    messages: tuple[str, ...] | None = described("The texts that flows sent, all of them and in order.", default=None)
    notes: tuple[str, ...] | None = described("The texts that flows noted, all of them and in order.", default=None)
    assignee: str | None = described('Who is responsible afterwards; "" is nobody.', default=None)
    labels: tuple[str, ...] | None = described(
        "The labels on the conversation afterwards, all of them, in any order.", default=None
    )
    closed: Flag | None = described("Whether the conversation is closed afterwards.", default=None)
    loops: tuple[FlowId, ...] | None = described(
        "The ids of exactly the flows that a loop would have started again. Omitted: none.", default=None
    )
    stopped: Flag | None = described("Whether max_events_per_cascade stops it. Omitted: false.", default=None)


_NOTHING = ExpectedEffects()


@value
class ScenarioEvent:
    """One scripted event. Its channel is that of its instance.

    ``after`` is how long after the event before it it happens, ``at`` when; without either it is a minute later.
    ``expect``: ids of exactly the flows that it starts; ``None`` is not checked. ``delivery``: how flows hear of
    it, if not once and in its turn; ``None`` is as the scenario says. ``expect_refusal``: whether it has to be
    impossible, so that nothing can come of it.
    """

    event: EventKind = described(f"What happens.\n{listing(EVENT_KINDS)}")
    instance: Slug = described("The id of the instance on which it happens.")
    conversation: str | None = described("A name for the conversation, where a scenario has several.", default=None)
    after: Duration | None = described(
        f"How long after the event before it: {DURATION_RULE}. Omitted: a minute.", default=None
    )
    at: Moment | None = described("When it happens, instead of after. A time without a zone is UTC.", default=None)
    participant: Participant | None = described(summary(Participant), default=None)
    message: Message | None = described(summary(Message), only_for="message_created", default=None)
    delivery: Delivery | None = described(f"{_DELIVERY}\nOmitted: as the scenario says.", default=None)
    expect: tuple[FlowId, ...] | None = described(
        "The ids of exactly the flows that it starts; [] is none. Omitted: not checked.", default=None
    )
    expect_effects: ExpectedEffects | None = described(
        f"{summary(ExpectedEffects)} A key that is omitted is not checked.", default=None
    )
    expect_refusal: Flag | None = described(
        "Whether it has to be refused, as it cannot happen there. Omitted: false.", default=None
    )

    def __post_init__(self) -> None:
        if self.message is not None and self.event != "message_created":
            raise ContradictionError(MESSAGE_RULE, "message")
        if self.after is not None and self.at is not None:
            raise ContradictionError(TIME_RULE, "after")
        if self.expect_refusal and (self.expect or self.expect_effects is not None):
            raise ContradictionError(REFUSAL_RULE, "expect_refusal")

    @property
    def checked(self) -> bool:
        """Whether anything is expected of it."""
        effects = self.expect_effects
        return bool(self.expect_refusal) or self.expect is not None or (effects is not None and effects != _NOTHING)

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
    """A scripted conversation and what is expected to fire: a test.

    ``id`` is the name of its file, and not written into it.
    ``delivery`` is that of the events that say nothing of their own.
    """

    id: FlowId = described("The name of the file.")
    name: Name = described("What people call the scenario.")
    description: str = described("What the scenario shows.", default="")
    delivery: Delivery = described(f"For the events that say nothing of their own. {_DELIVERY}", default="once")
    events: tuple[ScenarioEvent, ...] = described("What happens, in this order.", default=())
