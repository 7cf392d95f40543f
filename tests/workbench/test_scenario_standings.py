"""How scenarios stand, and that only those are replayed that an edit can concern."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import CREATED, flow, scenario, scripted, workspace
from tests.strategies import flows as any_flows

from oncue.domain.events import Event, Message
from oncue.domain.flows import Flow
from oncue.domain.problems import Code, Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.steps import AddNote, SendMessage
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.matching.matcher import compile_matcher
from oncue.simulation import runner
from oncue.workbench import scenario_standings
from oncue.workbench.analysis import Compiled
from oncue.workbench.scenario_outcome import run_selected
from oncue.workbench.scenario_selection import all_scenarios
from oncue.workbench.scenario_standings import Replaying, Standings

WRITTEN = Event(event="message_created", participant=CREATED.participant, message=Message(type="text", text="Hi"))
GOOD = scenario(scripted(CREATED, expect=["welcome"]))
BAD = replaced(scenario(scripted(CREATED), scripted(WRITTEN, expect=[])), id="bad", name="Bad")
IDLE = replaced(scenario(scripted(WRITTEN)), id="idle", name="Idle")
FLOWS = replace(
    workspace(
        flow("welcome", "conversation_created", SendMessage(text="Hello")),
        flow("reply", "message_created", AddNote(text="noted"), by="contact"),
        flow("far", "participant_removed", AddNote(text="gone")),
    ),
    scenarios={each.id: each for each in (GOOD, BAD)},
)


def compiled(where: Workspace) -> Compiled:
    return Compiled(where, compile_matcher(where))


def replayed(known: Standings, where: Workspace) -> Standings:
    replaying = Replaying(known, compiled(where))
    for _ in replaying:
        pass
    return replaying.standings


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the scenarios that were replayed."""
    ids: list[str] = []
    original = runner.iter_results

    def note(script: Scenario, *rest: object) -> object:
        ids.append(script.id)
        return original(script, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(scenario_standings, "iter_results", note)
    return ids


def test_the_first_event_that_is_not_as_expected_is_told_with_names() -> None:
    standings = replayed(Standings(), FLOWS)
    assert (standings.passed, standings.failed) == (1, 1)
    assert "".join(text for text, _ in standings.summary) == "✓ 1 ✗ 1"
    bad = standings.in_order[0]
    assert (bad.id, bad.failed, bad.why) == ("bad", (2,), "Reply ran and was not expected")
    assert "".join(text for text, _ in standings.delayed().summary).endswith("…")


def test_a_scenario_that_cannot_be_read_is_not_forgotten() -> None:
    broken = replace(FLOWS, problems=(Problem("scenarios/broken.toml", "line 1: no value", Code.SYNTAX),))
    standing = replayed(Standings(), broken).by_id["broken"]
    assert (standing.status, standing.why) == ("error", "line 1: no value")


def test_only_what_an_edit_can_concern_is_replayed(played: list[str]) -> None:
    standings = replayed(Standings(), FLOWS)
    played.clear()
    far = FLOWS.with_flow(replaced(FLOWS.flows["far"], steps=(AddNote(text="other"),)))
    after = replayed(standings, far)
    assert played == []
    assert dict(after.by_id) == dict(standings.by_id)
    reply = far.with_flow(replaced(far.flows["reply"], enabled=False))
    assert replayed(after, reply).failed == 0
    assert played == ["bad"]
    played.clear()
    replayed(after, far.without_flow("far"))
    assert len(played) == 2, "an id that scenarios may expect is gone"


@settings(max_examples=100)
@given(any_flows(), st.booleans())
def test_a_replay_after_an_edit_says_what_a_replay_of_all_says(edited: Flow, chained: bool) -> None:
    start = FLOWS if not chained else FLOWS.with_flow(replaced(FLOWS.flows["far"], trigger=edited.trigger))
    known = replayed(Standings(), start)
    after = start.with_flow(replaced(edited, id="far"))
    found = replayed(known, after)
    assert dict(found.by_id) == dict(replayed(Standings(), after).by_id)
    for scenario_id, selected in all_scenarios(after).items():
        outcome = run_selected(selected, *compiled(after))
        assert found.by_id[scenario_id].status == outcome.status
