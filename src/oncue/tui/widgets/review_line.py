"""Which other flows answer the events of the open one: a line that reviews each edit.

In a small workspace that takes less than a millisecond, and is drawn together with the edit. In a large one it is done
in a thread, beside the typing: at most one review is under way, and it begins when nothing has changed for a moment,
so typing waits for none of it. What was found last stays until then; only for another flow it is cleared at once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from textual.message import Message

from oncue.editing.session import Session
from oncue.text import counted
from oncue.tui.background import in_background
from oncue.tui.messages import ChooseFlow, Open
from oncue.tui.widgets.lines import LineWidget, Parts, Target, width_of_parts
from oncue.workbench.spans import Span, line

if TYPE_CHECKING:
    from oncue.workbench.edit_review import EditReview, Reviewer, Rival

QUIET = 0.1
"""Seconds without a change after which the edit is reviewed."""

QUICK = 0.002
"""Seconds that the last review may have taken for the next one to be done at once."""

SMALL = 200
"""Flows up to which a review may be done at once: what was quick for one flow may take long for another."""

_MOST = 8
"""Names that are tried to fit into the line."""


class ReviewLine(LineWidget):
    """Tells the flows that answer the same events; a click on one opens it, and on the rest lists them all."""

    @dataclass(eq=False, repr=False)
    class Reviewed(Message):
        """A review that took its time is done; one that did not is when `show` returns."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session: Session | None = None
        self._reviewed: Session | None = None
        self._reviewer: Reviewer | None = None
        self._busy = False
        self._took = QUICK * 2
        self._flow_id: str | None = None
        self._rivals: Sequence[Rival] = ()
        self._effect: tuple[str | None, str] = (None, "")

    def show(self, session: Session) -> None:
        """Review the open flow of ``session`` soon."""
        if session is self._session:
            return
        self._session = session
        if session.selected != self._flow_id:
            self._flow_id, self._rivals = session.selected, ()
            self.refresh()
        if self._busy:
            return
        if self._took <= QUICK and len(session.workspace.flows) <= SMALL:
            self._reviewed = session
            self._found(self._compute(session))
        else:
            self._busy = True
            in_background(self, self._review, group="review")

    def effect_on(self, flow_id: str) -> str:
        """What the edit of a flow changes in decisions, as far as that is known; empty if nothing."""
        return self._effect[1] if self._effect[0] == flow_id else ""

    async def _review(self) -> None:
        try:
            while self._session is not None and self._session is not self._reviewed:
                session = self._session
                await asyncio.sleep(QUIET)
                if session is self._session:
                    self._reviewed = session
                    self._found(await asyncio.to_thread(self._compute, session))
                    self.post_message(self.Reviewed())
        finally:
            self._busy = False

    def _compute(self, session: Session) -> "EditReview":
        from oncue.workbench.edit_review import Reviewer  # not needed for the first paint

        self._reviewer = self._reviewer or Reviewer()
        began = perf_counter()
        review = self._reviewer.review(session)
        self._took = perf_counter() - began
        return review

    def _found(self, review: "EditReview") -> None:
        if review.flow_id != self._flow_id:
            return  # another flow was opened since
        self._effect = review.flow_id, review.words
        if review.rivals != self._rivals:
            self._rivals = review.rivals
            self.refresh()

    def lines(self, width: int) -> Sequence[Parts]:
        if not self._rivals:
            return [()]
        least = 1 if len(self._rivals) == 1 else 0
        choices = (self._parts(shown) for shown in range(min(len(self._rivals), _MOST), least, -1))
        return [next((parts for parts in choices if width_of_parts(parts) <= width), self._parts(least))]

    def _parts(self, shown: int) -> list[Span | Target]:
        """The names of so many of the flows, and how many more there are."""
        sometimes = not any(rival.always for rival in self._rivals)
        parts: list[Span | Target] = [("Sometimes also answered by " if sometimes else "Also answered by ", "warning")]
        for number, rival in enumerate(self._rivals[:shown]):
            name = rival.name if rival.always or sometimes else f"{rival.name} (sometimes)"
            parts += [(", ", "muted")] * (number > 0) + [Target(line((name, "accent")), number)]
        if not shown:
            parts.append(Target(line((counted(len(self._rivals), "flow"), "accent")), -1))
        elif more := len(self._rivals) - shown:
            parts += [(" and ", "muted"), Target(line((f"{more:,} more", "accent")), -1)]
        return parts

    def clicked(self, value: str | int) -> None:
        if value == -1:
            self.choose()
        elif int(value) < len(self._rivals):
            self.post_message(Open(self._rivals[int(value)].flow_id, ("trigger", "event")))

    def choose(self) -> None:
        """Open one of the flows; ask which if they are several."""
        if not self._rivals:
            self.notify("No other flow answers the same events.")
        elif len(self._rivals) == 1:
            self.clicked(0)
        else:
            self.post_message(ChooseFlow("Also answered by", tuple(rival.flow_id for rival in self._rivals)))
