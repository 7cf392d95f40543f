"""A preview says what would be written and lost, and why something cannot be exported, and raises for none of it."""

from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest
from tests.exporters.space import HOSTILE, flow, hostile, workspace_of

from oncue.domain.problems import Problem
from oncue.domain.steps import AddNote
from oncue.exporters.preview import preview, unreadable
from oncue.exporters.registry import TARGETS, run


def test_it_has_the_files_and_all_that_is_lost() -> None:
    workspace = workspace_of([flow("a", "message_created", AddNote(text="x"), when={"labels": ("x",)}), flow("b")])
    found = preview("eventbridge", workspace)
    assert found.files == run("eventbridge", workspace).files
    assert (found.label, found.file, found.refusal) == ("EventBridge", "eventbridge.json", "")
    (widened,) = found.widening
    assert widened.startswith("flows/a.toml: EventBridge cannot say when.labels, which would add 351 kinds of event")
    assert [each.partition(" cannot be said")[0] for each in found.losses] == ["a: when.labels", "a: steps"]
    assert preview("eventbridge", workspace, "b").widening == ()


@pytest.mark.parametrize("target", TARGETS)
def test_of_every_target_there_is_one(target: str) -> None:
    for name in HOSTILE[:3]:
        found = preview(target, hostile(name))
        assert found.target == target
        assert all(line.isprintable() for line in (*found.widening, *found.losses))
        assert found.files or found.refusal


def test_names_that_are_missing_are_a_refusal() -> None:
    found = preview("chatwoot", workspace_of([flow("a", instance="wa-1")]))
    assert found.refusal.startswith("chatwoot needs the inbox id of the instance 'wa-1'")


def test_what_cannot_be_read_would_be_missing() -> None:
    problem = Problem("flows/broken.toml", "", "it is no TOML")
    scenario = Problem("scenarios/broken.toml", "", "it is no TOML")
    workspace = replace(workspace_of([flow("a")]), problems=(problem, scenario))
    assert preview("json", workspace).refusal.startswith("flows/broken.toml cannot be read, so it would be missing")
    assert preview("json", workspace, "a").refusal == ""
    assert unreadable(workspace, ("broken",)) == ["flows/broken.toml"]


def test_whatever_an_exporter_of_others_raises_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("theirs", "no_such_module_anywhere", "oncue.exporters")
    monkeypatch.setattr("oncue.exporters.registry.entry_points", lambda group: [entry])
    assert preview("theirs", workspace_of([])).refusal == "No module named 'no_such_module_anywhere'"
    assert preview("nowhere", workspace_of([])).refusal.startswith("no target 'nowhere'")
