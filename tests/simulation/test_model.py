"""The simulator does what the pages say, as a second one that was written from them alone does."""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import run
from tests.simulation.model import Model, Told
from tests.simulation.model_conversations import Conversation as Talk
from tests.simulation.random_scripts import Table, random_script, random_workspace

from oncue.domain.conversations import Conversation
from oncue.domain.events import Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import STEP_KINDS
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, SimulationSettings, Workspace, WorkspaceConfig
from oncue.simulation.results import EventResult
from oncue.simulation.trace import every_trace


def _value(cls: Any, table: Table, **changes: object) -> Any:
    """A value of oncue with the keys of a table."""
    return cls(**{**table, **changes})


def _flow(table: Table) -> Flow:
    trigger = {key: frozenset(value) if isinstance(value, list) else value for key, value in table["trigger"].items()}
    steps = tuple(_value(STEP_KINDS[step["type"]].cls, step) for step in table["steps"])
    made: Flow = _value(Flow, table, trigger=_value(Trigger, trigger), steps=steps)
    return made


def _workspace(table: Table) -> Workspace:
    config = WorkspaceConfig(
        name="Test",
        instances=tuple(_value(Instance, each) for each in table["instances"]),
        simulation=_value(SimulationSettings, table["simulation"]),
    )
    return Workspace.of(config, [_flow(each) for each in table["flows"]])


def _scenario(script: list[Table], delivery: Any) -> Scenario:
    classes = {"participant": Participant, "message": Message}
    events = tuple(
        _value(ScenarioEvent, each, **{key: _value(cls, each[key]) for key, cls in classes.items() if key in each})
        for each in script
    )
    return Scenario(id="s", name="S", delivery=delivery, events=events)


def _told(result: EventResult) -> Told:
    if result.refusal is not None:
        return Told(result.number, result.conversation, refused=True)
    effects = result.effects
    return Told(
        result.number,
        result.conversation,
        started=set(result.fired),
        messages=list(effects.messages),
        notes=list(effects.notes),
        assignee=effects.assignee,
        closed=effects.closed,
        loops=set(effects.loops),
        stopped=effects.stopped,
        events=sum(1 for trace in result.traces for _ in every_trace(trace)),
    )


_KEPT = ("id", "started", "open", "assignee", "messages", "received", "notes")


def _after(talk: Conversation) -> list[object]:
    people = [(who.type, who.id, who.name) for who in talk.participants]
    # The attributes as text, which tells 1 from true.
    return [*(getattr(talk, each) for each in _KEPT), people, str(dict(talk.attributes))]


def _after_in_the_model(talk: Talk) -> list[object]:
    people = [who.parts for who in talk.people]
    return [*(getattr(talk, each) for each in _KEPT), people, str(talk.attributes)]


@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 2**64))
def test_it_does_what_the_pages_say(seed: int) -> None:
    rng = Random(seed)
    where, (script, delivery) = random_workspace(rng), random_script(rng)
    model = Model(where)
    told = model.play(script, delivery)
    (result,) = run(_workspace(where), _scenario(script, delivery))
    assert [_told(each) for each in result.events] == told
    talks = model.talks.values()
    assert [_after(each) for each in result.conversations] == [_after_in_the_model(each) for each in talks]


def test_the_scripts_are_worth_playing() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        rng = Random(seed)
        model = Model(random_workspace(rng))
        for told in model.play(*random_script(rng)):
            seen.update(name for name, value in vars(told).items() if value)
            seen["cascades"] += told.events > 3
        seen["successors"] += any(talk.id.startswith("ada-2") for talk in model.talks.values())
        seen["attributes"] += any(talk.attributes for talk in model.talks.values())
    assert {name: count for name, count in seen.items() if count < 10} == {}
    assert len(seen) == 14
