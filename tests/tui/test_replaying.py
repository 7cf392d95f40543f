"""Scenarios are replayed after each edit, and never in the way of a key."""

from pathlib import Path

import pytest
from tests.tui.hands import designer

from oncue.tui import replaying
from oncue.tui.widgets.transcript import Transcript
from oncue.workbench.scenario_standings import Standings


async def test_edits_show_in_the_frame_of_the_simulator(sample: Path) -> None:
    async with designer(sample, (160, 40)) as hands:
        assert hands.state.standings.passed == len(hands.state.scenarios)
        assert f"scenarios ✓ {len(hands.state.scenarios)}" in hands.grid()
        await hands.open_flow("welcome-whatsapp")
        await hands.press("e")
        assert hands.state.standings.failed > 0
        assert f"✗ {hands.state.standings.failed}" in hands.grid()
        await hands.press("u")
        assert hands.state.standings.failed == 0


async def test_a_scenario_is_gone_to_at_its_first_wrong_event_and_its_outcome_accepted(sample: Path) -> None:
    async with designer(sample, (160, 40)) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.press("e", "equals_sign")
        assert hands.picking == "Scenarios"
        assert "✗" in hands.inside("#picker-rows").splitlines()[0], "what is wrong comes first"
        assert "Welcome on WhatsApp" in hands.inside("#picker-rows").splitlines()[0], "and what is wrong with it"
        await hands.press("enter")
        standing = hands.state.standings.in_order[0]
        assert hands.state.timeline is not None and hands.state.timeline.scenario == standing.id
        assert hands.place == "simulator/play-rows"
        row = hands.find("#play-rows", Transcript).current
        assert row is not None and row.number == standing.failed[0]
        before = hands.text(f"scenarios/{standing.id}.toml")
        await hands.press("E")
        assert hands.asking == "Accept the outcome"
        await hands.press("escape")
        assert hands.text(f"scenarios/{standing.id}.toml") == before
        failed = hands.state.standings.failed
        await hands.press("E", "a")
        assert hands.text(f"scenarios/{standing.id}.toml") != before
        assert hands.state.standings.failed == failed - 1
        assert "not as expected" not in hands.grid()
        assert "as expected" in hands.grid()
        await hands.press("equals_sign")
        await hands.click_on("#picker-rows", "✓")
        assert not hands.picking, "the mouse does it, too"


async def test_the_results_are_said_to_be_behind_while_they_are(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Standings] = []
    monkeypatch.setattr(replaying, "SLICE", 0.0)
    monkeypatch.setattr(replaying, "LATE", 0.0)
    async with designer(sample) as hands:
        hands.store.subscribe(lambda _before, after: seen.append(after.standings))
        await hands.open_flow("welcome-whatsapp")
        await hands.press("e")
        assert any(each.late for each in seen)
        assert not hands.state.standings.late


async def test_keys_that_come_meanwhile_are_not_held_up(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replaying, "SLICE", 0.0)
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        await hands.quickly("e", "e", "e", "e", "e", "k", "j", "e")
        assert not hands.session.dirty
        assert hands.state.standings.failed == 0
        assert hands.state.standings.played is hands.state.analysis.edited


async def test_a_rename_follows_into_the_scenarios_and_their_files(sample: Path) -> None:
    async with designer(sample) as hands:
        await hands.open_flow("welcome-whatsapp")
        expecting = hands.state.workspace.scenarios_expecting("welcome-whatsapp")
        assert expecting
        await hands.press("r", "ctrl+u")
        await hands.type("hello-whatsapp")
        await hands.press("enter")
        assert hands.state.workspace.scenarios_expecting("hello-whatsapp") == expecting
        assert hands.state.standings.failed == 0
        assert any("Renamed in scenarios/" in toast for toast in hands.toasts)
        texts = {each: hands.text(f"scenarios/{each}.toml") for each in expecting}
        await hands.press("s")
        for each, before in texts.items():
            assert hands.text(f"scenarios/{each}.toml") == before.replace('"welcome-whatsapp"', '"hello-whatsapp"')
        assert not hands.session.dirty
        assert hands.state.standings.failed == 0
