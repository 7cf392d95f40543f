"""The simulator: send events into a conversation and read who ran, and why the others did not.

What was sent is a `Play` in the state; this pane shows its replay against the flows as they are edited, so every
edit, saved or not, shows at once. Under each event stand the flows that ran with what their steps did, then the
open flow if it did not run, with the clause that turned it away; ``w`` shows the same for all others.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message as TextualMessage
from textual.widgets import Input, Label

from oncue.domain import wording
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import (
    EVENT_KINDS,
    MESSAGE_TYPES,
    PARTICIPANT_TYPES,
    EventKind,
    MessageType,
    ParticipantType,
)
from oncue.matching.explain import Explanation, explain, nearest_first
from oncue.simulation.play import Play, Refused, Replay
from oncue.simulation.transcript import Line as TranscriptLine
from oncue.simulation.transcript import LineKind, transcript
from oncue.simulation.turns import Turn
from oncue.text import counted, visible
from oncue.tui.keys import bindings
from oncue.tui.messages import Open
from oncue.tui.panes.pane import Pane
from oncue.tui.state import State
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.lines import Line, line, wrapped
from oncue.tui.widgets.rows import RowList

EXPLAINED = 200
"""Flows that did not run which are explained at most, the nearest first."""

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
    line(("c", "mark"), " starts a conversation; then"),
    line(("a", "mark"), " adds, ", ("r", "mark"), " removes somebody,"),
    line(("m", "mark"), " sends a message,"),
    line(("x", "mark"), " picks something at random."),
)
NO_INSTANCE = (line(("No channel instance is installed.", "quiet")),)


LINES = 300
"""Lines of one event and all that it caused which are ever shown."""

WORDS = 600
"""Characters of one line of the transcript which are shown."""

DEEPEST = 6
"""Levels that are indented; a narrow pane has no room for more."""

# Glyph, its role, and the role of the words, for each kind of transcript line.
_LOOKS: Mapping[LineKind, tuple[str, str, str]] = {
    "event": ("●", "mark", "strong"),
    "note": ("i", "quiet", "quiet"),
    "flow": ("✓", "good", ""),
    "step": ("→", "quiet", "quiet"),
    "idle": ("○", "warn", "quiet"),
    "loop": ("↺", "bad", "bad"),
    "limit": ("■", "bad", "bad"),
    "skipped": ("…", "quiet", "quiet"),
}


@dataclass(frozen=True)
class Row:
    """A line of the transcript, which turn it is of, and where it leads: a flow and a key of it, or an edit of it."""

    spans: Line
    turn: int
    flow_id: str = ""
    key: str = ""
    more: bool = False
    edit: Flow | None = None


class SimulatorPane(Pane):
    """A conversation that is played against the flows as they are now."""

    BINDINGS = bindings("simulator")
    number, title = 4, "Simulator"

    @dataclass
    class Send(TextualMessage):
        """An event shall happen; ``None`` is a random one."""

        event: Event | None

    @dataclass
    class Take(TextualMessage):
        """The flow shall be edited to ``flow``, so that it would have fired."""

        flow: Flow

    class Record(TextualMessage):
        """What was played shall be saved as a scenario."""

    @dataclass
    class Rewind(TextualMessage):
        """The last event shall be taken back, or all of them, or the conversation be on another instance."""

        everything: bool = False
        instance: str | None = None

    def __init__(self) -> None:
        super().__init__(id="simulator")
        self._shown: tuple[object, ...] = ()
        self._state: State | None = None
        self._explained: int | None = None
        self._drawn: dict[int, tuple[object, int, list[Row]]] = {}

    def compose(self) -> ComposeResult:
        """Who does what and where, then what came of it."""
        yield Choice("Instance", id="play-instance", label="On", label_width=5)
        yield Choice("Participant", WHO, id="play-who", label="As", label_width=5)
        yield Choice("Message type", WHAT, id="play-type", label="Type", label_width=5)
        with Grid(id="play-form"):
            yield Label("Name", markup=False)
            yield Input(compact=True, placeholder=NAMES["contact"], id="play-name", select_on_focus=False)
            yield Label("Text", markup=False)
            yield Input(compact=True, placeholder="Hello! (enter sends)", id="play-text", select_on_focus=False)
        yield ActionBar(
            "simulator.created",
            "simulator.added",
            "simulator.removed",
            "simulator.message",
            "simulator.random",
            "simulator.why",
            "simulator.record",
            "simulator.back",
            "simulator.clear",
            id="play-actions",
        )
        yield RowList[Row](lambda row, width: (row.spans,), empty=EMPTY, id="play-rows")

    def show(self, state: State) -> None:
        """Show the replay of the conversation."""
        self._state = state
        config = state.workspace.config
        shown = (state.replay, state.session.selected, state.workspace.flows, config, self._explained)
        if len(shown) == len(self._shown) and all(a is b for a, b in zip(shown, self._shown, strict=True)):
            return
        if (
            not self._shown
            or config is not self._shown[3]
            or state.play is None
            or state.play.instance != self._on.value
        ):
            options = [
                Option(each.id, f"{config.channel_label(each.channel)} · {each.name}") for each in config.instances
            ]
            self._on.show(state.play.instance if state.play else None, options)
        grown = bool(self._shown) and state.replay is not self._shown[0]
        self._shown = shown
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
        if event.choice.id == "play-instance":
            self.post_message(self.Rewind(everything=True, instance=event.value))
        else:
            event.choice.show(event.value)
            if event.choice.id == "play-who":
                self._called.placeholder = NAMES[self._who]

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
        """Go to the flow of the line; the line that counts the others shows them."""
        event.stop()
        row = self._rows.rows[event.index]
        if row.more:
            self._explain(row.turn)
        elif row.flow_id:
            self.post_message(Open(row.flow_id, row.key or "event"))

    def action_fire(self, kind: EventKind) -> None:
        """Let somebody do something."""
        who = Participant(type=self._who, name=self._called.value.strip() or NAMES[self._who])
        message = None
        if kind == "message_created":
            text = self._text.value or "Hello!"
            message = Message(type=cast("MessageType", self._type.value), text=text)
            self._text.value = ""
        self.post_message(self.Send(Event(event=kind, participant=who, message=message)))

    def action_random(self) -> None:
        """Let something possible happen."""
        self.post_message(self.Send(None))

    def action_why(self) -> None:
        """Show, or hide again, why the others did not run on the event under the cursor."""
        row = self._rows.current
        if row is not None:
            self._explain(row.turn)

    def action_take(self) -> None:
        """Take the edit of the line under the cursor, or of the event that it is of."""
        row = self._rows.current
        near = [row, *(each for each in self._rows.rows if row is not None and each.turn == row.turn)]
        edited = next((each.edit for each in near if each is not None and each.edit is not None), None)
        if edited is None:
            self.app.notify("No edit is suggested here.", markup=False)
        else:
            self.post_message(self.Take(edited))

    def action_record(self) -> None:
        """Save what was played as a scenario."""
        self.post_message(self.Record())

    def action_back(self) -> None:
        """Take back the last event."""
        self.post_message(self.Rewind())

    def action_clear(self) -> None:
        """Begin anew."""
        self.post_message(self.Rewind(everything=True))

    def _explain(self, turn: int) -> None:
        self._explained = None if self._explained == turn else turn
        if self._state is not None:
            self.show(self._state)
        first = next((number for number, row in enumerate(self._rows.rows) if row.turn == turn), 0)
        if self._explained is not None:
            self._rows.scroll_to(y=first, animate=False, force=True)

    def _show_rows(self, state: State, follow: bool) -> None:
        replayed = state.replay
        rows = self._rows
        if replayed is None:
            rows.empty = NO_INSTANCE
            rows.show(())
            self.retitle()
            return
        rows.empty = EMPTY
        width = max(rows.scrollable_content_region.width, 20)
        drawn = [row for index in range(len(replayed.turns)) for row in self._turn_rows(state, replayed, index, width)]
        last = next((n for n, row in enumerate(drawn) if row.turn == len(replayed.turns) - 1), 0)
        rows.show(drawn, last if follow else None)
        if follow and drawn:
            rows.scroll_end(animate=False, force=True)
        self.retitle(_status(replayed), _present(replayed))

    def _turn_rows(self, state: State, replayed: Replay, index: int, width: int) -> Iterator[Row]:
        turn = replayed.turns[index]
        if isinstance(turn, Refused):
            happened = f"{wording.actor(turn.event)}: {EVENT_KINDS[turn.event.event].label}"
            yield from _rows(index, line(("⊘ ", "bad"), (happened, "quiet")), width, 2)
            yield from _rows(index, line("  ", (turn.reason, "bad")), width, 4)
            return
        lines = tuple(islice(transcript(turn, state.workspace), LINES + 1))
        said = tuple((each.depth, each.kind, each.words) for each in lines)
        # Breaking text into lines is what costs here, and an edit leaves most turns as they were.
        known = self._drawn.get(index)
        if known is None or known[:2] != (said, width):
            known = (said, width, [row for each in lines[:LINES] for row in _transcript_rows(each, index, width)])
            self._drawn[index] = known
        yield from known[2]
        if len(lines) > LINES:
            yield Row(line("  ", ("… and more; only the first are shown", "quiet")), index)
        yield from self._missed_rows(state, turn, index, width)

    def _missed_rows(self, state: State, turn: Turn, index: int, width: int) -> Iterator[Row]:
        opened = state.flow
        ran = set(turn.matched)
        if self._explained == index:
            others = (flow for flow in state.workspace.flows.values() if flow.id not in ran)
            explained = nearest_first(explain(flow, turn.event) for flow in others)
            for explanation in explained[:EXPLAINED]:
                yield from _explanation_rows(explanation, index, width)
            if len(explained) > EXPLAINED:
                yield Row(line(("    … ", "quiet"), (f"{len(explained) - EXPLAINED:,} more", "quiet")), index)
            return
        others_count = len(state.workspace.flows) - len(ran)
        if opened is not None and opened.id not in ran:
            explanation = explain(opened, turn.event)
            if state.replay is not None and index == len(state.replay.turns) - 1:
                yield from _explanation_rows(explanation, index, width, open_flow=True)
            else:
                yield _verdict_row(explanation, index)
            others_count -= 1
        if others_count:
            which = "others" if opened is not None and opened.id not in ran else "flows"
            words = f"{others_count:,} {which if others_count > 1 else which[:-1]} did not run"
            yield Row(
                line("  ", ("✗ ", "quiet"), (words, "quiet"), (" · w", "mark"), (" why", "quiet")), index, more=True
            )

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


def _transcript_rows(entry: TranscriptLine, turn: int, width: int) -> Iterator[Row]:
    glyph, glyph_role, role = _LOOKS[entry.kind]
    indent = "  " * min(entry.depth, DEEPEST)
    at = entry.turn.event.at
    clock = f"{at:%H:%M} " if at is not None and entry.kind == "event" and not entry.depth else ""
    words = visible(entry.words, WORDS)
    spans = line((indent, ""), (clock, "quiet"), (f"{glyph} ", glyph_role), (words, role))
    yield from _rows(turn, spans, width, len(indent) + 2, entry.flow_id or "")


def _rows(turn: int, spans: Line, width: int, indent: int, flow_id: str = "", key: str = "") -> Iterator[Row]:
    for each in wrapped(spans, width, indent):
        yield Row(each, turn, flow_id, key)


def _explanation_rows(explanation: Explanation, turn: int, width: int, open_flow: bool = False) -> Iterator[Row]:
    """Which flow, each clause that turned it away, and the edit that would make it fire."""
    flow = explanation.flow
    wrong = [clause for clause in explanation.clauses if not clause.ok]
    key = wrong[0].clause if wrong else "event"
    title = f"{flow.name} did not run" if open_flow else flow.name
    yield from _rows(turn, line("  ", ("✗ ", "bad"), (title, "")), width, 4, flow.id, key)
    for clause in wrong:
        words = line(
            "    ",
            (clause.clause.replace("_", " "), "mark"),
            (f": expects {clause.expected}, got {clause.actual}", "quiet"),
        )
        yield from _rows(turn, words, width, 6, flow.id, clause.clause)
    if edit := explanation.nearest_edit:
        words = line("    ", ("to fire: ", "good"), (edit.words, ""), (" · t", "mark"), (" takes it", "quiet"))
        for row in _rows(turn, words, width, 6, flow.id, key):
            yield replace(row, edit=edit.flow)


def _verdict_row(explanation: Explanation, turn: int) -> Row:
    """In one line which clauses turned the open flow away; at earlier events that is enough until ``w`` asks."""
    clauses = ", ".join(clause.replace("_", " ") for clause in explanation.failed)
    words = (f"{explanation.flow.name} did not run: ", "quiet")
    return Row(line("  ", ("✗ ", "bad"), words, (clauses, "mark")), turn, explanation.flow.id, explanation.failed[0])


def _status(replayed: Replay) -> str:
    conversation = replayed.conversation
    if not conversation.started:
        return "not started"
    return f"{'open' if conversation.open else 'closed'} · {counted(len(replayed.turns), 'event')}"


def _present(replayed: Replay) -> str:
    people = [
        participant.name or PARTICIPANT_TYPES[participant.type].label
        for participant in replayed.conversation.participants
        if participant.type is not None
    ]
    return f"here: {', '.join(people)}" if people else "nobody is here"


__all__ = ["Play", "SimulatorPane"]
