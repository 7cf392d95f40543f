"""A flow that is well-formed and still wrong says so, with the nearest name."""

import pytest
from hypothesis import given
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.checks import MATCHES_NOTHING, check_flow, check_scenario
from oncue.domain.flows import Flow
from oncue.domain.problems import Code
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
    Wait,
)
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, EventKind

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
            "steps[1].text: {{participant.nam}} is sent as it is: no such placeholder; "
            "did you mean 'participant.name'?",
        ),
        (AssignAgent(agent=""), "steps[1].agent: agent is empty"),
        (Wait(for_=" "), "steps[1].for: for is empty"),
        (
            Wait(for_="{{flow.id}}"),
            "steps[1].for: found '{{flow.id}}', expected "
            'a duration such as "30s", "10m", "24h" or "7d", of at most 366 days',
        ),
        (
            AssignAgent(agent="{{agent}}"),
            "steps[1].agent: {{agent}} is sent as it is: no such placeholder; did you mean 'conversation.assignee'?",
        ),
        (AddParticipant(participant_type="bot", name=""), "steps[1].name: name is empty"),
        (RemoveParticipant(participant_type="bot", name=""), "steps[1].name: name is empty"),
        (UpdateContact(attributes={}), "steps[1].attributes: no attribute is set"),
        (
            UpdateContact(attributes={"by": "{{flow.nme}}", "n": 1}),
            "steps[1].attributes.by: {{flow.nme}} is sent as it is: no such placeholder; did you mean 'flow.name'?",
        ),
        (
            NotifyParticipants(text="x", participant_types=frozenset()),
            "steps[1].participant_types: an empty list names nobody; leave it out to mean everybody",
        ),
    ],
)
def test_steps(step: Step, problem: str) -> None:
    assert problems_of(replaced(FLOW, steps=(step,))) == [problem]


def test_a_blank_text_is_an_empty_one() -> None:
    assert problems_of(replaced(FLOW, steps=(SendMessage(text=" \n"),))) == ["steps[1].text: text is empty"]


@pytest.mark.parametrize("event", EVENT_KINDS)
def test_a_message_is_never_filled_in_where_no_message_starts_the_flow(event: EventKind) -> None:
    step = SendMessage(text="You wrote: {{ message.text }}, {{message.type}} {{message.text}}")
    flow = replaced(FLOW, trigger=Trigger(event=event, channel="whatsapp"), steps=(step,))
    expected = [
        f"steps[1].text: {{{{message.{name}}}}} is never filled: {event} has no message" for name in ("text", "type")
    ]
    assert problems_of(flow) == ([] if event == "message_created" else expected)


def test_what_only_looks_like_a_placeholder_of_another_system_is_a_warning() -> None:
    flow = replaced(FLOW, steps=(SendMessage(text="Hi {participant.name}, {{participant.name}"),))
    assert [(each.severity, each.code) for each in check_flow(flow, CONFIG)] == [
        ("warning", Code.UNKNOWN_PLACEHOLDER),
        ("error", Code.UNKNOWN_PLACEHOLDER),
    ]


@given(strategies.flows())
def test_a_problem_names_the_file_and_a_key_in_it(flow: Flow) -> None:
    for problem in check_flow(flow, CONFIG):
        assert problem.file == f"flows/{flow.id}.toml"
        assert problem.path[0] in ("trigger", "when", "steps")
        assert str(problem) == f"{problem.file}: {problem.key}: {problem.message}"


def test_scenarios() -> None:
    event = ScenarioEvent(event="message_created", instance="wa-9", expect=("a", "aa"))
    scenario = Scenario(id="s", name="S", events=(event,))
    assert [str(problem) for problem in check_scenario(scenario, CONFIG, {"a"})] == [
        "scenarios/s.toml: events[1].instance: no instance 'wa-9'; expected one of: wa-1, wa-2, mail, dock",
        "scenarios/s.toml: events[1].expect: no flow 'aa'; did you mean 'a'?",
    ]
