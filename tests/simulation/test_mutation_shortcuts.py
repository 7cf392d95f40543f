"""Mutation testing replays hardly anything, and still finds what a naive check finds, which replays everything."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.builders import TWO_NUMBERS, flow, possible_keys, run, scenario, workspace

from oncue import load_workspace
from oncue.domain.events import Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    Step,
)
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EventKind, MessageType, ParticipantType
from oncue.domain.workspace import SimulationSettings, Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation import mutation_testing
from oncue.simulation.mutants import mutants_of
from oncue.simulation.mutation_testing import check_mutants
from oncue.simulation.runner import first_failure

SAMPLE = load_workspace(Path(__file__).parents[2] / "sample_workspace")

Found = tuple[str, str, bool]


def quick(where: Workspace, scenarios: list[Scenario]) -> list[Found]:
    """Each mutant and whether it is killed; the one that is named as its killer has to kill it."""
    found = []
    for each in check_mutants(where, compile_matcher(where), run(where, *scenarios)):
        found.append((each.mutant.flow.id, each.mutant.words, each.killed is not None))
        if each.killed is not None:
            (killer,) = (one for one in scenarios if one.id == each.killed.scenario)
            (after,) = run(where.with_flow(each.mutant.mutated), killer)
            assert each.killed.event == next(event.number for event in after.events if not event.ok)
    return found


def naive(where: Workspace, scenarios: list[Scenario]) -> list[Found]:
    """Run every scenario in full for every mutant, with a newly compiled matcher."""
    before = [each.scenario for each in run(where, *scenarios) if each.ok]
    found = []
    for _, tried in sorted(where.flows.items()):
        survived = set()
        for mutant in mutants_of(tried, where.config):
            if mutant.detail_of in survived:
                continue
            if not any(mutant.differs_on(key, where.config) for key in possible_keys(tried, where.config)):
                continue
            killed = not all(result.ok for result in run(where.with_flow(mutant.mutated), *before))
            if not killed and mutant.detail_of is None:
                survived.add(mutant.clause)
            found.append((tried.id, mutant.words, killed))
    return found


_steps: st.SearchStrategy[Step] = st.sampled_from(
    [
        SendMessage(text="x"),
        SendMessage(text="y", message_type="image"),
        AddNote(text="{{message.type}}"),
        AssignAgent(agent="Anna"),
        AddParticipant(participant_type="bot", name="Robin"),
        RemoveParticipant(participant_type="agent"),
        CloseConversation(),
    ]
)
_WHO: list[ParticipantType] = ["contact", "agent", "bot", "flow"]
_WHAT: list[MessageType] = ["text", "image", "file"]
_HAPPENS: list[EventKind] = ["message_created", "message_created", "participant_added", "participant_removed"]
_narrow_who = st.none() | st.frozensets(st.sampled_from(_WHO), min_size=1, max_size=3)
_narrow_what = st.none() | st.frozensets(st.sampled_from(_WHAT), min_size=1, max_size=2)


@st.composite
def busy_flows(draw: st.DrawFn) -> Flow:
    """Flows on the two instances of one channel that often start each other."""
    event = draw(strategies.event_kinds)
    return flow(
        draw(strategies.flow_ids),
        event,
        *draw(st.lists(_steps, max_size=3)),
        instance=draw(st.sampled_from([None, "rentals", "shop"])),
        by=draw(_narrow_who),
        of=draw(_narrow_what) if event == "message_created" else None,
    )


@st.composite
def conversations(draw: st.DrawFn, name: str) -> Scenario:
    """A likely conversation on one of the two instances."""
    on = draw(st.sampled_from(["rentals", "rentals", "shop"]))
    who = st.none() | st.builds(
        Participant,
        type=st.sampled_from(["contact", "contact", "agent", "bot", "flow"]),
        name=st.sampled_from(["Anna", "Robin"]),
    )
    events = [ScenarioEvent(event="conversation_created", instance=on, participant=draw(who))]
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(_HAPPENS))
        events.append(
            ScenarioEvent(
                event=kind,
                instance=on,
                participant=draw(who),
                message=Message(type=draw(st.sampled_from(_WHAT))) if kind == "message_created" else None,
                delivery=draw(st.sampled_from([None, None, None, "twice", "swapped", "late"])),
            )
        )
    return scenario(*events, name=name)


def expecting(drawn: Scenario, where: Workspace, expects: list[str]) -> Scenario:
    """``drawn`` without impossible events, expecting what happens now, as far as ``expects`` says, and every loop."""
    (result,) = run(where, drawn)
    possible = scenario(
        *(each.event for each in sorted(result.events, key=lambda each: each.number) if each.trace), name=drawn.id
    )
    (result,) = run(where, possible)
    events = list(possible.events)
    for each in result.events:
        expected, found = expects[each.number % len(expects)], each.effects
        effects = ExpectedEffects(loops=found.loops, stopped=found.stopped)
        if expected == "effects":
            effects = replaced(
                effects,
                messages=found.messages,
                notes=found.notes,
                assignee=found.assignee or "",
                closed=found.closed,
            )
        fired = each.fired if expected == "flows" else None
        events[each.number - 1] = replaced(each.event, expect=fired, expect_effects=effects)
    return scenario(*events, name=drawn.id)


@given(st.data())
def test_it_finds_what_a_naive_check_finds(data: st.DataObject) -> None:
    flows = data.draw(st.lists(busy_flows(), min_size=1, max_size=4, unique_by=lambda each: each.id))
    settings = SimulationSettings(
        first_message_fires_message_created=data.draw(st.booleans()),
        initial_participants_fire_participant_added=data.draw(st.booleans()),
        max_events_per_cascade=data.draw(st.sampled_from([3, 12])),
    )
    where = workspace(*flows, config=replaced(TWO_NUMBERS, simulation=settings))
    expects = st.lists(st.sampled_from(["flows", "flows", "effects", "nothing"]), min_size=1, max_size=4)
    drawn = [
        expecting(data.draw(conversations(name)), where, data.draw(expects))
        for name in data.draw(st.sampled_from(["a", "abc"]))
    ]
    assert quick(where, drawn) == naive(where, drawn)


@given(strategies.workspaces(strategies.flows(), max_size=4), st.lists(strategies.scenarios(), max_size=3))
def test_it_finds_what_a_naive_check_finds_for_any_scenarios(where: Workspace, drawn: list[Scenario]) -> None:
    assert quick(where, drawn) == naive(where, drawn)


def test_hardly_anything_is_rerun(monkeypatch: pytest.MonkeyPatch) -> None:
    replayed = []

    def counting(each: Scenario, *arguments: Any) -> int | None:
        replayed.append(each.id)
        return first_failure(each, *arguments)

    monkeypatch.setattr(mutation_testing, "first_failure", counting)
    assert quick(SAMPLE, list(SAMPLE.scenarios.values())) == naive(SAMPLE, list(SAMPLE.scenarios.values()))
    conditional = [mutant for each in SAMPLE.flows.values() if each.when for mutant in mutants_of(each, SAMPLE.config)]
    assert len(replayed) <= 10 + 2 * len(conditional), "only conditions look at more than keys"
