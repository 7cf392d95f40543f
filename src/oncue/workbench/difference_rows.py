"""The difference of decisions as people read it: events on which the same flows change, and an event for each change.

Names are as they are in the files, and not yet safe to show.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from oncue.analysis.cover import cover
from oncue.analysis.differences import Certainty, Change, Difference, Effect, Group, Label, Where
from oncue.analysis.regions import witness_among
from oncue.analysis.states import Witness
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells
from oncue.workbench.witness_words import lines_of, witness_words

EFFECTS: Mapping[tuple[Effect, Certainty], str] = {
    ("starts", "always"): "starts now",
    ("starts", "sometimes"): "starts now in some cases",
    ("stops", "always"): "no longer starts",
    ("stops", "sometimes"): "no longer starts in some cases",
}
SIGNS: Mapping[Effect, str] = {"starts": "+", "stops": "-"}
WHERE: Mapping[Where, str] = {
    "both": "",
    "old": "on what is no longer installed",
    "new": "on what is newly installed",
}


class ShownChange(NamedTuple):
    """What changes for a flow on some events, and one of them."""

    label: Label
    witness: Witness | None
    example: str

    @property
    def words(self) -> str:
        """``starts now``, ``no longer starts in some cases``."""
        return EFFECTS[self.label.effect, self.label.certainty]


class ShownGroup(NamedTuple):
    """Events on which the same flows change in the same way, described; of many changes the first have an example."""

    group: Group
    cells: tuple[Cells, ...]
    config: WorkspaceConfig
    changes: tuple[ShownChange, ...]


class Shown:
    """Describes the groups and changes of a difference when they are asked for."""

    def __init__(self, difference: Difference) -> None:
        self._difference = difference
        self._changes: defaultdict[Label, list[Change]] = defaultdict(list)
        for change in difference.changes:
            self._changes[change.label].append(change)

    def groups(self, groups: Iterable[Group], most_examples: int) -> Iterator[ShownGroup]:
        """Each of ``groups``; at most so many of its changes have an example."""
        for group in groups:
            cells, config = cover(self._difference.new, group.keys), self.config(group.where)
            changes = [
                self._shown(self._change(label, group), cells, number < most_examples)
                for number, label in enumerate(group.labels)
            ]
            yield ShownGroup(group, cells, config, tuple(changes))

    def changes(self) -> Iterator[tuple[Change, tuple[Cells, ...], ShownChange]]:
        """Each change of a flow, where it is, and an example."""
        for change in self._difference.changes:
            cells = cover(self._difference.new, change.keys)
            yield change, cells, self._shown(change, cells, True)

    def config(self, where: Where) -> WorkspaceConfig:
        """The config that knows the names of what is there."""
        return self._difference.old.config if where == "old" else self._difference.new.config

    def _change(self, label: Label, group: Group) -> Change:
        return next(change for change in self._changes[label] if not group.keys & ~change.keys)

    def _shown(self, change: Change, cells: tuple[Cells, ...], with_example: bool) -> ShownChange:
        grid = self._difference.new
        found = witness_among(grid, cells, change.holding, change.failing) if with_example else None
        lines = lines_of((*change.holding, *change.failing))
        words = "" if found is None else witness_words(found, self.config(change.where), lines)
        return ShownChange(change.label, found, words)
