"""What is listed of a capture: the events that a filter finds, more and more while it is read, and which are marked.

A filter hides events and forgets no marks.
"""

from bisect import bisect_left
from typing import NamedTuple

from oncue.workbench.captured_events import CapturedEvent, CapturedEvents


class Words(NamedTuple):
    """A filter: events that have all of these words, in whichever place."""

    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Words":
        """The filter that ``text`` spells."""
        return cls(tuple(text.casefold().split()))

    def holds(self, captured: CapturedEvent) -> bool:
        """Whether ``captured`` is asked for."""
        return all(word in captured.words for word in self.words)

    def refines(self, other: "Words") -> bool:
        """Whether all that it asks for is asked for by ``other``, too, as while a word is typed."""
        return all(any(word in own for own in self.words) for word in other.words)


class CapturedList:
    """The list of ``found``, which grows; `catch_up` when it did."""

    def __init__(self, found: CapturedEvents) -> None:
        self.found = found
        self.filter = Words()
        self.listed: list[CapturedEvent] = []
        self.marked: frozenset[int] = frozenset()
        self._looked_at = 0
        """How many events were held against the filter."""

    def catch_up(self) -> None:
        """List the events that were found since, as far as they are asked for."""
        new = self.found.events[self._looked_at :]
        self._looked_at += len(new)
        self.listed += filter(self.filter.holds, new)

    def narrow(self, text: str) -> None:
        """List the events that have the words of ``text``."""
        before, self.filter = self.filter, Words.of(text)
        if not self.filter.refines(before):
            self.listed = self.found.events[: self._looked_at]
        for word in self.filter.words:
            self.listed = [each for each in self.listed if word in each.words]
        self.catch_up()

    def near(self, chosen: CapturedEvent | None) -> int:
        """Where ``chosen`` is in the list, or where it would be."""
        number = 0 if chosen is None else chosen.number
        return bisect_left(self.listed, number, key=lambda each: each.number)

    def mark(self, numbers: frozenset[int]) -> None:
        """Mark the events with these numbers; if all of them are marked, take their marks away."""
        self.marked = self.marked - numbers if numbers <= self.marked else self.marked | numbers

    def same_conversation(self, chosen: CapturedEvent) -> frozenset[int]:
        """The numbers of all events of the conversation of ``chosen``, if it states one."""
        wanted = chosen.stated.conversation
        if wanted is None:
            return frozenset((chosen.number,))
        return frozenset(each.number for each in self.found.events if each.stated.conversation == wanted)

    def summary(self, is_read: bool) -> str:
        """How much there is of everything, in a line."""
        parts = [self.found.summary()]
        parts += [f"{len(self.listed):,} found"] if self.filter.words else []
        parts += [f"{len(self.marked):,} marked"] if self.marked else []
        return " · ".join([*parts, *([] if is_read else ["reading…"])])
