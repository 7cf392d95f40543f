"""What is wrong with a flow that is well-formed: references to nothing, sets that match nothing, empty texts.

Such a flow is loaded, matched exactly as written and shown with its problems, so that it can be mended where
one sees it. (A file that is not well-formed never becomes a flow: `oncue.storage.codec` reports it.)

Each check says in its signature all that its answer depends on, so that a caller who remembers answers knows when
to ask again: a flow depends on the config, a scenario on the config and on which ids flows have.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from oncue.domain.conditions import OF_MESSAGES, When
from oncue.domain.durations import DURATION_RULE, duration_of
from oncue.domain.fitting import found
from oncue.domain.flows import Flow
from oncue.domain.installed import channel_hint, instance_hint
from oncue.domain.paths import flow_file, scenario_file
from oncue.domain.placeholders import names_in, no_placeholders_in
from oncue.domain.problems import Code, KeyPath, Problem, Severity
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import Step, Wait, form_of
from oncue.domain.values import fields_of
from oncue.domain.vocabulary import EventKind
from oncue.domain.workspace import WorkspaceConfig
from oncue.suggestions import did_you_mean

MATCHES_NOTHING = "an empty list matches nothing; to switch a flow off set enabled = false"


class _Finding(NamedTuple):
    """A problem of a file that is known to the caller."""

    path: KeyPath
    code: Code
    message: str
    severity: Severity = "error"

    def within(self, *outer: str | int) -> "_Finding":
        return self._replace(path=(*outer, *self.path))

    def of(self, file: str) -> Problem:
        return Problem(file, self.message, self.code, self.path, severity=self.severity)


def check_flow(flow: Flow, config: WorkspaceConfig) -> tuple[Problem, ...]:
    """The problems of ``flow`` in a workspace with ``config``, in the order of its file."""
    findings = [each.within("trigger") for each in _trigger_findings(flow, config)]
    if flow.when is not None:
        findings += (each.within("when") for each in _condition_findings(flow.when, flow.trigger.event, config))
    for index, step in enumerate(flow.steps):
        findings += (each.within("steps", index) for each in _step_findings(step, flow.trigger.event))
    if not findings:
        return ()
    file = flow_file(flow.id)
    return tuple(each.of(file) for each in findings)


def check_scenario(scenario: Scenario, config: WorkspaceConfig, flow_ids: Collection[str]) -> tuple[Problem, ...]:
    """The references of ``scenario`` to instances that ``config`` and flows that ``flow_ids`` do not have."""
    findings = []
    for index, event in enumerate(scenario.events):
        if event.instance not in config.by_id:
            message = f"no instance {event.instance!r}; {instance_hint(event.instance, config)}"
            findings.append(_Finding(("events", index, "instance"), Code.UNKNOWN_INSTANCE, message))
        loops = event.expect_effects.loops if event.expect_effects else None
        for path, expected in ((("expect",), event.expect), (("expect_effects", "loops"), loops)):
            for flow_id in expected or ():
                if flow_id not in flow_ids:
                    message = f"no flow {flow_id!r}; {did_you_mean(flow_id, flow_ids)}"
                    findings.append(_Finding(("events", index, *path), Code.UNKNOWN_FLOW, message))
    file = scenario_file(scenario.id)
    return tuple(each.of(file) for each in findings)


def message_placeholder(flow: Flow) -> str | None:
    """A placeholder in the steps of ``flow`` that only the event of a message can fill."""
    found = (name for step in flow.steps for _, text in _texts(step) for name in _of_message(text))
    return next(found, None)


def _trigger_findings(flow: Flow, config: WorkspaceConfig) -> Iterator[_Finding]:
    trigger = flow.trigger
    instance = None if trigger.instance is None else config.by_id.get(trigger.instance)
    if trigger.channel not in config.installed_channels:
        hint = channel_hint(trigger.channel, config.installed_channels)
        message = f"no instance of {trigger.channel!r} is installed; {hint}"
        yield _Finding(("channel",), Code.UNKNOWN_CHANNEL, message)
    if trigger.instance is not None and instance is None:
        hint = instance_hint(trigger.instance, config, config.instances_of(trigger.channel))
        yield _Finding(("instance",), Code.UNKNOWN_INSTANCE, f"no instance {trigger.instance!r}; {hint}")
    if instance is not None and instance.channel != trigger.channel:
        message = f"{instance.id!r} is on {instance.channel!r}, not on {trigger.channel!r}"
        yield _Finding(("instance",), Code.WRONG_CHANNEL, message)
    if trigger.participant_types is not None and not trigger.participant_types:
        yield _Finding(("participant_types",), Code.MATCHES_NOTHING, MATCHES_NOTHING)
    if trigger.message_types is not None and not trigger.message_types:
        yield _Finding(("message_types",), Code.MATCHES_NOTHING, MATCHES_NOTHING)


def _condition_findings(when: When, event: EventKind, config: WorkspaceConfig) -> Iterator[_Finding]:
    if event != "message_created":
        for key in OF_MESSAGES:
            if getattr(when, key) is not None:
                message = f"{key} is about a message, and {event} has none; remove it"
                yield _Finding((key,), Code.NEVER_HOLDS, message)
    for key in ("during_hours", "outside_hours"):
        for index, hours in enumerate(getattr(when, key) or ()):
            if hours not in config.hours_by_id:
                hint = did_you_mean(hours, config.hours_by_id) if config.hours else "add [[hours]] to workspace.toml"
                yield _Finding((key, index), Code.UNKNOWN_HOURS, f"no hours {hours!r}; {hint}")
    for key, other in (
        ("text_none", "text_any"),
        ("text_none", "text_all"),
        ("text_none", "text_starts"),
        ("absent", "present"),
        ("without_labels", "labels"),
        ("outside_hours", "during_hours"),
    ):
        never, wanted = getattr(when, key) or (), getattr(when, other) or ()
        both = [each for each in wanted if each in never]
        # Of a list of which one is enough, the others can still hold.
        if both and (other not in ("text_any", "text_starts", "during_hours") or len(both) == len(wanted)):
            message = f"{both[0]!r} is in {other}, too; both never hold together"
            yield _Finding((key,), Code.NEVER_HOLDS, message)


def _step_findings(step: Step, event: EventKind) -> Iterator[_Finding]:
    fields = fields_of(step)
    for key, form in form_of(step.type).items():
        content = fields[key]
        if content is None or (content.strip() if isinstance(content, str) else content):
            continue
        if form.kind == "types":
            message = "an empty list names nobody; leave it out to mean everybody"
            yield _Finding((key,), Code.MATCHES_NOTHING, message)
        else:
            message = "no attribute is set" if form.kind == "attributes" else f"{key} is empty"
            yield _Finding((key,), Code.EMPTY_STEP, message, "warning")
    if isinstance(step, Wait) and step.for_.strip() and duration_of(step.for_) is None:
        yield _Finding(("for",), Code.RULE, f"found {found(step.for_)}, expected {DURATION_RULE}")
    for path, text in _texts(step):
        for each in no_placeholders_in(text):
            message = f"{each.written} is sent as it is: {each.advice}"
            yield _Finding(path, Code.UNKNOWN_PLACEHOLDER, message, "error" if each.certain else "warning")
        if event != "message_created":
            for name in _of_message(text):
                message = f"{{{{{name}}}}} is never filled: {event} has no message"
                yield _Finding(path, Code.NEVER_FILLED, message)


def _of_message(text: str) -> list[str]:
    return [name for name in dict.fromkeys(names_in(text)) if name.startswith("message.")]


def _texts(step: Step) -> Iterator[tuple[KeyPath, str]]:
    """What placeholders are replaced in, with its path."""
    fields = fields_of(step)
    for key, form in form_of(step.type).items():
        content = fields[key]
        if form.kind in ("text", "name") and content and not isinstance(step, Wait):
            yield (key,), content
        elif form.kind == "attributes":
            yield from (((key, name), each) for name, each in content.items() if isinstance(each, str))
