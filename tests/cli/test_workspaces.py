from pathlib import Path

import pytest
from tests.cli.conftest import write

from oncue.cli.workspaces import print_problem, reachable, read_workspace
from oncue.domain.problems import Code, Problem

PROBLEM = Problem("flows/a\x1b.toml", "it is broken", Code.SYNTAX, (), 3)


def test_a_problem_names_its_file_as_it_is_reached_from_here(capsys: pytest.CaptureFixture[str]) -> None:
    assert reachable(PROBLEM, "acme").file == "acme/flows/a\x1b.toml"
    print_problem(PROBLEM, "acme")
    assert capsys.readouterr() == ("", "oncue: acme/flows/a␛.toml:3: it is broken\n")


@pytest.mark.parametrize("with_scenarios", [True, False])
def test_problems_of_scenarios_may_be_left_to_the_command(
    workspace: Path, capsys: pytest.CaptureFixture[str], with_scenarios: bool
) -> None:
    write(workspace / "scenarios/broken.toml", "name = ")
    write(workspace / "flows/broken.toml", "name = ")
    write(workspace / "flows/lost.toml", 'name = "L"\n[trigger]\nevent = "message_created"\nchannel = "whatsap"')
    loaded = read_workspace(str(workspace), with_scenario_problems=with_scenarios)
    err = capsys.readouterr().err
    assert "lost" in loaded.flows
    assert [name in err for name in ("flows/broken", "flows/lost", "scenarios/broken")] == [True, True, with_scenarios]


def test_it_is_said_that_there_are_no_flows(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "flows").rename(workspace / "Flows")
    read_workspace(str(workspace))
    said = f"oncue: there are no flows in {workspace}/flows, where files that end in .toml are looked for; "
    assert capsys.readouterr().err == f"{said}the folder is called flows: rename Flows\n"


def test_flows_that_cannot_be_read_are_not_called_none(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in (workspace / "flows").iterdir():
        file.write_text("broken")
    read_workspace(str(workspace))
    assert "there are no flows" not in capsys.readouterr().err
