"""What is wrong with a flow that is well-formed: references to nothing, sets that match nothing, empty texts.

Such a flow is loaded, matched exactly as written and shown with its problems, so that it can be mended where
one sees it. (A file that is not well-formed never becomes a flow: `oncue.storage.codec` reports it.)
"""

from collections.abc import Iterator

from oncue.domain.flows import Flow
from oncue.domain.placeholders import PLACEHOLDERS, names_in
from oncue.domain.problems import Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import Step
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import did_you_mean

MATCHES_NOTHING = "an empty list matches nothing; to switch a flow off set enabled = false"


def flow_file(flow_id: str) -> str:
    """Where the flow lives, relative to the workspace."""
    return f"flows/{flow_id}.toml"


def scenario_file(scenario_id: str) -> str:
    """Where the scenario lives, relative to the workspace."""
    return f"scenarios/{scenario_id}.toml"


def check_flow(flow: Flow, config: WorkspaceConfig) -> tuple[Problem, ...]:
    """The problems of ``flow`` in a workspace with ``config``, in the order of its file."""
    file = flow_file(flow.id)
    found = [*_trigger_problems(flow, config)]
    for number, step in enumerate(flow.steps, 1):
        found += ((f"steps[{number}].{key}", message) for key, message in _step_problems(step))
    return tuple(Problem(file, message, key) for key, message in found)


def check_scenario(scenario: Scenario, workspace: Workspace) -> tuple[Problem, ...]:
    """The references of ``scenario`` to instances and flows that ``workspace`` does not have."""
    found = []
    for number, event in enumerate(scenario.events, 1):
        if event.instance not in workspace.config.by_id:
            hint = did_you_mean(event.instance, workspace.config.by_id)
            found.append((f"events[{number}].instance", f"no instance {event.instance!r}; {hint}"))
        for flow_id in event.expect or ():
            if flow_id not in workspace.flows:
                hint = did_you_mean(flow_id, workspace.flows)
                found.append((f"events[{number}].expect", f"no flow {flow_id!r}; {hint}"))
    return tuple(Problem(scenario_file(scenario.id), message, key) for key, message in found)


def _trigger_problems(flow: Flow, config: WorkspaceConfig) -> Iterator[tuple[str, str]]:
    trigger = flow.trigger
    instance = None if trigger.instance is None else config.by_id.get(trigger.instance)
    if trigger.channel not in config.installed_channels:
        hint = did_you_mean(trigger.channel, config.installed_channels)
        yield "trigger.channel", f"no instance of {trigger.channel!r} is installed; {hint}"
    if trigger.instance is not None and instance is None:
        own = [each.id for each in config.instances_of(trigger.channel)]
        hint = did_you_mean(trigger.instance, own or config.by_id)
        yield "trigger.instance", f"no instance {trigger.instance!r}; {hint}"
    if instance is not None and instance.channel != trigger.channel:
        yield "trigger.instance", f"{instance.id!r} is on {instance.channel!r}, not on {trigger.channel!r}"
    if trigger.participant_types is not None and not trigger.participant_types:
        yield "trigger.participant_types", MATCHES_NOTHING
    if trigger.message_types is not None and not trigger.message_types:
        yield "trigger.message_types", MATCHES_NOTHING


def _step_problems(step: Step) -> Iterator[tuple[str, str]]:
    for key in ("text", "agent", "name"):
        if getattr(step, key, None) == "":
            yield key, f"{key} is empty"
    if getattr(step, "attributes", None) == {}:
        yield "attributes", "no attribute is set"
    if getattr(step, "participant_types", None) == frozenset():
        yield "participant_types", "an empty list names nobody; leave it out to mean everybody"
    for key, text in _texts(step):
        for name in names_in(text):
            if name not in PLACEHOLDERS:
                yield key, f"no placeholder {{{{{name}}}}}; {did_you_mean(name, PLACEHOLDERS)}"


def _texts(step: Step) -> Iterator[tuple[str, str]]:
    """What placeholders are replaced in, by key."""
    for key in ("text", "agent", "name"):
        if text := getattr(step, key, None):
            yield key, text
    for name, attribute in getattr(step, "attributes", {}).items():
        if isinstance(attribute, str):
            yield f"attributes.{name}", attribute
