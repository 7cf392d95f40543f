"""Flows with conditions in the simulator, where the whole conversation is known."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.builders import (
    ANNA,
    CREATED,
    ROBIN,
    WA,
    added,
    flow,
    ids,
    message,
    play,
    run,
    scenario,
    scripted,
    stops_in,
    workspace,
)

from oncue.domain.conditions import When
from oncue.domain.events import Event, Participant
from oncue.domain.flows import Flow
from oncue.domain.hours import Hours
from oncue.domain.steps import (
    AddNote,
    AddParticipant,
    AssignAgent,
    CloseConversation,
    RemoveParticipant,
    SendMessage,
    Step,
    UpdateContact,
)
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.explain import explain
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutants import distinguishing_event, mutants_of
from oncue.simulation.mutation_testing import MutantResult, check_mutants
from oncue.simulation.runner import run_scenario
from oncue.simulation.trace import every_trace

NOTE = AddNote(text="n")


def asking(flow_id: str, *steps: Step, by: Any = None, event: Any = "message_created", **lines: Any) -> Flow:
    return replaced(flow(flow_id, event, *steps, by=by), when=When(**lines))


def started(where: Workspace, *events: Event) -> list[tuple[str, ...]]:
    return ids(play(where, CREATED, *events))[1:]


HI, BYE = message(text="hi"), message(text="bye")


@pytest.mark.parametrize(
    ("lines", "events", "expected"),
    [
        ({"text_any": ["hi"]}, [HI, BYE], [("a",), ()]),
        ({"text_any": ["hi"]}, [message(text=None)], [()]),
        ({"participants": ["Jane"]}, [HI, message(ROBIN)], [("a",), ()]),
        ({"first_message": True}, [message(ROBIN), HI, BYE], [(), ("a",), ()]),
        ({"present": ["agent"]}, [HI, added(ANNA), HI], [(), (), ("a",)]),
        ({"absent": ["agent"]}, [HI, added(ANNA), HI], [("a",), (), ()]),
        ({"started_by": ["contact"]}, [HI], [("a",)]),
        ({"started_by": ["agent"]}, [HI], [()]),
        ({"once_per": "conversation"}, [HI, HI], [("a",), ()]),
        ({"once_per": "contact"}, [HI, message(Participant(type="contact", name="Tom")), HI], [("a",), ("a",), ()]),
        ({"once_per": "day"}, [HI, HI], [("a",), ()]),
        ({"labels": ["vip"]}, [HI], [()]),
        ({"without_labels": ["vip"]}, [HI], [("a",)]),
    ],
)
def test_the_conversation_decides(lines: dict[str, Any], events: list[Event], expected: list[tuple[str, ...]]) -> None:
    assert started(workspace(asking("a", NOTE, **lines)), *events) == expected


def test_steps_change_what_conditions_see() -> None:
    where = workspace(
        asking("ask", AssignAgent(agent="Anna"), by="contact", responsible="nobody"),
        asking("pro", NOTE, by="contact", attributes={"plan": "pro"}),
        asking("told", UpdateContact(attributes={"plan": "pro"}), by="contact", responsible="Anna"),
    )
    # All are decided before the first one runs.
    assert started(where, HI, HI, HI) == [("ask",), ("told",), ("pro", "told")]


def test_a_conversation_that_was_closed_before() -> None:
    where = workspace(
        asking("again", NOTE, by="contact", reopened=True),
        asking("close", CloseConversation(), by="contact", reopened=False),
    )
    assert started(where, HI, HI, HI) == [("close",), ("again",), ("again",)]


def test_a_limit_ends_what_would_be_a_loop() -> None:
    answer = SendMessage(text="x")
    assert stops_in(play(workspace(flow("a", "message_created", answer)), CREATED, HI)[1])
    for limit in ({"once_per": "conversation"}, {"cooldown": "1s"}):
        where = workspace(asking("a", answer, **limit))
        trace = play(where, CREATED, HI)[1]
        (caused,) = trace.runs[0].steps[0].caused
        assert (trace.started, caused.matched, caused.loops) == (("a",), (), ())


def test_a_chain_in_which_a_limited_flow_runs_is_no_loop() -> None:
    leave = flow("a", "participant_added", RemoveParticipant(participant_type="agent"), by="agent")
    back = AddParticipant(participant_type="agent", name="Anna")
    where = workspace(leave, asking("b", back, event="participant_removed", once_per="conversation"))
    trace = play(where, CREATED, added(ANNA))[1]
    assert [each.started for each in every_trace(trace)] == [("a",), ("b",), ("a",), ()]
    assert stops_in(trace) == ()
    assert stops_in(play(workspace(leave, flow("b", "participant_removed", back)), CREATED, added(ANNA))[1])


def test_a_contact_is_the_same_in_all_conversations() -> None:
    where = workspace(asking("a", NOTE, once_per="contact"), message_in_closed_conversation="new_conversation")
    jane, tom = (Participant(type="contact", name=name) for name in ("Jane", "Tom"))
    events = [
        scripted(Event(event="conversation_created", participant=jane), conversation="one"),
        scripted(message(jane), conversation="one", expect=("a",)),
        scripted(Event(event="conversation_created", participant=jane), conversation="two"),
        scripted(message(jane), conversation="two", expect=()),
        scripted(Event(event="conversation_created", participant=tom), conversation="three"),
        scripted(message(tom), conversation="three", expect=("a",)),
    ]
    assert run(where, scenario(*events))[0].ok


def test_a_second_delivery_is_caught_by_a_limit() -> None:
    where = workspace(flow("a", "message_created", NOTE), asking("b", NOTE, once_per="conversation"))
    (_, result) = run(where, scenario(scripted(CREATED), scripted(HI, delivery="twice")))[0].events
    assert [trace.started for trace in result.traces] == [("a", "b"), ("a",)]


def test_hours_are_those_of_the_event() -> None:
    office = Hours(id="office", timezone="Europe/Amsterdam", from_="09:00", to="17:00")
    config = WorkspaceConfig(name="x", instances=(WA,), hours=(office,))
    where = workspace(asking("a", NOTE, outside_hours=["office"]), asking("b", during_hours=["office"]), config=config)
    script, matcher = scenario(scripted(CREATED), scripted(HI)), compile_matcher(where)
    for minute, expected in ((58, "a"), (59, "b")):
        start = datetime(2026, 7, 6, 6, minute, tzinfo=UTC)
        assert run_scenario(script, where, matcher, start).events[1].fired == (expected,)


def test_a_trace_explains_a_flow_that_missed_by_a_condition() -> None:
    where = workspace(asking("a", NOTE, first_message=True, responsible="nobody"))
    trace = play(where, CREATED, HI, BYE)[2]
    explanation = explain(where.flows["a"], trace.event, where.config, trace.known)
    assert explanation.failed == ("first_message",)
    assert explanation.clauses[-2:] == (
        ("responsible", ("nobody",), "nobody", True),
        ("first_message", ("true",), "false", False),
    )
    # As it was when it was decided, and not as flows left it.
    where = workspace(asking("a", AssignAgent(agent="Anna"), responsible="nobody"))
    trace = play(where, CREATED, HI)[1]
    assert explain(where.flows["a"], trace.event, where.config, trace.known).matched


def results(where: Workspace, *events: Any) -> dict[str, MutantResult]:
    found = run(where, scenario(*events))
    return {each.mutant.words: each for each in check_mutants(where, compile_matcher(where), found)}


def test_every_line_is_dropped_as_a_mutant() -> None:
    asked = asking("a", NOTE, text_any=["hi"], responsible="nobody", once_per="day")
    dropped = [each for each in mutants_of(asked, workspace().config) if each.drops_condition]
    assert [(each.clause, each.words) for each in dropped] == [
        ("text_any", "without “the text has “hi””"),
        ("responsible", "without “nobody is responsible”"),
        ("once_per", "without “once per day”"),
    ]
    assert [each.mutated.when and each.mutated.when.lines for each in dropped] == [
        ("responsible", "once_per"),
        ("text_any", "once_per"),
        ("text_any", "responsible"),
    ]
    assert all(distinguishing_event(each, workspace().config) for each in dropped)


def test_a_scenario_in_which_a_line_does_not_hold_kills_its_mutant() -> None:
    where = workspace(asking("a", NOTE, text_any=["hi"], once_per="conversation"))
    other = message(Participant(type="contact", id="p-1", name="Jane"), text="bye")
    found = results(where, scripted(CREATED), scripted(other, expect=()), scripted(HI, expect=("a",)))
    assert found["without “the text has “hi””"].reason == "killed by s, event 2"
    assert found["switched off"].reason == "killed by s, event 3"
    survivor = found["without “once per conversation”"]
    assert survivor.killed is None
    assert survivor.advice(where.config) == (
        "a contact sends a text message on WhatsApp · Support, where “once per conversation” does not hold; expect no a"
    )
    found = results(where, scripted(CREATED), scripted(HI, expect=("a",)), scripted(HI, expect=()))
    assert found["without “once per conversation”"].reason == "killed by s, event 3"


def test_a_mutant_of_the_trigger_is_killed_by_what_happens_and_not_by_its_key() -> None:
    where = workspace(asking("a", NOTE, by="contact", text_any=["hi"]))
    bot = Participant(type="bot", name="Robin")
    found = results(where, scripted(CREATED), scripted(message(bot, text="bye"), expect=()))
    assert found["anybody instead of a contact"].killed is None  # the text keeps it off, too
    found = results(where, scripted(CREATED), scripted(message(bot, text="hi"), expect=()))
    assert found["anybody instead of a contact"].killed is not None
