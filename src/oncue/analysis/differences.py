"""What a change changes: the events that start a flow now and did not before, and the other way round.

Keys are compared as sets, and conditions by solving: is there a state in which the new ones hold and the old ones do
not? So a line that is written differently and means the same is no difference, as is another order of phrases. Hours
are compared too, as they can change under flows that stay as they are.

`edit_changes` looks at the two versions of one flow and at nothing else, which makes it as fast in a workspace of
10,000 flows as in one of ten. `difference` looks at every flow that is not the same in both workspaces.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from oncue.analysis.decisions import NEVER, Decided, decide, settings
from oncue.analysis.grid import Grid, Keys, places_of
from oncue.analysis.literals import Conditions
from oncue.analysis.regions import Region, region
from oncue.analysis.solver import possible
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.conditions import zone_of
from oncue.matching.space import Place

Effect = Literal["starts", "stops"]
Certainty = Literal["always", "sometimes"]
Where = Literal["both", "old", "new"]
"""In which of the workspaces there are such events: in both, or on an instance that only one of them has."""


class Change(NamedTuple):
    """Events that start a flow which they did not start before, or do no longer: always, or sometimes.

    ``holding`` are the conditions that hold where it is so, and ``failing`` those that do not.
    """

    flow_id: str
    effect: Effect
    certainty: Certainty
    where: Where
    keys: Keys
    holding: tuple[Conditions, ...]
    failing: tuple[Conditions, ...]

    @property
    def size(self) -> int:
        """How many keys these are."""
        return self.keys.bit_count()

    @property
    def label(self) -> "Label":
        """What happens, without where."""
        return Label(self.flow_id, self.effect, self.certainty)


class Label(NamedTuple):
    """What happens to a flow on some events."""

    flow_id: str
    effect: Effect
    certainty: Certainty


class Group(NamedTuple):
    """Events on which the same flows change in the same way."""

    labels: tuple[Label, ...]
    where: Where
    keys: Keys

    @property
    def size(self) -> int:
        """How many keys these are."""
        return self.keys.bit_count()


class Difference:
    """What differs between two workspaces: ``added`` and ``removed`` are the places that only one of them has."""

    def __init__(self, old: Grid, new: Grid, changes: tuple[Change, ...]) -> None:
        self.old, self.new, self.changes = old, new, changes
        before, after = set(places_of(old.config)), set(places_of(new.config))
        self.added: tuple[Place, ...] = tuple(place for place in new.places if place in after - before)
        self.removed: tuple[Place, ...] = tuple(place for place in new.places if place in before - after)

    @property
    def size(self) -> int:
        """How many keys are decided otherwise."""
        keys = 0
        for change in self.changes:
            keys |= change.keys
        return keys.bit_count()

    def region(self, change: Change) -> Region:
        """The keys of ``change``, with an event that shows it."""
        return region(self.new, change.keys, change.holding, change.failing)

    def group_region(self, group: Group) -> Region:
        """The keys of ``group``, with an event that shows the first of what changes."""
        change = next(each for each in self.changes if each.label == group.labels[0] and not group.keys & ~each.keys)
        return region(self.new, group.keys, change.holding, change.failing)

    def groups(self) -> tuple[Group, ...]:
        """The keys that are decided otherwise, grouped by what changes on them; the largest first."""
        on_key: defaultdict[int, list[int]] = defaultdict(list)
        for number, change in enumerate(self.changes):
            for bit in _bits(change.keys):
                on_key[bit].append(number)
        alike: defaultdict[tuple[int, ...], bytearray] = defaultdict(lambda: bytearray(len(self.new.places) * 18))
        for bit, numbers in on_key.items():
            alike[tuple(numbers)][bit >> 3] |= 1 << (bit & 7)
        found = [
            Group(
                tuple(self.changes[number].label for number in numbers),
                self.changes[numbers[0]].where,
                int.from_bytes(keys, "little"),
            )
            for numbers, keys in alike.items()
        ]
        return tuple(sorted(found, key=lambda group: (-group.size, group.labels, group.keys)))


def difference(old: Workspace, new: Workspace) -> Difference:
    """What differs between the decisions of two workspaces."""
    places = tuple(dict.fromkeys((*places_of(new.config), *places_of(old.config))))
    before, after = Grid(old.config, places), Grid(new.config, places)
    same_config = old.config is new.config or old.config == new.config
    same_places = same_config or before.keys == after.keys
    changes: list[Change] = []
    for flow_id in sorted({*old.flows, *new.flows}):
        was, now = old.flows.get(flow_id), new.flows.get(flow_id)
        if was is now and same_config:
            continue
        if was is not None and now is not None and same_places and _means_the_same(was, now, old.config, new.config):
            continue
        changes += _changes(was, now, before, after)
    return Difference(before, after, tuple(changes))


def edit_changes(before: Flow | None, after: Flow | None, grid: Grid) -> tuple[Change, ...]:
    """What an edit changes: ``before`` is ``None`` for a new flow, and ``after`` for one that was deleted."""
    if before is not None and after is not None and _means_the_same(before, after, grid.config, grid.config):
        return ()
    return tuple(_changes(before, after, grid, grid))


def _means_the_same(before: Flow, after: Flow, old: WorkspaceConfig, new: WorkspaceConfig) -> bool:
    if before is not after and (
        before.enabled != after.enabled or before.trigger != after.trigger or before.when != after.when
    ):
        return False
    return not after.enabled or old is new or _hours_mean_the_same(after, old, new)


def _hours_mean_the_same(flow: Flow, old: WorkspaceConfig, new: WorkspaceConfig) -> bool:
    when = flow.when
    if when is None:
        return True
    named = (*(when.during_hours or ()), *(when.outside_hours or ()))
    if any(old.hours_by_id.get(each) != new.hours_by_id.get(each) for each in named):
        return False
    return when.once_per != "day" or zone_of(old) == zone_of(new)


def _changes(before: Flow | None, after: Flow | None, old: Grid, new: Grid) -> Iterator[Change]:
    was = NEVER if before is None else decide(before, old.config)
    now = NEVER if after is None else decide(after, new.config)
    old_keys = 0 if before is None else old.keys_that_start(before, was)
    new_keys = 0 if after is None else new.keys_that_start(after, now)
    if after is not None:
        yield from _only(after, now, new, new_keys & ~old_keys, "starts", (old, new))
    if before is not None:
        yield from _only(before, was, old, old_keys & ~new_keys, "stops", (old, new))
    shared = old_keys & new_keys
    if shared and before is not None and after is not None:
        earlier, later = Conditions.of(before, old.config), Conditions.of(after, new.config)
        yield from _conditions_changed(after, shared, earlier, later, new)


def _only(
    flow: Flow, decided: Decided, grid: Grid, keys: Keys, effect: Effect, grids: tuple[Grid, Grid]
) -> Iterator[Change]:
    """Keys on which one of the two versions never starts."""
    old, new = grids
    always = keys & grid.keys_of(flow.trigger, decided.always) if decided.always else 0
    conditions = (Conditions.of(flow, grid.config),)
    parts: tuple[tuple[Certainty, Keys], ...] = (("always", always), ("sometimes", keys & ~always))
    for certainty, part in parts:
        wheres: tuple[tuple[Where, Keys], ...] = (
            ("both", part & old.keys & new.keys),
            ("old", part & ~new.keys),
            ("new", part & ~old.keys),
        )
        for where, among in wheres:
            if among:
                yield Change(flow.id, effect, certainty, where, among, conditions, ())


def _conditions_changed(
    flow: Flow, shared: Keys, earlier: Conditions, later: Conditions, grid: Grid
) -> Iterator[Change]:
    """Keys on which both versions start, but not in the same states."""
    starts, stops = 0, 0
    whos = frozenset(grid.key(bit).participant_type for bit in _bits(shared))
    for setting, alike in settings(flow.trigger.event, whos, (earlier, later)):
        keys = shared & grid.keys_of(flow.trigger, alike)
        if possible(setting, (later,), (earlier,)):
            starts |= keys
        if possible(setting, (earlier,), (later,)):
            stops |= keys
    if starts:
        yield Change(flow.id, "starts", "sometimes", "both", starts, (later,), (earlier,))
    if stops:
        yield Change(flow.id, "stops", "sometimes", "both", stops, (earlier,), (later,))


def _bits(keys: Keys) -> Iterator[int]:
    """The numbers of the bits that are set."""
    digits = bin(keys)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)
