"""The compiled matcher: which flows does this event start, in the time of one dictionary look-up.

A trigger reads five small fields, so the answer depends on the event's key alone, and there are only a few
thousand keys. The matcher therefore remembers the answer of every key it has met: a known key costs one
look-up, whatever the number of flows. A new key is answered from an index: flows are put into a bucket per
(event, channel), and each bucket keeps one bitmap per value that narrows in it, a bit per flow. Three bitmaps
and-ed together are the answer. Building every answer beforehand instead would copy each flow that listens to
every instance to every instance; this way an unheard-of instance needs no special case either.

An event may name its instance by an external id, and leave its channel to the instance. That is looked up when the
answer of a new key is found, so a known key costs nothing more: answers are remembered by the key as it was asked.

The answer of a key that flows with conditions listen to is another one, `_Open`, with the `Candidates` that decide
among these (`oncue.matching.candidates`). All other keys are answered as if there were no conditions.

A matcher is never changed. `Matcher.updated` makes the one for an edited workspace by rebuilding only the
buckets that the edit touches, and keeps the remembered answers of all others.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import sub
from types import MappingProxyType
from typing import NamedTuple

from oncue.domain.conditions import When
from oncue.domain.events import Event, EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import ArgumentError
from oncue.matching.candidates import Candidates, Decision
from oncue.matching.occasions import Known
from oncue.matching.semantics import CLAUSES

FlowIds = tuple[str, ...]
NO_CONDITIONS: Mapping[str, When] = MappingProxyType({})
Key = tuple[str | None, ...]
Place = tuple[str, str]
"""Event kind and channel: what a bucket is of."""

REMEMBERED = 65_536
"""Answers that are kept at most. Whoever sends events can invent instances, so there has to be an end."""


class _Bitmaps(NamedTuple):
    """Flows by one narrowing field: bit n is flow n of the bucket.

    ``by_value`` has, for each value that some flow names, the flows that let it through; ``otherwise`` those
    that let everything through, and so any value that nobody names, unknown included.
    """

    by_value: Mapping[str | None, int]
    otherwise: int

    @classmethod
    def of(cls, narrowings: list[Iterable[str] | None]) -> "_Bitmaps":
        """The bitmaps of flows that narrow to these values, in this order; ``None`` lets everything through."""
        # Bits are set in bytes and made an integer once: setting them one by one in an integer copies it
        # each time, which is quadratic.
        size = len(narrowings) // 8 + 1
        open_to_all = bytearray(size)
        named: defaultdict[str | None, bytearray] = defaultdict(lambda: bytearray(size))
        for number, values in enumerate(narrowings):
            byte, bit = number >> 3, 1 << (number & 7)
            if values is None:
                open_to_all[byte] |= bit
            else:
                for value in values:
                    named[value][byte] |= bit
        otherwise = int.from_bytes(open_to_all, "little")
        return cls({value: int.from_bytes(bits, "little") | otherwise for value, bits in named.items()}, otherwise)

    def through(self, value: str | None) -> int:
        """The flows that let ``value`` through."""
        return self.by_value.get(value, self.otherwise)


class _Bucket:
    """The enabled flows on one event kind and channel."""

    __slots__ = ("ids", "instances", "messages", "participants", "triggers")

    def __init__(self, triggers: Mapping[str, Trigger]) -> None:
        self.triggers = triggers
        # Backwards, because the highest bit is the quickest to find: so the answer comes in order of id.
        self.ids = sorted(triggers, reverse=True)
        in_order = [triggers[flow_id] for flow_id in self.ids]
        self.instances = _Bitmaps.of([None if t.instance is None else (t.instance,) for t in in_order])
        self.participants = _Bitmaps.of([t.participant_types for t in in_order])
        self.messages = _Bitmaps.of([t.message_types for t in in_order])

    def answer(self, instance: str | None, participant_type: str | None, message_type: str | None) -> FlowIds:
        """The flows that an event with these values starts, in order of id."""
        # The bitmaps are read in place and not by `through`: three calls fewer for each new key.
        at, by, of = self.instances, self.participants, self.messages
        bits = (
            at.by_value.get(instance, at.otherwise)
            & by.by_value.get(participant_type, by.otherwise)
            & of.by_value.get(message_type, of.otherwise)
        )
        ids, found = self.ids, []
        while bits:
            highest = bits.bit_length() - 1
            found.append(ids[highest])
            bits ^= 1 << highest
        return tuple(found)


_NOTHING = _Bucket({})


class _Open(NamedTuple):
    """The answer of a key that flows with conditions listen to: those without run, candidates decide among the rest."""

    certain: FlowIds
    candidates: Candidates


class _Answers:
    """The answer of every key that was met, found in the buckets when it is asked for first.

    ``certain`` has those of keys that no flow with conditions listens to, ``open`` all others. ``whens`` are the
    conditions of the flows that have some.
    """

    def __init__(
        self, config: WorkspaceConfig, buckets: Mapping[Place, _Bucket], whens: Mapping[str, When] = NO_CONDITIONS
    ) -> None:
        self.config, self.buckets, self.whens = config, buckets, whens
        self.certain: dict[Key, FlowIds] = {}
        self.open: dict[Key, _Open] = {}
        # The same flows are candidates of many keys.
        self._groups: dict[FlowIds, Candidates] = {}

    def __len__(self) -> int:
        return len(self.certain) + len(self.open)

    def after(
        self, buckets: Mapping[Place, _Bucket], whens: Mapping[str, When], stale: Collection[Place]
    ) -> "_Answers":
        """The answers with other ``buckets``: all that is known, but for those from ``stale`` places."""
        answers, place = _Answers(self.config, buckets, whens), self.config.place

        def is_fresh(key: Key) -> bool:
            return (key[0], key[1] if key[1] is not None else place(None, key[2])[0]) not in stale

        answers.certain.update((key, ids) for key, ids in self.certain.items() if is_fresh(key))
        answers.open.update((key, answer) for key, answer in self.open.items() if is_fresh(key))
        return answers

    def of(self, key: Key) -> FlowIds | _Open:
        """The answer of any key."""
        known = self.open.get(key) or self.certain.get(key)
        return self._find(key) if known is None else known

    def _find(self, key: Key) -> FlowIds | _Open:
        event, channel, instance, participant_type, message_type = key
        channel, instance = self.config.place(channel, instance)
        bucket = self.buckets.get((event, channel))  # type: ignore[arg-type]
        ids = bucket.answer(instance, participant_type, message_type) if bucket else ()
        if len(self) >= REMEMBERED:
            self.certain.clear()
            self.open.clear()
            self._groups.clear()
        if self.whens and (conditional := tuple(filter(self.whens.__contains__, ids))):
            certain = tuple(flow_id for flow_id in ids if flow_id not in self.whens)
            self.open[key] = answer = _Open(certain, self._group(conditional))
            return answer
        self.certain[key] = ids
        return ids

    def _group(self, ids: FlowIds) -> Candidates:
        if ids not in self._groups:
            self._groups[ids] = Candidates({flow_id: self.whens[flow_id] for flow_id in ids})
        return self._groups[ids]


class Matcher:
    """Which flows of a workspace an event starts. Immutable; made by `compile_matcher`."""

    __slots__ = ("_answers", "_buckets", "_certain", "_config", "_disabled", "_enabled")

    def __init__(
        self,
        config: WorkspaceConfig,
        buckets: Mapping[Place, _Bucket],
        disabled: int,
        whens: Mapping[str, When] = NO_CONDITIONS,
        answers: _Answers | None = None,
    ) -> None:
        self._config, self._buckets, self._disabled = config, buckets, disabled
        self._answers = _Answers(config, buckets, whens) if answers is None else answers
        self._enabled: Counter[str] = Counter()
        for (event, _), bucket in buckets.items():
            self._enabled[event] += len(bucket.ids)
        # A plain dictionary, looked up without a call, and its answer returned as it is: nothing in Python is faster.
        self._certain = self._answers.certain

    def __reduce__(self) -> tuple[object, ...]:
        """Copied and pickled without the remembered answers."""
        return Matcher, (self._config, self._buckets, self._disabled, dict(self._answers.whens))

    def match(self, event: Event) -> FlowIds:
        """Ids of the flows that ``event`` certainly starts, in order of id."""
        try:
            return self._certain[event.key]
        except KeyError:
            answer = self._answers.open.get(event.key)
            if answer is None or answer.certain:
                return self.decide(event).runs
            return answer.candidates.decide(event, self._config, None).runs
        except AttributeError:
            raise ArgumentError("match", "an Event", event, "Event(event=…, …) makes one") from None

    def match_key(self, key: Key) -> FlowIds:
        """Ids of the flows that run on every event with this key, which those with conditions do not.

        ``key`` is the tuple ``(event, channel, instance, participant_type, message_type)``, with ``None`` for what the
        event does not state. An instance may be stated by its id or an external id.
        """
        try:
            return self._certain[key]
        except KeyError:
            answer = self._answers.of(key)
            return answer.certain if isinstance(answer, _Open) else answer

    def decide(self, event: Event, known: "Known | Callable[[], Known] | None" = None) -> Decision:
        """Which flows ``event`` starts, and which it starts depending on what is not known.

        ``known`` is what is known of its conversation, or makes it if it is needed; without it, nothing is but the
        event.
        """
        answer = self._answers.of(event.key)
        if not isinstance(answer, _Open):
            return Decision(answer)
        certain, candidates = answer
        decision = candidates.decide(event, self._config, known)
        if not certain:
            return decision
        return Decision(tuple(sorted((*certain, *decision.runs))) if decision.runs else certain, decision.depends)

    @property
    def conditional(self) -> bool:
        """Whether any enabled flow has conditions."""
        return bool(self._answers.whens)

    def has_conditions(self, key: EventKey) -> bool:
        """Whether more than the key decides which flows an event with ``key`` starts."""
        return isinstance(self._answers.of(key), _Open)

    def misses(self, key: EventKey) -> dict[str, int]:
        """How many flows each clause of a trigger is the first to turn away, in the order of the clauses.

        Costs the same for any number of flows but for the length of a bitmap.
        """
        # How many flows are left after each clause; the bitmaps come in only behind the channel.
        key = self._config.resolve_key(key)
        bucket = self._buckets.get((key.event, key.channel), _NOTHING)  # type: ignore[arg-type]
        at = bucket.instances.through(key.instance)
        by = at & bucket.participants.through(key.participant_type)
        of = by & bucket.messages.through(key.message_type)
        enabled, on_event = self._enabled.total(), self._enabled[key.event]
        left = (enabled, on_event, len(bucket.ids), at.bit_count(), by.bit_count(), of.bit_count())
        turned_away = (self._disabled, *map(sub, left, left[1:]))
        return {clause: count for clause, count in zip(CLAUSES, turned_away, strict=True) if count}

    def updated(self, old: Mapping[str, Flow], new: Mapping[str, Flow], changed: Iterable[str]) -> "Matcher":
        """The matcher of the flows ``new``, which differ from this one's ``old`` in the ids ``changed`` only.

        The config stays; where it changes, too, `compile_matcher` makes a new matcher.
        """
        triggers: dict[Place, dict[str, Trigger]] = {}
        disabled, whens = self._disabled, dict(self._answers.whens)

        def of(flow: Flow) -> dict[str, Trigger]:
            place = (flow.trigger.event, flow.trigger.channel)
            if place not in triggers:
                bucket = self._buckets.get(place)
                triggers[place] = dict(bucket.triggers) if bucket else {}
            return triggers[place]

        for flow_id in frozenset(changed):
            before, after = old.get(flow_id), new.get(flow_id)
            if before is not None and after is not None and _matches_alike(before, after):
                continue
            if before is not None:
                disabled -= not before.enabled
                if before.enabled:
                    del of(before)[flow_id]
                    whens.pop(flow_id, None)
            if after is not None:
                disabled += not after.enabled
                if after.enabled:
                    of(after)[flow_id] = after.trigger
                    if after.when is not None:
                        whens[flow_id] = after.when
        if not triggers and disabled == self._disabled:
            return self
        buckets = {**self._buckets, **{place: _Bucket(inside) for place, inside in triggers.items()}}
        return Matcher(self._config, buckets, disabled, whens, self._answers.after(buckets, whens, triggers.keys()))


def _matches_alike(before: Flow, after: Flow) -> bool:
    return before.enabled == after.enabled and before.trigger == after.trigger and before.when == after.when


def compile_matcher(workspace: Workspace) -> Matcher:
    """The matcher of all flows of ``workspace``."""
    if not isinstance(workspace, Workspace):
        raise ArgumentError("compile_matcher", "a Workspace", workspace, "load_workspace(…) makes one of a folder")
    triggers: defaultdict[Place, dict[str, Trigger]] = defaultdict(dict)
    disabled = 0
    whens: dict[str, When] = {}
    for flow in workspace.flows.values():
        if flow.enabled:
            trigger = flow.trigger
            triggers[trigger.event, trigger.channel][flow.id] = trigger
            if flow.when is not None:
                whens[flow.id] = flow.when
        else:
            disabled += 1
    buckets = {place: _Bucket(inside) for place, inside in triggers.items()}
    return Matcher(workspace.config, buckets, disabled, whens)
