"""Flows that wait: when they go on, in which order, in what conversation, and that it ends."""

from tests.builders import ANNA, CREATED, as_text, flow, message, rows, run, run_events, scenario, scripted, workspace

from oncue.domain.scenarios import ExpectedEffects, ScenarioEvent
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AssignAgent,
    CloseConversation,
    SendMessage,
    Step,
    UpdateContact,
    Wait,
)
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation.cascade import LAST_STEP
from oncue.simulation.results import ScenarioResult, in_turn
from oncue.simulation.runner import iter_results
from oncue.simulation.simulation import Simulation
from oncue.simulation.trace import Limit, Loop, every_trace

START = scripted(CREATED)


def later(flow_id: str, *steps: Step, wait: str = "10m") -> Workspace:
    return workspace(flow(flow_id, "conversation_created", Wait(for_=wait), *steps))


def played(where: Workspace, *events: ScenarioEvent) -> str:
    result = run_events(where, *events)
    lines = []
    for each, trace in in_turn(result.events):
        at = each.at if trace is None else trace.at
        lines += [f"{at:%d %H:%M} {as_text((trace,) if trace else each.deliveries, where)}"]
    return "".join(lines)


def test_what_comes_first_is_dealt_with_first_and_at_the_same_time_flows_go_on_in_order() -> None:
    where = workspace(
        flow(
            "a", "conversation_created", Wait(for_="10m"), AddNote(text="a"), Wait(for_="0s"), AddNote(text="a again")
        ),
        flow("b", "conversation_created", Wait(for_="10m"), AddNote(text="b")),
        flow("c", "conversation_created", Wait(for_="5m"), AddNote(text="c"), Wait(for_="1d"), AddNote(text="c again")),
    )
    assert played(where, START, scripted(message(), after="10m")) == rows(
        """
        05 10:00 ● Contact Jane started a conversation on WhatsApp · Support
          ▶ a (A)
            · waits 10 minutes
          ▶ b (B)
            · waits 10 minutes
          ▶ c (C)
            · waits 5 minutes
        05 10:05 ◷ c (C) continues
          · noted "c"
          · waits 1 day
        05 10:10 ◷ a (A) continues
          · noted "a"
          · waits 0 seconds
        05 10:10 ◷ b (B) continues
          · noted "b"
        05 10:10 ◷ a (A) continues
          · noted "a again"
        05 10:10 ● Contact Jane wrote: "hi"
        06 10:05 ◷ c (C) continues
          · noted "c again"
        """
    )


def test_what_a_flow_does_later_belongs_to_the_event_that_started_it() -> None:
    where = later("a", SendMessage(text="{{participant.name}}?"), AssignAgent(agent="Anna"))
    effects = ExpectedEffects(messages=("Jane?",), assignee="Anna", labels=())
    start, written = scripted(CREATED, expect=["a"], expect_effects=effects), scripted(message(ANNA), expect=[])
    result = run(where, scenario(start, written))[0]
    assert result.ok
    assert [(each.fired, each.effects.messages, each.waits) for each in result.events] == [
        (("a",), ("Jane?",), 0),
        ((), (), 0),
    ]
    traces = list(every_trace(result.traces[-1]))
    assert [each.event.at for each in traces[1:]] == [traces[0].at] * (len(traces) - 1)
    assert [cause.flow_id for cause in traces[1].chain] == ["a"]


def test_each_result_is_given_once_it_is_complete() -> None:
    where = later("a", AddNote(text="x"))
    found = iter_results(scenario(START, scripted(message())), where, compile_matcher(where))
    assert [(each.number, each.waits, each.effects.notes) for each in found] == [(2, 0, ()), (1, 0, ("x",))]


def test_a_flow_goes_on_in_a_closed_conversation_and_says_what_it_cannot_do() -> None:
    where = workspace(
        flow("a", "conversation_created", Wait(for_="10m"), SendMessage(text="x"), AddNote(text="y")),
        flow("close", "message_created", CloseConversation(), by="agent"),
    )
    assert played(where, START, scripted(message(ANNA))).endswith(
        rows(
            """
            05 10:10 ◷ a (A) continues
              ○ not sent: the conversation is closed
              · noted "y"
            """
        )
    )


def test_a_flow_goes_on_in_its_own_conversation_and_not_in_the_one_that_followed() -> None:
    where = workspace(
        flow("a", "conversation_created", Wait(for_="10m"), AddLabel(label="old")),
        flow("close", "message_created", CloseConversation(), by="agent"),
        message_in_closed_conversation="new_conversation",
    )
    result = run_events(where, START, scripted(message(ANNA)), scripted(message()))
    assert [(each.id, each.labels, each.open) for each in result.conversations] == [
        ("c-1", ("old",), False),
        ("c-2", ("old",), True),
    ]
    assert [each.conversation for each in result.events] == ["c-1", "c-1", "c-2"]


def test_a_wait_with_nothing_below_it_is_no_wait() -> None:
    assert LAST_STEP in played(workspace(flow("a", "conversation_created", Wait(for_="1h"))), START)


def loops(result: ScenarioResult) -> list[tuple[str, ...]]:
    return [stop.ring for each in result.events for stop in each.stops if isinstance(stop, Loop)]


def test_a_loop_through_waits_is_cut() -> None:
    where = workspace(
        flow("a", "message_created", Wait(for_="10m"), SendMessage(text="x", message_type="image"), of="text"),
        flow("b", "message_created", Wait(for_="10m"), SendMessage(text="y"), of="image"),
        flow("start", "conversation_created", SendMessage(text="go")),
    )
    assert loops(run_events(where, START)) == [("a", "b", "a")]


def test_a_chain_through_waits_in_which_something_changes_ends_at_the_limit() -> None:
    grows = flow(
        "grows",
        "message_created",
        UpdateContact(attributes={"n": "{{message.text}}"}),
        Wait(for_="366d"),
        SendMessage(text="{{message.text}}x"),
    )
    beside = flow(
        "beside", "message_created", Wait(for_="365d"), AddNote(text="x"), Wait(for_="366d"), AddNote(text="y")
    )
    where = workspace(grows, beside, max_events_per_cascade=20)
    result = run_events(where, START, scripted(message()))
    assert result.events[1].effects.stopped
    assert [stop for stop in result.events[1].stops if isinstance(stop, Limit)]
    assert sum(not each.resumed for trace in result.events[1].traces for each in every_trace(trace)) == 21
    assert "stopped after 20 events" in as_text(result.traces[-1:], where), "a flow that waits does not go on"
    assert "1 step not taken" in as_text(result.traces[-1:], where)


def test_a_wait_beyond_the_calendar_is_said() -> None:
    where = workspace(
        flow(
            "a",
            "message_created",
            UpdateContact(attributes={"n": "{{message.text}}"}),
            Wait(for_="366d"),
            SendMessage(text="{{message.text}}x"),
        ),
        max_events_per_cascade=10_000,
    )
    result = run_events(where, scripted(CREATED), scripted(message(), at="9990-01-01T00:00:00Z"))
    assert "does not wait: the calendar ends with the year 9999" in as_text(result.traces, where)


def test_what_is_delivered_late_waits_from_then_on_and_goes_on_last() -> None:
    where = workspace(flow("a", "message_created", Wait(for_="1m"), AddNote(text="{{message.text}}")))
    text = played(
        where, START, scripted(message(text="late"), delivery="late"), scripted(message(text="b"), after="1h")
    )
    assert [line[:8] for line in text.splitlines() if line[:2] == "05"] == [
        "05 10:00",
        "05 11:01",
        "05 10:01",
        "05 11:02",
        "05 11:02",
    ]


def test_both_deliveries_of_an_event_wait() -> None:
    result = run_events(later("a", AddNote(text="x")), scripted(CREATED, delivery="twice"))
    assert (result.events[0].effects.notes, len(result.events[0].later)) == (("x", "x"), 2)


def test_a_copy_has_its_own_time() -> None:
    where = later("a", AddNote(text="x"))
    simulation = Simulation(where, compile_matcher(where))
    simulation.send(START)
    other = simulation.copy()
    assert [each.effects.notes for each in other.pass_time()] == [("x",)]
    assert (other.waiting_flows, simulation.waiting_flows[0][0] == other.now) == ((), True)
    assert [each.effects.notes for each in simulation.finish()] == [("x",)]
    assert other.pass_time() == []
