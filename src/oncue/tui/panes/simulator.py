"""The simulator: send events into a conversation and read who ran, and why the others did not.

What was sent is a `Timeline` in the state; this pane shows its replay against the flows as they are edited, so every
edit, saved or not, shows at once. Four widgets show it: the form of the next event, the conversations that are under
way, the transcript of the one that is seen, and how that one stands. This pane connects them, and turns its keys
into requests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from textual.app import ComposeResult
from textual.message import Message

from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.vocabulary import EventKind
from oncue.simulation.timeline import Timeline
from oncue.text import counted
from oncue.tui.messages import Open, SimulatorChange
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.action_bar import ActionBar
from oncue.tui.widgets.choice import Option
from oncue.tui.widgets.conversation_list import ConversationList
from oncue.tui.widgets.conversation_status import ConversationStatus
from oncue.tui.widgets.event_form import EventForm
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.transcript import Transcript
from oncue.workbench.memo import Inputs, same_objects
from oncue.workbench.simulator import Simulator
from oncue.workbench.state import State
from oncue.workbench.transcript_rows import Row

AT_ONCE = 20
"""Events of a conversation up to which it is played again in the same frame as an edit is shown."""

ACTIONS = (
    "simulator.created",
    "simulator.added",
    "simulator.removed",
    "simulator.message",
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
    number, title = 4, "Simulator"

    @dataclass(eq=False, repr=False)
    class Take(Message):
        """Request to edit ``seen``, as it was when the suggestion was made, to ``flow``, which would have fired."""

        flow: Flow
        seen: Flow | None

    class Choose(Message):
        """Request to choose a conversation or a scenario."""

    def __init__(self) -> None:
        super().__init__(id="simulator")
        self._state: State | None = None
        self._shown: Inputs = ()
        self._length = (0, 0)
        self._behind = False
        self._form = EventForm(id="play-event")
        self._conversations = ConversationList(id="play-list")
        self._transcript = Transcript(id="play-rows")
        self._status = ConversationStatus(id="play-standing")

    def compose(self) -> ComposeResult:
        yield self._form
        yield ActionBar(*ACTIONS, id="play-actions")
        yield self._conversations
        yield self._transcript
        yield self._status

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
        inputs = (state.simulator, state.flow)
        if same_objects(inputs, self._shown):
            return
        timeline, config = state.timeline, state.workspace.config
        length = (state.at, len(timeline.events) if timeline else 0)
        grown, self._length = length != self._length, length
        self._shown = inputs
        instances = [
            Option(each.id, f"{config.channel_label(each.channel)} · {each.name}") for each in config.instances
        ]
        self._form.show(timeline.instance if timeline else None, instances)
        self._conversations.show([state.name_of(each) for each in state.timelines], state.at)
        if self._conversations.display != state.lists_timelines:
            self._conversations.display = state.lists_timelines
        replayed = state.replay
        self._status.show(*((replayed.conversation, replayed.simulation) if replayed else (None, None)))
        self._transcript.show_state(state, follow=grown)
        self.retitle(_progress(state), _verdict(state))

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
        if row.more:
            self._transcript.explain(row.number)
        elif row.flow_id:
            self.post_message(Open(row.flow_id, ("trigger", row.key or "event")))
        else:
            self._transcript.fold()

    # What happens in the conversation

    def action_fire(self, kind: EventKind) -> None:
        happens = self._form.take_event(kind)
        self.post_message(SimulatorChange(lambda simulator: simulator.sent(happens)))

    def action_random(self) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.sent()))

    def action_pass_time(self, duration: str) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.passing(duration or None)))

    def action_back(self) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.stepping_back()))

    def action_forward(self) -> None:
        self.post_message(SimulatorChange(lambda simulator: simulator.stepping()))

    def action_play_all(self) -> None:
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
        edited = self._transcript.suggested_edit
        if edited is None:
            self.notify("No edit is suggested here.")
        else:
            self.post_message(self.Take(edited, self._transcript.flow_shown(edited.id)))

    # How it is shown

    def action_why(self) -> None:
        if self._transcript.current is not None:
            self._transcript.explain(self._transcript.current.number)

    def action_fold(self) -> None:
        self._transcript.fold()

    def action_brief(self) -> None:
        self._transcript.fold_all()


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


def _verdict(state: State) -> str:
    """How many events came out as expected, where something is expected; and whether edits change anything."""
    checked = [each for each in state.results if each.checked and not each.waits]
    failed = [each for each in checked if not each.ok]
    if not checked:
        return ""
    if failed:
        return f"✗ {len(failed)} of {len(checked)} not as expected"
    return f"✓ {len(checked)} as expected"
