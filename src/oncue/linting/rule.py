"""A rule: the code of what it finds, how severe that is, and the function that finds it.

What is found while files are read, or by `oncue.domain.checks`, has a rule without a function, so that each code has
its page.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from oncue.domain.paths import flow_file
from oncue.domain.problems import Code, KeyPath, Problem, Severity
from oncue.linting.context import Context


class Rule(NamedTuple):
    """What the module of a rule is made of. ``severity`` is that of most of its findings."""

    code: Code
    severity: Severity = "error"
    find: Callable[[Context], Iterator[Problem]] | None = None
    fixes: bool = False
    """Whether ``oncue check --fix`` mends it where it is clear how."""

    def of_flow(
        self, flow_id: str, path: KeyPath, message: str, suggestion: str = "", severity: Severity | None = None
    ) -> Problem:
        """A finding in the file of a flow."""
        found = severity or self.severity
        return Problem(flow_file(flow_id), message, self.code, path, severity=found, suggestion=suggestion)
