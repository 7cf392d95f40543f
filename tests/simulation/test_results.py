"""What was expected against what came: each effect, and each difference as a sentence."""

import pytest
from tests.builders import ANNA, JANE, flow, workspace

from oncue.domain.events import Message
from oncue.domain.scenarios import ExpectedEffects, Scenario, ScenarioEvent
from oncue.domain.steps import AddNote, AssignAgent, CloseConversation, SendMessage
from oncue.matching.matcher import compile_matcher
from oncue.simulation.results import EventResult
from oncue.simulation.runner import run_scenario

WHERE = workspace(
    flow("note", "message_created", AddNote(text="{{participant.type}} wrote"), by="flow"),
    flow("reply", "message_created", SendMessage(text="Hi {{participant.name}}"), AssignAgent(agent="Anna"), of="text"),
    flow("end", "message_created", AddNote(text="done"), CloseConversation(), of="image"),
)
CREATED = ScenarioEvent(event="conversation_created", instance="wa", participant=JANE)


def came(kind: str, **expected: object) -> EventResult:
    """What came of a message of this type of which all this is expected."""
    event = ScenarioEvent(
        event="message_created",
        instance="wa",
        participant=JANE,
        message=Message(type=kind, text="x"),  # type: ignore[arg-type]
        expect_effects=ExpectedEffects(**expected),  # type: ignore[arg-type]
    )
    return run_scenario(Scenario(id="s", name="S", events=(CREATED, event)), WHERE, compile_matcher(WHERE)).events[1]


def test_effects_are_those_of_the_whole_cascade() -> None:
    effects = came("text").effects
    assert effects == (("Hi Jane", "Hi Reply"), ("flow wrote", "flow wrote"), "Anna", False)
    assert came("image").effects == ((), ("done",), None, True)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", {"messages": (), "notes": ("done",), "assignee": "", "closed": True}),
        ("text", {"assignee": "Anna", "closed": False}),
        ("gif", {"messages": (), "notes": (), "assignee": "", "closed": False}),
        ("text", {}),
    ],
)
def test_what_is_as_expected_is_ok(kind: str, expected: dict[str, object]) -> None:
    result = came(kind, **expected)
    assert (result.ok, result.differences) == (True, ())


@pytest.mark.parametrize(
    ("kind", "expected", "difference"),
    [
        ("gif", {"messages": ("a", "b", "c")}, 'expected to send "a", "b" and "c", sent nothing'),
        ("image", {"notes": ()}, 'expected to note nothing, noted "done"'),
        ("image", {"notes": ("done", "done")}, 'expected to note "done" and "done", noted "done"'),
        ("text", {"assignee": ""}, "expected nobody to be responsible, not Anna"),
        ("gif", {"assignee": "Anna"}, "expected Anna to be responsible, not nobody"),
        ("image", {"closed": False}, "expected the conversation to be open, it is closed"),
        ("gif", {"closed": True}, "expected the conversation to be closed, it is open"),
    ],
)
def test_each_difference_is_a_sentence(kind: str, expected: dict[str, object], difference: str) -> None:
    result = came(kind, **expected)
    assert (result.ok, result.differences) == (False, (difference,))


def test_flows_and_refusals_are_differences_too() -> None:
    leave = ScenarioEvent(event="participant_removed", instance="wa", participant=ANNA)
    wrote = ScenarioEvent(
        event="message_created", instance="wa", participant=JANE, message=Message(type="gif"), expect=("note",)
    )
    text = ScenarioEvent(
        event="message_created", instance="wa", participant=JANE, message=Message(type="text"), expect=()
    )
    events = (CREATED, leave, wrote, text)
    results = run_scenario(Scenario(id="s", name="S", events=events), WHERE, compile_matcher(WHERE)).events
    assert [each.differences for each in results] == [
        (),
        ("cannot happen: Agent Anna is not in conversation c-1; there are: Contact Jane",),
        ("note was expected and did not start",),
        ("reply started and was not expected",),
    ]
    assert [each.checked for each in results] == [False, False, True, True]
