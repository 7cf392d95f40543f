"""The entries of the command palette and of the help, both made from the table of shortcuts.

Both begin with the place where the focus is and have a heading for each place. The palette lists commands by their
names, and greys with the reason what cannot be done now; the help lists all keys, those of lists and fields too.
"""

from collections.abc import Iterable, Mapping

from oncue.tui.shortcut import Shortcut
from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, in_use, shown
from oncue.tui.synonyms import SYNONYMS
from oncue.tui.widgets.picker import Entry
from oncue.workbench.state import State

_LOCAL = frozenset({"list", "coverage", "chips", "choice", "events", "conditions", "values"})
"""Contexts of a widget that make no sense in a palette, which is not that widget."""


def palette(state: State | None, active: Iterable[str], wanted: Mapping[str, str]) -> list[Entry]:
    """The commands, each with its keys. One that can do nothing in ``state`` is off, and says why.

    ``active`` are the ids of the bindings that work where the focus is, the nearest first.
    """
    return [_command(key, state, wanted) for key in _in_order(active) if key.context not in _LOCAL and key.offered]


def _command(key: Shortcut, state: State | None, wanted: Mapping[str, str]) -> Entry:
    off = not key.applies(state)
    about = key.applies.why_not if off else key.help.split(";")[0]
    return Entry(key.id, key.label, about, shown(in_use(key, wanted)), _called(key), off, CONTEXTS[key.context])


def help_entries(active: Iterable[str], wanted: Mapping[str, str]) -> list[Entry]:
    """All shortcuts by their keys; ``active`` are the ids of the bindings that work where the focus is."""
    return [
        Entry(
            key.id, shown(in_use(key, wanted)), key.help, "", f"{key.label} {_called(key)}", group=CONTEXTS[key.context]
        )
        for key in _in_order(active)
    ]


def _in_order(active: Iterable[str]) -> list[Shortcut]:
    """All shortcuts: those of the place where the focus is, those that work everywhere, then the others.

    What moves in any list is known to anybody, so it comes last of the place.
    """
    found = (BY_ID.get(binding_id.split("#")[0]) for binding_id in active)
    here = dict.fromkeys(shortcut.context for shortcut in found if shortcut is not None and shortcut.context != "app")
    here = dict.fromkeys(sorted(here, key=lambda context: context == "list"))
    order = [*here, "app", *(context for context in CONTEXTS if context not in here and context != "app")]
    return [key for context in order for key in SHORTCUTS if key.context == context]


def _called(key: Shortcut) -> str:
    """What else people look for it by."""
    return f"{key.id.replace('.', ' ').replace('_', ' ')} {SYNONYMS.get(key.id, '')} {key.help}"
