"""A flow: a trigger and the steps that it starts."""

from oncue.domain.rules import Flag, FlowId, Name
from oncue.domain.steps import AnyStep
from oncue.domain.triggers import Trigger
from oncue.domain.values import value


@value
class Flow:
    """A trigger and its steps. ``id`` is the stem of the flow's file and is not written into it."""

    id: FlowId
    name: Name
    description: str = ""
    enabled: Flag = True
    tags: tuple[str, ...] = ()
    trigger: Trigger
    steps: tuple[AnyStep, ...] = ()
