"""The simulator: send events into a conversation and read who ran, and why the others did not.

What was sent is a `Timeline` in the state; this pane shows its replay against the flows as they are edited, so every
edit, saved or not, shows at once (`oncue.workbench.transcript_rows` makes the rows). Several conversations can be under
way; a line above the transcript lists them, one below it says how the one that is seen stands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.app import ComposeResult
from textual.message import Message as TextualMessage
from textual.widgets import Input

from oncue.domain.conversations import Conversation, person
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.phrases import assignments
from oncue.domain.vocabulary import (
    DELIVERIES,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
)
from oncue.simulation.timeline import Timeline
from oncue.text import counted, visible
from oncue.tui.messages import Open, SimulatorChange
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.frames import FieldGrid
from oncue.tui.widgets.lines import Line, LineWidget, Span, fitted, line, wrapped
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.state import State
from oncue.workbench.transcript_rows import Played, Row

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp

NAMES: Mapping[ParticipantType, str] = {
    "contact": "Jane",
    "agent": "Anna",
    "bot": "Robin",
    "flow": "Flow",
    "access_key": "CRM sync",
    "connector": "Spring campaign",
    "channel": "Phone app",
    "automation": "Inbox rule",
}
WHO = tuple(Option(kind, term.label, term.help) for kind, term in PARTICIPANT_TYPES.items())
WHAT = tuple(Option(kind, term.label, term.help) for kind, term in MESSAGE_TYPES.items())
EMPTY = (
    line(("Nothing has happened yet.", "strong")),
    line(),
    line(("c", "accent"), " starts a conversation; then"),
    line(("a", "accent"), " adds, ", ("r", "accent"), " removes somebody,"),
    line(("m", "accent"), " sends a message,"),
    line(("x", "accent"), " picks something at random,"),
    line(("o", "accent"), " opens a scenario."),
)
SHOWN = 300
"""Characters of a name, or of a list of names, that are shown."""

TAB = 22
"""Cells that the name of a conversation takes in the list."""

AT_ONCE = 20
"""Events of a conversation up to which it is played again in the same frame as an edit is shown."""

NO_INSTANCE = (line(("No channel instance is installed.", "muted")),)


class SimulatorPane(Pane):
    """A conversation that is played against the flows as they are now."""

    BINDINGS = bindings("simulator")
    number, title = 4, "Simulator"

    @dataclass(eq=False, repr=False)
    class Take(TextualMessage):
        """The flow shall be edited to ``flow``, so that it would have fired."""

        flow: Flow

    class Record(TextualMessage):
        """What was played shall be saved as a scenario."""

    class Choose(TextualMessage):
        """The user wants to choose a conversation or a scenario."""

    def __init__(self) -> None:
        super().__init__(id="simulator")
        self._shown: tuple[object, ...] = ()
        self._length = (0, 0)
        self._behind = False
        self._state: State | None = None
        self._explained: int | None = None
        self._folds: dict[int, frozenset[int]] = {}
        self._played = Played()

    def compose(self) -> ComposeResult:
        """Who does what and where, then what came of it."""
        yield Choice("Instance", id="play-instance", label="On", label_width=5)
        yield Choice("Participant", WHO, id="play-who", label="As", label_width=5)
        yield Choice("Message type", WHAT, id="play-type", label="Type", label_width=5)
        with FieldGrid(id="play-form"):
            yield TextBlock([("Name", "muted"), ("Text", "muted")], id="play-labels")
            yield Field(placeholder=NAMES["contact"], id="play-name")
            yield Field(placeholder="Hello! (enter sends)", id="play-text")
        yield ActionBar(
            "simulator.created",
            "simulator.added",
            "simulator.removed",
            "simulator.message",
            "simulator.random",
            "simulator.why",
            "simulator.back",
            "simulator.forward",
            "simulator.all",
            "simulator.clear",
            "simulator.open",
            "simulator.record",
            "simulator.delivery",
            "simulator.brief",
            id="play-actions",
        )
        yield ConversationList(id="play-list")
        yield RowList[Row](lambda row, width: (row.spans,), empty=EMPTY, id="play-rows")
        yield Standing(id="play-standing")

    def show(self, state: State) -> None:
        """Show the replay of the conversation.

        An edit of a flow is shown by the other panes first if the conversation is long, as to play that again
        takes its time. A pane that is not on the screen plays nothing until it is.
        """
        edited = self._state is not None and self._state.timeline is state.timeline
        self._state = state
        if not self.display:
            return
        if not edited or (state.timeline is not None and len(state.timeline.events) <= AT_ONCE):
            self._catch_up()
        elif not self._behind:
            self._behind = True
            self.call_after_refresh(self._catch_up)

    def on_show(self) -> None:
        """The pane is on the screen now."""
        self._catch_up()

    def _catch_up(self) -> None:
        """Show the state as it is by now."""
        self._behind = False
        state = self._state
        if state is None or not self.is_mounted:
            return
        config, timeline, seen = state.workspace.config, state.timeline, self._shown
        shown = (timeline, state.session.selected, state.workspace.flows, config, self._explained, state.saved)
        if len(shown) == len(seen) and all(a is b for a, b in zip(shown, seen, strict=True)):
            return
        if not seen or config is not seen[3] or timeline is None or timeline.instance != self._on.value:
            options = [
                Option(each.id, f"{config.channel_label(each.channel)} · {each.name}") for each in config.instances
            ]
            self._on.show(timeline.instance if timeline else None, options)
        length = (state.at, len(timeline.events) if timeline else 0)
        grown = length != self._length
        self._shown, self._length = shown, length
        self.query_one(ConversationList).show(state)
        self.query_one(Standing).show(state)
        self._show_rows(state, follow=grown)

    def enter(self) -> None:
        """Go to the transcript, where the keys send events."""
        self.screen.set_focus(self._rows)

    def on_resize(self) -> None:
        """The lines break elsewhere now."""
        if self._state is not None:
            self._show_rows(self._state, follow=False)

    def on_choice_picked(self, event: Choice.Picked) -> None:
        """Somebody or something else was chosen."""
        event.stop()
        if event.choice.id != "play-instance":
            event.choice.show(event.value)
            if event.choice.id == "play-who":
                self._called.placeholder = NAMES[self._who]
        elif event.value is not None and event.value != self._on.value:
            self.post_message(SimulatorChange(lambda state: state.opening(Timeline(str(event.value)))))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nothing to do before it is sent."""
        event.stop()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the text sends it; in the name it goes to the text."""
        event.stop()
        if event.input is self._text:
            self.action_fire("message_created")
        else:
            self.screen.set_focus(self._text)

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        """Go to the flow of the line; an event is folded; the line that counts the others shows them."""
        event.stop()
        row = cast("Row", event.row)
        if row.more:
            self._explain(row.number)
        elif row.flow_id:
            self.post_message(Open(row.flow_id, ("trigger", row.key or "event")))
        else:
            self.action_fold()

    # What happens

    def action_fire(self, kind: EventKind) -> None:
        """Let somebody do something."""
        who = Participant(type=self._who, name=self._called.value.strip() or NAMES[self._who])
        message = None
        if kind == "message_created":
            text = self._text.value or "Hello!"
            message = Message(type=cast("MessageType", self._type.value), text=text)
            self._text.value = ""
        happens = Event(event=kind, participant=who, message=message)
        self.post_message(SimulatorChange(lambda state: state.sent(happens)))

    def action_random(self) -> None:
        """Let something possible happen."""
        self.post_message(SimulatorChange(lambda state: state.sent()))

    def action_back(self) -> None:
        """Take back the last event."""
        self.post_message(SimulatorChange(lambda state: state.stepping_back()))

    def action_forward(self) -> None:
        """Play the next event that is ahead."""
        self.post_message(SimulatorChange(lambda state: state.stepping()))

    def action_play_all(self) -> None:
        """Play all that is ahead."""
        self._change_timeline(lambda timeline: timeline.forward(len(timeline.ahead)))

    def action_clear(self) -> None:
        """Begin anew: a scenario with all its events ahead, anything else empty."""
        self._folds.clear()
        self._change_timeline(Timeline.restart)

    def action_deliver(self) -> None:
        """Let flows hear of the event under the cursor in another way."""
        row, state = self._rows.current, self._state
        if row is None or state is None or state.timeline is None:
            return
        kinds = list(DELIVERIES)
        now = state.timeline.events[row.number - 1].delivery or state.timeline.delivery
        wanted = kinds[(kinds.index(now) + 1) % len(kinds)]
        self._change_timeline(lambda timeline: timeline.with_delivery(row.number, wanted))

    def action_record(self) -> None:
        """Save what was played as a scenario."""
        self.post_message(self.Record())

    # Several conversations

    def action_open(self) -> None:
        """Choose a conversation or a scenario."""
        self.post_message(self.Choose())

    def action_turn(self, by: int) -> None:
        """Go to the next conversation."""
        self._folds.clear()
        self.post_message(SimulatorChange(lambda state: state.turning(state.at + by)))

    def action_close(self) -> None:
        """Take the conversation off the list."""
        self._folds.clear()
        self.post_message(SimulatorChange(lambda state: state.closing()))

    # How it is shown

    def action_why(self) -> None:
        """Show, or hide again, why the others did not run on the event under the cursor."""
        row = self._rows.current
        if row is not None:
            self._explain(row.number)

    def action_take(self) -> None:
        """Take the edit of the line under the cursor, or of the event that it is of."""
        row = self._rows.current
        near = [row, *(each for each in self._rows.rows if row is not None and each.number == row.number)]
        edited = next((each.edit for each in near if each is not None and each.edit is not None), None)
        if edited is None:
            cast("OncueApp", self.app).notify("No edit is suggested here.")
        else:
            self.post_message(self.Take(edited))

    def action_fold(self) -> None:
        """Hide or show what is below the line under the cursor."""
        row = self._rows.current
        if row is not None:
            self._folds[row.number] = self._folds.get(row.number, frozenset()) ^ {row.line}
            self._show_again()

    def action_brief(self) -> None:
        """Show only the events, or everything again."""
        numbers = {each.number for each in self._rows.rows}
        whole = frozenset({0})
        folded = numbers and all(0 in self._folds.get(number, frozenset()) for number in numbers)
        self._folds = {} if folded else dict.fromkeys(numbers, whole)
        self._show_again()

    def _change_timeline(self, change: Callable[[Timeline], Timeline]) -> None:
        def changed(state: State) -> State:
            return state if state.timeline is None else state.with_timeline(change(state.timeline))

        self.post_message(SimulatorChange(changed))

    def _explain(self, number: int) -> None:
        self._explained = None if self._explained == number else number
        self._show_again()
        first = next((at for at, row in enumerate(self._rows.rows) if row.number == number), 0)
        if self._explained is not None:
            self._rows.scroll_to(y=first, animate=False, force=True)

    def _show_again(self) -> None:
        self._shown = ()
        self._catch_up()

    def _show_rows(self, state: State, follow: bool) -> None:
        rows = self._rows
        if state.replay is None or state.timeline is None:
            rows.empty = NO_INSTANCE
            rows.show(())
            self.retitle()
            return
        rows.empty = _ahead(state.timeline) if state.timeline.ahead else EMPTY
        width = max(rows.scrollable_content_region.width, 20)
        drawn = self._played.rows(state, width, self._explained, self._folds)
        rows.show(drawn, _place(drawn, len(state.timeline.events), 0) if follow else _same_place(rows.current, drawn))
        if follow and drawn:
            rows.scroll_end(animate=False, force=True)
        self.retitle(_progress(state), _verdict(state))

    @property
    def _rows(self) -> "RowList[Row]":
        return self.query_one("#play-rows", RowList)

    @property
    def _on(self) -> Choice:
        return self.query_one("#play-instance", Choice)

    @property
    def _who(self) -> ParticipantType:
        return cast("ParticipantType", self.query_one("#play-who", Choice).value)

    @property
    def _type(self) -> Choice:
        return self.query_one("#play-type", Choice)

    @property
    def _called(self) -> Input:
        return self.query_one("#play-name", Input)

    @property
    def _text(self) -> Input:
        return self.query_one("#play-text", Input)


class ConversationList(LineWidget):
    """The conversations that are under way; the one that is seen is marked by brackets as well as by colour."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._at = 0

    def show(self, state: State) -> None:
        """Show the conversations of ``state``; there is nothing to choose where there is only one of no name."""
        shown = (tuple(map(state.name_of, state.timelines)), state.at)
        wanted = state.lists_timelines
        if shown != (self._names, self._at):
            self._names, self._at = shown
            self.refresh()
        if self.display != wanted:
            self.display = wanted

    def lines(self, width: int) -> Sequence[Line]:
        """One line."""
        spans: list[Span] = []
        for at, name in self._seen(width):
            here = at == self._at
            spans.append((f"❯{name}❮" if here else f" {name} ", "accent" if here else "muted"))
        return [tuple(spans)]

    def on_click(self, event: events.Click) -> None:
        """Go to the conversation that was clicked."""
        offset, start = self.place_of(event), 0
        for at, name in self._seen(self.room):
            cells = cell_len(name) + 2
            if offset is not None and start <= offset.x < start + cells:
                self.post_message(SimulatorChange(lambda state, at=at: state.turning(at)))  # type: ignore[misc]
            start += cells

    def _seen(self, width: int) -> list[tuple[int, str]]:
        """The names that there is room for, the one that is seen among them."""
        names = [(at, f"{at + 1} {_short(name)}") for at, name in enumerate(self._names)]
        while names[0][0] < self._at and sum(cell_len(name) + 2 for at, name in names if at <= self._at) > width:
            names = names[1:]
        return names


class Standing(LineWidget):
    """How the conversation stands: open or closed, who is there, who is responsible, what is known of the contact."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._conversation: Conversation | None = None

    def show(self, state: State) -> None:
        """Show how the conversation of ``state`` stands."""
        conversation = state.replay.conversation if state.replay else None
        if conversation != self._conversation:
            self._conversation = conversation
            self.refresh()

    def lines(self, width: int) -> Sequence[Line]:
        """As many lines as there is room for."""
        now = self._conversation
        if now is None or not now.started:
            return []
        spans: list[Span] = [("open" if now.open else "closed", "success" if now.open else "warning")]
        spans += [(" · responsible: ", "muted"), (now.assignee or "nobody", "")]
        here = ", ".join(person(each) for each in now.participants)
        spans += [(" · here: ", "muted"), (here or "nobody", "")]
        spans.append((f" · {counted(now.messages, 'message')}, {counted(now.notes, 'note')}", "muted"))
        if now.attributes:
            spans += [(" · contact: ", "muted"), (assignments(now.attributes), "")]
        rows = wrapped(tuple((visible(text, SHOWN), role) for text, role in spans), width)
        room = self.content_size.height
        if len(rows) <= room:
            return rows
        rest = tuple(span for row in rows[room - 1 :] for span in (*row, (" ", "")))
        return [*rows[: room - 1], fitted(rest, width)]


def _place(rows: Sequence[Row], number: int, line_of_it: int) -> int:
    """The index of a line of an event; of its first line if it has that one no more."""
    of_event = [(at, row.line) for at, row in enumerate(rows) if row.number == number]
    same = (at for at, line_number in of_event if line_number == line_of_it)
    return next(same, of_event[0][0] if of_event else 0)


def _same_place(row: Row | None, rows: Sequence[Row]) -> int | None:
    """Where the line under the cursor is now; ``None`` if there was none."""
    return None if row is None else _place(rows, row.number, row.line)


def _short(name: str) -> str:
    shown = visible(name, SHOWN)
    return shown if cell_len(shown) <= TAB else set_cell_size(shown, TAB - 1).rstrip() + "…"


def _ahead(timeline: Timeline) -> tuple[Line, ...]:
    return (
        line((f"{counted(len(timeline.ahead), 'event')} ahead.", "strong")),
        line(),
        line(("→", "accent"), " plays the next one,"),
        line(("p", "accent"), " plays all of them."),
    )


def _progress(state: State) -> str:
    """How far the play is."""
    if state.timeline is None or state.replay is None:
        return ""
    done, ahead = len(state.timeline.events), len(state.timeline.ahead)
    if not done and not ahead:
        return "not started"
    standing = f"{'closed' if state.replay.conversation.closed else 'open'} · " if done else ""
    return standing + (f"event {done} of {done + ahead}" if ahead else counted(done, "event"))


def _verdict(state: State) -> str:
    """How many events came out as expected, where something is expected; and whether edits change anything."""
    checked = [each for each in state.results if each.checked]
    failed = [each for each in checked if not each.ok]
    if not checked:
        return ""
    if failed:
        return f"✗ {len(failed)} of {len(checked)} not as expected"
    return f"✓ {len(checked)} as expected"
