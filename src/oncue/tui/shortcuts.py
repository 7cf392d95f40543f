"""Every key of the app in one table: bindings, footer, help, palette and docs/keys.md are made from it.

Each entry has an id, by which the user's config file gives it other keys, a context, which is where it works, and a
predicate that says in which states it can do something. ``app`` works everywhere; those of its keys that no text field
takes work while typing too. All keys are ones that ordinary terminals send, and every action has a plain key outside
text fields.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from textual.binding import Binding, BindingType

from oncue.workbench.state import State

Applies = Callable[[State | None], bool]
"""Whether a command can do something in a state; ``None`` is the time before the workspace is read."""


def _when(holds: Callable[[State], bool]) -> Applies:
    return lambda state: state is not None and holds(state)


def _always(_state: State | None) -> bool:
    return True


def _never(_state: State | None) -> bool:
    return False


_read = _when(lambda state: True)
_some_flow = _when(lambda state: bool(state.workspace.flows))
_open_flow = _when(lambda state: state.flow is not None)
_problems = _when(lambda state: bool(state.problems))
_unsaved = _when(lambda state: bool(state.unsaved))
_undoable = _when(lambda state: state.session.undo_chain is not None)
_redoable = _when(lambda state: state.session.redo_chain is not None)
_conversation = _when(lambda state: state.timeline is not None)
_played = _when(lambda state: state.timeline is not None and bool(state.timeline.events))
_waiting = _when(lambda state: state.simulator.waits)
_ahead = _when(lambda state: state.timeline is not None and bool(state.timeline.ahead))
_several = _when(lambda state: len(state.timelines) > 1)
_listed = _when(lambda state: state.lists_timelines)


class Shortcut(NamedTuple):
    """One action and its keys.

    ``keys`` is a comma list in Textual's names. ``act`` is the Textual action. ``applies`` decides whether the palette
    offers it. ``foot`` is its place in the footer: 0 is not there, 1 is shown first.
    """

    id: str
    context: str
    keys: str
    act: str
    label: str
    help: str
    applies: Applies
    foot: int = 0


CONTEXTS: Mapping[str, str] = {
    "app": "Everywhere",
    "flows": "Flows",
    "trigger": "Trigger",
    "conditions": "Conditions",
    "values": "Values of conditions",
    "chips": "Chips",
    "choice": "Fields to choose from",
    "events": "Trigger events",
    "steps": "Steps",
    "simulator": "Simulator",
    "coverage": "Coverage",
    "list": "Any list",
}

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("app.save", "app", "ctrl+s,s", "save", "Save", "Save all unsaved flows", _unsaved, 1),
    Shortcut("app.undo", "app", "ctrl+z,u", "undo", "Undo", "Undo the last edit", _undoable, 3),
    Shortcut("app.redo", "app", "ctrl+y,y", "redo", "Redo", "Redo the edit that was undone last", _redoable, 5),
    Shortcut(
        "app.help", "app", "f1,question_mark", "help", "Help", "All keys that work here; enter runs one", _always, 1
    ),
    Shortcut("app.palette", "app", "ctrl+p,colon", "palette", "Commands", "Find and run any command", _never, 3),
    Shortcut("app.jump", "app", "ctrl+o,g", "jump", "Jump", "Label everything, then press its letter", _read, 4),
    Shortcut("app.filter", "app", "slash", "filter", "Filter", "Filter the flows", _some_flow, 3),
    Shortcut("app.new", "app", "n", "screen.new_flow", "New flow", "Make a new flow", _read, 2),
    Shortcut("app.goto", "app", "f", "goto", "Find flow", "Open a flow by name", _some_flow),
    Shortcut("app.pane1", "app", "1", "pane(1)", "Flows", "Go to the flows", _read),
    Shortcut("app.pane2", "app", "2", "pane(2)", "Trigger", "Go to the trigger", _read),
    Shortcut("app.pane3", "app", "3", "pane(3)", "Steps", "Go to the steps", _read),
    Shortcut("app.pane4", "app", "4", "pane(4)", "Simulator", "Go to the simulator", _read),
    Shortcut("app.pane5", "app", "5", "pane(5)", "Problems", "Go to the problems", _problems),
    Shortcut(
        "app.next_pane", "app", "f6,right_square_bracket", "next_pane(1)", "Next pane", "Go to the next pane", _read
    ),
    Shortcut(
        "app.prev_pane",
        "app",
        "f5,left_square_bracket",
        "next_pane(-1)",
        "Previous pane",
        "Go to the previous pane",
        _read,
    ),
    Shortcut("app.back", "app", "escape", "back", "Back", "From a field to its pane, from there to the flows", _read),
    Shortcut("app.coverage", "app", "C", "screen.coverage", "Coverage", "Show which flows answer which events", _read),
    Shortcut(
        "app.causes", "app", "G", "screen.causes", "Causes", "Show what starts the flow, and what it starts", _open_flow
    ),
    Shortcut("app.theme", "app", "f9", "theme", "Theme", "Choose a colour theme; the choice is kept", _always),
    Shortcut("app.reload", "app", "f8", "reload", "Reload", "Read the folder again; unsaved edits stay", _always),
    Shortcut("app.redraw", "app", "ctrl+l,f12", "app.redraw", "Redraw", "Draw the whole screen again", _always),
    Shortcut("app.quit", "app", "ctrl+q,q", "app.quit", "Quit", "Quit; asks if something is unsaved", _always, 4),
    Shortcut("flows.enable", "flows", "e", "screen.enable_flow", "On/off", "Switch flows on or off", _open_flow, 1),
    Shortcut(
        "flows.mark", "flows", "space", "mark('one')", "Mark", "Mark the flow, or take its mark away", _some_flow, 1
    ),
    Shortcut(
        "flows.range", "flows", "v", "mark('range')", "Range", "Mark all flows from here to the cursor", _some_flow, 3
    ),
    Shortcut("flows.all", "flows", "asterisk", "mark('all')", "All", "Mark all flows that are listed", _some_flow, 3),
    Shortcut(
        "flows.duplicate",
        "flows",
        "d",
        "screen.duplicate_flow",
        "Duplicate",
        "Copy flows; the copies are off",
        _open_flow,
        2,
    ),
    Shortcut(
        "flows.copy",
        "flows",
        "c",
        "screen.copy_flows",
        "Copy to",
        "Copy flows to another channel or instance",
        _open_flow,
        5,
    ),
    Shortcut(
        "flows.rename",
        "flows",
        "r",
        "screen.rename_flow",
        "Rename",
        "Change the flow's id, which is its file's name",
        _open_flow,
        2,
    ),
    Shortcut("flows.delete", "flows", "delete,x", "screen.delete_flow", "Delete", "Remove flows", _open_flow, 2),
    Shortcut(
        "flows.tag", "flows", "t", "screen.tag_flows", "Tag", "Add tags to flows, or take them away", _open_flow, 5
    ),
    Shortcut("flows.sort", "flows", "o", "screen.sort_flows", "Sort", "List the flows in another order", _some_flow, 5),
    Shortcut("trigger.condition", "trigger", "c", "add_condition", "Condition", "Add a condition", _open_flow, 2),
    Shortcut("trigger.also", "trigger", "A", "also", "Also", "Open a flow that answers the same events", _open_flow),
    Shortcut("conditions.up", "conditions", "up,k", "move(-1)", "Up", "Go up", _read),
    Shortcut("conditions.down", "conditions", "down,j", "move(1)", "Down", "Go down", _read),
    Shortcut(
        "conditions.edit",
        "conditions",
        "enter,space,e",
        "edit",
        "Edit",
        "Edit the condition where it is, or turn it round",
        _open_flow,
        1,
    ),
    Shortcut("conditions.remove", "conditions", "delete,x", "remove", "Remove", "Remove the condition", _open_flow, 1),
    Shortcut(
        "values.complete",
        "values",
        "ctrl+n",
        "complete",
        "Complete",
        "Write the marked word; again: the next",
        _read,
        1,
    ),
    Shortcut("chips.toggle", "chips", "space,enter", "press", "Toggle", "Switch the chip on or off", _read, 1),
    Shortcut("chips.all", "chips", "a", "all", "All", "Switch all chips on: no narrowing", _read, 1),
    Shortcut("chips.none", "chips", "o", "none", "None", "Switch all chips off", _read, 1),
    Shortcut("chips.only", "chips", "t", "only", "Only this", "Switch on only this chip", _read, 1),
    Shortcut("chips.deselect", "chips", "x,delete", "deselect", "Deselect", "Switch the chip off", _read, 2),
    Shortcut("chips.left", "chips", "left,h", "move(-1)", "Left", "Go to the chip on the left", _read),
    Shortcut("chips.right", "chips", "right,l", "move(1)", "Right", "Go to the chip on the right", _read),
    Shortcut("chips.up", "chips", "up,k", "row(-1)", "Up", "Go to the chip above", _read),
    Shortcut("chips.down", "chips", "down,j", "row(1)", "Down", "Go to the chip below", _read),
    Shortcut("chips.first", "chips", "home", "edge(False)", "First", "Go to the first chip", _read),
    Shortcut("chips.last", "chips", "end", "edge(True)", "Last", "Go to the last chip", _read),
    Shortcut("choice.open", "choice", "enter,space,down", "open", "Choose", "Show what can be chosen", _read, 1),
    Shortcut("choice.prev", "choice", "left,h", "cycle(-1)", "Previous", "Take the previous one", _read, 2),
    Shortcut("choice.next", "choice", "right,l", "cycle(1)", "Next", "Take the next one", _read, 2),
    Shortcut("events.up", "events", "up,k", "move(-1)", "Up", "Go up", _read),
    Shortcut("events.down", "events", "down,j", "move(1)", "Down", "Go down", _read),
    Shortcut(
        "events.choose", "events", "space,enter", "choose", "Choose", "Choose the event under the cursor", _read, 1
    ),
    Shortcut("steps.add", "steps", "a", "add_step", "Add", "Add a step below this one", _open_flow, 1),
    Shortcut("steps.edit", "steps", "e", "edit_step", "Edit", "Go to the step's fields", _open_flow, 1),
    Shortcut("steps.up", "steps", "shift+up,K", "move_step(-1)", "Move up", "Move the step up", _open_flow, 2),
    Shortcut("steps.down", "steps", "shift+down,J", "move_step(1)", "Move down", "Move the step down", _open_flow, 2),
    Shortcut("steps.duplicate", "steps", "d", "duplicate_step", "Duplicate", "Copy the step", _open_flow, 2),
    Shortcut("steps.remove", "steps", "delete,x", "remove_step", "Remove", "Remove the step", _open_flow, 2),
    Shortcut(
        "simulator.created",
        "simulator",
        "c",
        "fire('conversation_created')",
        "Start",
        "Conversation created",
        _conversation,
        1,
    ),
    Shortcut("simulator.added", "simulator", "a", "fire('participant_added')", "Join", "Participant added", _played, 1),
    Shortcut(
        "simulator.removed", "simulator", "r", "fire('participant_removed')", "Leave", "Participant removed", _played, 1
    ),
    Shortcut(
        "simulator.message", "simulator", "m", "fire('message_created')", "Message", "Message created", _played, 1
    ),
    Shortcut(
        "simulator.random",
        "simulator",
        "x",
        "random",
        "Random",
        "A random event that is possible now",
        _conversation,
        1,
    ),
    Shortcut("simulator.why", "simulator", "w", "why", "Why not", "Show why the other flows did not run", _played, 1),
    Shortcut(
        "simulator.take",
        "simulator",
        "t",
        "take",
        "Apply edit",
        "Apply the edit that would make the flow fire",
        _played,
        3,
    ),
    Shortcut(
        "simulator.record",
        "simulator",
        "e",
        "screen.record",
        "Record",
        "Save as a scenario that expects what fired",
        _played,
        3,
    ),
    Shortcut(
        "simulator.later",
        "simulator",
        "plus",
        "pass_time('10m')",
        "10 min",
        "Let 10 minutes pass",
        _conversation,
        2,
    ),
    Shortcut(
        "simulator.timer",
        "simulator",
        "l",
        "pass_time('')",
        "Next timer",
        "Let time pass until the next flow continues that waits",
        _waiting,
        2,
    ),
    Shortcut("simulator.back", "simulator", "backspace,left", "back", "Step back", "Undo the last event", _played, 2),
    Shortcut(
        "simulator.forward",
        "simulator",
        "right",
        "forward",
        "Step forward",
        "Play the next event that is ahead",
        _ahead,
        2,
    ),
    Shortcut("simulator.all", "simulator", "p", "play_all", "Play all", "Play all events that are ahead", _ahead, 2),
    Shortcut(
        "simulator.clear",
        "simulator",
        "z",
        "clear",
        "Start over",
        "Start over: a scenario from its first event, else empty",
        _played,
        2,
    ),
    Shortcut(
        "simulator.open",
        "simulator",
        "o",
        "open",
        "Open",
        "Go to a conversation, a scenario or a new one",
        _conversation,
        2,
    ),
    Shortcut("simulator.next", "simulator", "v", "turn(1)", "Next", "Go to the next conversation", _several, 4),
    Shortcut("simulator.close", "simulator", "delete", "close", "Close", "Close the conversation", _listed, 4),
    Shortcut(
        "simulator.delivery",
        "simulator",
        "d",
        "deliver",
        "Delivery",
        "Deliver the event twice, late or once",
        _played,
        3,
    ),
    Shortcut("simulator.fold", "simulator", "space", "fold", "Fold", "Hide or show what is below the line", _played, 3),
    Shortcut("simulator.brief", "simulator", "b", "brief", "Brief", "Show only the events, or everything", _played, 3),
    Shortcut("coverage.up", "coverage", "up,k", "move(-1, 0)", "Up", "Go to the event above", _read),
    Shortcut("coverage.down", "coverage", "down,j", "move(1, 0)", "Down", "Go to the event below", _read),
    Shortcut("coverage.left", "coverage", "left,h", "move(0, -1)", "Left", "Go to the participant before", _read),
    Shortcut("coverage.right", "coverage", "right,l", "move(0, 1)", "Right", "Go to the next participant", _read),
    Shortcut("coverage.open", "coverage", "enter,space", "open", "Open", "Open the flow, or choose one", _read),
    Shortcut("coverage.prev", "coverage", "pageup", "turn(-1)", "Previous", "Go to the instance before", _read),
    Shortcut("coverage.next", "coverage", "pagedown", "turn(1)", "Next", "Go to the next instance", _read),
    Shortcut("list.up", "list", "up,k", "cursor(-1)", "Up", "Go up", _read),
    Shortcut("list.down", "list", "down,j", "cursor(1)", "Down", "Go down", _read),
    Shortcut("list.page_up", "list", "pageup", "page(-1)", "Page up", "Go a page up", _read),
    Shortcut("list.page_down", "list", "pagedown", "page(1)", "Page down", "Go a page down", _read),
    Shortcut("list.first", "list", "home", "edge(False)", "First", "Go to the first row", _read),
    Shortcut("list.last", "list", "end", "edge(True)", "Last", "Go to the last row", _read),
    Shortcut("list.choose", "list", "enter", "choose", "Open", "Open what the cursor is on", _read, 1),
)

BY_ID: Mapping[str, Shortcut] = {key.id: key for key in SHORTCUTS}


def bindings(context: str, wanted: Mapping[str, str] = MappingProxyType({})) -> list[BindingType]:
    """The bindings of a context, to stand on the widget that has its actions, with the keys that are ``wanted``.

    The keys of ``app`` come before those of any widget (Textual's "priority"). Otherwise a key would first be sent from
    widget to widget, and what is typed right after ``/`` would not reach the filter. Those of them that a text field
    could take go through the action ``plain``, which does nothing while somebody types.
    """
    found: list[BindingType] = []
    for key in SHORTCUTS:
        if key.context == context:
            for number, one in enumerate(in_use(key, wanted).split(",")):
                priority = context == "app" and one != "escape"
                letter = priority and not one.startswith("ctrl+") and re.fullmatch("f[0-9]+", one) is None
                act = f"plain('{key.id}')" if letter else key.act
                binding_id = key.id if number == 0 else f"{key.id}#{number + 1}"
                found.append(Binding(one, act, key.label, show=False, priority=priority, id=binding_id))
    return found


def shown(keys: str) -> str:
    """Keys as people write them: ``ctrl+s``, ``?``."""
    names = {
        "question_mark": "?",
        "plus": "+",
        "slash": "/",
        "colon": ":",
        "asterisk": "*",
        "left_square_bracket": "[",
        "right_square_bracket": "]",
        "space": "space",
        "pageup": "page up",
        "pagedown": "page down",
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
    }
    return ", ".join("+".join(names.get(part, part) for part in one.split("+")) for one in keys.split(","))


def in_use(key: Shortcut, wanted: Mapping[str, str]) -> str:
    """The comma list of keys that ``key`` has with the user's keymap ``wanted``."""
    return wanted.get(key.id, key.keys)
