"""A flow: a trigger, what else has to hold, and the steps that it starts."""

from oncue.domain.conditions import When
from oncue.domain.rules import Flag, FlowId, Name
from oncue.domain.steps import AnyStep
from oncue.domain.triggers import Trigger
from oncue.domain.values import described, summary, value


@value
class Flow:
    """A trigger and the steps that it starts. The flow's id is the name of its file.

    So the id is not written into it.
    """

    id: FlowId = described("The name of the file.")
    name: Name = described("What people call the flow.")
    description: str = described("What the flow is for.", default="")
    enabled: Flag = described("Whether the flow runs at all.", default=True)
    tags: tuple[str, ...] = described("Words to find the flow by.", default=())
    trigger: Trigger = described(summary(Trigger))
    when: When | None = described(summary(When), default=None)
    steps: tuple[AnyStep, ...] = described("What the flow does, in this order.", default=())
