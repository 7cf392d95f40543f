"""What the solvers work on: lines of ``[when]`` that have to hold or must not, in a setting.

A *setting* is what the key of an event says that matters to conditions: what happened, and who did it. A *literal* is
one line that must hold, or must not. A line that is not known does not hold, as the flow does not start then.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.occasions import WRITE_FROM_WITHIN

Topic = Literal[
    "text", "person", "attributes", "starter", "presence", "responsible", "labels", "first_message", "reopened", "time"
]
"""What lines are about. Lines on different topics never contradict each other."""

Facts = dict[str, Any]
"""A part of a `oncue.analysis.states.State`, by field: what a solver found."""

_TOPICS: dict[str, Topic] = {
    "text_any": "text",
    "text_all": "text",
    "text_none": "text",
    "text_starts": "text",
    "participants": "person",
    "attributes": "attributes",
    "started_by": "starter",
    "present": "presence",
    "absent": "presence",
    "responsible": "responsible",
    "labels": "labels",
    "without_labels": "labels",
    "first_message": "first_message",
    "reopened": "reopened",
    "during_hours": "time",
    "outside_hours": "time",
    "once_per": "time",
    "cooldown": "time",
}


class Setting(NamedTuple):
    """What happened, and the type of who did it; ``None`` if that is not stated."""

    kind: str
    who: str | None

    @classmethod
    def of(cls, key: EventKey) -> "Setting":
        """The setting of events with ``key``."""
        return cls(key.event, key.participant_type)

    @property
    def is_message(self) -> bool:
        """Whether something was written."""
        return self.kind == "message_created"

    @property
    def is_start(self) -> bool:
        """Whether the conversation has only just started."""
        return self.kind == "conversation_created"

    @property
    def is_there(self) -> bool:
        """Whether who did it is certainly in the conversation afterwards."""
        if self.who is None or self.kind == "participant_removed":
            return False
        return not self.is_message or self.who in WRITE_FROM_WITHIN


class Conditions(NamedTuple):
    """The conditions of a flow in a workspace: hours are the workspace's, and starts are those of the flow."""

    flow_id: str
    when: When | None
    config: WorkspaceConfig

    @classmethod
    def of(cls, flow: Flow, config: WorkspaceConfig) -> "Conditions":
        """The conditions of ``flow``."""
        return cls(flow.id, flow.when, config)

    def literals(self, holds: bool) -> "Iterator[LineLiteral]":
        """Each line as one that has to hold, or must not."""
        if self.when is not None:
            for key in self.when.lines:
                yield LineLiteral(key, getattr(self.when, key), self.flow_id, self.config, holds)


class LineLiteral(NamedTuple):
    """A line that has to hold, or must not."""

    key: str
    wanted: Any
    flow_id: str
    config: WorkspaceConfig
    holds: bool

    @property
    def topic(self) -> Topic:
        """What it is about. How often a flow starts for a contact is about whether a contact is there."""
        return "presence" if self.key == "once_per" and self.wanted == "contact" else _TOPICS[self.key]


def wanted_of(literals: "list[LineLiteral]", key: str, holds: bool) -> list[Any]:
    """What the literals with ``key`` that hold, or do not, ask for."""
    return [each.wanted for each in literals if each.key == key and each.holds is holds]
