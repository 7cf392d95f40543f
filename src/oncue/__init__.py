"""oncue: a terminal flow designer for conversation triggers.

These are the public names, and docs/python.md tells how they are used; everything else may change. They are loaded
when they are first used, so that ``import oncue`` (and with it ``oncue --version``) costs next to nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oncue.domain.conditions import When
    from oncue.domain.events import Event, EventKey, Message, Participant
    from oncue.domain.fitting import RuleError
    from oncue.domain.flows import Flow
    from oncue.domain.hours import Hours
    from oncue.domain.problems import Problem
    from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
    from oncue.domain.steps import (
        AddLabel,
        AddNote,
        AddParticipant,
        AssignAgent,
        AssignTeam,
        CloseConversation,
        NotifyParticipants,
        RemoveLabel,
        RemoveParticipant,
        ReopenConversation,
        SendMessage,
        Step,
        Unassign,
        UpdateContact,
        Wait,
    )
    from oncue.domain.triggers import Trigger
    from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
    from oncue.errors import ArgumentError, ImpossibleEvent, OncueError, UnreadableError, WorkspaceError
    from oncue.matching.candidates import Decision
    from oncue.matching.explain import ClauseResult, Explanation, explain, findings_about
    from oncue.matching.matcher import Matcher, compile_matcher
    from oncue.matching.occasions import Known
    from oncue.matching.places import PlaceFinding
    from oncue.matching.suggested_edits import SuggestedEdit
    from oncue.scripting import ScenarioRun, run_scenario
    from oncue.simulation.results import EventResult
    from oncue.simulation.simulation import Simulation
    from oncue.storage.loader import load_workspace
    from oncue.storage.recordings import Recording

__version__ = "0.1.0"

_HOMES = {
    "AddLabel": "oncue.domain.steps",
    "AddNote": "oncue.domain.steps",
    "AddParticipant": "oncue.domain.steps",
    "ArgumentError": "oncue.errors",
    "AssignAgent": "oncue.domain.steps",
    "AssignTeam": "oncue.domain.steps",
    "ClauseResult": "oncue.matching.explain",
    "CloseConversation": "oncue.domain.steps",
    "Decision": "oncue.matching.candidates",
    "Event": "oncue.domain.events",
    "EventKey": "oncue.domain.events",
    "EventResult": "oncue.simulation.results",
    "ExpectedEffects": "oncue.domain.scenarios",
    "Explanation": "oncue.matching.explain",
    "Flow": "oncue.domain.flows",
    "Hours": "oncue.domain.hours",
    "ImpossibleEvent": "oncue.errors",
    "Instance": "oncue.domain.workspace",
    "Known": "oncue.matching.occasions",
    "Matcher": "oncue.matching.matcher",
    "Message": "oncue.domain.events",
    "NotifyParticipants": "oncue.domain.steps",
    "OncueError": "oncue.errors",
    "Participant": "oncue.domain.events",
    "PlaceFinding": "oncue.matching.places",
    "Problem": "oncue.domain.problems",
    "Recording": "oncue.storage.recordings",
    "RemoveLabel": "oncue.domain.steps",
    "RemoveParticipant": "oncue.domain.steps",
    "ReopenConversation": "oncue.domain.steps",
    "RuleError": "oncue.domain.fitting",
    "Scenario": "oncue.domain.scenarios",
    "ScenarioEvent": "oncue.domain.scenarios",
    "ScenarioRun": "oncue.scripting",
    "SendMessage": "oncue.domain.steps",
    "Simulation": "oncue.simulation.simulation",
    "SimulationSettings": "oncue.domain.workspace",
    "Step": "oncue.domain.steps",
    "SuggestedEdit": "oncue.matching.suggested_edits",
    "Trigger": "oncue.domain.triggers",
    "Unassign": "oncue.domain.steps",
    "UnreadableError": "oncue.errors",
    "UpdateContact": "oncue.domain.steps",
    "Wait": "oncue.domain.steps",
    "When": "oncue.domain.conditions",
    "Workspace": "oncue.domain.workspace",
    "WorkspaceConfig": "oncue.domain.workspace",
    "WorkspaceError": "oncue.errors",
    "compile_matcher": "oncue.matching.matcher",
    "explain": "oncue.matching.explain",
    "findings_about": "oncue.matching.explain",
    "load_workspace": "oncue.storage.loader",
    "run_scenario": "oncue.scripting",
}

__all__ = [
    "AddLabel",
    "AddNote",
    "AddParticipant",
    "ArgumentError",
    "AssignAgent",
    "AssignTeam",
    "ClauseResult",
    "CloseConversation",
    "Decision",
    "Event",
    "EventKey",
    "EventResult",
    "ExpectedEffects",
    "Explanation",
    "Flow",
    "Hours",
    "ImpossibleEvent",
    "Instance",
    "Known",
    "Matcher",
    "Message",
    "NotifyParticipants",
    "OncueError",
    "Participant",
    "PlaceFinding",
    "Problem",
    "Recording",
    "RemoveLabel",
    "RemoveParticipant",
    "ReopenConversation",
    "RuleError",
    "Scenario",
    "ScenarioEvent",
    "ScenarioRun",
    "SendMessage",
    "Simulation",
    "SimulationSettings",
    "Step",
    "SuggestedEdit",
    "Trigger",
    "Unassign",
    "UnreadableError",
    "UpdateContact",
    "Wait",
    "When",
    "Workspace",
    "WorkspaceConfig",
    "WorkspaceError",
    "__version__",
    "compile_matcher",
    "explain",
    "findings_about",
    "load_workspace",
    "run_scenario",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    try:
        value = getattr(import_module(_HOMES[name]), name)
    except KeyError:
        raise AttributeError(f"module 'oncue' has no attribute {name!r}") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
