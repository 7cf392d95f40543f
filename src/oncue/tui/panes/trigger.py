"""The form of the open flow: its name, where it listens, for which event, from whom, and under which conditions.

Each field posts an edit as soon as it changes; nothing is stored here. The sentence at the bottom says what the flow
does, in the same words as the command line. Above it stand the flows that answer the same events, and in the frame what
the unsaved edit changes in decisions.
"""

from collections.abc import Mapping
from functools import partial
from typing import cast

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from oncue.domain import wording
from oncue.domain.flows import Flow
from oncue.domain.problems import KeyPath
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, MessageType, ParticipantType
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.session import RUN
from oncue.text import editable, from_editable
from oncue.tui.framework.text_keys import put_text
from oncue.tui.messages import AddConditionRequested, Change, Edit, NameCommitted
from oncue.tui.panes.conditions import Conditions
from oncue.tui.panes.pane import Pane
from oncue.tui.shortcuts import bindings
from oncue.tui.widgets.chips import SHORT_LABELS, ChipBar
from oncue.tui.widgets.choice import Choice, Option
from oncue.tui.widgets.event_picker import EventPicker
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.frames import FieldGrid, Form
from oncue.tui.widgets.review_line import ReviewLine
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.problem_words import problem_words
from oncue.workbench.state import State
from oncue.workbench.tag_text import parse_tags, tags_text

LABELS = 11
"""Width of the labels to the left of the fields, in cells."""

EVERY = Option(None, "Every instance", "of the channel")

_FIELD_OF_KEY: Mapping[str, str] = {
    "event": "#trigger-event",
    "channel": "#trigger-channel",
    "instance": "#trigger-instance",
    "participant_types": "#trigger-participants",
    "message_types": "#trigger-messages",
}


class TriggerPane(Pane):
    """The form of the open flow's trigger."""

    BINDINGS = bindings("trigger")
    number, title = 2, "Trigger"

    def __init__(self) -> None:
        super().__init__(id="trigger")
        self._shown: tuple[Flow | None, WorkspaceConfig] | None = None
        self._titled: tuple[Flow | None, bool] = (None, False)
        self._review = ReviewLine(id="trigger-rivals")
        self.conditions = Conditions(id="trigger-when", label_width=LABELS - 1)

    def compose(self) -> ComposeResult:
        with Form(id="trigger-form", can_focus=False):
            with FieldGrid(id="flow-names"):
                yield TextBlock([(label, "muted") for label in ("Name", "About", "Tags")], id="flow-labels")
                yield Field(id="flow-name")
                yield Field(id="flow-description", placeholder="what it is for")
                yield Field(id="flow-tags", placeholder="commas between")
            yield Choice("Channel", id="trigger-channel", label="Channel", label_width=LABELS)
            yield Choice("Instance", id="trigger-instance", label="Instance", label_width=LABELS)
            yield EventPicker(id="trigger-event", label="When", label_width=LABELS - 1)
            participants: dict[str, str] = {key: term.label for key, term in PARTICIPANT_TYPES.items()}
            yield ChipBar(participants, id="trigger-participants", label_width=LABELS, short=SHORT_LABELS)
            messages: dict[str, str] = {key: term.label for key, term in MESSAGE_TYPES.items()}
            yield ChipBar(messages, id="trigger-messages", label="Types", label_width=LABELS, short=SHORT_LABELS)
            yield self.conditions
        yield self._review
        yield TextBlock(id="sentence")

    def show(self, state: State) -> None:
        """Show the trigger of the open flow, or what to do when none is open."""
        flow, config = state.flow, state.workspace.config
        before = self._shown[0] if self._shown else None
        self._review.show(state.session)
        self._retitle(state)
        self.conditions.show(state)
        if self._shown == (flow, config):
            return
        first = self._shown is None
        self._shown = (flow, config)
        if first or (flow is None) == self.query_one("#trigger-form").display:
            self.query_one("#trigger-form").display = flow is not None
        if flow is None:
            self.query_one("#sentence", TextBlock).show(_no_flow(state))
            return
        self._show_names(flow, before, state.session.typing)
        self._show_place(flow, config)
        self._show_narrowing(flow)
        problems = state.flow_problems.get(flow.id, ())
        wrong = [f"! {problem_words(problem, flow)}" for problem in problems]
        text = [*((words, "error") for words in wrong), (wording.flow_sentence(flow, config), "")]
        self.query_one("#sentence", TextBlock).show(text)

    def enter(self) -> None:
        if not self.conditions.leave_field():
            self.screen.set_focus(self.query_one("#trigger-channel"))

    def enter_name(self) -> None:
        """Focus the name and select all of it, so that typing replaces it."""
        field = self.query_one("#flow-name", Input)
        self.screen.set_focus(field)
        field.select_all()

    def focus_key(self, path: KeyPath) -> None:
        """Go to the field of a key of the flow file: ``("trigger", "instance")``, ``("name",)``."""
        if path[:1] == ("when",):
            self.conditions.enter(str(next(iter(path[1:]), "")))
            return
        name = str(next(iter(path[1:] if path[:1] == ("trigger",) else path), ""))
        plain_fields = {"name": "#flow-name", "description": "#flow-description", "tags": "#flow-tags"}
        field = self.query_one(_FIELD_OF_KEY.get(name) or plain_fields.get(name, "#trigger-channel"), Widget)
        self.screen.set_focus(field if field.focusable else self.query_one("#trigger-event"))

    def mark(self, focused: bool) -> None:
        """Override: nobody edits a condition any more who goes to another pane; the picker is none."""
        super().mark(focused)
        now = self.screen.focused
        if not focused and now is not None and any(isinstance(each, Pane) for each in now.ancestors):
            self.conditions.close()

    def on_review_line_reviewed(self, event: ReviewLine.Reviewed) -> None:
        event.stop()
        self._show_title()

    def action_also(self) -> None:
        self._review.choose()

    def action_add_condition(self) -> None:
        flow = self._shown[0] if self._shown else None
        if flow is not None:
            self.post_message(AddConditionRequested(flow.id))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        flow = self._shown[0] if self._shown else None
        if flow is None or event.value != event.input.value:
            return  # more was typed since, and the next message is about that
        value = from_editable(event.value)
        run = f"{event.input.id}{RUN}{cast('Field', event.input).run}"
        match event.input.id:
            case "flow-name":
                if value.strip():
                    change = partial(edits.set_name, name=value)
                    self.post_message(Edit("Change the name", change, run, flow.id))
            case "flow-description":
                described = partial(edits.set_description, description=value)
                self.post_message(Edit("Change the description", described, run, flow.id))
            case "flow-tags":
                change = partial(edits.set_tags, tags=parse_tags(value))
                self.post_message(Edit("Change the tags", change, run, flow.id))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.screen.focus_next()

    def on_input_blurred(self, event: Input.Blurred) -> None:
        event.stop()
        if self._shown and self._shown[0] is not None and self.screen.focused is not event.input:
            if event.input.id == "flow-name" and not event.value.strip():
                self.notify(f"A flow needs a name; this one is called {self._shown[0].name!r}.", severity="warning")
            self._show_names(self._shown[0])  # a name may not be empty, so it may differ from what was typed
        if event.input.id == "flow-name":
            self.post_message(NameCommitted())

    def on_choice_picked(self, event: Choice.Picked) -> None:
        event.stop()
        if event.choice.id == "trigger-channel":
            self._edit("Change the channel", partial(_set_channel, event), recalls=True)
        elif event.choice.id == "trigger-instance":
            self._edit("Change the instance", partial(_set_instance, event))

    def on_event_picker_picked(self, event: EventPicker.Picked) -> None:
        event.stop()
        self._edit("Change the event", partial(edits.set_event, event=event.kind), recalls=True)

    def on_chip_bar_toggled(self, event: ChipBar.Toggled) -> None:
        event.stop()
        if event.bar.id == "trigger-participants":
            participant = cast("ParticipantType", event.value)
            label = f"Toggle {PARTICIPANT_TYPES[participant].label}"
            self._edit(label, partial(edits.toggle_participant_type, value=participant))
        else:
            message = cast("MessageType", event.value)
            label = f"Toggle {MESSAGE_TYPES[message].label}"
            self._edit(label, partial(edits.toggle_message_type, value=message))

    def on_chip_bar_chosen(self, event: ChipBar.Chosen) -> None:
        event.stop()
        if event.bar.id == "trigger-participants":
            participants = cast("frozenset[ParticipantType] | None", event.values)
            change = partial(edits.set_participant_types, types=participants)
            self._edit("Change the participant types", change)
        else:
            messages = cast("frozenset[MessageType] | None", event.values)
            self._edit("Change the message types", partial(edits.set_message_types, types=messages))

    def _edit(self, label: str, change: Change, recalls: bool = False) -> None:
        """Request an edit of the flow that is shown, which may not be the open one any more when that is heard."""
        flow = self._shown[0] if self._shown else None
        if flow is not None:
            self.post_message(Edit(label, change, flow_id=flow.id, recalls=recalls))

    def _retitle(self, state: State) -> None:
        flow = state.flow
        self._titled = (flow, flow is not None and flow.id in state.unsaved)
        self._show_title()

    def _show_title(self) -> None:
        flow, unsaved = self._titled
        if flow is None:
            self.retitle()
            return
        changes = self._review.effect_on(flow.id) if unsaved else ""
        if not flow.enabled:
            note = " · ".join(filter(None, ("off: runs on no event", changes)))
        else:
            note = f"the edit {changes}" if changes else ""
        self.retitle(f"{'● unsaved · ' if unsaved else ''}flows/{flow.id}.toml", note)

    def _show_names(self, flow: Flow, before: Flow | None = None, typing: str | None = None) -> None:
        """Show the texts of ``flow``, except in a field that is being typed into: it may be ahead of the flow."""
        for input_id in ("flow-name", "flow-description", "flow-tags"):
            field = self.query_one(f"#{input_id}", Input)
            text = _input_text(flow, input_id)
            same = before is not None and before.id == flow.id and _input_text(before, input_id) == text
            ahead = field.has_focus and (same or typing == input_id)
            if not ahead:
                put_text(field, text)

    def _show_place(self, flow: Flow, config: WorkspaceConfig) -> None:
        channels = [
            Option(slug, config.channel_label(slug), f"{len(config.instances_of(slug))} installed")
            for slug in config.installed_channels
        ]
        trigger = flow.trigger
        self.query_one("#trigger-channel", Choice).show(trigger.channel, channels)
        own = [Option(each.id, each.name, each.id) for each in config.instances_of(trigger.channel)]
        self.query_one("#trigger-instance", Choice).show(trigger.instance, [EVERY, *own])

    def _show_narrowing(self, flow: Flow) -> None:
        trigger = flow.trigger
        self.query_one("#trigger-event", EventPicker).show(trigger.event)
        participants = self.query_one("#trigger-participants", ChipBar)
        participants.relabel(EVENT_KINDS[trigger.event].role)
        participants.show(cast("frozenset[str] | None", trigger.participant_types))
        has_messages = trigger.event == "message_created"
        bar = self.query_one("#trigger-messages", ChipBar)
        bar.show(cast("frozenset[str] | None", trigger.message_types))
        bar.take_part(has_messages)


def _set_channel(picked: Choice.Picked, workspace: Workspace, flow_id: str) -> Workspace:
    channel = picked.after(workspace.flows[flow_id].trigger.channel)
    return workspace if channel is None else edits.set_channel(workspace, flow_id, channel)


def _set_instance(picked: Choice.Picked, workspace: Workspace, flow_id: str) -> Workspace:
    return edits.set_instance(workspace, flow_id, picked.after(workspace.flows[flow_id].trigger.instance))


def _input_text(flow: Flow, input_id: str | None) -> str:
    """What a field shows, which `TriggerPane.on_input_changed` reads back."""
    match input_id:
        case "flow-name":
            return editable(flow.name)
        case "flow-description":
            return editable(flow.description)
        case _:
            return editable(tags_text(flow.tags))


def _no_flow(state: State) -> list[tuple[str, str]]:
    if not state.workspace.config.instances:
        return [
            ("No channel is installed in this workspace.", "strong"),
            ("Add an [[instances]] table to workspace.toml: id, channel and name. Then press F8 to read it.", ""),
        ]
    if not state.workspace.flows:
        return [("No flow yet.", "strong"), ("Press n to make the first one.", "")]
    return [("No flow is open.", "strong"), ("Choose one on the left, or press n to make a new one.", "")]
