"""What an exporter is given and what it gives back. A module with these names is an exporter (`Exporter`).

An exporter is pure: it gets a workspace and makes texts. It says of every flow which rule it made of it; what that
gains and loses is for `oncue.exporters.losses` to find out.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, Protocol

from oncue.analysis.decisions import decide
from oncue.analysis.grid import Grid
from oncue.domain.workspace import Workspace
from oncue.exporters.names import Names
from oncue.exporters.rules import Narrowed, Rule


class Job:
    """The flows to export, in order of id, and what the target calls things.

    ``is_whole``: all flows of the workspace are exported, not a choice of them.
    """

    def __init__(self, workspace: Workspace, names: Names, is_whole: bool = True) -> None:
        self.workspace, self.names, self.is_whole = workspace, names, is_whole
        self.config = workspace.config

    @cached_property
    def grid(self) -> Grid:
        """The event space."""
        return Grid(self.config)

    @cached_property
    def narrowed(self) -> tuple[Narrowed, ...]:
        """All flows."""
        flows = sorted(self.workspace.flows.values(), key=lambda flow: flow.id)
        return tuple(Narrowed.of(flow, decide(flow, self.config), self.config) for flow in flows)

    def starting(self) -> Iterator[Narrowed]:
        """The flows that some event starts: those that are enabled and whose conditions can hold."""
        return (each for each in self.narrowed if each.decided.starts)


class Exported(NamedTuple):
    """The files of an export, by name, and the rule that was made of each flow."""

    files: Mapping[str, str]
    rules: tuple[Rule, ...]


class Exporter(Protocol):
    """A target. Modules of `oncue.exporters` are exporters, as is whatever an entry point gives."""

    @property
    def LABEL(self) -> str:  # noqa: N802 - a constant of a module
        """What people call the target."""

    @property
    def FILE(self) -> str:  # noqa: N802
        """The name of its file; empty if there are several."""

    @staticmethod
    def export(job: Job, /) -> Exported:
        """The files for the target."""
