"""What panes say to the screen: wishes, never deeds. The app decides and acts."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from oncue.domain.problems import KeyPath
from oncue.domain.workspace import Workspace
from oncue.workbench.state import State

Change = Callable[[Workspace, str], Workspace]
"""An edit of the open flow: workspace and flow id in, workspace out."""


@dataclass(eq=False, repr=False)
class Edit(Message):
    """A flow shall change, by default the open one.

    ``merge``: edits in a row with the same key are one step of undo.
    """

    label: str
    change: Change
    merge: str | None = None
    flow_id: str | None = None


@dataclass(eq=False, repr=False)
class Open(Message):
    """A flow shall be opened; ``path`` is the place in its file to go to, if any."""

    flow_id: str
    path: KeyPath = ()


@dataclass(eq=False, repr=False)
class NameCommitted(Message):
    """The name of a flow has been written to its end."""


@dataclass(eq=False, repr=False)
class SimulatorChange(Message):
    """Something shall happen in the simulator. ``change`` raises `ImpossibleEvent` with the reason if it cannot."""

    change: Callable[[State], State]


@dataclass(eq=False, repr=False)
class ShowPane(Message):
    """A pane shall be shown and focused, by its number."""

    number: int


@dataclass(eq=False, repr=False)
class AddStepRequested(Message):
    """The kind of a new step shall be asked for; it goes before the index ``at``."""

    at: int
