"""The edits that an explanation offers: those that make a flow run on an event, and those that keep it off.

To make it run, each clause that fails is changed by as little as it takes (`oncue.matching.widenings` for conditions).
A condition of which it is not known whether it holds stays as it is: then the answer still depends on it, which the
edit says. An event that is itself at fault (`oncue.matching.places`) is no reason to listen to more, so then no edit
touches the place. To keep it off, one clause is narrowed by as little as it takes, or a condition asked for
(`oncue.matching.narrowings`); switching the flow off is what is left when that is impossible. Who is not a contact was
seldom meant, and is kept off by type first; a contact rather by how the conversation stands. No edit makes a flow that
oncue would report: a channel that is not installed, an instance of another channel, an empty list, steps or conditions
that use a message which the event does not have.

Each edit says what else it would change, counted over the event space. A flow with conditions starts on some occasions
of each kind of event and not on others, so what conditions change is counted apart from kinds that come and go.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from oncue.domain.checks import check_flow, message_placeholder
from oncue.domain.condition_words import lines_in_words
from oncue.domain.conditions import CONDITIONS, OF_MESSAGES
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, Term
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.line_changes import LineChange, Turn, with_lines
from oncue.matching.narrowings import MOST, narrowings
from oncue.matching.occasions import Occasion
from oncue.matching.places import is_sound
from oncue.matching.space import Extent, cells_of, difference, overlap
from oncue.matching.widenings import widenings


class Shift(NamedTuple):
    """What other conditions change of the kinds of event on which a flow starts before and after an edit.

    ``size`` counts these kinds, ``turn`` says whether the flow starts on more or on fewer occasions of each, or on
    others; ``keys`` are the conditions that change.
    """

    keys: tuple[str, ...]
    turn: Turn
    size: int


class SuggestedEdit(NamedTuple):
    """A flow as edited, and which other kinds of event it would start and no longer start on.

    ``words`` say the edit in the terms of the file, ``spoken`` in the labels that people read on the screen.
    ``depends`` are the conditions on which the answer then depends, because it is not known whether they hold.
    ``always`` is whether the flow starts on each event of its kinds, before the edit and after it: it does unless it
    has conditions.
    """

    flow: Flow
    words: str
    spoken: str
    starts: Extent
    stops: Extent
    shift: Shift | None = None
    depends: tuple[str, ...] = ()
    always: tuple[bool, bool] = (True, True)


class NoEdit(NamedTuple):
    """Why no edit helps: in ``words`` of the file for programs, and ``spoken`` as people read it."""

    words: str
    spoken: str


class _Change(NamedTuple):
    """What becomes of one key of a trigger, or of nothing but the switch of the flow."""

    words: str
    spoken: str
    values: Mapping[str, object] = MappingProxyType({})


_ENABLE = _Change("enable the flow", "switch the flow on")
_DISABLE = _Change("disable the flow", "switch the flow off")
_NO_MESSAGE = _Change("remove message_types", "let any message type through", {"message_types": None})
_TYPES: Mapping[str, tuple[Mapping[Any, Term], str]] = {
    "participant_types": (PARTICIPANT_TYPES, "participant type"),
    "message_types": (MESSAGE_TYPES, "message type"),
}


def edits_to_run(
    flow: Flow, key: EventKey, failed: Collection[str], now: Occasion, unknown: tuple[str, ...] = ()
) -> tuple[SuggestedEdit, ...]:
    """The smallest edits that make the event with the looked up ``key`` start ``flow``, which it does not now.

    ``failed`` are the clauses that fail, ``unknown`` the conditions of which it is not known.
    """
    config = now.config
    misplaced = "channel" in failed or "instance" in failed
    if misplaced and (key.channel is None or not is_sound(key.channel, key.instance, config)):
        return ()
    if bound_to_messages(flow, key):
        return ()
    of_trigger = [clause for clause in failed if clause not in CONDITIONS]
    changes = [_fitted(clause, flow.trigger, key, config) for clause in of_trigger if clause != "message_types"]
    if key.event != "message_created" and flow.trigger.message_types is not None:
        changes.append(_NO_MESSAGE)
    elif "message_types" in failed:
        changes.append(_widened("message_types", flow.trigger.message_types, key.message_type))
    choices: list[list[LineChange]] = [[]]
    if flow.when is not None:
        lines = [widenings(clause, flow.when, now, flow.id) for clause in failed if clause in CONDITIONS]
        # Where something else has to change as well, the second choices would be one combination after the other.
        choices = [[each] for each in lines[0]] if len(lines) == 1 and not changes else [[each[0] for each in lines]]
    return tuple(_suggested(flow, changes, chosen, key, config, unknown) for chosen in choices)


def bound_to_messages(flow: Flow, key: EventKey) -> NoEdit | None:
    """Why ``flow`` cannot run on the event with ``key`` instead of its own: it is about messages, if it is."""
    if key.event in (flow.trigger.event, "message_created"):
        return None
    label = EVENT_KINDS[key.event].label  # type: ignore[index]
    if placeholder := message_placeholder(flow):
        used = f"its steps use {{{{{placeholder}}}}}"
        return NoEdit(f"{used}, and {key.event} has no message", f"{used}, and {label} has no message")
    lines = {} if flow.when is None else lines_in_words(flow.when)
    if line := next((line for line in OF_MESSAGES if line in lines), None):
        return NoEdit(
            f"its condition {line} is about a message, and {key.event} has none",
            f"its condition “{lines[line]}” is about a message, and {label} has none",
        )
    return None


def edits_to_keep_off(flow: Flow, key: EventKey, now: Occasion) -> tuple[SuggestedEdit, ...]:
    """The smallest edits that keep the event with the looked up ``key`` from starting ``flow``, which it does now."""
    trigger, config = flow.trigger, now.config
    changes = [_narrowed("participant_types", trigger.participant_types, key.participant_type)]
    if trigger.event == "message_created":
        changes.append(_narrowed("message_types", trigger.message_types, key.message_type))
    if trigger.instance is None:
        others = [each for each in config.instances_of(trigger.channel) if each.id != key.instance]
        if len(others) == 1:  # of several, which one is meant is anybody's guess
            changes.append(_placed(others[0].id, config))
    of_trigger = [_suggested(flow, [change], [], key, config) for change in changes if change is not None]
    of_lines = list(islice(_sound(flow, key, now), MOST))
    edits = of_lines + of_trigger if key.participant_type == "contact" else of_trigger + of_lines
    return tuple(edits) or (_suggested(flow, [_DISABLE], [], key, config, enabled=False),)


def _sound(flow: Flow, key: EventKey, now: Occasion) -> Iterator[SuggestedEdit]:
    """The edits that ask for one condition more and contradict none that there is."""
    problems = frozenset(check_flow(flow, now.config))
    for change in narrowings(flow, now):
        edit = _suggested(flow, [], [change], key, now.config)
        if problems.issuperset(check_flow(edit.flow, now.config)):
            yield edit


def _suggested(
    flow: Flow,
    changes: Collection[_Change],
    lines: Collection[LineChange],
    key: EventKey,
    config: WorkspaceConfig,
    depends: tuple[str, ...] = (),
    enabled: bool = True,
) -> SuggestedEdit:
    values = {name: value for change in changes for name, value in change.values.items()}
    when = with_lines(flow.when, lines)
    edited = replaced(flow, trigger=replaced(flow.trigger, **values), enabled=enabled, when=when)
    words, spoken = (", ".join(getattr(each, of) for each in (*changes, *lines)) for of in ("words", "spoken"))
    before, after = cells_of(flow, config), cells_of(edited, config)
    return SuggestedEdit(
        edited,
        words,
        spoken,
        difference(after, before, key),
        difference(before, after, key),
        _shift(lines, overlap(before, after)),
        depends,
        (flow.when is None, when is None),
    )


def _shift(lines: Collection[LineChange], size: int) -> Shift | None:
    if not lines or not size:
        return None
    turns = {each.turn for each in lines}
    return Shift(tuple(each.key for each in lines), turns.pop() if len(turns) == 1 else "other", size)


def _fitted(clause: str, trigger: Trigger, key: EventKey, config: WorkspaceConfig) -> _Change:
    """The change after which a clause that fails holds."""
    match clause:
        case "enabled":
            return _ENABLE
        case "event":
            label = EVENT_KINDS[key.event].label  # type: ignore[index]
            return _Change(f'set event = "{key.event}"', f"set the event to {label}", {"event": key.event})
        case "channel":
            label = config.channel_label(key.channel or "")
            return _Change(f'set channel = "{key.channel}"', f"set the channel to {label}", {"channel": key.channel})
        case "instance" if key.instance is not None:
            return _placed(key.instance, config)
        case "instance":
            then = f"(then it runs on every instance of {config.channel_label(key.channel or '')})"
            return _Change(f"remove instance {then}", f"remove the instance {then}", {"instance": None})
        case _:
            return _widened("participant_types", trigger.participant_types, key.participant_type)


def _placed(instance: str, config: WorkspaceConfig) -> _Change:
    name = config.by_id[instance].name
    return _Change(f'set instance = "{instance}"', f"set the instance to {name}", {"instance": instance})


def _widened(clause: str, chosen: frozenset[Any] | None, value: str | None) -> _Change:
    terms, noun = _TYPES[clause]
    if value is None or chosen is None:
        return _Change(f"remove {clause}", f"let any {noun} through", {clause: None})
    label = terms[value].label
    return _Change(f'add "{value}" to {clause}', f"add {label}", {clause: chosen | {value}})


def _narrowed(clause: str, chosen: frozenset[Any] | None, value: str | None) -> _Change | None:
    """The clause without ``value``; ``None`` if nothing would be left."""
    terms, noun = _TYPES[clause]
    every = frozenset(terms)
    if chosen is None and value is None:
        then = "(then the event has to state one)"
        return _Change(f"list every type in {clause} {then}", f"list every {noun} {then}", {clause: every})
    rest = (every if chosen is None else chosen) - {value}
    if not rest or value is None:
        return None
    label = terms[value].label
    if chosen is None:
        return _Change(f'set {clause} to all but "{value}"', f"set the {noun}s to all but {label}", {clause: rest})
    return _Change(f'remove "{value}" from {clause}', f"remove {label}", {clause: rest})
