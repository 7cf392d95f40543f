"""What `oncue diff` found, for its renderers."""

from functools import cached_property

from oncue.analysis.differences import Difference, Group, difference
from oncue.domain.problems import Problem
from oncue.domain.workspace import Workspace
from oncue.text import counted
from oncue.workbench.difference_rows import Shown
from oncue.workbench.regions import kinds_of_events
from oncue.workbench.workspace_differences import Other, other_differences

MOST_GROUPS = 50
"""Groups that are described for people; of more, how many they are."""
MOST_CELLS = 6
MOST_EXAMPLES = 3


class Compared:
    """Two workspaces, with what each is called on the command line, and what differs."""

    def __init__(self, names: tuple[str, str], old: Workspace, new: Workspace) -> None:
        self.names, self.old, self.new = names, old, new
        self.difference: Difference = difference(old, new)
        self.shown = Shown(self.difference)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Events on which the same flows change, the largest group first."""
        return self.difference.groups()

    @cached_property
    def others(self) -> tuple[Other, ...]:
        """What differs and is no decision."""
        return other_differences(self.old, self.new, {change.flow_id for change in self.difference.changes})

    @property
    def kinds(self) -> int:
        """How many kinds of events there are in both together."""
        return (self.difference.old.keys | self.difference.new.keys).bit_count()

    @property
    def unread(self) -> tuple[tuple[str, Problem], ...]:
        """Files that could not be read and so were not compared, with the name of the workspace."""
        sides = zip(self.names, (self.old, self.new), strict=True)
        return tuple((name, problem) for name, side in sides for problem in side.problems)

    @property
    def headline(self) -> str:
        """How many kinds of events are decided otherwise."""
        size = self.difference.size
        if not size:
            return f"No event starts other flows than before ({kinds_of_events(self.kinds)} compared)"
        verb = "starts" if size == 1 else "start"
        return f"{size:,} of {kinds_of_events(self.kinds)} {verb} other flows than before"

    @property
    def rest(self) -> str:
        """What is left out of a description for people; empty if that is nothing."""
        left = self.groups[MOST_GROUPS:]
        size = sum(group.size for group in left)
        return f"and {counted(len(left), 'smaller group')} with {kinds_of_events(size)}" if left else ""

    def flow_name(self, flow_id: str) -> str:
        """What people call a flow now, or called it."""
        flow = self.new.flows.get(flow_id) or self.old.flows[flow_id]
        return flow.name
