"""What the command palette and the help list: every key of the table, and what the keys do not cover.

An entry that cannot apply now is left out of the palette; the help shows the keys that work where the focus was.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, Shortcut, in_use, shown
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.tui.app import OncueApp

# Contexts of a widget that make no sense from a palette, which is not that widget.
_LOCAL = frozenset({"list", "chips", "choice", "events"})


def applies(key: Shortcut, state: State | None) -> bool:
    """Whether a command can do something in ``state``."""
    if state is None:
        return key.id in ("app.help", "app.theme", "app.quit", "app.reload", "app.palette")
    session = state.session
    match key.id:
        case "app.save":
            return bool(session.dirty)
        case "app.undo":
            return session.undo_chain is not None
        case "app.redo":
            return session.redo_chain is not None
        case "app.palette":
            return False
        case "app.pane5":
            return bool(state.problems)
        case "app.goto" | "app.filter":
            return bool(state.workspace.flows)
        case "simulator.forward" | "simulator.all":
            return state.timeline is not None and bool(state.timeline.ahead)
        case "simulator.next":
            return len(state.timelines) > 1
        case "simulator.close":
            return state.lists_timelines
        case "simulator.open" | "simulator.created" | "simulator.random":
            return state.timeline is not None
    if key.context in ("flows", "steps"):
        return session.flow is not None
    if key.context == "simulator":
        return state.timeline is not None and bool(state.timeline.events)
    return True


def palette(state: State | None, wanted: Mapping[str, str]) -> list[Entry]:
    """The commands that can apply, each with its keys."""
    return [
        Entry(
            key.id,
            key.help.split(";")[0],
            CONTEXTS[key.context] if key.context != "app" else "",
            shown(in_use(key, wanted)),
        )
        for key in SHORTCUTS
        if key.context not in _LOCAL and applies(key, state)
    ]


def help_entries(focused: Widget | None, wanted: Mapping[str, str]) -> list[Entry]:
    """The keys that work where ``focused`` is: those of the place first, then those that work everywhere."""
    chain = [] if focused is None else [each for each in focused.ancestors_with_self if isinstance(each, Widget)]
    here = dict.fromkeys(_contexts(chain))
    order = [*here, "app", *(context for context in CONTEXTS if context not in here and context != "app")]
    return [
        Entry(key.id, f"{shown(in_use(key, wanted)):<18} {key.help}", "", CONTEXTS[context])
        for context in order
        for key in SHORTCUTS
        if key.context == context
    ]


def _contexts(chain: Iterable[Widget]) -> Iterable[str]:
    for widget in chain:
        for _, binding in widget._bindings:
            key = BY_ID.get((binding.id or "").split("#")[0])
            if key is not None and key.context != "app":
                yield key.context


async def run(app: "OncueApp", key_id: str) -> None:
    """Do what a command does, in the pane that it belongs to."""
    key = BY_ID[key_id]
    panes = {"flows": 1, "steps": 3, "simulator": 4}
    if key.context in panes:
        app.designer.show_pane(panes[key.context])
        await app.run_action(key.act, app.designer.pane(panes[key.context]))
    elif key.context == "app":
        await app.run_action(key.act, app)
