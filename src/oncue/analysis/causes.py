"""The graph of causes: which flow starts which, through which step and which event, and where that goes round.

What a step causes is decided by the step and by the instance: the event of a message is by whom the instance shows as
its author (``flows_write_as``), and of what type the message is. A cascade stays in its conversation, so each instance
has a graph of its own. Instances that no trigger tells apart are looked at together.

Nothing that can happen is missing here: where it depends on the conversation whether an event comes or a flow starts,
there is an edge, marked as *sometimes*. What a step says in plain words decides already: flows that listen for
other words in a message do not start. So a loop of this graph may still end by itself, and `oncue.linting` plays it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import NamedTuple

from oncue.analysis.caused import Caused, caused_by
from oncue.analysis.components import components
from oncue.analysis.decisions import Decided, decide
from oncue.domain.conversations import same_text
from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.steps import Wait
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.matching.occasions import Known

_Place = tuple[str, int]
"""A flow and the number of one of its steps."""


class Edge(NamedTuple):
    """Step number ``step`` (from 1) of the flow ``source`` causes ``event``, which starts the flow ``target``.

    ``instances`` are those on which it does; the event is on the first of them. ``always``: whether every such event
    starts it, in whatever state the conversation is.
    """

    source: str
    step: int
    event: Event
    target: str
    always: bool
    instances: tuple[str, ...]


class Loop(NamedTuple):
    """Flows that can start each other for ever on ``instances``, by id in order.

    ``ring`` is a shortest way round: it begins with the flow that has the lowest id, and ends where it began.
    """

    flows: tuple[str, ...]
    ring: tuple[Edge, ...]
    instances: tuple[str, ...]

    def has(self, flow_ids: Collection[str]) -> bool:
        """Whether all these flows are in it."""
        return set(flow_ids) <= set(self.flows)


class Causes:
    """The graph of causes of a workspace."""

    def __init__(
        self, workspace: Workspace, decisions: Mapping[str, Decided] | None = None, matcher: Matcher | None = None
    ) -> None:
        self._flows, self._config = workspace.flows, workspace.config
        self._matcher = compile_matcher(workspace) if matcher is None else matcher
        known = decisions or {}
        self._decided = {
            flow.id: known[flow.id] if flow.id in known else decide(flow, workspace.config)
            for flow in workspace.flows.values()
        }
        self._alike = _alike(workspace)
        self._on_channel: defaultdict[str, list[Flow]] = defaultdict(list)
        for flow in workspace.flows.values():
            self._on_channel[flow.trigger.channel].append(flow)
        self._caused: dict[tuple[str, int], tuple[Caused, ...]] = {}
        self._answers: dict[Hashable, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        whens = [flow.when for flow in workspace.flows.values() if flow.when is not None and flow.enabled]
        self._names_matter = any(when.participants is not None for when in whens)

    @property
    def edges(self) -> Iterator[Edge]:
        """All edges, in order of their sources. There can be as many as the square of the number of flows."""
        for flow_id in self._flows:
            yield from self.edges_from(flow_id)

    def edges_from(self, flow_id: str) -> tuple[Edge, ...]:
        """What a flow causes, step by step."""
        found: dict[tuple[int, str, str, str | None, str | None], Edge] = {}
        for number, (instances, _) in enumerate(self._alike):
            for caused in self.caused(flow_id, number):
                for target, always in self._started(caused.event):
                    kind, _, _, who, what = caused.event.key
                    key = (caused.step, target, kind, who, what)
                    known = found.get(key)
                    if known is None:
                        found[key] = Edge(flow_id, caused.step, caused.event, target, always, instances)
                    else:
                        both = (*known.instances, *instances)
                        found[key] = known._replace(instances=both, always=known.always and always)
        return tuple(found[key] for key in sorted(found, key=lambda key: key[:2]))

    def edges_to(self, flow_id: str) -> tuple[Edge, ...]:
        """What starts a flow: looks at every flow."""
        return tuple(edge for edge in self.edges if edge.target == flow_id)

    def loops(self) -> tuple[Loop, ...]:
        """Each group of flows that can start each other for ever, in order of the lowest id; instances together."""
        found: dict[tuple[tuple[str, ...], tuple[tuple[str, int], ...]], Loop] = {}
        for number, (instances, channel) in enumerate(self._alike):
            for loop in _LoopsAt(self, number, instances, channel).found():
                key = (loop.flows, tuple((edge.source, edge.step) for edge in loop.ring))
                known = found.get(key)
                every = loop.instances if known is None else (*known.instances, *loop.instances)
                found[key] = (loop if known is None else known)._replace(instances=every)
        return tuple(sorted(found.values(), key=lambda loop: (loop.flows, loop.instances)))

    def flows_at(self, number: int) -> list[str]:
        """The flows that some event starts on the instances of group ``number``, in order of id."""
        instances, channel = self._alike[number]
        return [
            flow.id
            for flow in self._on_channel.get(channel, ())
            if flow.trigger.instance in (None, instances[0]) and self._ever(flow)
        ]

    def caused(self, flow_id: str, number: int) -> tuple[Caused, ...]:
        """What the steps of a flow cause on the instances of group ``number``; nothing where it never starts."""
        key = (flow_id, number)
        if key not in self._caused:
            self._caused[key] = self._find(self._flows[flow_id], number)
        return self._caused[key]

    def _find(self, flow: Flow, number: int) -> tuple[Caused, ...]:
        instances, channel = self._alike[number]
        trigger = flow.trigger
        if trigger.channel != channel or trigger.instance not in (None, instances[0]):
            return ()
        return tuple(caused_by(flow, self._config.by_id[instances[0]])) if self._ever(flow) else ()

    def _ever(self, flow: Flow) -> bool:
        """Whether some event starts the flow."""
        return bool(self._decided[flow.id].starts) or (flow.enabled and _asks_for_absence(flow))

    def edge(self, source: str, target: str, instance: str) -> Edge | None:
        """The first edge from ``source`` to ``target`` on an instance."""
        number = self._group_of(instance)
        for caused in self.caused(source, number):
            runs, depends = self.answer(caused.event)
            if target in runs or target in depends:
                instances, _ = self._alike[number]
                return Edge(source, caused.step, caused.event, target, target in runs, instances)
        return None

    def events_between(self, sources: Collection[str], target: str, instance: str) -> Iterator[Event]:
        """The events with which ``sources`` start ``target`` on an instance, one for each key."""
        number = self._group_of(instance)
        seen: set[tuple[str | None, ...]] = set()
        for source in sources:
            for caused in self.caused(source, number):
                key = caused.event.key
                if key[3:] not in seen and any(target in ids for ids in self.answer(caused.event)):
                    seen.add(key[3:])
                    yield replaced(caused.event, instance=instance)

    def reached(self, flow_ids: Collection[str], instance: str, most: int) -> list[str]:
        """``flow_ids`` and the flows that they start on an instance, directly or through others, the nearest first."""
        number, found, at = self._group_of(instance), list(flow_ids), 0
        while at < len(found) < most:
            for caused in self.caused(found[at], number):
                for ids in self.answer(caused.event):
                    found += (each for each in ids[:most] if each not in found)
            at += 1
        return found[:most]

    def _group_of(self, instance: str) -> int:
        return next(number for number, (instances, _) in enumerate(self._alike) if instance in instances)

    @property
    def config(self) -> WorkspaceConfig:
        """What is installed."""
        return self._config

    def flow(self, flow_id: str) -> Flow:
        """The flow with this id."""
        return self._flows[flow_id]

    def _started(self, event: Event) -> Iterator[tuple[str, bool]]:
        """The flows that ``event`` starts, and whether it always does."""
        runs, depends = self.answer(event)
        yield from ((flow_id, True) for flow_id in runs)
        yield from ((flow_id, False) for flow_id in depends)

    def answer(self, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The flows that an event that a step causes always starts, and those that it sometimes does.

        Thousands of steps cause events that no condition tells apart, and these are answered together.
        """
        alike = (
            event.key,
            None if event.message is None else event.message.text,
            event.participant if self._names_matter else None,
        )
        if alike not in self._answers:
            self._answers[alike] = self._find_answer(event)
        return self._answers[alike]

    def _find_answer(self, event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
        who = event.key.participant_type
        here = who if event.event == "participant_added" else None
        # Of the conversation nothing is known: whoever writes as a flow is not in it, not even as a bot.
        known = Known(first_message=False, present=frozenset(() if here is None else (here,)))
        decision = self._matcher.decide(event, known)
        depends = tuple(
            each
            for each in decision.depends
            if who in self._decided[each].starts or _asks_for_absence(self._flows[each])
        )
        return decision.runs, depends


def causes(workspace: Workspace) -> Causes:
    """The graph of causes of ``workspace``."""
    return Causes(workspace)


def _asks_for_absence(flow: Flow) -> bool:
    """Whether it is known only of others who write that they are there: a flow that is shown as a bot is not."""
    return flow.when is not None and flow.when.absent is not None and flow.trigger.event == "message_created"


def _alike(workspace: Workspace) -> list[tuple[tuple[str, ...], str]]:
    """The instances in groups that no trigger tells apart and that show flows alike, each with its channel."""
    named = {flow.trigger.instance for flow in workspace.flows.values()}
    groups: dict[tuple[str, ...], list[str]] = {}
    for each in workspace.config.instances:
        key = (each.channel, each.id) if each.id in named else (each.channel, each.flows_write_as, "")
        groups.setdefault(key, []).append(each.id)
    return [(tuple(ids), key[0]) for key, ids in groups.items()]


class _LoopsAt:
    """The search for loops on instances that are alike.

    Nodes are flows, by id, and answers, by number: many steps have the same answer, so a thousand flows that start a
    thousand others are two thousand edges and not a million.

    What cannot go on for ever is left out: flows that start only once, and steps of which the event comes once only.
    Somebody of a fixed name joins again only if a flow of the loop, or one that it starts, removes them, and is removed
    again only if one adds them. Where a flow waits, others may do that meanwhile.
    """

    def __init__(self, graph: Causes, number: int, instances: tuple[str, ...], channel: str) -> None:
        self.graph, self.instances = graph, instances
        self.flows = {flow_id: graph.flow(flow_id) for flow_id in graph.flows_at(number) if not self._once(flow_id)}
        self.caused = {flow_id: graph.caused(flow_id, number) for flow_id in self.flows}
        self.answers: list[tuple[str, ...]] = []
        numbers: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        self.answer_of: dict[tuple[str, int], int] = {}
        for flow_id, events in self.caused.items():
            for each in events:
                answer = graph.answer(each.event)
                if answer not in numbers:
                    numbers[answer] = len(self.answers)
                    self.answers.append(tuple(one for one in (*answer[0], *answer[1]) if one in self.flows))
                self.answer_of[flow_id, each.step] = numbers[answer]

    def _once(self, flow_id: str) -> bool:
        when = self.graph.flow(flow_id).when
        return when is not None and when.once_per in ("conversation", "contact")

    def found(self) -> Iterator[Loop]:
        """The loops: groups in which nothing comes to an end by itself."""
        waiting: list[tuple[frozenset[str], frozenset[_Place]]] = [(frozenset(self.flows), frozenset())]
        while waiting:
            among, without = waiting.pop()
            for group in components(self._nodes(among), _successors(self, among, without)):
                flows = frozenset(each for each in group if isinstance(each, str))
                if len(group) == 1:
                    continue
                if ending := self._ending(flows, without):
                    waiting.append((flows, without | ending))
                else:
                    yield Loop(tuple(sorted(flows)), self._ring(flows, without), self.instances)

    def _nodes(self, among: frozenset[str]) -> Iterator[str | int]:
        yield from sorted(among)

    def next(self, node: str | int, among: frozenset[str], without: frozenset[_Place]) -> Iterator[str | int]:
        """The answers of what a flow causes, or the flows of an answer."""
        if isinstance(node, int):
            yield from (each for each in self.answers[node] if each in among)
        else:
            places = ((node, each.step) for each in self.caused[node])
            yield from (self.answer_of[place] for place in places if place not in without)

    def _ending(self, flows: frozenset[str], without: frozenset[_Place]) -> frozenset[_Place]:
        """The steps in ``flows`` that cannot cause their event again and again."""
        if any(isinstance(step, Wait) for flow_id in flows for step in self.flows[flow_id].steps):
            return frozenset()
        places = {(one, each.step): each.event for one in flows for each in self.caused[one]}
        people = [place for place, event in places.items() if event.event != "message_created"]
        limited = {place for place in places if (when := self.flows[place[0]].when) is not None and when.looks_at_past}
        reached = self._reached(flows) if people else frozenset()
        others = [each.event for flow_id in reached for each in self.caused[flow_id]]
        ended = {place for place in people if not any(_undoes(each, places[place]) for each in others)}
        return frozenset(limited | ended) - without

    def _reached(self, flows: frozenset[str]) -> frozenset[str]:
        every, waiting = set(flows), list(flows)
        while waiting:
            for each in self.caused[waiting.pop()]:
                for target in (*self.graph.answer(each.event)[0], *self.graph.answer(each.event)[1]):
                    if target not in every and target in self.flows:
                        every.add(target)
                        waiting.append(target)
        return frozenset(every)

    def _ring(self, flows: frozenset[str], without: frozenset[_Place]) -> tuple[Edge, ...]:
        """A shortest way from the flow with the lowest id back to it."""
        first = min(flows)
        came: dict[str, tuple[str, Caused]] = {}
        answered: set[int] = set()
        waiting = deque((first,))
        while first not in came:
            flow_id = waiting.popleft()
            for caused in self.caused[flow_id]:
                answer = self.answer_of[flow_id, caused.step]
                if (flow_id, caused.step) in without or answer in answered:
                    continue
                answered.add(answer)
                for target in self.answers[answer]:
                    if target in flows and target not in came:
                        came[target] = (flow_id, caused)
                        waiting.append(target)
        ring: list[Edge] = []
        target = first
        while not ring or target != first:
            source, caused = came[target]
            always = target in self.graph.answer(caused.event)[0]
            ring.append(Edge(source, caused.step, caused.event, target, always, self.instances))
            target = source
        return tuple(reversed(ring))


def _successors(
    loops: _LoopsAt, among: frozenset[str], without: frozenset[_Place]
) -> Callable[[str | int], Iterator[str | int]]:
    return lambda node: loops.next(node, among, without)


def _undoes(event: Event, other: Event) -> bool:
    """Whether after ``event`` the step that caused ``other`` may cause it again."""
    if event.event == other.event or event.key.participant_type != other.key.participant_type:
        return False
    names = [None if each.participant is None else each.participant.name for each in (event, other)]
    return None in names or same_text(*names)
