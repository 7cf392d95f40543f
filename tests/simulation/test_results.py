"""Expectations against what happened: each effect, and each difference as a sentence."""

import pytest
from tests.builders import ANNA, CREATED, flow, message, removed, run_events, scripted, workspace

from oncue.domain.scenarios import ExpectedEffects
from oncue.domain.steps import AddNote, AssignAgent, CloseConversation, SendMessage
from oncue.domain.vocabulary import MessageType
from oncue.simulation.results import EventResult

WHERE = workspace(
    flow("note", "message_created", AddNote(text="{{participant.type}} wrote"), by="flow"),
    flow("reply", "message_created", SendMessage(text="Hi {{participant.name}}"), AssignAgent(agent="Anna"), of="text"),
    flow("end", "message_created", AddNote(text="done"), CloseConversation(), of="image"),
)
START = scripted(CREATED)


def result_of(kind: MessageType, **expected: object) -> EventResult:
    """The result of a message of this type, with these expected effects."""
    effects = ExpectedEffects(**expected)  # type: ignore[arg-type]
    return run_events(WHERE, START, scripted(message(kind=kind), expect_effects=effects)).events[1]


def test_effects_are_those_of_the_whole_cascade() -> None:
    effects = result_of("text").effects
    assert effects == (("Hi Jane", "Hi Reply"), ("flow wrote", "flow wrote"), "Anna", False)
    assert result_of("image").effects == ((), ("done",), None, True)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", {"messages": (), "notes": ("done",), "assignee": "", "closed": True}),
        ("text", {"assignee": "Anna", "closed": False}),
        ("gif", {"messages": (), "notes": (), "assignee": "", "closed": False}),
        ("text", {}),
    ],
)
def test_what_is_as_expected_is_ok(kind: MessageType, expected: dict[str, object]) -> None:
    result = result_of(kind, **expected)
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
def test_each_difference_is_a_sentence(kind: MessageType, expected: dict[str, object], difference: str) -> None:
    result = result_of(kind, **expected)
    assert (result.ok, result.differences) == (False, (difference,))


def test_flows_and_refusals_are_differences_too() -> None:
    gif = scripted(message(kind="gif"), expect=("note",))
    text = scripted(message(), expect=())
    results = run_events(WHERE, START, scripted(removed(ANNA)), gif, text).events
    assert [each.differences for each in results] == [
        (),
        ("cannot happen: Agent Anna is not in conversation c-1; there are: Contact Jane",),
        ("note was expected and did not start",),
        ("reply started and was not expected",),
    ]
    assert [each.checked for each in results] == [False, False, True, True]
