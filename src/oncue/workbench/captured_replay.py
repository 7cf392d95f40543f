"""Conversations of a capture, to be played in the simulator or saved as a scenario.

Flows carry out their steps again, so what flows wrote is left out (`oncue.workbench.recorded_scenario`).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import ImpossibleEvent
from oncue.simulation.runner import run_scenario
from oncue.simulation.timeline import Timeline
from oncue.workbench.analysis import Compiled
from oncue.workbench.captured_events import CapturedEvent
from oncue.workbench.recorded_scenario import RecordedScenario, as_expected
from oncue.workbench.simulator import Simulator

NAMELESS = "this event does not say which conversation it is of, so it cannot be played"


def conversation_of(events: Iterable[CapturedEvent], chosen: CapturedEvent) -> list[CapturedEvent]:
    """The events of the conversation of ``chosen``. Raises `ImpossibleEvent` if it does not state one."""
    wanted = chosen.stated.conversation
    if wanted is None or not wanted.strip():
        raise ImpossibleEvent(NAMELESS)
    return [each for each in events if each.stated.conversation == wanted]


def with_starts(events: Collection[CapturedEvent], marked: Collection[int]) -> list[CapturedEvent]:
    """The events with ``marked`` numbers, and the starts of their conversations, without which none can be played."""
    wanted = {each.stated.conversation for each in events if each.number in marked}
    return [
        each
        for each in events
        if each.number in marked
        or (each.stated.event == "conversation_created" and each.stated.conversation in wanted - {None})
    ]


def replayed(events: Iterable[CapturedEvent], upto: int, config: WorkspaceConfig) -> tuple[Timeline, list[str]]:
    """``events`` as a timeline that was played up to the event number ``upto``, and what was left out.

    The events after it are ahead. Raises `ImpossibleEvent` if nothing can be played.
    """
    recorded = RecordedScenario(config, without_flows=True)
    reached = 0
    for each in events:
        recorded.add(each.event)
        if each.number <= upto:
            reached = recorded.size
    timeline = Timeline.of(_scenario(recorded, "recording", "Recording"), "").forward(reached)
    return replace(timeline, scenario=None), list(recorded.left_out())


def opened(timeline: Timeline, simulator: Simulator) -> Simulator:
    """The simulator with ``timeline``. Raises `ImpossibleEvent` if its instance is not installed any more."""
    if timeline.instance not in simulator.edited.workspace.config.by_id:
        raise ImpossibleEvent(f"the instance {timeline.instance} is not installed any more")
    return simulator.opening(timeline)


def as_scenario(
    events: Iterable[CapturedEvent], compiled: Compiled, scenario_id: str, name: str
) -> tuple[Scenario, list[str]]:
    """``events`` as a scenario that expects what comes of them, and what was left out.

    Raises `ImpossibleEvent` if nothing can be played.
    """
    recorded = RecordedScenario(compiled.workspace.config, without_flows=True)
    for each in events:
        recorded.add(each.event)
    scenario = _scenario(recorded, scenario_id, name)
    return as_expected(scenario, run_scenario(scenario, *compiled)), list(recorded.left_out())


def _scenario(recorded: RecordedScenario, scenario_id: str, name: str) -> Scenario:
    if not recorded.size:
        raise ImpossibleEvent("; ".join(recorded.left_out()) or "there is nothing to play")
    return recorded.scenario(scenario_id, name)
