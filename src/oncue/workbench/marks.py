"""Which rows of a list are marked, and the range that is being marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked ``ids``. While a range is marked, ``anchor`` is its first row, and ``kept`` was marked before it."""

    ids: frozenset[str] = frozenset()
    anchor: str | None = None
    kept: frozenset[str] = frozenset()

    def toggled(self, row: str) -> "Marks":
        """After ``row`` was marked or unmarked on its own; a range ends there."""
        return Marks(self.ids ^ {row})

    def ranging(self, row: str) -> "Marks":
        """After a range was begun at ``row``."""
        return Marks(self.ids | {row}, row, self.ids)

    def up_to(self, rows: Sequence[str], row: str) -> "Marks":
        """After the range was drawn to ``row`` of the listed ``rows``."""
        if self.anchor not in rows or row not in rows:
            return self.settled()
        first, last = sorted((rows.index(self.anchor), rows.index(row)))
        return replace(self, ids=self.kept | frozenset(rows[first : last + 1]))

    def settled(self) -> "Marks":
        """After the range was ended: what is marked stays."""
        return Marks(self.ids)

    def all_of(self, rows: Sequence[str]) -> "Marks":
        """All listed rows marked; or none of them, if they were."""
        listed = frozenset(rows)
        return Marks(self.ids - listed if listed <= self.ids else self.ids | listed)

    def cleared(self) -> "Marks":
        """Nothing marked."""
        return Marks()
