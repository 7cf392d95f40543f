"""Every key of the app in one table: bindings, footer, help, palette and docs/keys.md are made from it.

Each entry has an id, which the user's config file uses to give it other keys, and a context: where it works.
``app`` works everywhere; those of its keys that no text field takes work while typing too (``typing``). All keys
are ones that ordinary terminals send, and every action has a plain key outside text fields.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from textual.binding import Binding, BindingsMap, BindingType

from oncue.errors import did_you_mean


class Shortcut(NamedTuple):
    """One action and its keys.

    ``keys`` is a comma list in Textual's names. ``foot`` is its place in the footer: 0 not there, 1 first to
    be shown. ``act`` is the Textual action.
    """

    id: str
    context: str
    keys: str
    act: str
    label: str
    help: str
    foot: int = 0


CONTEXTS: Mapping[str, str] = {
    "app": "Everywhere",
    "flows": "Flows",
    "chips": "Chips",
    "choice": "Fields to choose from",
    "events": "Trigger events",
    "steps": "Steps",
    "simulator": "Simulator",
    "list": "Any list",
}

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("app.save", "app", "ctrl+s,s", "save", "Save", "Save all unsaved flows", 1),
    Shortcut("app.undo", "app", "ctrl+z,u", "undo", "Undo", "Take back the last edit", 2),
    Shortcut("app.redo", "app", "ctrl+y,y", "redo", "Redo", "Do again what was taken back", 5),
    Shortcut("app.help", "app", "f1,question_mark", "help", "Help", "All keys that work here; enter runs one", 1),
    Shortcut("app.palette", "app", "ctrl+p,colon", "palette", "Commands", "Find and run any command", 2),
    Shortcut("app.jump", "app", "ctrl+o,g", "jump", "Jump", "Label everything, then press its letter", 3),
    Shortcut("app.filter", "app", "slash", "filter", "Filter", "Filter the flows", 3),
    Shortcut("app.new", "app", "n", "app.new_flow", "New flow", "Make a new flow", 4),
    Shortcut("app.goto", "app", "f", "goto", "Find flow", "Open a flow by name"),
    Shortcut("app.pane1", "app", "1", "pane(1)", "Flows", "Go to the flows"),
    Shortcut("app.pane2", "app", "2", "pane(2)", "Trigger", "Go to the trigger"),
    Shortcut("app.pane3", "app", "3", "pane(3)", "Steps", "Go to the steps"),
    Shortcut("app.pane4", "app", "4", "pane(4)", "Simulator", "Go to the simulator"),
    Shortcut("app.pane5", "app", "5", "pane(5)", "Problems", "Go to the problems"),
    Shortcut("app.next_pane", "app", "f6,right_square_bracket", "next_pane(1)", "Next pane", "Go to the next pane"),
    Shortcut(
        "app.prev_pane", "app", "f5,left_square_bracket", "next_pane(-1)", "Previous pane", "Go to the previous pane"
    ),
    Shortcut("app.back", "app", "escape", "back", "Back", "From a field to its pane, from there to the flows"),
    Shortcut("app.theme", "app", "f9", "theme", "Theme", "Choose the colours; what is chosen is kept"),
    Shortcut("app.reload", "app", "f8", "reload", "Reload", "Read the folder again; unsaved edits stay"),
    Shortcut("app.quit", "app", "ctrl+q,q", "quit", "Quit", "Leave; asks if something is unsaved", 4),
    Shortcut("flows.enable", "flows", "space,e", "app.enable_flow", "On/off", "Switch the flow on or off", 1),
    Shortcut("flows.duplicate", "flows", "d", "app.duplicate_flow", "Duplicate", "Copy the flow; the copy is off", 2),
    Shortcut(
        "flows.rename", "flows", "r", "app.rename_flow", "Rename", "Change the flow's id, which is its file's name", 2
    ),
    Shortcut("flows.delete", "flows", "delete,x", "app.delete_flow", "Delete", "Remove the flow", 2),
    Shortcut("chips.toggle", "chips", "space,enter", "press", "Toggle", "Switch the chip on or off", 1),
    Shortcut("chips.all", "chips", "a", "all", "All", "Switch all chips on: no narrowing", 1),
    Shortcut("chips.none", "chips", "o", "none", "None", "Switch all chips off", 1),
    Shortcut("chips.only", "chips", "t", "only", "Only this", "Switch on only this chip", 1),
    Shortcut("chips.left", "chips", "left,h", "move(-1)", "Left", "Go to the chip on the left"),
    Shortcut("chips.right", "chips", "right,l", "move(1)", "Right", "Go to the chip on the right"),
    Shortcut("choice.open", "choice", "enter,space,down", "open", "Choose", "Show what can be chosen", 1),
    Shortcut("choice.prev", "choice", "left,h", "cycle(-1)", "Previous", "Take the previous one", 2),
    Shortcut("choice.next", "choice", "right,l", "cycle(1)", "Next", "Take the next one", 2),
    Shortcut("events.up", "events", "up,k", "move(-1)", "Up", "Go up"),
    Shortcut("events.down", "events", "down,j", "move(1)", "Down", "Go down"),
    Shortcut("events.choose", "events", "space,enter", "choose", "Choose", "Choose the event under the cursor", 1),
    Shortcut("steps.add", "steps", "a", "add_step", "Add", "Add a step below this one", 1),
    Shortcut("steps.edit", "steps", "e", "edit_step", "Edit", "Go to the step's fields", 1),
    Shortcut("steps.up", "steps", "shift+up,K", "move_step(-1)", "Move up", "Move the step up", 2),
    Shortcut("steps.down", "steps", "shift+down,J", "move_step(1)", "Move down", "Move the step down", 2),
    Shortcut("steps.duplicate", "steps", "d", "duplicate_step", "Duplicate", "Copy the step", 3),
    Shortcut("steps.remove", "steps", "delete,x", "remove_step", "Remove", "Remove the step", 2),
    Shortcut("simulator.created", "simulator", "c", "fire('conversation_created')", "Start", "Conversation created", 1),
    Shortcut("simulator.added", "simulator", "a", "fire('participant_added')", "Join", "Participant added", 1),
    Shortcut("simulator.removed", "simulator", "r", "fire('participant_removed')", "Leave", "Participant removed", 1),
    Shortcut("simulator.message", "simulator", "m", "fire('message_created')", "Message", "Message created", 1),
    Shortcut("simulator.random", "simulator", "x", "random", "Random", "A random event that is possible now", 1),
    Shortcut("simulator.why", "simulator", "w", "why", "Why not", "Show why the other flows did not run", 1),
    Shortcut("simulator.take", "simulator", "t", "take", "Take edit", "Take the edit that would make the flow fire", 3),
    Shortcut("simulator.record", "simulator", "e", "record", "Record", "Save as a scenario that expects what fired", 3),
    Shortcut("simulator.back", "simulator", "backspace,left", "back", "Step back", "Take back the last event", 2),
    Shortcut(
        "simulator.forward", "simulator", "right", "forward", "Step forward", "Play the next event that is ahead", 2
    ),
    Shortcut("simulator.all", "simulator", "p", "play_all", "Play all", "Play all events that are ahead", 2),
    Shortcut("simulator.clear", "simulator", "z", "clear", "Start over", "Go back to the beginning, and empty it", 2),
    Shortcut("simulator.open", "simulator", "o", "open", "Open", "Go to a conversation, a scenario or a new one", 2),
    Shortcut("simulator.next", "simulator", "v", "turn(1)", "Next", "Go to the next conversation", 4),
    Shortcut("simulator.close", "simulator", "delete", "close", "Close", "Take the conversation off the list", 4),
    Shortcut(
        "simulator.delivery",
        "simulator",
        "d",
        "deliver",
        "Delivery",
        "Deliver the event twice, late or once",
        3,
    ),
    Shortcut("simulator.fold", "simulator", "space", "fold", "Fold", "Hide or show what is below the line", 3),
    Shortcut("simulator.brief", "simulator", "b", "brief", "Brief", "Show only the events, or everything", 3),
    Shortcut("list.up", "list", "up,k", "cursor(-1)", "Up", "Go up"),
    Shortcut("list.down", "list", "down,j", "cursor(1)", "Down", "Go down"),
    Shortcut("list.page_up", "list", "pageup", "page(-1)", "Page up", "Go a page up"),
    Shortcut("list.page_down", "list", "pagedown", "page(1)", "Page down", "Go a page down"),
    Shortcut("list.first", "list", "home", "edge(False)", "First", "Go to the first row"),
    Shortcut("list.last", "list", "end", "edge(True)", "Last", "Go to the last row"),
    Shortcut("list.choose", "list", "enter", "choose", "Open", "Open what the cursor is on", 1),
)

BY_ID: Mapping[str, Shortcut] = {key.id: key for key in SHORTCUTS}

# Keys that terminals send as something else, or never: what a user's config may not ask for.
_UNSENT = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
_NAMED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "space"),
        *("backspace", "delete", "insert"),
        *(f"f{number}" for number in range(1, 13)),
    )
)


def bindings(context: str, wanted: Mapping[str, str] = MappingProxyType({})) -> list[BindingType]:
    """The bindings of a context, to stand on the widget that has its actions, with the keys that are ``wanted``.

    The keys of the app come before those of any widget (Textual's "priority"). Without that a key would wander through
    the widgets first, and what is typed after ``/`` without a pause would not reach the filter. Those that are also
    letters go through the action ``plain``, which does nothing while a text field has the focus.
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
        "slash": "/",
        "colon": ":",
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


def check_keymap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The usable entries of a user's keymap (id to comma list of keys), and a complaint for each other one."""
    good: dict[str, str] = {}
    complaints: list[str] = []
    for key_id, keys in wanted.items():
        if key_id not in BY_ID:
            complaints.append(f"keys.{key_id}: no such key id; {did_you_mean(key_id, BY_ID)}")
            continue
        bad = [one for one in keys.split(",") if (reason := _unusable(one))]
        if not keys or bad:
            reason = _unusable(bad[0]) if bad else "no key given"
            complaints.append(f"keys.{key_id}: {reason}")
            continue
        good[key_id] = keys
    return good, complaints + _clashes(good)


def _clashes(wanted: dict[str, str]) -> list[str]:
    """Complaints about keys that would do two things in one context; the entries at fault are dropped."""
    complaints = []
    for key_id in list(wanted):
        here = BY_ID[key_id].context
        for other in SHORTCUTS:
            shares = here == other.context or "app" in (here, other.context)
            taken = wanted.get(other.id, other.keys).split(",")
            both = [one for one in wanted[key_id].split(",") if one in taken]
            if other.id != key_id and shares and both:
                complaints.append(f"keys.{key_id}: {both[0]!r} is taken by {other.id}")
                del wanted[key_id]
                break
    return complaints


def _unusable(key: str) -> str | None:
    """Why terminals cannot send ``key``; ``None`` if they can."""
    if key in _UNSENT:
        return f"terminals send {key!r} as {_UNSENT[key]}"
    *modifiers, last = key.split("+")
    if not key or any(modifier not in ("ctrl", "shift", "alt") for modifier in modifiers):
        return f"{key!r} is not a key"
    if len(modifiers) > 1 and "ctrl" in modifiers:
        return f"many terminals do not send {key!r}"
    plain = len(last) == 1 or last in _NAMED or last in ("question_mark", "slash", "colon", "full_stop", "comma")
    if not plain and not last.endswith(("bracket", "sign", "accent", "stop", "slash", "dash")) and last != "minus":
        return f"{key!r} is not a key"
    if "ctrl" in modifiers and last in ("enter", "space", "tab", "question_mark"):
        return f"many terminals do not send {key!r}"
    return None


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """``wanted`` (which is valid) as Textual's keymap for all but the app: one entry for each binding."""
    result: dict[str, str] = {}
    for key_id, keys in wanted.items():
        if BY_ID[key_id].context == "app":
            continue
        defaults = BY_ID[key_id].keys.split(",")
        result[key_id] = keys
        for number in range(2, len(defaults) + 1):
            result[f"{key_id}#{number}"] = keys
    return result


def remap(known: BindingsMap, context: str, wanted: Mapping[str, str]) -> None:
    """Give the keys of ``context`` among the bindings ``known`` the keys that are ``wanted``.

    Unlike Textual's keymap this decides anew which keys work in text fields: a letter must not.
    """
    for one in list(known.key_to_bindings):
        rest = [each for each in known.key_to_bindings[one] if (each.id or "").split("#")[0] not in BY_ID]
        known.key_to_bindings[one] = rest
    for binding in bindings(context, wanted):
        assert isinstance(binding, Binding)
        known.key_to_bindings.setdefault(binding.key, []).insert(0, binding)
    for one in [one for one, found in known.key_to_bindings.items() if not found]:
        del known.key_to_bindings[one]


def in_use(key: Shortcut, wanted: Mapping[str, str]) -> str:
    """The comma list of keys that ``key`` has with the user's keymap ``wanted``."""
    return wanted.get(key.id, key.keys)


def in_context(contexts: Iterable[str]) -> list[Shortcut]:
    """The keys of some contexts, in the order of the contexts."""
    return [key for context in contexts for key in SHORTCUTS if key.context == context]
