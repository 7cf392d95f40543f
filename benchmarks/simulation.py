"""How fast a conversation is simulated, compared with matching the same events without simulating them.

    python benchmarks/simulation.py [--events 1000 100000] [--rounds 5]

Sends that many random events to one conversation, in a workspace of eight flows that answer, assign, note and
cause further events, and in a workspace without flows. Measures, taking turns: matching every event that happened,
including caused ones; simulating with flows; simulating without flows; making transcripts. Prints the median per
event and its ratio to matching, because ratios carry over to other machines.

The last lines show whether cost grows with the length of the conversation: each tenth of the longest one as a
ratio to its first tenth, without conditions and time, and with them: flows that wait, that put on and take off
labels, and that look at the conversation and at their own past. Then whether it grows with the number of
conversations, each of another contact whom a flow serves once. Aim: none above 1.3, which is as much as timings vary
on a shared machine.
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from oncue.domain.conditions import When
from oncue.domain.conversations import Conversation
from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    RemoveLabel,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
    Wait,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.matching.matcher import Matcher, compile_matcher
from oncue.simulation.cascade import deliver
from oncue.simulation.intake import accept, new_conversation
from oncue.simulation.random_events import random_event
from oncue.simulation.results import EventResult
from oncue.simulation.simulation import Simulation
from oncue.simulation.trace import Trace, every_trace
from oncue.simulation.transcript import as_row, transcript

AT = datetime(2026, 1, 1, tzinfo=UTC)
HERE = Instance(id="wa", channel="whatsapp", name="Support")


def _flow(flow_id: str, event: EventKind, who: ParticipantType, *steps: Step, what: MessageType | None = None) -> Flow:
    message_types = None if what is None else frozenset({what})
    trigger = Trigger(event=event, channel="whatsapp", participant_types=frozenset({who}), message_types=message_types)
    return Flow(id=flow_id, name=flow_id, trigger=trigger, steps=steps)


FLOWS = (
    _flow("welcome", "conversation_created", "contact", SendMessage(text="Hello {{participant.name}}")),
    _flow("brief", "participant_added", "agent", AddNote(text="For {{participant.name}}: see above.")),
    _flow("triage", "message_created", "contact", AddParticipant(participant_type="bot", name="Triage"), what="image"),
    _flow("assign", "message_created", "contact", AssignAgent(agent="Anna"), what="file"),
    _flow("thank", "message_created", "contact", SendMessage(text="Thank you: {{message.text}}"), what="html"),
    _flow("where", "message_created", "contact", UpdateContact(attributes={"located": True}), what="location"),
    _flow("log", "message_created", "flow", AddNote(text="{{flow.name}} saw {{message.type}}")),
    _flow("tidy", "participant_removed", "agent", RemoveParticipant(participant_type="bot")),
)


def _when(flow: Flow, **lines: Any) -> Flow:
    return replaced(flow, when=When(**lines))


LIVING = (
    *FLOWS,
    _when(_flow("tag", "message_created", "contact", AddLabel(label="open"), AssignTeam(team="A")), labels=("done",)),
    _when(
        _flow("done", "message_created", "agent", RemoveLabel(label="open"), AddLabel(label="done")),
        without_labels=("done",),
    ),
    _when(_flow("again", "message_created", "contact", RemoveLabel(label="done")), responsible="somebody"),
    _when(_flow("remind", "message_created", "contact", Wait(for_="10m"), AddNote(text="Open?")), cooldown="5m"),
    _when(_flow("daily", "message_created", "contact", AddNote(text="x")), once_per="day", text_none=("zebra*",)),
    _when(_flow("served", "message_created", "contact", AddNote(text="x")), once_per="contact", absent={"automation"}),
)


def workspace(flows: Sequence[Flow]) -> Workspace:
    """A workspace of one instance with ``flows``."""
    return Workspace(WorkspaceConfig(name="Benchmark", instances=(HERE,)), {flow.id: flow for flow in flows})


def send(conversation: Conversation, event: Event, where: Workspace, matcher: Matcher) -> Trace:
    """Send one event to ``conversation``."""
    accepted = accept(event, conversation, where.config, AT)
    return deliver(accepted, accepted.conversation, where, matcher)


def random_conversation(where: Workspace, length: int) -> tuple[list[Event], list[Trace]]:
    """Random events of one conversation, and their traces."""
    rng, matcher, conversation = random.Random(1), compile_matcher(where), new_conversation("c-1", HERE)
    events, traces = [], []
    for _ in range(length):
        events.append(random_event(rng, conversation))
        traces.append(send(conversation, events[-1], where, matcher))
        conversation = traces[-1].conversation
    return events, traces


def simulating(where: Workspace, events: Sequence[Event]) -> Callable[[], None]:
    """A function that simulates ``events`` and keeps the conversation only."""
    matcher = compile_matcher(where)

    def simulate() -> None:
        conversation = new_conversation("c-1", HERE)
        for event in events:
            conversation = send(conversation, event, where, matcher).conversation

    return simulate


def matching(where: Workspace, events: Sequence[Event]) -> Callable[[], None]:
    """A function that matches ``events`` and does nothing else."""
    matcher = compile_matcher(where)

    def match() -> None:
        for event in events:
            matcher.match(event)

    return match


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes, without pauses for garbage collection."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    work()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def measure(length: int, rounds: int) -> None:
    """Print the medians for a conversation of ``length`` events from outside."""
    full, empty = workspace(FLOWS), workspace(())
    events, traces = random_conversation(full, length)
    plain, plain_traces = random_conversation(empty, length)
    happened = [each.event for trace in traces for each in every_trace(trace)]
    some = traces[:1_000]
    shown = sum(1 for trace in some for _ in every_trace(trace))
    # What is measured, and the number of events in it.
    work: dict[str, tuple[Callable[[], object], int]] = {
        "bare matching": (matching(full, happened), len(happened)),
        "simulation": (simulating(full, events), len(happened)),
        "simulation, no flows": (simulating(empty, plain), len(plain_traces)),
        "transcript of 1,000": (lambda: [as_row(line) for trace in some for line in transcript(trace, full)], shown),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(rounds):
        for name, (run, count) in work.items():
            times[name].append(seconds(run) / count)
    print(f"\n{length:,} events from outside, {len(happened):,} with those that they caused")
    bare = statistics.median(times["bare matching"])
    for name, taken in times.items():
        each = statistics.median(taken)
        print(f"  {name:22}{1 / each:>12,.0f} events/s{each * 1e6:>9.2f} µs{each / bare:>8.1f} × bare matching")


def growth(length: int, rounds: int) -> None:
    """Print the cost per event in each tenth of a conversation, as a ratio to the first tenth."""
    where = workspace(FLOWS)
    matcher, (events, traces) = compile_matcher(where), random_conversation(where, length)
    size = length // 10
    tenths: list[list[float]] = [[] for _ in range(10)]
    for _ in range(rounds):
        conversation = new_conversation("c-1", HERE)
        for number in range(10):
            happened = sum(1 for trace in traces[number * size : (number + 1) * size] for _ in every_trace(trace))
            start = time.perf_counter()
            for event in events[number * size : (number + 1) * size]:
                conversation = send(conversation, event, where, matcher).conversation
            tenths[number].append((time.perf_counter() - start) / happened)
    medians = [statistics.median(each) for each in tenths]
    print(f"\nper event, each tenth of {length:,} as a ratio to the first:")
    print("  " + "  ".join(f"{each / medians[0]:.2f}" for each in medians))
    print(f"  {conversation.messages:,} messages, {conversation.notes:,} notes at the end")


def tenths(events: Sequence[ScenarioEvent], rounds: int) -> tuple[list[float], int]:
    """The seconds per event that happened in each tenth of ``events``, and how many flows went on after a wait."""
    where = workspace(LIVING)
    matcher, size = compile_matcher(where), len(events) // 10
    taken: list[list[float]] = [[] for _ in range(10)]
    resumed = 0
    for _ in range(rounds):
        simulation, resumed = Simulation(where, matcher), 0
        for number in range(10):
            results: list[EventResult] = []
            start = time.perf_counter()
            for event in events[number * size : (number + 1) * size]:
                results += simulation.send(event)
            spent = time.perf_counter() - start
            happened = [result.trace for result in results if result.trace]
            resumed += sum(len(result.later) for result in results)
            taken[number].append(spent / max(sum(1 for trace in happened for _ in every_trace(trace)), 1))
    return [statistics.median(each) for each in taken], resumed


def living(length: int, rounds: int) -> None:
    """Print how the cost per event grows where flows have conditions and wait."""
    events, _ = random_conversation(workspace(FLOWS), length)
    here = HERE.id
    talk = [
        ScenarioEvent(event=each.event, instance=here, participant=each.participant, message=each.message)
        for each in events
    ]
    contacts = [
        ScenarioEvent(event=kind, instance=here, conversation=f"c-{n}", participant=who, message=message)
        for n in range(length // 2)
        for who in (Participant(type="contact", name=f"C {n}"),)
        for kind, message in _BEGIN
    ]
    for words, script in (("with conditions and time", talk), ("a new contact every second event", contacts)):
        medians, resumed = tenths(script, rounds)
        print(f"\nper event, each tenth of {length:,}, {words}, as a ratio to the first:")
        print("  " + "  ".join(f"{each / medians[0]:.2f}" for each in medians))
        print(f"  {resumed:,} flows went on after a wait")


_BEGIN: tuple[tuple[EventKind, Message | None], ...] = (
    ("conversation_created", None),
    ("message_created", Message(type="text", text="hi")),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    for length in arguments.events:
        measure(length, arguments.rounds)
    growth(max(arguments.events), arguments.rounds)
    living(max(arguments.events), arguments.rounds)


if __name__ == "__main__":
    main()
