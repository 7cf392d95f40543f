"""Expectations against what happened: each effect, and each difference as a sentence."""

import pytest
from tests.builders import ANNA, CREATED, JANE, flow, message, removed, run_events, scripted, workspace

from oncue.domain.fitting import ContradictionError
from oncue.domain.scenarios import ExpectedEffects, ScenarioEvent
from oncue.domain.steps import AddLabel, AddNote, AssignAgent, CloseConversation, SendMessage
from oncue.domain.vocabulary import MessageType
from oncue.domain.workspace import Workspace
from oncue.simulation.results import EventResult

WHERE = workspace(
    flow("note", "message_created", AddNote(text="{{participant.type}} wrote"), by="flow"),
    flow("reply", "message_created", SendMessage(text="Hi {{participant.name}}"), AssignAgent(agent="Anna"), of="text"),
    flow(
        "end",
        "message_created",
        AddNote(text="done"),
        AddLabel(label="done"),
        AddLabel(label="bug"),
        CloseConversation(),
        of="image",
    ),
)
START = scripted(CREATED)
STOPPED = ExpectedEffects(stopped=True)


QUOTES = ("reply",)  # it answers its own text


def result_of(kind: MessageType, **expected: object) -> EventResult:
    """The result of a message of this type, with these expected effects."""
    effects = ExpectedEffects(loops=QUOTES if kind == "text" else None, **expected)  # type: ignore[arg-type]
    return run_events(WHERE, START, scripted(message(kind=kind), expect_effects=effects)).events[1]


def test_effects_are_those_of_the_whole_cascade() -> None:
    effects = result_of("text").effects
    assert effects == (("Hi Jane", "Hi Reply"), ("flow wrote", "flow wrote"), "Anna", (), False, QUOTES, False)
    assert result_of("image").effects == ((), ("done",), None, ("done", "bug"), True, (), False)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", {"messages": (), "notes": ("done",), "assignee": "", "closed": True}),
        ("text", {"assignee": "Anna", "closed": False}),
        ("gif", {"messages": (), "notes": (), "assignee": "", "closed": False}),
        ("image", {"labels": ("done", "bug", "done")}),
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
        ("text", {"labels": ("vip",)}, "expected the labels vip, not none"),
        ("image", {"labels": ()}, "expected the labels none, not bug and done"),
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
        ("reply started and was not expected", "loop stopped: reply → reply; it was not expected"),
    ]
    assert [each.checked for each in results] == [False, False, True, True]


def differences(event: ScenarioEvent, where: Workspace = WHERE) -> tuple[str, ...]:
    return run_events(where, START, event).events[1].differences


def test_a_loop_fails_what_does_not_expect_it() -> None:
    unexpected = ("loop stopped: reply → reply; it was not expected",)
    assert differences(scripted(message())) == unexpected, "although nothing at all is expected"
    assert differences(scripted(message(), expect_effects=ExpectedEffects(loops=()))) == unexpected
    assert differences(scripted(message(), expect_effects=ExpectedEffects(loops=("reply", "reply")))) == ()
    assert differences(scripted(message(kind="gif"), expect_effects=ExpectedEffects(loops=("reply",)))) == (
        "expected a loop of reply, there is none",
    )


def test_a_stopped_cascade_fails_what_does_not_expect_it() -> None:
    where = workspace(
        flow("a", "message_created", SendMessage(text="1"), SendMessage(text="2"), by="contact"),
        flow("z", "message_created", AssignAgent(agent="Anna"), by="contact"),
        max_events_per_cascade=2,
    )
    (left_out,) = differences(scripted(message(), expect=("a", "z"), expect_effects=STOPPED), where)
    assert left_out == "z was expected and did not start", "it was left out, so it did not start"
    assert differences(scripted(message(), expect=("a",), expect_effects=STOPPED), where) == ()
    assert differences(scripted(message(), expect=("a",)), where) == (
        "stopped after 2 events: simulation.max_events_per_cascade = 2; it was not expected",
    )
    assert differences(scripted(message(kind="gif"), expect_effects=STOPPED)) == (
        "expected the cascade to be stopped at its limit, it ended by itself",
    )


def test_an_event_that_has_to_be_refused_can_be_expected() -> None:
    result = run_events(WHERE, START, scripted(removed(ANNA), expect_refusal=True))
    assert (result.ok, result.checked, result.problems) == (True, True, ())
    (refused,) = result.events[1:]
    assert (refused.ok, refused.checked, refused.refusal is None) == (True, True, False)
    assert differences(scripted(removed(JANE), expect_refusal=True)) == ("expected to be refused, and it happened",)


def test_nothing_is_expected_of_what_comes_of_a_refused_event() -> None:
    for more in ({"expect": ("note",)}, {"expect_effects": ExpectedEffects(notes=())}):
        with pytest.raises(ContradictionError, match="nothing comes of an event that is refused"):
            scripted(removed(ANNA), expect_refusal=True, **more)


def test_texts_are_in_the_order_in_which_they_were_sent() -> None:
    where = workspace(
        flow("a", "message_created", SendMessage(text="one"), SendMessage(text="two"), AddNote(text="end"), by="agent"),
        flow(
            "b", "message_created", SendMessage(text="re {{message.text}}", message_type="image"), of="text", by="flow"
        ),
        flow("c", "participant_added", AddNote(text="joined")),
    )
    effects = run_events(where, START, scripted(message(ANNA))).events[1].effects
    assert effects.messages == ("one", "re one", "two", "re two")
    assert effects.notes == ("joined", "end")


def test_expecting_no_effects_in_particular_checks_nothing() -> None:
    assert [event.checked for event in (scripted(message(), expect_effects=ExpectedEffects()), START)] == [False, False]
    assert scripted(message(), expect_effects=ExpectedEffects(loops=())).checked


def test_what_only_the_second_delivery_starts_has_started() -> None:
    where = workspace(
        flow("a", "conversation_created", AssignAgent(agent="Anna"), SendMessage(text="x")),
        flow("b", "conversation_created", AddNote(text="n")),
        max_events_per_cascade=2,
    )
    result = run_events(where, scripted(CREATED, delivery="twice", expect=("a", "b"), expect_effects=STOPPED)).events[0]
    assert [trace.started for trace in result.traces] == [("a",), ("a", "b")]
    assert (result.fired, result.differences) == (("a", "b"), ())
