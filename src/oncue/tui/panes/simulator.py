"""The simulator: send events into a conversation and read who ran, and why the others did not.

What was sent is a `Timeline` in the state; this pane shows its replay against the flows as they are edited, so every
edit, saved or not, shows at once. Four widgets show it: the conversations that are under way, the transcript of the
one that is seen, how that one stands, and the form of the next event. This pane connects them, and turns its keys
into requests. How all scenarios stand is in its frame.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from textual.app import ComposeResult
from textual.message import Message

from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.vocabulary import MESSAGE_TYPES, EventKind, MessageType
from oncue.simulation.timeline import Timeline
from oncue.text import counted
from oncue.tui.event_questions import MESSAGES, QUESTIONS, who_entries
from oncue.tui.messages import Open, SimulatorChange
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.choice import Option
from oncue.tui.widgets.conversation_list import ConversationList
from oncue.tui.widgets.conversation_status import ConversationStatus
from oncue.tui.widgets.event_form import EventForm
from oncue.tui.widgets.picker import Entry
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.transcript import Transcript
from oncue.workbench.event_choices import Person, people
from oncue.workbench.memo import Inputs, same_objects
from oncue.workbench.rows import Row
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State

AT_ONCE = 20
"""Events of a conversation up to which it is played again in the same frame as an edit is shown."""

ACTIONS = (
    "simulator.created",
    "simulator.message",
    "simulator.added",
    "simulator.removed",
    "simulator.random",
    "simulator.why",
    "simulator.later",
    "simulator.timer",
    "simulator.back",
    "simulator.forward",
    "simulator.all",
    "simulator.clear",
    "simulator.open",
    "simulator.record",
    "simulator.delivery",
    "simulator.brief",
)


class SimulatorPane(Pane):
    """A conversation that is played against the flows as they are now."""

    BINDINGS = bindings("simulator")
    number, title, note_runs = 4, "Simulator", "app.scenarios"

    @dataclass(eq=False, repr=False)
    class Take(Message):
        """Request to edit ``seen``, as it was when the suggestion was made, to ``flow``, as ``says`` tells."""

        flow: Flow
        seen: Flow | None
        says: str

    class Choose(Message):
        """Request to choose a conversation or a scenario."""

    @dataclass(eq=False, repr=False)
    class Ask(Message):
        """Request to let the user pick one of ``entries``; ``pick`` gets its value."""

        title: str
        entries: Sequence[Entry]
        pick: Callable[[Any], None]
        current: object

    def __init__(self) -> None:
        super().__init__(id="simulator")
        self._state: State | None = None
        self._shown: Inputs = ()
        self._length = (0, 0)
        self._behind = False
        self._form = EventForm(id="play-event")
        self._conversations = ConversationList(id="play-list")
        self._transcript = Transcript(id="play-rows")
        self._actions = ActionBar(*ACTIONS, id="play-actions")
        self._status = ConversationStatus(id="play-standing")

    def compose(self) -> ComposeResult:
        yield self._conversations
        yield self._transcript
        yield self._status
        yield self._form
        yield self._actions

    # What it shows

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
        self._catch_up()

    def _catch_up(self) -> None:
        """Show the state as it is by now, if it differs in something that is seen here."""
        self._behind = False
        state = self._state
        if state is None or not self.is_mounted:
            return
        self.retitle(_progress(state), _results(state))
        inputs = (state.simulator, state.flow)
        if same_objects(inputs, self._shown):
            return
        timeline, config = state.timeline, state.workspace.config
        length = (state.at, len(timeline.events) if timeline else 0)
        grown, self._length = length != self._length, length
        self._shown = inputs
        instances = [Option(each.id, each.name, config.channel_label(each.channel)) for each in config.instances]
        self._actions.show(state)
        self._form.show(timeline.instance if timeline else None, instances)
        self._conversations.show([state.name_of(each) for each in state.timelines], state.at)
        if self._conversations.display != state.simulator.lists_timelines:
            self._conversations.display = state.simulator.lists_timelines
        replayed = state.replay
        self._status.show(*((replayed.conversation, replayed.simulation) if replayed else (None, None)))
        self._transcript.show_state(state, follow=grown)

    def enter(self) -> None:
        """Go to the transcript, where the keys send events."""
        self.screen.set_focus(self._transcript)

    def on_event_form_sent(self, event: EventForm.Sent) -> None:
        event.stop()
        self.action_fire("message_created")

    def on_event_form_instance_chosen(self, event: EventForm.InstanceChosen) -> None:
        event.stop()

        def change(simulator: Simulator) -> Simulator:
            present = simulator.timeline.instance if simulator.timeline else None
            instance = event.after(present)
            return simulator if instance is None or instance == present else simulator.opening(Timeline(instance))

        self.post_message(SimulatorChange(change))

    def on_conversation_list_chosen(self, event: ConversationList.Chosen) -> None:
        event.stop()
        # The list may be behind the state, so the request names the conversation and not its place.
        shown = cast("Simulator", self._shown[0]).timelines if self._shown else ()
        if event.at < len(shown):
            chosen = shown[event.at]
            self.post_message(SimulatorChange(lambda simulator: simulator.turning_to(chosen)))

    def on_row_list_chosen(self, event: "RowList.Chosen") -> None:
        event.stop()
        row = cast("Row", event.row)
        if row.edit is not None and event.clicks:  # its key is written there, and keys that are written can be clicked
            self.action_take()
        elif row.more:
            self._transcript.explain(row.number)
        elif row.flow_id:
            self.post_message(Open(row.flow_id, ("trigger", row.key or "event")))
        else:
            self._transcript.fold()

    # What happens in the conversation

    def action_ask(self, kind: EventKind) -> None:
        """Ask who does it, and what is sent, before it happens."""
        if self._state is None:
            return
        conversation = self._state.replay.conversation if self._state.replay else None
        if conversation is None or not conversation.started:
            self.notify("Nothing has happened yet: c starts a conversation.", severity="error")
            return
        persons = people(kind, conversation, self._form.called)
        if not persons:
            self.notify("Nobody is in the conversation.", severity="error")
            return

        def happen(person: Person | None) -> None:
            if person is not None:
                self._form.act_as(person)
                if kind == "message_created":
                    self.post_message(self.Ask("What is sent?", MESSAGES, send, self._form.what))
                    return
            self.action_fire(kind)

        def send(what: MessageType) -> None:
            self._form.send_as(what)
            self.action_fire(kind)

        now = next((each for each in persons if each[:2] == self._form.who[:2]), persons[0])
        again = f"{now.label}, {MESSAGE_TYPES[self._form.what].label}" if kind == "message_created" else ""
        self.post_message(self.Ask(QUESTIONS[kind], who_entries(kind, persons, again), happen, now))

    def action_fire(self, kind: EventKind) -> None:
        happens = self._form.take_event(kind)
        self.post_message(SimulatorChange(lambda simulator: simulator.sent(happens)))

    def action_random(self) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.sent()))

    def action_pass_time(self, duration: str) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.passing(duration or None)))

    def action_step(self, where: str) -> None:
        """Step back, forth, or over all events that are ahead."""
        match where:
            case "back":
                self.post_message(SimulatorChange(lambda simulator: simulator.stepping_back()))
            case "forth":
                self.post_message(SimulatorChange(lambda simulator: simulator.stepping()))
            case _:
                self.post_message(_timeline_change(lambda timeline: timeline.forward(len(timeline.ahead))))

    def action_clear(self) -> None:
        self._transcript.unfold_all()
        self.post_message(_timeline_change(Timeline.restart))

    def action_deliver(self) -> None:
        """Deliver the event under the cursor in the next of the ways that there are."""
        event, number = self._transcript.event_here
        if event is not None:
            self.post_message(SimulatorChange(lambda simulator: simulator.delivering_next(event, number)))

    # Which conversation is seen, and what becomes of it

    def action_open(self) -> None:
        self.post_message(self.Choose())

    def action_turn(self, by: int) -> None:
        self._transcript.unfold_all()
        self.post_message(SimulatorChange(lambda simulator: simulator.turning(simulator.at + by)))

    def action_close(self) -> None:
        self._transcript.unfold_all()
        self.post_message(SimulatorChange(lambda simulator: simulator.closing()))

    def action_take(self) -> None:
        row = self._transcript.suggestion
        if row is None or row.edit is None:
            self.notify("No edit is suggested here.")
        else:
            self._transcript.seek(row.number)  # what comes of it is to be seen
            self.post_message(self.Take(row.edit, self._transcript.flow_shown(row.edit.id), row.says))

    # How it is shown

    def seek(self, number: int) -> None:
        """Go to an event of the conversation that is shown next."""
        self._transcript.unfold_all()
        self._transcript.seek(number)

    def action_why(self) -> None:
        if self._state is None:
            return
        if self._transcript.current is None:
            self.notify("Nothing has happened yet, so there is nothing to explain.")
        else:
            self._transcript.explain(self._transcript.current.number)

    def action_event(self, by: int) -> None:
        self._transcript.go_by_event(by)

    def action_fold(self, everything: bool) -> None:
        if everything:
            self._transcript.fold_all()
        else:
            self._transcript.fold()


def _timeline_change(change: Callable[[Timeline], Timeline]) -> SimulatorChange:
    """Request to change the conversation that is seen."""

    def changed(simulator: Simulator) -> Simulator:
        timeline = simulator.timeline
        return simulator if timeline is None else simulator.with_timeline(change(timeline))

    return SimulatorChange(changed)


def _progress(state: State) -> str:
    """How far the play is."""
    if state.timeline is None or state.replay is None:
        return ""
    done = state.timeline.happened
    ahead = sum(isinstance(each, ScenarioEvent) for each in state.timeline.ahead)
    if not done and not ahead:
        return "not started"
    standing = f"{'closed' if state.replay.conversation.closed else 'open'} · " if done else ""
    return standing + (f"event {done} of {done + ahead}" if ahead else counted(done, "event"))


def _results(state: State) -> str:
    """How the conversation stands against what is expected of it, and how all scenarios do."""
    scenarios, here = "".join(text for text, _ in state.standings.summary), _verdict(state)
    if not scenarios or not here:
        return here or (scenarios and f"scenarios {scenarios}")
    return f"{scenarios} · {here}"  # both have to fit into the frame of a narrow pane


def _verdict(state: State) -> str:
    """How many events came out as expected, where something is expected; and whether edits change anything."""
    checked = [each for each in state.results if each.checked and not each.waits]
    failed = [each for each in checked if not each.ok]
    if not checked:
        return ""
    if failed:
        return f"✗ {len(failed)} of {len(checked)} not as expected"
    return f"✓ {len(checked)} as expected"
