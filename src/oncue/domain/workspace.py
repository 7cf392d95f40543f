"""A workspace: what is installed, the flows on it, and look-ups over both.

`WorkspaceConfig` is ``workspace.toml``. `Workspace` joins it with the flows and scenarios of the folder. It
is a plain frozen dataclass and no `value`: its parts are checked already, and an edit must not look
at 100,000 flows again. Changing it means building a new one (`with_flow`, `without_flow`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, TypeVar

from oncue.domain.events import Event, EventKey
from oncue.domain.fitting import ContradictionError, RuleError, found
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.problems import Problem
from oncue.domain.rules import Between, CheckCodes, Flag, Name, Slug
from oncue.domain.scenarios import Scenario
from oncue.domain.values import described, replaced, value
from oncue.domain.vocabulary import (
    CHANNEL_HELP,
    CHANNEL_LABELS,
    MESSAGE_IN_CLOSED,
    PARTICIPANT_TYPES,
    MessageInClosed,
    ParticipantType,
    listing,
)

_Part = TypeVar("_Part", Flow, Scenario)


@value
class Instance:
    """One installed number, page or mailbox of a channel."""

    id: Slug = described("What flows call the instance; unique in the workspace.")
    channel: Slug = described(f"The channel that it belongs to. {CHANNEL_HELP}")
    name: Name = described("What people call it.")
    external_ids: tuple[str, ...] = described("What real events call it; unique in the workspace.", default=())
    flows_write_as: ParticipantType = described(
        f"As whom the channel shows what a flow writes.\n{listing(PARTICIPANT_TYPES)}", default="flow"
    )


@value
class SimulationSettings:
    """What platforms leave undocumented, as this workspace's platform does it."""

    first_message_fires_message_created: Flag = described(
        "Whether the message that starts a conversation is an event message_created of its own, too.", default=True
    )
    initial_participants_fire_participant_added: Flag = described(
        "Whether those who are there from the start are events participant_added, too.", default=False
    )
    message_in_closed_conversation: MessageInClosed = described(
        f"What a contact's message does to a conversation that is closed.\n{listing(MESSAGE_IN_CLOSED)}",
        default="reopens",
    )
    max_events_per_cascade: Annotated[int, Between(1, 100_000)] = described(
        "How many events one event may cause before it is stopped.", default=100
    )


@value
class CheckSettings:
    """What ``oncue check`` looks for, by codes or by how they begin: ``OC4`` is every code from OC400 to OC499."""

    select: CheckCodes | None = described("What to look for. Omitted: everything.", default=None)
    ignore: CheckCodes | None = described("What to leave out of that. Omitted: nothing.", default=None)


@value
class WorkspaceConfig:
    """The content of workspace.toml: what is installed."""

    name: Name = described("What the workspace calls itself.")
    channels: Mapping[Slug, Name] = described('Own labels of channels: intercom = "Intercom".', default_factory=dict)
    instances: tuple[Instance, ...] = described("What is installed: numbers, pages, mailboxes.", default=())
    hours: tuple[Hours, ...] = described("Named hours, for conditions.", default=())
    simulation: SimulationSettings = described(
        "What platforms leave undocumented. All of it is optional.", default=SimulationSettings()
    )
    check: CheckSettings = described("What oncue check looks for. All of it is optional.", default=CheckSettings())

    by_id: Mapping[str, Instance] = field(init=False, repr=False, compare=False)
    """Every instance by its id."""
    by_external_id: Mapping[str, Instance] = field(init=False, repr=False, compare=False)
    """Every instance by each name that real events have for it."""
    by_name: Mapping[str | None, Instance] = field(init=False, repr=False, compare=False)
    """Every instance by whatever an event may state: its id, or else one of its external ids."""
    hours_by_id: Mapping[str, Hours] = field(init=False, repr=False, compare=False)
    """The named hours by their id."""
    installed_channels: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The channels that have an instance, in the order in which they first appear."""

    def __post_init__(self) -> None:
        installed = self.instances
        _refuse_repeats("instance id", "id", [(instance.id, number) for number, instance in enumerate(installed)])
        external = [(name, number) for number, instance in enumerate(installed) for name in instance.external_ids]
        _refuse_repeats("external id", "external_ids", external)
        _refuse_repeats("hours id", "id", [(each.id, number) for number, each in enumerate(self.hours)], "hours")
        by_id = {instance.id: instance for instance in installed}
        by_external_id = {name: instance for instance in installed for name in instance.external_ids}
        object.__setattr__(self, "by_id", by_id)
        object.__setattr__(self, "by_external_id", by_external_id)
        object.__setattr__(self, "by_name", {**by_external_id, **by_id})
        object.__setattr__(self, "hours_by_id", {each.id: each for each in self.hours})
        object.__setattr__(self, "installed_channels", tuple(dict.fromkeys(each.channel for each in installed)))

    def channel_label(self, channel: str) -> str:
        """What people call ``channel``: the workspace's own label, the catalogue's, or the slug."""
        return self.channels.get(channel) or CHANNEL_LABELS.get(channel, channel)

    def instances_of(self, channel: str) -> tuple[Instance, ...]:
        """The installed instances of ``channel``."""
        return tuple(instance for instance in self.instances if instance.channel == channel)

    def place(self, channel: str | None, instance: str | None) -> tuple[str | None, str | None]:
        """Channel and instance of an event that states these: the instance's id, and its channel if none is stated.

        This is looking up and not guessing: whatever is not installed stays as it is, and so does a channel that
        contradicts the instance.
        """
        found = self.by_name.get(instance)
        if found is None:
            return channel, instance
        return (found.channel if channel is None else channel), found.id

    def resolve_key(self, key: EventKey) -> EventKey:
        """``key`` with the place that it means (`place`): all that matching goes by."""
        found = self.by_name.get(key.instance)
        if found is None or (found.id == key.instance and key.channel is not None):
            return key
        channel, instance = self.place(key.channel, key.instance)
        return key._replace(channel=channel, instance=instance)

    def resolve(self, event: Event) -> Event:
        """``event`` with the place that it means (`place`), for showing it. Matching resolves for itself."""
        channel, instance = self.place(event.channel, event.instance)
        if channel == event.channel and instance == event.instance:
            return event
        return replaced(event, channel=channel, instance=instance)


@dataclass(frozen=True)
class Workspace:
    """A workspace in memory: its config, its flows and its scenarios, the last two by id.

    ``problems`` are the files of the folder that could not be read and so are not among the flows and
    scenarios. What is wrong with those that could is for `oncue.domain.checks` to say.
    """

    config: WorkspaceConfig
    flows: Mapping[str, Flow] = field(default_factory=dict)
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(
        cls,
        config: WorkspaceConfig,
        flows: Iterable[Flow] | Mapping[str, Flow] = (),
        scenarios: Iterable[Scenario] | Mapping[str, Scenario] = (),
    ) -> "Workspace":
        """A workspace made in Python, with the parts that `load_workspace` finds in a folder.

        The constructor trusts its caller; this does not: raises `RuleError` for anything but a config, flows and
        scenarios, and for an id that is used twice.
        """
        if not isinstance(config, WorkspaceConfig):
            raise RuleError(f"found {found(config)}, expected a WorkspaceConfig", "config")
        return cls(config, _by_id("flows", flows, Flow), _by_id("scenarios", scenarios, Scenario))

    @property
    def name(self) -> str:
        """What the workspace calls itself."""
        return self.config.name

    def scenarios_expecting(self, flow_id: str) -> list[str]:
        """Ids of the scenarios that expect the flow to run somewhere."""
        return [each.id for each in self.scenarios.values() if any(flow_id in (e.expect or ()) for e in each.events)]

    def with_flow(self, flow: Flow) -> "Workspace":
        """This workspace with ``flow`` added, or put in the place of the one with its id."""
        return replace(self, flows={**self.flows, flow.id: flow})

    def without_flow(self, flow_id: str) -> "Workspace":
        """This workspace without the flow ``flow_id``; ``KeyError`` if there is none."""
        flows = dict(self.flows)
        del flows[flow_id]
        return replace(self, flows=flows)


def _by_id(what: str, values: Iterable[_Part] | Mapping[str, _Part], kind: type[_Part]) -> dict[str, _Part]:
    """``values`` in order of id, as a load of a folder has them."""
    by_id: dict[str, _Part] = {}
    if not isinstance(values, Iterable) or isinstance(values, str | bytes):
        raise RuleError(f"found {found(values)}, expected a list of {kind.__name__}s", what)
    given = values.values() if isinstance(values, Mapping) else values
    for number, each in enumerate(given):
        if not isinstance(each, kind):
            raise RuleError(f"found {found(each)}, expected a {kind.__name__}", what, number)
        if each.id in by_id:
            raise ContradictionError(f"{what}: the id {each.id!r} is used more than once; each must be unique", what)
        by_id[each.id] = each
    for key, each in values.items() if isinstance(values, Mapping) else ():
        if key != each.id:
            raise ContradictionError(f"{what}: {key!r} stands for the id {each.id!r}; they must agree", what)
    return dict(sorted(by_id.items()))


def _refuse_repeats(what: str, key: str, named: Iterable[tuple[str, int]], table: str = "instances") -> None:
    """``named`` are the names that the tables of a list have in ``key``, each with the number of its table."""
    seen: set[str] = set()
    for name, number in named:
        if name in seen:
            message = f"{what} {name!r} is used more than once; each must be unique"
            raise ContradictionError(message, table, number, key)
        seen.add(name)
