"""What panes and screens request in messages. Whoever holds the store or the settings carries it out."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from oncue.domain.problems import KeyPath, Problem
from oncue.domain.workspace import Workspace
from oncue.workbench.simulator import Simulator
from oncue.workbench.unfinished import Slot

Change = Callable[[Workspace, str], Workspace]
"""An edit of one flow: workspace and flow id in, workspace out."""


@dataclass(eq=False, repr=False)
class Edit(Message):
    """Request an edit of a flow (the open one by default).

    ``merge``: consecutive edits with the same key are undone in one step. ``text``: the index of a step or
    the key of a condition and what was typed for it, if that may have lines that are no value yet. ``recalls``: what
    the flow had earlier under the event or on the channel that it gets comes back.
    """

    label: str
    change: Change
    merge: str | None = None
    flow_id: str | None = None
    text: tuple[Slot, str] | None = None
    recalls: bool = False


@dataclass(eq=False, repr=False)
class Open(Message):
    """Request to open a flow, and to go to the field of ``path`` in its file, if one is given."""

    flow_id: str
    path: KeyPath = ()


@dataclass(eq=False, repr=False)
class ChooseFlow(Message):
    """Request to let the user choose one of some flows, and to open it."""

    title: str
    flow_ids: tuple[str, ...]


@dataclass(eq=False, repr=False)
class NameCommitted(Message):
    """The name of a flow was typed to its end."""


@dataclass(eq=False, repr=False)
class SimulatorChange(Message):
    """Request a change in the simulator. ``change`` raises `ImpossibleEvent` with the reason if it cannot be made."""

    change: Callable[[Simulator], Simulator]


@dataclass(eq=False, repr=False)
class ShowPane(Message):
    """Request to show and focus a pane, by its number."""

    number: int


@dataclass(eq=False, repr=False)
class AddStepRequested(Message):
    """Request a new step of a flow, before the index ``at``, of a kind that the user is asked for."""

    flow_id: str
    at: int


@dataclass(eq=False, repr=False)
class AddConditionRequested(Message):
    """Request a condition that a flow does not have yet, which the user is asked for."""

    flow_id: str


@dataclass(eq=False, repr=False)
class ThemeChosen(Message):
    """The user chose a theme, to be kept for the next start."""

    name: str


@dataclass(eq=False, repr=False)
class ProblemOpened(Message):
    """Request to show a problem of a file that cannot be edited here."""

    problem: Problem


@dataclass(eq=False, repr=False)
class ProblemExplained(Message):
    """Request to show what a problem means, and what to do about it."""

    problem: Problem


@dataclass(eq=False, repr=False)
class EventShown(Message):
    """Request to play a scenario, and to go to one of its events, by its number."""

    scenario_id: str
    number: int


@dataclass(eq=False, repr=False)
class RunCommand(Message):
    """Request to do what a shortcut does, by its id."""

    shortcut_id: str
