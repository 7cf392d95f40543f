"""The transcript of a simulated conversation: a list of rows that fold, and that explain why flows did not run.

What there is to see comes with `show_state`; which events are folded or explained is known here only.
`oncue.workbench.transcript_rows` makes the rows. What has no room in one row goes on in the next; the cursor is on all
of them at once.
"""

from collections.abc import Sequence

from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.simulation.timeline import Timeline
from oncue.text import counted
from oncue.tui.widgets.rows import RowList
from oncue.workbench.rows import MISSED, Row
from oncue.workbench.spans import Line, line
from oncue.workbench.state import State
from oncue.workbench.transcript_rows import TranscriptRows

NOTHING_YET = (
    line(("Nothing has happened yet.", "strong")),
    line(),
    line(("c", "accent"), " starts a conversation; then"),
    line(("m", "accent"), " writes a message,"),
    line(("a", "accent"), " adds, ", ("r", "accent"), " removes somebody,"),
    line(("x", "accent"), " picks something at random,"),
    line(("o", "accent"), " opens a scenario."),
)
NO_INSTANCE = (line(("No channel instance is installed.", "muted")),)

NARROWEST = 20
"""Cells below which lines are cut and not broken."""


class Transcript(RowList[Row]):
    """The rows of the conversation that is seen, with the cursor on one of them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda row, _width: (row.spans,), empty=NOTHING_YET, id=id)
        self._state: State | None = None
        self._maker = TranscriptRows(NARROWEST)
        self._folds: dict[int, frozenset[int]] = {}
        self._explained: int | None = None
        self._sought: int | None = None

    def show_state(self, state: State, follow: bool = False) -> None:
        """Show the conversation of ``state``; ``follow``: go to its last event, otherwise stay where the cursor is."""
        self._state = state
        if state.replay is None or state.timeline is None:
            self.empty = NO_INSTANCE
            self.show(())
            return
        self.empty = _ahead(state.timeline) if state.timeline.ahead else NOTHING_YET
        width = max(self.scrollable_content_region.width, NARROWEST)
        if width != self._maker.width:
            self._maker = TranscriptRows(width)
        row, rows = self.current, self._maker.rows(state, self._explained, self._folds)
        sought, self._sought = self._sought, None
        if sought is not None:
            self.show(rows, _place(rows, sought, 0))
            self._show_whole(sought)
        elif follow:
            number = len(state.timeline.events)
            # Of time that passed there is no row of its own, but perhaps a flow that went on.
            there = any(row.number == number for row in rows)
            self.show(rows, _place(rows, number, 0) if there else max(len(rows) - 1, 0))
            if there:
                self._show_whole(number)
            elif rows:
                self.scroll_end(animate=False, force=True)
        else:
            self.show(rows, None if row is None else _place(rows, row.number, row.line))

    def on_resize(self) -> None:
        self._show_again()  # lines break elsewhere now

    def seek(self, number: int) -> None:
        """From the next `show_state` on, which follows, be at an event, with as much as there is room for of it."""
        self._sought = number

    @property
    def suggestion(self) -> Row | None:
        """The row of an edit: the one under the cursor, or else the first for its flow, or for its event."""
        row = self.current
        if row is None:
            return None
        of_event = [each for each in self.rows if each.number == row.number]
        of_flow = (each for each in of_event if each.flow_id == row.flow_id)
        return next((each for each in (row, *of_flow, *of_event) if each.edit is not None), None)

    @property
    def event_here(self) -> tuple[ScenarioEvent | None, int]:
        """The event that the cursor is on, and its number."""
        row, timeline = self.current, self._state.timeline if self._state else None
        if row is None or timeline is None or not 0 < row.number <= len(timeline.events):
            return None, 0
        event = timeline.events[row.number - 1]
        return (event, row.number) if isinstance(event, ScenarioEvent) else (None, 0)

    def flow_shown(self, flow_id: str) -> Flow | None:
        """A flow as it is in what is shown."""
        return self._state.workspace.flows.get(flow_id) if self._state else None

    def explain(self, number: int) -> None:
        """Show, or hide again, why the other flows did not run on an event."""
        self._explained = None if self._explained == number else number
        self._show_again()
        if self._explained is not None:
            top = _place(self.rows, number, MISSED)
            self.move(top, tell=False)
            # With the event above it, if the flows that ran leave room for that.
            start = _place(self.rows, number, 0)
            room = self.scrollable_content_region.height // 2
            self.scroll_to(y=start if top - start < room else top, animate=False, force=True)

    def fold(self) -> None:
        """Hide, or show again, what is below the line under the cursor."""
        row = self.current
        if row is not None:
            self._folds[row.number] = self._folds.get(row.number, frozenset()) ^ {max(row.line, 0)}
            self._show_again()

    def fold_all(self) -> None:
        """Hide everything but the events, or show everything again."""
        numbers = {each.number for each in self.rows}
        folded = numbers and all(0 in self._folds.get(number, frozenset()) for number in numbers)
        self._folds = {} if folded else dict.fromkeys(numbers, frozenset({0}))
        self._show_again()

    def unfold_all(self) -> None:
        """Fold nothing from the next `show_state` on, which shows another conversation."""
        self._folds = {}

    def go_by_event(self, by: int) -> None:
        """Go to the next event, or to the beginning of this one or the one before it."""
        starts = [at for at, row in enumerate(self.rows) if at == 0 or row.number != self.rows[at - 1].number]
        ahead = [at for at in starts if at > self.cursor] if by > 0 else [at for at in starts if at < self.cursor]
        if ahead:
            self.move(ahead[0] if by > 0 else ahead[-1])
            self._show_whole(self.rows[self.cursor].number)

    def move(self, index: int, tell: bool = True) -> None:
        """Override: the cursor is on the first of the rows that belong together."""
        index = max(0, min(index, len(self.rows) - 1))
        while 0 < index < len(self.rows) and self.rows[index].continues:
            index -= 1
        super().move(index, tell)

    def action_cursor(self, by: int) -> None:
        """Override: go over what belongs together in one step."""
        self.move(self.cursor + by if by < 0 else self.band.stop - 1 + by)

    @property
    def band(self) -> range:
        """Override: all rows that go on with the one under the cursor."""
        end = self.cursor + 1
        while end < len(self.rows) and self.rows[end].continues:
            end += 1
        return range(self.cursor, end)

    def _show_whole(self, number: int) -> None:
        """Scroll so that all rows of an event are seen, or as many as there is room for from its first one on."""
        places = [at for at, row in enumerate(self.rows) if row.number == number]
        if not places:
            return
        first, last = places[0], places[-1]
        top, room = self.scroll_offset.y, self.scrollable_content_region.height
        if first < top or last >= top + room:
            self.scroll_to(
                y=max(min(first, last - room + 1), 0) if last - first < room else first, animate=False, force=True
            )

    def _show_again(self) -> None:
        if self._state is not None:
            self.show_state(self._state)


def _place(rows: Sequence[Row], number: int, line_of_it: int) -> int:
    """The index of a line of an event; of its first line if it has no such line."""
    of_event = [(at, row.line) for at, row in enumerate(rows) if row.number == number]
    same = (at for at, line_number in of_event if line_number == line_of_it)
    return next(same, of_event[0][0] if of_event else 0)


def _ahead(timeline: Timeline) -> tuple[Line, ...]:
    events = sum(isinstance(each, ScenarioEvent) for each in timeline.ahead)  # time that passes is no event
    return (
        line((f"{counted(events, 'event')} ahead.", "strong")),
        line(),
        line(("→", "accent"), " plays the next one,"),
        line(("p", "accent"), " plays all of them."),
    )
