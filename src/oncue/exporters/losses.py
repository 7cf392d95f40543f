"""The loss report: which events a target's rule gains or loses, counted over the exact event space.

The keys of the rule are compared with those of the flow as sets. On keys that both have, conditions are compared by
solving: is there a state in which the rule matches and the flow does not start? So a condition that makes no
difference is no loss, and whatever is claimed comes with an event that shows it.
"""

from typing import NamedTuple

from oncue.analysis.decisions import Decided, settings
from oncue.analysis.grid import Grid, Keys
from oncue.analysis.literals import Conditions
from oncue.analysis.regions import Region, region
from oncue.analysis.solver import possible
from oncue.exporters.rules import Rule, Unsaid


class Loss(NamedTuple):
    """What becomes of one flow in a target.

    ``gained`` are keys on which the flow never starts and the rule matches, ``loosened`` those on which both do but
    the rule more often, ``lost`` those on which only the flow starts, and ``tightened`` those on which it does more
    often than the rule.
    """

    rule: Rule
    gained: Keys
    loosened: Keys
    lost: Keys
    tightened: Keys
    regions: tuple[tuple[str, Region], ...]
    """Each of the four that is not empty, in words and with a witness."""

    @property
    def flow_id(self) -> str:
        """The flow that it is about."""
        return self.rule.flow.id

    @property
    def unsaid(self) -> tuple[Unsaid, ...]:
        """The fields that the target cannot say."""
        return self.rule.unsaid

    @property
    def widens(self) -> bool:
        """Whether the target would start the flow on events on which it does not start here."""
        return bool(self.gained or self.loosened)

    @property
    def narrows(self) -> bool:
        """Whether it would not start it on events on which it does."""
        return bool(self.lost or self.tightened)


def loss_of(rule: Rule, decided: Decided, grid: Grid) -> Loss:
    """The loss of a flow, of which it is ``decided`` when it starts, in the target that made ``rule`` of it."""
    flow = rule.flow
    space = grid.keys if rule.space is None else grid.keys & rule.space
    own, theirs = grid.keys_that_start(flow, decided) & space, rule.keys & space
    original, said = Conditions.of(flow, grid.config), Conditions(flow.id, rule.when, grid.config)
    loosened = tightened = 0
    shared = own & theirs
    if shared and original.when != said.when:
        for setting, alike in settings(flow.trigger.event, decided.starts, (original, said)):
            keys = shared & grid.keys_of(flow.trigger, alike)
            if keys and possible(setting, (said,), (original,)):
                loosened |= keys
            if keys and possible(setting, (original,), (said,)):
                tightened |= keys
    if rule.near:
        loosened = tightened = shared
    gained, lost = theirs & ~own, own & ~theirs
    regions = tuple(
        (name, region(grid, keys, holding, failing))
        for name, keys, holding, failing in (
            ("gained", gained, (said,), ()),
            ("loosened", loosened, (said,), (original,)),
            ("lost", lost, (original,), ()),
            ("tightened", tightened, (original,), (said,)),
        )
        if keys
    )
    return Loss(rule, gained, loosened, lost, tightened, regions)
