"""What of a flow a target says: the keys on which its rule matches, the conditions that it has, and what is left out.

An exporter says of each flow which rule it made of it. `oncue.exporters.losses` compares that rule with the flow, so
that no exporter judges itself: whoever leaves out a line of ``[when]`` only has to leave it out of the rule as well.
"""

from collections.abc import Iterable
from typing import NamedTuple

from oncue.analysis.decisions import WHO, Decided, Who, settings
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.literals import Conditions
from oncue.analysis.solver import possible
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_TYPES, Step
from oncue.domain.workspace import WorkspaceConfig


class Unsaid(NamedTuple):
    """A field of a flow that the target has no way to say, and why not."""

    field: str
    why: str


class Rule(NamedTuple):
    """What the target's rule for ``flow`` matches: events with these ``keys`` for which ``when`` holds.

    ``space`` are the keys that exist in the target, where those are not all: a target in which every event has an
    instance neither gains nor loses events that state none. ``near`` are lines of ``when`` that the target has in a
    sense near to ours: on every key the rule may match where the line fails, and may not where it holds.
    """

    flow: Flow
    keys: Keys
    when: When | None
    unsaid: tuple[Unsaid, ...] = ()
    space: Keys | None = None
    near: tuple[str, ...] = ()


class Narrowed(NamedTuple):
    """A flow with the conditions that its key decides turned into participant types.

    ``whos`` are those for whom it ever starts, ``None`` for anybody, types that do not exist yet included. ``open``
    are the lines of ``[when]`` that are left: those that can fail although all others hold.
    """

    flow: Flow
    decided: Decided
    whos: frozenset[Who] | None
    open: tuple[str, ...]

    @classmethod
    def of(cls, flow: Flow, decided: Decided, config: WorkspaceConfig) -> "Narrowed":
        """``flow``, which is decided like that."""
        whos = decided.starts
        anybody = flow.trigger.participant_types is None and len(whos) == len(WHO)
        return cls(flow, decided, None if anybody else whos, _open_lines(flow, decided, config))

    @property
    def listed(self) -> tuple[Who, ...]:
        """Those for whom it starts, in order; the last may be ``None``, for a type that is not stated."""
        return tuple(who for who in WHO if who in self.decided.starts)

    def when_without(self, keys: Iterable[str]) -> When | None:
        """The conditions but for the lines ``keys``."""
        return None if self.flow.when is None else self.flow.when.without(*keys)


def _open_lines(flow: Flow, decided: Decided, config: WorkspaceConfig) -> tuple[str, ...]:
    when = flow.when
    if when is None or not decided.sometimes:
        return ()
    found = []
    for key in when.lines:
        only = Conditions(flow.id, when.without(*(each for each in when.lines if each != key)), config)
        others = Conditions(flow.id, when.without(key), config)
        if any(
            possible(setting, (others,), (only,))
            for setting, _ in settings(flow.trigger.event, decided.sometimes, (only, others))
        ):
            found.append(key)
    return tuple(found) or when.lines


def conditions_unsaid(keys: Iterable[str], why: str) -> tuple[Unsaid, ...]:
    """Lines of ``[when]`` that the target does not have."""
    return tuple(Unsaid(f"when.{key}", why) for key in keys)


def steps_unsaid(flow: Flow, why: str) -> tuple[Unsaid, ...]:
    """All steps of a flow, of which the target carries out none."""
    return (Unsaid("steps", why),) if flow.steps else ()


def step_unsaid(number: int, step: Step, why: str) -> Unsaid:
    """One step, counted from 0."""
    return Unsaid(f"steps[{number + 1}]", f"{STEP_TYPES[step.type].label}: {why}")


def exact(narrowed: Narrowed, grid: Grid, unsaid: tuple[Unsaid, ...] = ()) -> Rule:
    """A rule that matches exactly what starts the flow, whatever else the target leaves out."""
    return Rule(narrowed.flow, grid.keys_that_start(narrowed.flow, narrowed.decided), narrowed.flow.when, unsaid)


def unconditional(narrowed: Narrowed, grid: Grid, why: str, unsaid: tuple[Unsaid, ...] = ()) -> Rule:
    """A rule that says the whole trigger and no condition."""
    lost = conditions_unsaid(narrowed.open, why)
    return Rule(narrowed.flow, grid.keys_that_start(narrowed.flow, narrowed.decided), None, (*lost, *unsaid))


def unsayable(flow: Flow, field: str, why: str) -> Rule:
    """No rule at all, because of ``field``."""
    return Rule(flow, 0, None, (Unsaid(field, why),))
