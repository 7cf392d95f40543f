"""The entries of the command palette and of the help, both made from the table of shortcuts.

The palette leaves out what cannot be done now. The help lists all shortcuts, those that work where the focus was first.
"""

from collections.abc import Iterable, Mapping

from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, in_use, shown
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

# Contexts of a widget that make no sense in a palette, which is not that widget.
_LOCAL = frozenset({"list", "coverage", "chips", "choice", "events", "conditions", "values"})


def palette(state: State | None, wanted: Mapping[str, str]) -> list[Entry]:
    """The commands that can do something in ``state``, each with its keys."""
    return [
        Entry(
            key.id,
            key.help.split(";")[0],
            CONTEXTS[key.context] if key.context != "app" else "",
            shown(in_use(key, wanted)),
        )
        for key in SHORTCUTS
        if key.context not in _LOCAL and key.applies(state)
    ]


def help_entries(active: Iterable[str], wanted: Mapping[str, str]) -> list[Entry]:
    """All shortcuts: those of the contexts that have ``active`` bindings first, then those that work everywhere.

    ``active`` are the ids of the bindings that work where the focus is, the nearest first.
    """
    found = (BY_ID.get(binding_id.split("#")[0]) for binding_id in active)
    here = dict.fromkeys(shortcut.context for shortcut in found if shortcut is not None and shortcut.context != "app")
    order = [*here, "app", *(context for context in CONTEXTS if context not in here and context != "app")]
    return [
        Entry(key.id, f"{shown(in_use(key, wanted)):<18} {key.help}", "", CONTEXTS[context])
        for context in order
        for key in SHORTCUTS
        if key.context == context
    ]
