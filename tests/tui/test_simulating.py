"""What the simulator asks of the user, and what it does to flows and files."""

from functools import partial
from pathlib import Path

import pytest
from tests.tui.fakes import FakeUser

from oncue.domain.events import Event
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import ImpossibleEvent
from oncue.storage.loader import load
from oncue.tui import simulating
from oncue.tui.disk import Disk
from oncue.workbench.state import State
from oncue.workbench.store import Store

CREATED = Event(event="conversation_created")
STORY = Scenario(id="story", name="A story", events=(ScenarioEvent(event="conversation_created", instance="mail"),))


class Here:
    """A workspace with a simulator."""

    def __init__(self, folder: Path, *answers: str | None) -> None:
        loaded = load(folder)
        self.user = FakeUser(*answers)
        self.store = Store(State.start(Session.start(loaded.workspace, "off")))
        self.disk = Disk(self.store, self.user, loaded)
        self.disk.ready.set()

    def play(self) -> None:
        self.store.simulate(lambda simulator: simulator.sent(CREATED))

    def play_more(self) -> None:
        self.store.simulate(lambda simulator: simulator.sent())

    async def record(self) -> None:
        await simulating.record(self.store, self.disk, self.user)


@pytest.fixture
def here(acme: Path) -> Here:
    return Here(acme)


async def test_everything_that_can_be_played_is_offered_and_can_be_gone_to(here: Here) -> None:
    await here.disk.save_scenario(STORY)
    here.play()
    here.store.simulate(lambda simulator: simulator.opening_scenario(STORY))
    targets = simulating.targets(here.store.state)
    assert [(entry.label, entry.help, entry.aside) for entry in targets] == [
        ("New conversation", "on Helpdesk", ""),
        ("1 Helpdesk", "under way", "1 event"),
        ("  A story", "scenario", "1 event"),
    ]
    seen = []
    for entry in targets:
        here.store.simulate(lambda simulator, to=entry.value: simulating.go_to(to, simulator))  # type: ignore[misc]
        timeline = here.store.state.timeline
        assert timeline is not None
        seen.append((timeline.instance, timeline.scenario, len(timeline.events), len(timeline.ahead)))
    assert seen == [("mail", None, 0, 0), ("mail", None, 1, 0), ("mail", "story", 0, 1)]


def test_a_scenario_whose_file_went_is_a_new_conversation(here: Here) -> None:
    here.play()
    here.store.simulate(lambda simulator: simulating.go_to(("scenario", "gone"), simulator))
    assert [len(timeline.events) for timeline in here.store.state.timelines] == [1, 0]


def test_a_suggestion_opens_the_flow_and_is_one_step_of_undo(here: Here) -> None:
    flow = here.store.state.workspace.flows["welcome"]
    edited = replaced(flow, enabled=False)
    assert simulating.apply_suggestion(here.store, edited, flow, "Switch off")
    assert here.store.state.flow == edited
    assert here.store.undo() == "Switch off"
    assert not simulating.apply_suggestion(here.store, replaced(flow, id="gone"), flow, "")


def test_a_suggestion_takes_back_no_edit_that_was_made_since(here: Here) -> None:
    flow = here.store.state.workspace.flows["welcome"]
    here.store.edit("Other", partial(edits.set_name, flow_id="welcome", name="Other"), {"welcome"})
    assert not simulating.apply_suggestion(here.store, replaced(flow, enabled=False), flow, "")
    assert here.store.state.workspace.flows["welcome"].name == "Other"


def test_a_conversation_that_went_on_is_not_gone_to(here: Here) -> None:
    here.play()
    timeline = here.store.state.timeline
    assert timeline is not None
    here.play_more()
    with pytest.raises(ImpossibleEvent):
        here.store.simulate(lambda simulator: simulating.go_to(("timeline", timeline), simulator))


async def test_what_is_recorded_is_what_was_played_when_the_name_was_given(acme: Path) -> None:
    here = Here(acme, "A first try")
    here.play()
    here.user.before_answering = lambda: here.store.simulate(lambda simulator: simulator.closing())
    await here.record()
    assert here.user.said == ["There is nothing to record any more."]


async def test_what_was_played_is_recorded_with_what_fired(acme: Path) -> None:
    here = Here(acme, "A first try")
    await here.record()
    assert here.user.said == ["There is nothing to record yet."]
    here.play()
    await here.record()
    assert here.user.said[1:] == ["Saved scenarios/a-first-try.toml."]
    assert here.store.state.scenarios["a-first-try"].name == "A first try"
    assert (acme / "scenarios/a-first-try.toml").exists()


@pytest.mark.parametrize("answer", [None, "  "])
async def test_without_a_name_nothing_is_recorded(acme: Path, answer: str | None) -> None:
    here = Here(acme, answer)
    here.play()
    await here.record()
    assert not here.store.state.scenarios
