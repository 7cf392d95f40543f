"""Conversations in the simulator: side by side, forward and back, against the flows as they are and as they were."""

import pytest
from tests import strategies
from tests.builders import as_text

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import SendMessage
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.errors import ImpossibleEvent
from oncue.matching.matcher import compile_matcher
from oncue.simulation.timeline import KEPT, Replay, Timeline
from oncue.workbench.analysis import Compiled
from oncue.workbench.simulator import Simulator, home_of


def compiled(workspace: Workspace) -> Compiled:
    return Compiled(workspace, compile_matcher(workspace))


def simulator(
    config: WorkspaceConfig = strategies.CONFIG, saved: Compiled | None = None, flows: Workspace | None = None
) -> Simulator:
    """On the first instance, of a workspace without flows unless some are given."""
    return Simulator.start(compiled(flows or Workspace(config, {})), saved, home_of(None, config))


def seen(replayed: Replay, workspace: Workspace) -> object:
    """What can be seen of a replay."""
    told = [(each.number, each.refusal, as_text(each.traces, workspace)) for each in replayed.results]
    return told, replayed.conversation


def test_several_conversations_are_kept_side_by_side() -> None:
    here = simulator()
    created = Event(event="conversation_created")
    here = here.with_timeline(Timeline("mail")).opening(Timeline("wa-1"))
    assert [timeline.instance for timeline in here.timelines] == ["wa-1"], "one in which nothing happened makes room"
    here = here.sent(created).opening(Timeline("mail")).sent(created).sent()
    assert [(timeline.instance, len(timeline.events)) for timeline in here.timelines] == [("wa-1", 1), ("mail", 2)]
    assert here.at == 1
    back = here.turning(here.at + 1)
    assert (back.at, len(back.results)) == (0, 1)
    left = back.closing()
    assert [timeline.instance for timeline in left.timelines] == ["mail"]
    assert len(left.results) == 2
    empty = left.closing()
    assert [len(timeline.events) for timeline in empty.timelines] == [0], "there is always one to go on in"


def test_an_event_that_cannot_happen_changes_nothing_and_says_why() -> None:
    here = simulator()
    with pytest.raises(ImpossibleEvent, match="has not started"):
        here.sent(Event(event="participant_added"))
    nowhere = simulator(WorkspaceConfig(name="T"))
    with pytest.raises(ImpossibleEvent, match="no channel instance is installed"):
        nowhere.sent()


def test_stepping_is_the_same_as_playing_all() -> None:
    workspace = Workspace(strategies.CONFIG, {})
    here = simulator().with_timeline(Timeline("wa-1"))
    for _ in range(6):
        here = here.sent()
    assert here.timeline is not None
    again = here.with_timeline(here.timeline.back().back().back())
    for _ in range(9):
        again = again.stepping()
    assert again.timeline == here.timeline
    assert again.replay is not None
    assert here.replay is not None
    assert seen(again.replay, workspace) == seen(here.replay, workspace)


def test_stepping_back_is_the_same_as_playing_less() -> None:
    """Near the end the replays are kept, further back everything is played again; with unsaved edits both are."""
    trigger = Trigger(event="message_created", channel="whatsapp", participant_types=frozenset({"contact"}))
    flow = Flow(id="answer", name="Answer", trigger=trigger, steps=(SendMessage(text="Hi"),))
    saved = Workspace(strategies.CONFIG, {flow.id: flow})
    workspace = edits.toggle_enabled(saved, flow.id)
    here = simulator(saved=compiled(saved), flows=workspace)
    for _ in range(KEPT + 5):
        here = here.sent()
    for _ in range(KEPT + 3):
        here = here.stepping_back()
        assert here.timeline is not None
        restart = here.with_timeline(here.timeline)
        for one, other, against in ((here.replay, restart.replay, workspace), (here.before, restart.before, saved)):
            assert one is not None
            assert other is not None
            assert seen(one, against) == seen(other, against)
    assert len(here.results) == 2


def test_other_flows_are_played_against_and_the_same_ones_play_nothing_again() -> None:
    workspace = Workspace(strategies.CONFIG, {})
    here = simulator().sent()
    assert here.against(here.edited, here.saved, here.home) is here
    moved = here.against(here.edited, here.saved, "mail")
    assert moved.replay is here.replay, "only its home is another one"
    assert moved.closing().timelines[0].instance == "mail"
    other = here.against(compiled(workspace), compiled(workspace), here.home)
    assert other.timelines == here.timelines
    assert other.replay is not here.replay
    assert other.before is not None


def test_it_goes_home_only_while_nothing_happened_in_it() -> None:
    here = simulator().against(compiled(Workspace(strategies.CONFIG, {})), None, "mail")
    assert [timeline.instance for timeline in here.at_home().timelines] == ["mail"]
    assert here.sent().at_home().timelines[0].instance == "wa-1"
    nowhere = simulator(WorkspaceConfig(name="T"))
    assert nowhere.at_home() is nowhere


def test_a_new_conversation_starts_where_the_flow_listens() -> None:
    def home(channel: str, instance: str | None = None) -> str | None:
        trigger = Trigger(event="message_created", channel=channel, instance=instance)
        return home_of(Flow(id="a", name="A", trigger=trigger), strategies.CONFIG)

    assert home("whatsapp", "wa-2") == "wa-2"
    assert home("email") == "mail"
    assert home("sms", "gone") == "wa-1", "anywhere, if its channel is not installed"
    assert home_of(None, strategies.CONFIG) == "wa-1"
    assert home_of(None, WorkspaceConfig(name="T")) is None


def test_conversations_have_names_and_scenarios_have_theirs() -> None:
    scenario = Scenario(id="s", name="A story", events=(ScenarioEvent(event="conversation_created", instance="mail"),))
    here = simulator(flows=Workspace(strategies.CONFIG, {}, {"s": scenario}))
    assert not here.lists_timelines
    here = here.sent().opening_scenario(scenario)
    assert [here.name_of(timeline) for timeline in here.timelines] == ["Rentals", "A story"]
    assert here.lists_timelines
    gone = here.against(compiled(Workspace(strategies.CONFIG, {})), None, "wa-1")
    assert gone.name_of(here.timelines[1]) == "s"
