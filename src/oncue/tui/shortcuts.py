"""Every key of the app in one table: bindings, footer, help, palette and docs/keys.md are made from it.

Each entry has an id, by which the user's config file gives it other keys, a context, which is where it works, and a
predicate that says in which states it can do something. ``app`` works everywhere; those of its keys that no text field
takes work while typing too. All keys are ones that ordinary terminals send, and every action has a plain key outside
text fields.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from textual.binding import Binding, BindingType

from oncue.tui.everywhere import EVERYWHERE
from oncue.tui.framework.key_names import sign_of
from oncue.tui.shortcut import Shortcut, open_flow, problems, read, some_flow
from oncue.tui.simulator_shortcuts import IN_THE_SIMULATOR, played

CONTEXTS: Mapping[str, str] = {
    "app": "Everywhere",
    "flows": "Flows",
    "trigger": "Trigger",
    "conditions": "Conditions",
    "values": "Values and texts",
    "chips": "Chips",
    "choice": "Fields to choose from",
    "events": "Trigger events",
    "steps": "Steps",
    "simulator": "Simulator",
    "problems": "Problems",
    "coverage": "Coverage",
    "list": "Any list",
}

SHORTCUTS: tuple[Shortcut, ...] = (
    *EVERYWHERE,
    Shortcut("flows.enable", "flows", "e", "screen.enable_flow", "On/off", "Switch flows on or off", open_flow, 1),
    Shortcut(
        "flows.mark", "flows", "space", "mark('one')", "Mark", "Mark the flow, or take its mark away", some_flow, 1
    ),
    Shortcut(
        "flows.range", "flows", "v", "mark('range')", "Range", "Mark all flows from here to the cursor", some_flow, 3
    ),
    Shortcut("flows.all", "flows", "asterisk", "mark('all')", "All", "Mark all flows that are listed", some_flow, 3),
    Shortcut(
        "flows.duplicate",
        "flows",
        "d",
        "screen.duplicate_flow",
        "Duplicate",
        "Duplicate flows; the copies are off",
        open_flow,
        2,
    ),
    Shortcut(
        "flows.copy",
        "flows",
        "c",
        "screen.copy_flows",
        "Duplicate to",
        "Duplicate flows to another channel or instance",
        open_flow,
        5,
    ),
    Shortcut(
        "flows.rename",
        "flows",
        "r",
        "screen.rename_flow",
        "Rename",
        "Change the flow's id, which is its file's name",
        open_flow,
        2,
    ),
    Shortcut("flows.delete", "flows", "delete,x", "screen.delete_flow", "Delete", "Delete flows", open_flow, 2),
    Shortcut(
        "flows.tag", "flows", "t", "screen.tag_flows", "Tag", "Add tags to flows, or take them away", open_flow, 5
    ),
    Shortcut("flows.sort", "flows", "o", "screen.sort_flows", "Sort", "List the flows in another order", some_flow, 5),
    Shortcut(
        "flows.message",
        "flows",
        "m",
        "screen.happen('message_created')",
        "Message",
        "Somebody writes in the simulator; asks who, and what is sent",
        played,
        5,
    ),
    Shortcut(
        "flows.added",
        "flows",
        "a",
        "screen.happen('participant_added')",
        "Join",
        "Somebody joins in the simulator; asks who",
        played,
        5,
    ),
    Shortcut("trigger.condition", "trigger", "c", "add_condition", "Condition", "Add a condition", open_flow, 2),
    Shortcut("trigger.also", "trigger", "A", "also", "Also", "Open a flow that answers the same events", open_flow),
    Shortcut("conditions.up", "conditions", "up,k", "move(-1)", "Up", "Go up", read),
    Shortcut("conditions.down", "conditions", "down,j", "move(1)", "Down", "Go down", read),
    Shortcut(
        "conditions.edit",
        "conditions",
        "enter,space,e",
        "edit",
        "Edit",
        "Edit the condition where it is, or turn it round",
        open_flow,
        1,
    ),
    Shortcut("conditions.remove", "conditions", "delete,x", "remove", "Delete", "Delete the condition", open_flow, 1),
    Shortcut(
        "values.complete",
        "values",
        "ctrl+n",
        "complete",
        "Complete",
        "Write the marked word; again: the next",
        read,
        1,
    ),
    Shortcut("chips.toggle", "chips", "space,enter", "press", "Toggle", "Switch the chip on or off", read, 1),
    Shortcut("chips.all", "chips", "a", "all", "All", "Switch all chips on: no narrowing", read, 1),
    Shortcut("chips.none", "chips", "o", "none", "None", "Switch all chips off", read, 1),
    Shortcut("chips.only", "chips", "t", "only", "Only this", "Switch on only this chip", read, 1),
    Shortcut("chips.deselect", "chips", "x,delete", "deselect", "Deselect", "Switch the chip off", read, 2),
    Shortcut("chips.left", "chips", "left,h", "move(-1)", "Left", "Go to the chip on the left", read),
    Shortcut("chips.right", "chips", "right,l", "move(1)", "Right", "Go to the chip on the right", read),
    Shortcut("chips.up", "chips", "up,k", "row(-1)", "Up", "Go to the chip above", read),
    Shortcut("chips.down", "chips", "down,j", "row(1)", "Down", "Go to the chip below", read),
    Shortcut("chips.first", "chips", "home", "edge(False)", "First", "Go to the first chip", read),
    Shortcut("chips.last", "chips", "end", "edge(True)", "Last", "Go to the last chip", read),
    Shortcut("choice.open", "choice", "enter,space,down", "open", "Choose", "Show what can be chosen", read, 1),
    Shortcut("choice.prev", "choice", "left,h", "cycle(-1)", "Previous", "Take the previous one", read, 2),
    Shortcut("choice.next", "choice", "right,l", "cycle(1)", "Next", "Take the next one", read, 2),
    Shortcut("events.up", "events", "up,k", "move(-1)", "Up", "Go up", read),
    Shortcut("events.down", "events", "down,j", "move(1)", "Down", "Go down", read),
    Shortcut(
        "events.choose", "events", "space,enter", "choose", "Choose", "Choose the event under the cursor", read, 1
    ),
    Shortcut("steps.add", "steps", "a", "add_step", "Add", "Add a step below this one", open_flow, 1),
    Shortcut("steps.edit", "steps", "e", "edit_step", "Edit", "Go to the step's fields", open_flow, 1),
    Shortcut("steps.up", "steps", "shift+up,K", "move_step(-1)", "Move up", "Move the step up", open_flow, 2),
    Shortcut("steps.down", "steps", "shift+down,J", "move_step(1)", "Move down", "Move the step down", open_flow, 2),
    Shortcut("steps.duplicate", "steps", "d", "duplicate_step", "Duplicate", "Duplicate the step", open_flow, 2),
    Shortcut("steps.remove", "steps", "delete,x", "remove_step", "Delete", "Delete the step", open_flow, 2),
    *IN_THE_SIMULATOR,
    Shortcut("problems.fix", "problems", "t", "fix", "Fix", "Fix the problem where it is clear how", problems, 1),
    Shortcut(
        "problems.page", "problems", "d", "page", "Details", "Show what the problem means, and what to do", problems, 1
    ),
    Shortcut("coverage.up", "coverage", "up,k", "move(-1, 0)", "Up", "Go to the event above", read),
    Shortcut("coverage.down", "coverage", "down,j", "move(1, 0)", "Down", "Go to the event below", read),
    Shortcut("coverage.left", "coverage", "left,h", "move(0, -1)", "Left", "Go to the participant before", read),
    Shortcut("coverage.right", "coverage", "right,l", "move(0, 1)", "Right", "Go to the next participant", read),
    Shortcut("coverage.open", "coverage", "enter,space", "open", "Open", "Open the flow, or choose one", read),
    Shortcut("coverage.prev", "coverage", "pageup", "turn(-1)", "Previous", "Go to the instance before", read),
    Shortcut("coverage.next", "coverage", "pagedown", "turn(1)", "Next", "Go to the next instance", read),
    Shortcut("list.up", "list", "up,k", "cursor(-1)", "Up", "Go up", read),
    Shortcut("list.down", "list", "down,j", "cursor(1)", "Down", "Go down", read),
    Shortcut("list.page_up", "list", "pageup", "page(-1)", "Page up", "Go a page up", read),
    Shortcut("list.page_down", "list", "pagedown", "page(1)", "Page down", "Go a page down", read),
    Shortcut("list.first", "list", "home", "edge(False)", "First", "Go to the first row", read),
    Shortcut("list.last", "list", "end", "edge(True)", "Last", "Go to the last row", read),
    Shortcut("list.choose", "list", "enter", "choose", "Open", "Open what the cursor is on", read, 1),
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
        "space": "space",
        "pageup": "page up",
        "pagedown": "page down",
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
    }
    written = (("+".join(names.get(part) or sign_of(part) for part in one.split("+"))) for one in keys.split(","))
    return ", ".join(written)


def in_use(key: Shortcut, wanted: Mapping[str, str]) -> str:
    """The comma list of keys that ``key`` has with the user's keymap ``wanted``."""
    return wanted.get(key.id, key.keys)
