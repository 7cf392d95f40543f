from pathlib import Path

import pytest
from tests.cli.conftest import write

from oncue.cli.diagnostics import UsageError
from oncue.cli.scenario_arguments import scenario_id, workspace_of


@pytest.fixture(autouse=True)
def inside(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(workspace / "scenarios/first.toml", 'name = "First"')
    monkeypatch.chdir(workspace.parent)


@pytest.mark.parametrize("name", ["first", "first.toml", "scenarios/first.toml", "acme/scenarios/first.toml"])
def test_a_scenario_is_named_by_its_id_or_its_file(name: str) -> None:
    assert scenario_id(name, "acme") == "first"


def test_a_file_elsewhere_is_refused() -> None:
    write(Path("other/scenarios/first.toml"), 'name = "First"')
    with pytest.raises(
        UsageError, match=r"other/scenarios/first.toml is not in acme/scenarios; name a scenario by its id"
    ):
        scenario_id("other/scenarios/first.toml", "acme")


def test_a_file_names_its_workspace() -> None:
    assert workspace_of("acme/scenarios/first.toml") == "acme"


def test_an_id_is_one_of_the_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no workspace: 'first' is none, and neither is the current folder"):
        workspace_of("first")
    monkeypatch.chdir("acme")
    assert workspace_of("first") == "."
