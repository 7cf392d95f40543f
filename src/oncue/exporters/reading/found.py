"""What was made of a file of another system, and what was not understood.

Nothing is guessed. A rule with a condition that is not understood would start a flow too often without it, so no flow
is made of it; a step that is not understood is left out. Either way it is listed.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.rules import check_flow_id, flow_id_from
from oncue.domain.scenarios import Scenario
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.errors import ExportError
from oncue.exporters.names import Names


class NotUnderstood(NamedTuple):
    """Something in the file, and why nothing, or only a part, was made of it."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


class Found(NamedTuple):
    """Flows, and with a whole workspace its config and scenarios."""

    flows: tuple[Flow, ...]
    not_understood: tuple[NotUnderstood, ...] = ()
    config: WorkspaceConfig | None = None
    scenarios: tuple[Scenario, ...] = ()


class NotUnderstoodError(Exception):
    """A rule of which no flow can be made."""


class Reading:
    """Collects flows and what is not understood. ``config`` is that of the workspace that the flows are for."""

    def __init__(self, config: WorkspaceConfig, names: Names) -> None:
        self.config, self.names = config, names
        self.flows: list[Flow] = []
        self.not_understood: list[NotUnderstood] = []
        self._taken: set[str] = set()

    def note(self, where: str, why: str) -> None:
        """Something is not understood."""
        self.not_understood.append(NotUnderstood(where, why))

    def add(self, flow_id: str, triggers: Iterable[Trigger], **fields: Any) -> None:
        """A flow for each trigger; the ids of all but the first get numbers."""
        for trigger in triggers:
            free = flow_id if _can_be_id(flow_id) and flow_id not in self._taken else flow_id_from(flow_id, self._taken)
            self._taken.add(free)
            self.flows.append(Flow(id=free, trigger=trigger, **fields))

    def done(self) -> Found:
        """What was found."""
        return Found(tuple(self.flows), tuple(self.not_understood))

    def instance_by(self, pattern: str) -> dict[str, Instance]:
        """The instances by what the target calls them, as far as that is known."""
        found = {}
        for instance in self.config.instances:
            names = Names(self.names.target, self.names.tables)
            if name := names.instance(instance, pattern, ""):
                found[name] = instance
        return found

    def triggers_at(self, instances: Iterable[Instance], **fields: Any) -> list[Trigger]:
        """Triggers for ``instances``: one for a channel of which they are all, or else one for each."""
        chosen = {each.id for each in instances}
        triggers = []
        for channel in self.config.installed_channels:
            here = self.config.instances_of(channel)
            inside = [each for each in here if each.id in chosen]
            if len(inside) == len(here) > 1:
                triggers.append(Trigger(channel=channel, **fields))
            else:
                triggers += [Trigger(channel=channel, instance=each.id, **fields) for each in inside]
        return triggers


def _can_be_id(name: str) -> bool:
    try:
        return bool(check_flow_id(name))
    except ValueError:
        return False


def renamed(flows: Iterable[Flow], taken: Iterable[str]) -> tuple[Flow, ...]:
    """``flows`` under ids that are free."""
    used, found = set(taken), []
    for flow in flows:
        free = flow.id if flow.id not in used else flow_id_from(flow.id, used)
        used.add(free)
        found.append(replaced(flow, id=free) if free != flow.id else flow)
    return tuple(found)


def is_list_of(kind: type, value: object) -> bool:
    """Whether ``value`` is a list of such values."""
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def table(value: object, where: str) -> Mapping[str, Any]:
    """``value``, which has to be an object. Raises `ExportError`."""
    if not isinstance(value, dict):
        raise ExportError(f"{where}: expected an object")
    return value
