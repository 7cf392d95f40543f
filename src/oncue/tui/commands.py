"""The entries of the command palette and of the help, both made from the table of shortcuts.

The palette leaves out what cannot be done now. The help lists all shortcuts, those that work where the focus was first.
"""

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, in_use, shown
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

# Contexts of a widget that make no sense in a palette, which is not that widget.
_LOCAL = frozenset({"list", "chips", "choice", "events"})


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


def help_entries(focused: Widget | None, wanted: Mapping[str, str]) -> list[Entry]:
    """All shortcuts: those of the place where ``focused`` is first, then those that work everywhere."""
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
    """The contexts whose shortcuts are bound on these widgets."""
    for widget in chain:
        for _, binding in widget._bindings:
            key = BY_ID.get((binding.id or "").split("#")[0])
            if key is not None and key.context != "app":
                yield key.context
