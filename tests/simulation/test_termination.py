"""For every workspace and every sequence of events the simulator ends, and always in the same way."""

import os
import subprocess
import sys
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.builders import (
    ANNA,
    CREATED,
    WA,
    added,
    as_text,
    flow,
    message,
    play,
    play_random,
    removed,
    run,
    run_events,
    scripted,
    stops_in,
    workspace,
)

from oncue.cli.output.scenario_output import text_pieces
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AddParticipant,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    NotifyParticipants,
    RemoveLabel,
    RemoveParticipant,
    ReopenConversation,
    SendMessage,
    Step,
    Unassign,
    UpdateContact,
    Wait,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_IN_CLOSED, MESSAGE_TYPES, MessageType, ParticipantType
from oncue.domain.workspace import Workspace
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import compile_matcher
from oncue.simulation.results import in_turn
from oncue.simulation.timeline import Timeline, advance, as_scenario, replay
from oncue.simulation.trace import Limit, Trace, every_trace
from oncue.storage.codec import decode_scenario
from oncue.storage.scenario_text import scenario_bytes

# Few values, so that nearly every step causes what some other flow listens to.
_PEOPLE: st.SearchStrategy[ParticipantType] = st.sampled_from(["contact", "agent", "bot"])
_WRITERS: st.SearchStrategy[ParticipantType] = st.sampled_from(["contact", "agent", "bot", "flow"])
_TYPES: st.SearchStrategy[MessageType] = st.sampled_from(["text", "image"])
_NAMES = st.sampled_from(["Anna", "Robin", "{{participant.name}}"])
_TEXTS = st.sampled_from(["x", "{{message.text}}{{message.text}}", "{{conversation.assignee}}"])
_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(SendMessage, text=_TEXTS, message_type=_TYPES),
    st.builds(AssignAgent, agent=_NAMES),
    st.builds(AddNote, text=_TEXTS),
    st.builds(NotifyParticipants, text=_TEXTS, participant_types=st.none() | st.frozensets(_PEOPLE)),
    st.builds(UpdateContact, attributes=st.dictionaries(st.sampled_from("ab"), st.booleans() | _TEXTS)),
    st.builds(AddParticipant, participant_type=_PEOPLE, name=_NAMES),
    st.builds(RemoveParticipant, participant_type=_PEOPLE, name=st.none() | _NAMES),
)


# Conditions that hold now and then, so that flows come and go as the conversation changes.
_SOME = st.frozensets(_WRITERS, min_size=1, max_size=2)
_LINES: dict[str, st.SearchStrategy[object]] = {
    "text_any": st.just(("x",)),
    "text_none": st.just(("x x",)),
    "participants": st.just(("Anna", "Jane")),
    "attributes": st.just({"a": True}),
    "started_by": _SOME,
    "present": _SOME,
    "absent": _SOME,
    "responsible": st.sampled_from(["nobody", "somebody", "Anna"]),
    "labels": st.just(("x",)),
    "without_labels": st.just(("x",)),
    "first_message": st.booleans(),
    "reopened": st.booleans(),
    "during_hours": st.just(("morning",)),
    "outside_hours": st.just(("morning",)),
    "once_per": st.sampled_from(["conversation", "contact", "day"]),
    "cooldown": st.sampled_from(["30s", "10m", "366d"]),
}
_HOURS = Hours(id="morning", timezone="America/New_York", from_="23:00", to="05:05")


@st.composite
def _whens(draw: st.DrawFn) -> When | None:
    keys = draw(st.lists(st.sampled_from(list(_LINES)), max_size=2, unique=True))
    lines: dict[str, Any] = {key: draw(_LINES[key]) for key in keys}
    return When(**lines) if lines else None


@st.composite
def _triggers(draw: st.DrawFn) -> Trigger:
    event = draw(st.sampled_from(list(EVENT_KINDS)))
    types = draw(st.none() | st.frozensets(_TYPES, min_size=1)) if event == "message_created" else None
    instance = draw(st.sampled_from([None, None, WA.id, "mail"]))
    who = draw(st.none() | st.frozensets(_WRITERS, min_size=1))
    return Trigger(event=event, channel=WA.channel, instance=instance, participant_types=who, message_types=types)


@st.composite
def _workspaces(draw: st.DrawFn, step: st.SearchStrategy[Step] = _STEPS) -> Workspace:
    steps = st.lists(step, max_size=4)
    drawn = draw(st.lists(st.tuples(_triggers(), st.none() | _whens(), steps), min_size=1, max_size=8))
    closing = draw(st.booleans())
    flows = [
        Flow(
            id=f"f{n}",
            name=f"F{n}",
            trigger=trigger,
            when=when,
            steps=(*does, *([CloseConversation()] if closing and not n else [])),
        )
        for n, (trigger, when, does) in enumerate(drawn)
    ]
    where = workspace(
        *flows,
        max_events_per_cascade=draw(st.integers(1, 60)),
        first_message_fires_message_created=draw(st.booleans()),
        initial_participants_fire_participant_added=draw(st.booleans()),
        message_in_closed_conversation=draw(st.sampled_from(list(MESSAGE_IN_CLOSED))),
    )
    return Workspace(replaced(where.config, hours=(_HOURS,)), where.flows)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workspaces(), st.integers(0, 2**32))
def test_every_cascade_ends_within_its_limit_and_leaves_nothing_out_unsaid(where: Workspace, seed: int) -> None:
    limit = where.config.simulation.max_events_per_cascade
    for trace in play_random(where, seed, 12)[0]:
        traces = list(every_trace(trace))
        limits = [stop for stop in stops_in(trace) if isinstance(stop, Limit)]
        assert len(traces) == limit + 1 if limits else len(traces) <= limit
        assert len(limits) <= 1
        for each in traces:
            _check(each, bool(limits))


def _check(trace: Trace, stopped: bool) -> None:
    """What holds for every trace of every cascade."""
    chain = [(cause.flow_id, cause.event.key) for cause in trace.chain]
    assert {loop.flow_id for loop in trace.loops} <= {
        flow_id for flow_id in trace.matched if (flow_id, trace.event.key) in chain
    }
    done = {*trace.started, *(loop.flow_id for loop in trace.loops), *trace.not_run}
    assert (done, len(done)) == (
        set(trace.matched),
        len(trace.started) + len({loop.flow_id for loop in trace.loops}) + len(trace.not_run),
    )
    assert stopped or not trace.not_run
    conversation = trace.conversation
    assert len(set(conversation.participants)) == len(conversation.participants)
    assert conversation.responsible is None or conversation.responsible in conversation.participants


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workspaces(), st.integers(0, 2**32))
def test_same_seed_and_workspace_same_transcript(where: Workspace, seed: int) -> None:
    first, last = play_random(where, seed, 10)
    again, last_again = play_random(where, seed, 10)
    assert as_text(first, where).encode() == as_text(again, where).encode()
    assert last == last_again


_DURATIONS = st.sampled_from(["0s", "1m", "10m", "366d"])
_WAITING = st.one_of(
    _STEPS,
    _STEPS,
    st.builds(Wait, for_=_DURATIONS | st.just("soon")),
    st.builds(AddLabel, label=_TEXTS),
    st.builds(RemoveLabel, label=_TEXTS),
    st.builds(AssignTeam, team=_NAMES),
    st.builds(Unassign),
    st.builds(CloseConversation),
    st.builds(ReopenConversation),
)
_SCRIPTED = st.builds(
    lambda event, **time: scripted(event, **time),
    st.sampled_from([CREATED, message(), message(ANNA), added(ANNA), removed(ANNA)]),
    delivery=st.sampled_from([None, None, "twice", "swapped", "late"]),
    after=st.none() | _DURATIONS,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workspaces(_WAITING), st.lists(_SCRIPTED, max_size=5))
def test_every_scenario_ends_when_all_flows_have_gone_on_and_is_the_same_each_time(
    where: Workspace, script: list[ScenarioEvent]
) -> None:
    result = run_events(where, scripted(CREATED), *script)
    limit = where.config.simulation.max_events_per_cascade
    times = [
        each.at if later is None else later.at for each, later in in_turn(result.events) if not each.event.delivery
    ]
    assert times == sorted(at for at in times if at is not None)
    for each in result.events:
        assert not each.waits
        happened = [trace for delivered in each.traces for trace in every_trace(delivered) if trace.resumed is None]
        assert len(happened) <= (limit + 1) * max(len(each.deliveries), 1)
        assert bool(each.later) <= any(trace.paused for trace in each.deliveries)
    text = b"".join(text_pieces(result, where))
    assert text == b"".join(text_pieces(run_events(where, scripted(CREATED), *script), where))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_workspaces(_WAITING), st.lists(st.sampled_from(["event", "10m", None]), max_size=6), st.integers(0, 99))
def test_what_was_played_by_hand_and_recorded_comes_out_as_expected(
    where: Workspace, script: list[str | None], seed: int
) -> None:
    matcher, timeline = compile_matcher(where), Timeline("wa", seed=seed).append(CREATED)
    state = replay(timeline, where, matcher)
    for step in script:
        try:
            happens = timeline.random(state) if step == "event" else None
        except ImpossibleEvent:  # nobody is left in a conversation that is closed
            break
        timeline = timeline.append(happens) if happens else timeline.pass_time(step)
        state = advance(state, timeline)
    recorded = as_scenario(timeline, state, "s", "S")
    assert decode_scenario("s", scenario_bytes(recorded)) == recorded
    played = run(where, recorded)[0]
    assert played.ok
    known = {each.number: each.at for each in sorted(state.complete, key=lambda each: each.number) if each.trace}
    assert [each.at for each in sorted(played.events, key=lambda each: each.number)] == list(known.values())


_PROGRAM = """
from tests.builders import *
from oncue.domain.steps import *
everybody = NotifyParticipants(text="x", participant_types=frozenset({"bot", "agent", "contact", "flow", "channel"}))
nobody = NotifyParticipants(text="x", participant_types=frozenset({"flow", "channel", "automation", "connector"}))
greet = flow("greet", "message_created", everybody, nobody, UpdateContact(attributes={"a": 1, "b": 2, "c": 3}))
where = workspace(greet, flow("echo", "message_created", SendMessage(text="{{message.text}}")))
print(ascii(as_text(play_random(where, 7, 60)[0], where)))
"""


def test_the_transcript_does_not_depend_on_the_hashes_of_a_process() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1
    assert len(printed.pop()) > 1_000


def _long_chain(length: int) -> Workspace:
    """Flows that hand a message on, each as the next type; every round of the types needs other flows."""
    kinds = list(MESSAGE_TYPES)
    flows = [
        flow(f"f{n:04}", "message_created", SendMessage(text="x", message_type=kinds[(n + 1) % 12]), of=kinds[n % 12])
        for n in range(length)
    ]
    start = flow("start", "conversation_created", SendMessage(text="x"))
    return workspace(start, *flows, max_events_per_cascade=length)


def test_a_chain_far_deeper_than_python_recurses_is_played_walked_shown_and_dropped() -> None:
    length = 3 * sys.getrecursionlimit() // 2
    where = _long_chain(length)
    trace = play(where, CREATED)[0]
    assert max(each.cause.depth for each in every_trace(trace) if each.cause) > 1.4 * sys.getrecursionlimit()
    assert f"stopped after {length:,} events" in as_text([trace], where)
    assert any(isinstance(stop, Limit) for stop in stops_in(trace))
    assert repr(trace)
    del trace
