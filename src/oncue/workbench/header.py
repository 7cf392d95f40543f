"""The header: which workspace this is, its branch and changes in git, and how everything stands.

Each part that leads somewhere has the id of the command that goes there, so that a front end can let it be clicked.
"""

from typing import NamedTuple

from oncue.workbench.scenario_standings import Standings
from oncue.workbench.spans import Line, line, width_of
from oncue.workbench.state import State


class Repository(NamedTuple):
    """The git repository of a workspace. ``branch``: or the commit. ``changes``: files of the workspace that differ
    from the last commit, and ``None`` where there is no git to count them.
    """

    branch: str
    changes: int | None = None


class Part(NamedTuple):
    """A part of the header, and the command that it leads to."""

    spans: Line
    command: str = ""


def left_parts(name: str, repository: Repository | None) -> list[Part]:
    """Which workspace this is."""
    parts = [Part(line((name, "strong")))]
    if repository is not None:
        changes = repository.changes
        spans = line((repository.branch, "accent"), (f" {changes} changed", "warning") if changes else "")
        parts.append(Part(tuple(span for span in spans if span[0])))
    return parts


def right_parts(state: State) -> list[Part]:
    """How everything stands: what is unsaved and wrong, and the scenarios."""
    unsaved = state.unsaved_count
    parts = [
        Part(line((f"● {unsaved} unsaved", "warning")), "app.review") if unsaved else Part(line(("saved", "muted"))),
    ]
    return parts + problem_parts(state) + scenario_parts(state.standings)


def problem_parts(state: State) -> list[Part]:
    """How many errors and warnings there are, dimmed while that is being checked; hints may be right as they are."""
    parts = [Part(each, "app.pane5") for each in state.listed.counts._replace(hints=0).parts()]
    if not state.findings.late:
        return parts
    dimmed = [Part(tuple((text, "muted") for text, _ in part.spans), part.command) for part in parts]
    return [*dimmed, Part(line(("checking …", "muted")))]


def scenario_parts(standings: Standings) -> list[Part]:
    """How the scenarios stand; nothing where there are none, or none was replayed."""
    return [Part(standings.summary, "app.scenarios")] if standings.summary else []


def width_of_parts(parts: list[Part]) -> int:
    """Cells that ``parts`` take with two blanks between them."""
    return sum(width_of(part.spans) for part in parts) + 2 * max(len(parts) - 1, 0)
