"""Making a workspace."""

from pathlib import Path

import pytest
from tests.cli.conftest import Oncue

from oncue.cli.commands.init import opening


def test_makes_a_workspace_that_matches(oncue: Oncue, tmp_path: Path) -> None:
    folder = tmp_path / "new one"
    ran = oncue("init", folder)
    assert ran.status == 0
    assert "workspace.toml" in ran.out
    assert ran.err == f"oncue: made a workspace; to open it, run: oncue '{folder}'\n"
    assert oncue("match", folder, "--event", "conversation_created").status == 0


def test_leaves_a_workspace_as_it_is(oncue: Oncue, workspace: Path) -> None:
    before = (workspace / "workspace.toml").read_bytes()
    ran = oncue("init", workspace)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert (workspace / "workspace.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("folder", "command"),
    [(".", "oncue"), ("a", "oncue a"), ("match", "oncue ./match"), ("a b", "oncue 'a b'"), ("-x", "oncue ./-x")],
)
def test_says_how_to_open_it(folder: str, command: str) -> None:
    assert opening(folder) == command
