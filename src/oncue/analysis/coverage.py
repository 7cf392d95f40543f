"""Coverage: how many flows answer each kind of event, and which events nobody answers.

Flows are counted for all keys at once: the digits of the counts of all keys are one integer for each digit, to which a
flow's keys are added as one number is to another. So 10,000 flows are counted in milliseconds, exactly.

A key on which flows start only sometimes may be answered all the same, as by one flow during office hours and another
one outside of them. `Coverage.gap` finds an event that nobody answers, or shows that there is none.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from oncue.analysis.decisions import Decided, decide
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.regions import Region, region
from oncue.analysis.solver import solve
from oncue.analysis.states import Witness, witness
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace

Level = Literal["none", "sometimes", "one", "many"]
LEVELS: Mapping[Level, str] = {
    "none": "no flow ever starts",
    "sometimes": "no flow always starts, some sometimes do",
    "one": "exactly one flow always starts, and no other",
    "many": "one flow always starts, and others always or sometimes",
}


class Answering(NamedTuple):
    """The flows that an event with some key starts, by id: always, and sometimes."""

    always: tuple[str, ...]
    sometimes: tuple[str, ...]


class Gap(NamedTuple):
    """Whether some event with the key starts no flow, with one that does not unless that could not be decided."""

    possible: bool
    witness: Witness | None = None


class _Counts:
    """A number for each key: the digits of all of them, in base two."""

    def __init__(self) -> None:
        self.digits: list[Keys] = []

    def add(self, keys: Keys) -> None:
        """One more for each of ``keys``."""
        for number, digit in enumerate(self.digits):
            self.digits[number], keys = digit ^ keys, digit & keys
            if not keys:
                return
        if keys:
            self.digits.append(keys)

    def of(self, bit: Keys) -> int:
        """The number of one key."""
        return sum(1 << number for number, digit in enumerate(self.digits) if digit & bit)

    def at_least(self, number: Literal[1, 2]) -> Keys:
        """The keys with such numbers."""
        found = 0
        for digit in self.digits[number - 1 :]:
            found |= digit
        return found


class Coverage:
    """Which flows answer which keys of a workspace."""

    def __init__(self, grid: Grid, decisions: Mapping[str, tuple[Flow, Decided]]) -> None:
        self.grid = grid
        self._decisions = decisions
        self._always, self._sometimes = _Counts(), _Counts()
        for flow, decided in decisions.values():
            if decided.always:
                self._always.add(grid.keys_of(flow.trigger, decided.always))
            if decided.sometimes:
                self._sometimes.add(grid.keys_of(flow.trigger, decided.sometimes))

    @property
    def decisions(self) -> Mapping[str, tuple[Flow, Decided]]:
        """The flows that are counted, by id, with what is decided of them."""
        return self._decisions

    def keys(self, level: Level) -> Keys:
        """The keys on this level."""
        always, twice, sometimes = self._always.at_least(1), self._always.at_least(2), self._sometimes.at_least(1)
        match level:
            case "none":
                return self.grid.keys & ~(always | sometimes)
            case "sometimes":
                return sometimes & ~always
            case "one":
                return always & ~(twice | sometimes)
        return twice | (always & sometimes)

    def level(self, key: EventKey) -> Level | None:
        """The level of ``key``; ``None`` if it is not in the space of the workspace."""
        bit = self.grid.bit(key)
        return next((level for level in LEVELS if self.keys(level) & bit), None)

    def counts(self, key: EventKey) -> tuple[int, int]:
        """How many flows always start, and how many sometimes do."""
        bit = self.grid.bit(key)
        return self._always.of(bit), self._sometimes.of(bit)

    def answering(self, key: EventKey) -> Answering:
        """The flows that ``key`` starts, in order of id."""
        bit = self.grid.bit(key)
        always: list[str] = []
        sometimes: list[str] = []
        for flow_id, (flow, decided) in sorted(self._decisions.items()):
            if flow.trigger.event == key.event and self.grid.keys_of(flow.trigger, decided.starts) & bit:
                (always if key.participant_type in decided.always else sometimes).append(flow_id)
        return Answering(tuple(always), tuple(sometimes))

    def region(self, level: Level) -> Region | None:
        """All keys on this level; ``None`` if there are none. Its witness is an event, in no particular state."""
        keys = self.keys(level)
        return region(self.grid, keys) if keys else None

    def gap(self, key: EventKey) -> Gap:
        """Whether some event with ``key`` starts no flow at all."""
        always, sometimes = self.answering(key)
        if always:
            return Gap(False)
        failing = [Conditions.of(self._decisions[flow_id][0], self.grid.config) for flow_id in sometimes]
        possible, state = solve(Setting.of(key), failing=failing)
        return Gap(possible, None if state is None else witness(key, state))


def coverage(workspace: Workspace, flows: Iterable[Flow] | None = None) -> Coverage:
    """The coverage of a workspace, by all of its flows or by some of them."""
    chosen = workspace.flows.values() if flows is None else flows
    config = workspace.config
    return Coverage(Grid(config), {flow.id: (flow, decide(flow, config)) for flow in chosen if flow.enabled})
