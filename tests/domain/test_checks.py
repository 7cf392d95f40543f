"""A flow that is well-formed and still wrong says so, with the nearest name."""

import pytest
from hypothesis import given
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.checks import MATCHES_NOTHING, check_flow, check_scenario
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    NotifyParticipants,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced

FLOW = Flow(
    id="a",
    name="A",
    trigger=Trigger(event="message_created", channel="whatsapp", instance="wa-1"),
    steps=(SendMessage(text="Hello {{ participant.name }}"),),
)


def problems_of(flow: Flow) -> list[str]:
    return [f"{problem.key}: {problem.message}" for problem in check_flow(flow, CONFIG)]


def test_nothing_is_wrong() -> None:
    assert problems_of(FLOW) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"channel": "whatsap", "instance": None},
            "trigger.channel: no instance of 'whatsap' is installed; did you mean 'whatsapp'?",
        ),
        ({"instance": "wa-11"}, "trigger.instance: no instance 'wa-11'; expected one of: wa-1, wa-2"),
        ({"instance": "mail"}, "trigger.instance: 'mail' is on 'email', not on 'whatsapp'"),
        ({"participant_types": frozenset()}, f"trigger.participant_types: {MATCHES_NOTHING}"),
        ({"message_types": frozenset()}, f"trigger.message_types: {MATCHES_NOTHING}"),
    ],
)
def test_triggers(changes: dict[str, object], problem: str) -> None:
    assert problems_of(replaced(FLOW, trigger=replaced(FLOW.trigger, **changes))) == [problem]


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (SendMessage(text=""), "steps[1].text: text is empty"),
        (
            AddNote(text="{{participant.nam}}"),
            "steps[1].text: no placeholder {{participant.nam}}; did you mean 'participant.name'?",
        ),
        (AssignAgent(agent=""), "steps[1].agent: agent is empty"),
        (
            AssignAgent(agent="{{agent}}"),
            "steps[1].agent: no placeholder {{agent}}; did you mean 'conversation.assignee'?",
        ),
        (AddParticipant(participant_type="bot", name=""), "steps[1].name: name is empty"),
        (RemoveParticipant(participant_type="bot", name=""), "steps[1].name: name is empty"),
        (UpdateContact(attributes={}), "steps[1].attributes: no attribute is set"),
        (
            UpdateContact(attributes={"by": "{{flow.nme}}", "n": 1}),
            "steps[1].attributes.by: no placeholder {{flow.nme}}; did you mean 'flow.name'?",
        ),
        (
            NotifyParticipants(text="x", participant_types=frozenset()),
            "steps[1].participant_types: an empty list names nobody; leave it out to mean everybody",
        ),
    ],
)
def test_steps(step: Step, problem: str) -> None:
    assert problems_of(replaced(FLOW, steps=(step,))) == [problem]


@given(strategies.flows())
def test_a_problem_names_the_file_and_a_key_in_it(flow: Flow) -> None:
    for problem in check_flow(flow, CONFIG):
        assert problem.file == f"flows/{flow.id}.toml"
        assert problem.path[0] in ("trigger", "steps")
        assert str(problem) == f"{problem.file}: {problem.key}: {problem.message}"


def test_scenarios() -> None:
    event = ScenarioEvent(event="message_created", instance="wa-9", expect=("a", "aa"))
    scenario = Scenario(id="s", name="S", events=(event,))
    assert [str(problem) for problem in check_scenario(scenario, CONFIG, {"a"})] == [
        "scenarios/s.toml: events[1].instance: no instance 'wa-9'; expected one of: wa-1, wa-2, mail, dock",
        "scenarios/s.toml: events[1].expect: no flow 'aa'; did you mean 'a'?",
    ]
