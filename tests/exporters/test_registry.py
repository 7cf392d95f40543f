"""Every target is an exporter, and other packages can add some."""

from importlib.metadata import EntryPoint, EntryPoints
from types import SimpleNamespace

import pytest
from tests.exporters.space import flow, hostile, workspace_of

from oncue.errors import ExportError
from oncue.exporters import registry
from oncue.exporters.job import Exported, Job
from oncue.exporters.names import Names
from oncue.exporters.registry import TARGETS, exporter, run, targets
from oncue.exporters.rules import exact

TABLES = {
    "instances": {"wa-1": 1, "wa-2": 2},
    "channels": {"whatsapp": "whatsapp:1.0"},
}


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_label_and_says_what_becomes_of_every_flow(target: str) -> None:
    chosen = exporter(target)
    workspace = workspace_of([flow("a"), flow("b", "participant_added", enabled=False), flow("c", of="text")])
    outcome = run(target, workspace, to_report=True)
    assert chosen.LABEL
    assert [loss.flow_id for loss in outcome.losses] == ["a", "b", "c"]
    assert set(outcome.files) == {chosen.FILE} if chosen.FILE else all(each.endswith(".json") for each in outcome.files)


@pytest.mark.parametrize("target", TARGETS)
def test_twice_the_same_bytes_whatever_the_order_of_flows(target: str) -> None:
    flows = [flow("b", by=("contact", "bot")), flow("a", of=("text", "image")), flow("c", "conversation_created")]
    one, other = workspace_of(flows), workspace_of([])
    for each in flows:
        other = other.with_flow(each)
    files = run(target, one, to_report=True).files
    assert files == run(target, other, to_report=True).files
    assert all(text.endswith("\n") and "\r" not in text for text in files.values())


@pytest.mark.parametrize("target", TARGETS)
def test_every_export_is_text_that_can_be_encoded(target: str) -> None:
    half = hostile("\ud800\udfff x")  # which no file has, but a program may
    if target == "toml":
        with pytest.raises(ExportError, match="half a surrogate pair"):
            run(target, half)
        return
    for text in run(target, half, to_report=True).files.values():
        text.encode()


def test_an_unknown_target_names_the_nearest() -> None:
    with pytest.raises(ExportError, match="no target 'chatwot'; did you mean 'chatwoot'"):
        exporter("chatwot")


def test_a_package_adds_a_target(monkeypatch: pytest.MonkeyPatch) -> None:
    def export(job: Job, /) -> Exported:
        return Exported({"x.txt": job.config.name}, tuple(exact(each, job.grid) for each in job.narrowed))

    added = EntryPoint("mine", "tests.nowhere", registry.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda _: SimpleNamespace(LABEL="Mine", FILE="x.txt", export=export))
    monkeypatch.setattr(registry, "entry_points", lambda **_: EntryPoints([added]))
    assert list(targets()) == [*TARGETS, "mine"]
    assert run("mine", workspace_of([flow("a")])).files == {"x.txt": "Test"}


def test_missing_names_are_no_matter_for_a_report() -> None:
    assert run("chatwoot", workspace_of([flow("a")]), to_report=True).losses
    with pytest.raises(ExportError, match="inbox id"):
        run("chatwoot", workspace_of([flow("a")]), Names("chatwoot"))
