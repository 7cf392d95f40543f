"""oncue: a terminal flow designer for conversation triggers.

These are the public names; everything else may change. They are loaded when they are first used, so that
``import oncue`` (and with it ``oncue --version``) costs next to nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncue.domain.events import Event, Message, Participant
    from oncue.domain.flows import Flow
    from oncue.domain.problems import Problem
    from oncue.domain.triggers import Trigger
    from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
    from oncue.errors import OncueError, UnreadableError, WorkspaceError
    from oncue.matching.explain import Explanation, explain
    from oncue.matching.matcher import Matcher, compile_matcher
    from oncue.storage.loader import load_workspace

__version__ = "0.1.0"

_HOMES = {
    "Event": "oncue.domain.events",
    "Explanation": "oncue.matching.explain",
    "Flow": "oncue.domain.flows",
    "Instance": "oncue.domain.workspace",
    "Matcher": "oncue.matching.matcher",
    "Message": "oncue.domain.events",
    "OncueError": "oncue.errors",
    "Participant": "oncue.domain.events",
    "Problem": "oncue.domain.problems",
    "Trigger": "oncue.domain.triggers",
    "UnreadableError": "oncue.errors",
    "Workspace": "oncue.domain.workspace",
    "WorkspaceConfig": "oncue.domain.workspace",
    "WorkspaceError": "oncue.errors",
    "compile_matcher": "oncue.matching.matcher",
    "explain": "oncue.matching.explain",
    "load_workspace": "oncue.storage.loader",
}

__all__ = [
    "Event",
    "Explanation",
    "Flow",
    "Instance",
    "Matcher",
    "Message",
    "OncueError",
    "Participant",
    "Problem",
    "Trigger",
    "UnreadableError",
    "Workspace",
    "WorkspaceConfig",
    "WorkspaceError",
    "__version__",
    "compile_matcher",
    "explain",
    "load_workspace",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    try:
        return getattr(import_module(_HOMES[name]), name)
    except KeyError:
        raise AttributeError(f"module 'oncue' has no attribute {name!r}") from None
