"""Why a flow ran or did not: every clause with its verdict, and the nearest edit that would make it fire.

An `Explanation` keeps six verdicts; its words are made when they are asked for. So explaining costs about a
microsecond and a list of a thousand explanations is cheap until somebody reads one.
"""

from collections.abc import Iterable
from typing import NamedTuple

from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.rules import is_slug
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ArgumentError
from oncue.matching.semantics import CLAUSES, Verdicts, resolved_verdicts

NOT_STATED = "not stated by the event"


class ClauseResult(NamedTuple):
    """One clause: its name, what the trigger expects, what the event has, and whether it holds."""

    clause: str
    expected: str
    actual: str
    ok: bool


class NearestEdit(NamedTuple):
    """The smallest edit after which the event would start the flow: ``flow`` as edited, and it in words."""

    flow: Flow
    words: str


class Explanation(NamedTuple):
    """Why ``flow`` did or did not match ``event``. ``verdicts`` are in the order of the clauses.

    ``key`` is what was compared: the event's key with its channel and instance looked up in the workspace.
    """

    flow: Flow
    event: Event
    key: EventKey
    verdicts: Verdicts

    @property
    def matched(self) -> bool:
        """Whether every clause holds."""
        return all(self.verdicts)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the clauses that do not hold."""
        return tuple(name for name, ok in zip(CLAUSES, self.verdicts, strict=True) if not ok)

    @property
    def clauses(self) -> tuple[ClauseResult, ...]:
        """Every clause in words. Message types are a clause of message triggers only."""
        return tuple(
            ClauseResult(name, _expected(name, self.flow), _actual(name, self.flow, self.key), ok)
            for name, ok in zip(CLAUSES, self.verdicts, strict=True)
            if name != "message_types" or self.flow.trigger.event == "message_created"
        )

    @property
    def nearest_edit(self) -> NearestEdit | None:
        """The smallest edit that would make it match.

        ``None`` when it matches already, or when no edit can help because the event states no channel that a
        trigger could name.
        """
        return None if self.matched else _nearest_edit(self)


def explain(flow: Flow, event: Event, config: WorkspaceConfig) -> Explanation:
    """Hold ``event`` against every clause of ``flow`` in a workspace with ``config``."""
    if event.__class__ is not Event or flow.__class__ is not Flow or config.__class__ is not WorkspaceConfig:
        _refuse(flow, event, config)
    key = config.resolve_key(event.key)
    return Explanation(flow, event, key, resolved_verdicts(flow, key))


def _refuse(*given: object) -> None:
    for kind, each in zip((Flow, Event, WorkspaceConfig), given, strict=True):
        if not isinstance(each, kind):
            raise ArgumentError("explain", "a Flow, an Event and a WorkspaceConfig", each)


def nearest_first(explanations: Iterable[Explanation]) -> list[Explanation]:
    """Those with the fewest failed clauses first, otherwise by flow id."""
    return sorted(explanations, key=lambda each: (each.verdicts.count(False), each.flow.id))


def _expected(clause: str, flow: Flow) -> str:
    trigger = flow.trigger
    match clause:
        case "enabled":
            return "enabled"
        case "event":
            return trigger.event
        case "channel":
            return trigger.channel
        case "instance":
            return "any" if trigger.instance is None else trigger.instance
        case "participant_types":
            return _one_of(trigger.participant_types, PARTICIPANT_TYPES)
        case _:
            return _one_of(trigger.message_types, MESSAGE_TYPES)


def _one_of(chosen: frozenset[str] | None, vocabulary: Iterable[str]) -> str:
    if chosen is None:
        return "any"
    return " or ".join(value for value in vocabulary if value in chosen) or "nothing (the list is empty)"


def _actual(clause: str, flow: Flow, key: EventKey) -> str:
    match clause:
        case "enabled":
            return "enabled" if flow.enabled else "disabled"
        case "event":
            return key.event
        case "channel":
            value = key.channel
        case "instance":
            value = key.instance
        case "participant_types":
            value = key.participant_type
        case _:
            value = key.message_type
    return NOT_STATED if value is None else value


def _nearest_edit(explanation: Explanation) -> NearestEdit | None:
    flow, key, failed = explanation.flow, explanation.key, explanation.failed
    if not is_slug(key.channel):
        return None
    # An event may call its instance what no trigger can: unknown, or by an external id that no instance has.
    instance = key.instance if is_slug(key.instance) else None
    changes: dict[str, object] = {}
    words: list[str] = []
    for clause in failed:
        match clause:
            case "enabled":
                words.append("enable the flow")
            case "event":
                changes["event"] = key.event
                words.append(f'set event = "{key.event}"')
            case "channel":
                changes["channel"] = key.channel
                words.append(f'set channel = "{key.channel}"')
            case "instance":
                changes["instance"] = instance
                words.append("remove instance" if instance is None else f'set instance = "{instance}"')
            case "participant_types":
                changes[clause] = _widened(flow.trigger.participant_types, key.participant_type)
                words.append(_widening(clause, key.participant_type))
            case "message_types" if key.event == "message_created":
                changes[clause] = _widened(flow.trigger.message_types, key.message_type)
                words.append(_widening(clause, key.message_type))
    if key.event != "message_created" and flow.trigger.message_types is not None:
        changes["message_types"] = None
        words.append("remove message_types")
    trigger = replaced(flow.trigger, **changes)
    return NearestEdit(replaced(flow, trigger=trigger, enabled=True), ", ".join(words))


def _widened(chosen: frozenset[str] | None, value: str | None) -> frozenset[str] | None:
    return None if value is None or chosen is None else chosen | {value}


def _widening(clause: str, value: str | None) -> str:
    return f"remove {clause}" if value is None else f'add "{value}" to {clause}'
