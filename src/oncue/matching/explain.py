"""Why a flow ran or did not: every clause with its verdict, and the edits that would change the answer.

Clauses are those of the trigger, and then the lines of ``[when]``. An `Explanation` keeps verdicts; its words and edits
are made when they are asked for. So explaining costs about a microsecond and a list of a thousand explanations is cheap
until somebody reads one.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from oncue.domain.condition_words import state_words
from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES, in_order
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ArgumentError
from oncue.matching.conditions import Verdict, actual_value, expected_values, line_verdicts
from oncue.matching.occasions import Known, Occasion
from oncue.matching.places import PlaceFinding, is_sound, place_findings
from oncue.matching.semantics import CLAUSES, Verdicts, resolved_verdicts
from oncue.matching.suggested_edits import NoEdit, SuggestedEdit, bound_to_messages, edits_to_keep_off, edits_to_run
from oncue.text import listed


class ClauseResult(NamedTuple):
    """One clause: which values the trigger lets through, which one the event has, and whether the clause holds.

    ``expected`` is ``None`` for a clause that is open: it lets everything through. ``actual`` is ``None`` for what the
    event does not state. ``ok`` is ``None`` for a condition of which it is not known whether it holds.
    """

    clause: str
    expected: tuple[str, ...] | None
    actual: str | None
    ok: bool | None

    @property
    def open(self) -> bool:
        """Whether the clause lets everything through."""
        return self.expected is None


_NO_PLACE, _NO_CHANNEL = (
    NoEdit(reason, reason)
    for reason in ("the event states no place of this workspace", "the event does not state its channel")
)


class Explanation(NamedTuple):
    """Why ``flow`` did or did not start on ``event``. ``verdicts`` are in the order of the clauses of a trigger.

    ``key`` is what was compared: the event's key with its channel and instance looked up in ``config``. ``known`` is
    what was known of the conversation, ``conditions`` the verdict of each line of ``[when]`` by its key.
    """

    flow: Flow
    event: Event
    key: EventKey
    verdicts: Verdicts
    config: WorkspaceConfig
    known: Known | None = None
    conditions: Mapping[str, Verdict] = MappingProxyType({})

    @property
    def matched(self) -> bool:
        """Whether every clause holds, so that the flow runs."""
        return all(self.verdicts) and all(self.conditions.values())

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The conditions that decide whether the flow runs, but are not known, if any do."""
        if not all(self.verdicts) or False in self.conditions.values():
            return ()
        return tuple(key for key, ok in self.conditions.items() if ok is None)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the clauses that do not hold, or of which that is not known."""
        of_trigger = (name for name, ok in zip(CLAUSES, self.verdicts, strict=True) if not ok)
        return (*of_trigger, *(key for key, ok in self.conditions.items() if not ok))

    @property
    def distance(self) -> int:
        """How many clauses are known not to hold."""
        return self.verdicts.count(False) + sum(ok is False for ok in self.conditions.values())

    @property
    def open(self) -> tuple[str, ...]:
        """Names of the clauses that let everything through."""
        return tuple(result.clause for result in self.clauses if result.open)

    @property
    def clauses(self) -> tuple[ClauseResult, ...]:
        """The result of every clause. Message types are a clause of message triggers only."""
        of_trigger = tuple(
            ClauseResult(name, _expected(name, self.flow), _actual(name, self.flow, self.key), ok)
            for name, ok in zip(CLAUSES, self.verdicts, strict=True)
            if name != "message_types" or self.flow.trigger.event == "message_created"
        )
        when = self.flow.when
        if when is None:
            return of_trigger
        now = Occasion.of(self.event, self.config, self.known)
        return of_trigger + tuple(
            ClauseResult(key, expected_values(key, when), actual_value(key, when, now, self.flow.id), ok)
            for key, ok in self.conditions.items()
        )

    @property
    def edits(self) -> tuple[SuggestedEdit, ...]:
        """The smallest edits that change the answer: make the flow run if it does not, keep it off if it does.

        There are none if no edit of the flow can help; `no_edit` says why. Nor are there any if the answer depends on
        what is not known: `runs_if` and `not_if` say on what. If it does not run, but some conditions are not known
        either, the answer still depends on these after an edit.
        """
        if self.depends_on:
            return ()
        now = Occasion.of(self.event, self.config, self.known)
        if self.matched:
            return edits_to_keep_off(self.flow, self.key, now)
        unknown = tuple(key for key, ok in self.conditions.items() if ok is None)
        failed = [clause for clause in self.failed if clause not in unknown]
        return edits_to_run(self.flow, self.key, failed, now, unknown)

    @property
    def runs_if(self) -> str | None:
        """In which state of what is not known the flow runs, in words, if its answer depends on that."""
        return self._depending(True, "and")

    @property
    def not_if(self) -> str | None:
        """In which state of what is not known the flow does not run, in words, if its answer depends on that."""
        return self._depending(False, "or")

    def _depending(self, holds: bool, last: str) -> str | None:
        when, keys = self.flow.when, self.depends_on
        return listed([state_words(key, when, holds) for key in keys], last) if when is not None and keys else None

    @property
    def no_edit(self) -> NoEdit | None:
        """Why no edit of the trigger can make it run, if none can.

        It is the event that is incomplete or wrong, or the steps need a message that it does not have.
        """
        if self.matched or self.depends_on:
            return None
        if {"channel", "instance"} & set(self.failed):
            if not is_sound(self.key.channel, self.key.instance, self.config):
                return _NO_PLACE
            if self.key.channel is None:
                return _NO_CHANNEL
        return bound_to_messages(self.flow, self.key)

    @property
    def findings(self) -> tuple[PlaceFinding, ...]:
        """What is wrong with the event itself, whatever the flow."""
        return findings_about(self.event, self.config)


def explain(flow: Flow, event: Event, config: WorkspaceConfig, known: Known | None = None) -> Explanation:
    """Hold ``event`` against every clause of ``flow`` in a workspace with ``config``.

    ``known`` is what is known of the conversation; without it, only the event is.
    """
    if event.__class__ is not Event or flow.__class__ is not Flow or config.__class__ is not WorkspaceConfig:
        _refuse(flow, event, config)
    key = config.resolve_key(event.key)
    verdicts = resolved_verdicts(flow, key)
    if flow.when is None:
        return Explanation(flow, event, key, verdicts, config, known)
    conditions = line_verdicts(flow.when, Occasion.of(event, config, known), flow.id)
    return Explanation(flow, event, key, verdicts, config, known, conditions)


def findings_about(event: Event, config: WorkspaceConfig) -> tuple[PlaceFinding, ...]:
    """What is wrong with an event itself, to be said once and before any flow is blamed."""
    return place_findings(event.channel, event.instance, config)


def _refuse(*given: object) -> None:
    for kind, each in zip((Flow, Event, WorkspaceConfig), given, strict=True):
        if not isinstance(each, kind):
            raise ArgumentError("explain", "a Flow, an Event and a WorkspaceConfig", each)


def nearest_first(explanations: Iterable[Explanation]) -> list[Explanation]:
    """Those with the fewest failed clauses first, otherwise by flow id."""
    return sorted(explanations, key=lambda each: (each.distance, len(each.failed), each.flow.id))


def _expected(clause: str, flow: Flow) -> tuple[str, ...] | None:
    trigger = flow.trigger
    match clause:
        case "enabled":
            return ("enabled",)
        case "event":
            return (trigger.event,)
        case "channel":
            return (trigger.channel,)
        case "instance":
            return None if trigger.instance is None else (trigger.instance,)
        case "participant_types":
            chosen = trigger.participant_types
            return None if chosen is None else tuple(in_order(chosen, PARTICIPANT_TYPES))
        case _:
            kinds = trigger.message_types
            return None if kinds is None else tuple(in_order(kinds, MESSAGE_TYPES))


def _actual(clause: str, flow: Flow, key: EventKey) -> str | None:
    match clause:
        case "enabled":
            return "enabled" if flow.enabled else "disabled"
        case "event":
            return key.event
        case "channel":
            return key.channel
        case "instance":
            return key.instance
        case "participant_types":
            return key.participant_type
        case _:
            return key.message_type
