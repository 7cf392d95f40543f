"""The edits that an explanation offers: those that make a flow run on an event, and those that keep it off.

To make it run, each clause that fails is changed by as little as it takes, and a condition is removed. An event that is
itself at fault (`oncue.matching.places`) is no reason to listen to more, so then no edit touches the place. To keep it
off, one clause is narrowed by as little as it takes; switching the flow off is what is left when that is impossible. No
edit makes a flow that oncue would report: a channel that is not installed, an instance of another channel, an empty
list, steps that use a message which the event does not have.

Each edit says what else it would change, counted over the event space.
"""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from oncue.domain.checks import message_placeholder
from oncue.domain.condition_words import lines_in_words
from oncue.domain.conditions import CONDITIONS
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, Term
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.places import is_sound
from oncue.matching.space import Extent, cells_of, difference


class SuggestedEdit(NamedTuple):
    """A flow as edited, and which other kinds of event it would start and no longer start on.

    ``words`` say the edit in the terms of the file, ``spoken`` in the labels that people read on the screen.
    """

    flow: Flow
    words: str
    spoken: str
    starts: Extent
    stops: Extent
    dropped: tuple[str, ...] = ()
    """Conditions that it removes. What they kept off besides cannot be counted."""


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
    flow: Flow, key: EventKey, failed: Collection[str], config: WorkspaceConfig
) -> tuple[SuggestedEdit, ...]:
    """The smallest edits that make the event with the looked up ``key`` start ``flow``, which it does not now."""
    misplaced = "channel" in failed or "instance" in failed
    if misplaced and (key.channel is None or not is_sound(key.channel, key.instance, config)):
        return ()
    if bound_to_messages(flow, key):
        return ()
    dropped = tuple(clause for clause in failed if clause in CONDITIONS)
    changes = [
        _fitted(clause, flow.trigger, key, config) for clause in failed if clause not in ("message_types", *dropped)
    ]
    if key.event != "message_created" and flow.trigger.message_types is not None:
        changes.append(_NO_MESSAGE)
    elif "message_types" in failed:
        changes.append(_widened("message_types", flow.trigger.message_types, key.message_type))
    changes += _dropped(flow, dropped)
    return (_suggested(flow, changes, True, key, config, dropped),)


def _dropped(flow: Flow, keys: Collection[str]) -> list[_Change]:
    """The removal of conditions that do not hold."""
    if flow.when is None:
        return []
    words = lines_in_words(flow.when)
    return [_Change(f"remove {key} from [when]", f"drop the condition “{words[key]}”") for key in keys]


def bound_to_messages(flow: Flow, key: EventKey) -> str | None:
    """A placeholder of ``flow`` that it could never fill if it ran on the event with ``key`` instead of its own."""
    moved = key.event not in (flow.trigger.event, "message_created")
    return message_placeholder(flow) if moved else None


def edits_to_keep_off(flow: Flow, key: EventKey, config: WorkspaceConfig) -> tuple[SuggestedEdit, ...]:
    """The smallest edits that keep the event with the looked up ``key`` from starting ``flow``, which it does now."""
    trigger = flow.trigger
    changes = [_narrowed("participant_types", trigger.participant_types, key.participant_type)]
    if trigger.event == "message_created":
        changes.append(_narrowed("message_types", trigger.message_types, key.message_type))
    if trigger.instance is None:
        others = [each for each in config.instances_of(trigger.channel) if each.id != key.instance]
        if len(others) == 1:  # of several, which one is meant is anybody's guess
            changes.append(_placed(others[0].id, config))
    edits = [_suggested(flow, [change], True, key, config) for change in changes if change is not None]
    return tuple(edits) or (_suggested(flow, [_DISABLE], False, key, config),)


def _suggested(
    flow: Flow,
    changes: Collection[_Change],
    enabled: bool,
    key: EventKey,
    config: WorkspaceConfig,
    dropped: tuple[str, ...] = (),
) -> SuggestedEdit:
    values = {name: value for change in changes for name, value in change.values.items()}
    when = flow.when.without(*dropped) if flow.when and dropped else flow.when
    edited = replaced(flow, trigger=replaced(flow.trigger, **values), enabled=enabled, when=when)
    words, spoken = ", ".join(each.words for each in changes), ", ".join(each.spoken for each in changes)
    before, after = cells_of(flow, config), cells_of(edited, config)
    return SuggestedEdit(edited, words, spoken, difference(after, before, key), difference(before, after, key), dropped)


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
