"""What a shortcut is: an action, its keys, its words, and in which states it can do something."""

from collections.abc import Callable
from typing import NamedTuple

from oncue.workbench.state import State


class Applies(NamedTuple):
    """In which states a command can do something, and ``why_not`` in the others.

    ``None`` is the time before the workspace is read.
    """

    holds: Callable[[State | None], bool]
    why_not: str = ""

    def __call__(self, state: State | None) -> bool:
        return self.holds(state)


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


def when(holds: Callable[[State], bool], why_not: str = "not now") -> Applies:
    """Applies to the states for which ``holds``."""
    return Applies(lambda state: state is not None and holds(state), why_not)


always = Applies(lambda _state: True)
never = Applies(lambda _state: False)
read = when(lambda state: True, "the workspace is not read yet")
some_flow = when(lambda state: bool(state.workspace.flows), "there are no flows")
open_flow = when(lambda state: state.flow is not None, "no flow is open")
problems = when(lambda state: bool(state.problems), "there are no problems")
unsaved = when(lambda state: bool(state.unsaved), "everything is saved")
undoable = when(lambda state: state.session.undo_chain is not None, "there is nothing to undo")
redoable = when(lambda state: state.session.redo_chain is not None, "there is nothing to redo")
