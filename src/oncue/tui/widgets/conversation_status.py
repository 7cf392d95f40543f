"""How a conversation stands: open or closed, who is there, who is responsible, labels, what is known of the contact."""

from collections.abc import Sequence
from datetime import datetime

from oncue.domain.conversations import Conversation, person
from oncue.domain.flows import Flow
from oncue.domain.phrases import assignments
from oncue.simulation.simulation import Simulation
from oncue.simulation.transcript import GLYPHS
from oncue.text import counted, visible
from oncue.tui.widgets.lines import LineWidget
from oncue.workbench.spans import Line, Span, fitted, wrapped

WAITING = 3
"""Flows that wait which are named."""

LONGEST = 300
"""Characters of one value, or of a list of names, that are shown."""


class ConversationStatus(LineWidget):
    """One sentence, wrapped to the lines that there are, and then cut."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._conversation: Conversation | None = None
        self._times: tuple[datetime | None, tuple[tuple[datetime, Flow], ...]] = (None, ())

    def show(self, conversation: Conversation | None, simulation: Simulation | None = None) -> None:
        """Show how ``conversation`` stands, and what time it is in ``simulation``; nothing for ``None``."""
        times = (simulation.now, simulation.waiting_flows) if simulation else (None, ())
        if conversation != self._conversation or times != self._times:
            self._conversation, self._times = conversation, times
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        if self._conversation is None or not self._conversation.started:
            return []
        rows = wrapped(
            tuple((visible(text, LONGEST), role) for text, role in _words(self._conversation, *self._times)), width
        )
        room = self.content_size.height
        if len(rows) <= room:
            return rows
        rest = tuple(span for row in rows[room - 1 :] for span in (*row, (" ", "")))
        return [*rows[: room - 1], fitted(rest, width)]


def _words(now: Conversation, time: datetime | None, waiting: Sequence[tuple[datetime, Flow]]) -> list[Span]:
    here = ", ".join(person(each) for each in now.participants)
    spans = [
        *_times(time, waiting),
        ("open" if now.open else "closed", "success" if now.open else "warning"),
        (" · responsible: ", "muted"),
        (now.assignee or "nobody", ""),
        *([(" · labels: ", "muted"), (", ".join(now.labels), "")] if now.labels else []),
        (" · here: ", "muted"),
        (here or "nobody", ""),
        (f" · {counted(now.messages, 'message')}, {counted(now.notes, 'note')}", "muted"),
    ]
    if now.attributes:
        spans += [(" · contact: ", "muted"), (assignments(now.attributes), "")]
    return spans


def _times(time: datetime | None, waiting: Sequence[tuple[datetime, Flow]]) -> list[Span]:
    """What time it is, and which flows go on when: ``10:10, ◷ 10:20 First reply · ``."""
    if time is None:
        return []
    spans = [(f"{time:%H:%M}", "muted")]
    for due, flow in waiting[:WAITING]:
        when = f"{due:%H:%M}" if due.date() == time.date() else f"{due:%Y-%m-%d %H:%M}"
        spans += [(f", {GLYPHS['timer']} {when} ", "accent"), (flow.name, "")]
    if len(waiting) > WAITING:
        spans.append((f" and {len(waiting) - WAITING} more", "muted"))
    return [*spans, (" · ", "muted")]
