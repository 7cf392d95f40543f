"""What exporters say, held against the event space: a rule is what the target's engine does, key by key."""

from collections.abc import Callable, Iterable
from typing import Any

from hypothesis import strategies as st
from tests import builders, strategies
from tests.analysis.flows import some_flows
from tests.analysis.states import CONFIG

from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.steps import AddLabel, AddNote, AssignAgent, AssignTeam, SendMessage, Step
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, EventKind
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.exporters.names import Names
from oncue.exporters.registry import Outcome, run

HOSTILE = (
    "'; DROP TABLE oncue_flows; --",
    "\\'; DROP TABLE oncue_flows; --",
    "</script><b onclick=x>&amp;",
    '=HYPERLINK("http://x","y")',
    "  +1",
    "-- `rm -rf` ``` $(id)",
    "{{ 7*7 }} {% raw %} ${x}",
    "a\nb\r\nc\td\0e\u2028f\u202eg",
    "quote \" and ' and \\",
    "--> end %% [x](y) |a|b| #quot; ;",
    "]]> <!-- -->",
)
hostile_names = st.sampled_from(HOSTILE)


def flow(flow_id: str, event: EventKind = "message_created", *steps: Step, when: Any = None, **more: Any) -> Flow:
    """As `tests.builders.flow`, with conditions."""
    return replaced(builders.flow(flow_id, event, *steps, **more), when=None if when is None else When(**when))


def workspace_of(flows: Iterable[Flow], config: WorkspaceConfig = CONFIG) -> Workspace:
    return Workspace(config, {flow.id: flow for flow in sorted(flows, key=lambda flow: flow.id)})


workspaces = st.one_of(strategies.workspaces(), some_flows().map(lambda drawn: workspace_of(drawn[1])))
"""Workspaces of flows with and without conditions."""


def hostile(name: str) -> Workspace:
    """A workspace in which everything that may have any name has this one."""
    given = name.strip() or "x"
    installed = replaced(
        CONFIG,
        name=given,
        instances=tuple(replaced(each, name=given, external_ids=()) for each in CONFIG.instances),
    )
    steps = (
        SendMessage(text=name),
        AddNote(text=name),
        AddLabel(label=name),
        AssignAgent(agent=name),
        AssignTeam(team=name),
    )
    flows = [
        replaced(flow(kind.replace("_", "-"), kind, *steps), name=given, description=name, tags=(given,))
        for kind in EVENT_KINDS
    ]
    return workspace_of(flows, installed)


def exported(target: str, workspace: Workspace, names: Names | None = None) -> Outcome:
    return run(target, workspace, names)


def check_rules(outcome: Outcome, fires: Callable[[Flow, EventKey], bool]) -> None:
    """The target's engine, asked by ``fires``, does what the loss report says, for every key of the space."""
    grid = outcome.job.grid
    decided = {each.flow.id: each.decided for each in outcome.job.narrowed}
    for loss in outcome.losses:
        flow, space = loss.rule.flow, loss.rule.space
        own = grid.keys_that_start(flow, decided[flow.id])
        expected = (own | loss.gained) & ~loss.lost
        for key in grid.every_key(grid.keys if space is None else space):
            assert fires(flow, key) is bool(expected & grid.bit(key)), (flow, key)


def event_json(key: EventKey) -> dict[str, Any]:
    """An event as `oncue convert` writes it."""
    values: dict[str, Any] = {"event": key.event, "channel": key.channel, "instance": key.instance}
    if key.participant_type is not None:
        values["participant"] = {"type": key.participant_type}
    if key.message_type is not None:
        values["message"] = {"type": key.message_type}
    return {name: value for name, value in values.items() if value is not None}
