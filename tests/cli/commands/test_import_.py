"""`oncue import`: flows are made, nothing is replaced, and what is not understood is listed."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue

from oncue.storage.loader import load_workspace


@pytest.fixture
def bundle(oncue: Oncue, workspace: Path, tmp_path: Path) -> Path:
    file = tmp_path / "oncue.json"
    assert oncue("export", workspace, "--to", "json", "-o", file).status == 0
    return file


def test_a_whole_workspace_is_made_and_is_the_same(oncue: Oncue, workspace: Path, bundle: Path, tmp_path: Path) -> None:
    ran = oncue("import", "json", bundle, tmp_path / "new")
    assert ran.status == 0
    assert [Path(line).name for line in ran.out.splitlines()] == [
        "off.toml",
        "reply.toml",
        "welcome.toml",
        "workspace.toml",
    ]
    assert load_workspace(tmp_path / "new") == load_workspace(workspace)


def test_what_is_there_already_is_left_out(oncue: Oncue, workspace: Path, bundle: Path) -> None:
    assert oncue("import", "json", bundle, workspace) == (
        0,
        "",
        "oncue: 3 flows are there already, with the same content\n",
    )


def test_an_id_that_is_taken_is_not_replaced(oncue: Oncue, workspace: Path, bundle: Path) -> None:
    file = workspace / "flows/welcome.toml"
    file.write_text(file.read_text().replace("Welcome", "Hello"))
    ran = oncue("import", "json", bundle, workspace)
    assert ran.out.splitlines() == [str(workspace / "flows/welcome-2.toml")]
    assert "Hello" in file.read_text()
    assert load_workspace(workspace).flows["welcome-2"].name == "Welcome"


def test_a_dry_run_writes_nothing(oncue: Oncue, bundle: Path, tmp_path: Path) -> None:
    ran = oncue("import", "json", bundle, tmp_path / "new", "--dry-run")
    assert (ran.status, len(ran.out.splitlines()), (tmp_path / "new").exists()) == (0, 4, False)


def test_from_stdin_with_what_is_not_understood(oncue: Oncue, workspace: Path) -> None:
    pattern = {"detail-type": ["message_created"], "detail": {"channel": ["email"], "vip": [True]}}
    ran = oncue("import", "eventbridge", "-", workspace, stdin=json.dumps(pattern).encode())
    assert ran == (1, "", "oncue: pattern: detail.vip is nothing that a trigger looks at\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("eventbrige", "x"), "did you mean 'eventbridge'?"),
        (("json", "gone.json"), "gone.json: there is no such file"),
        (("json", "flow.json"), 'flow.json: this is no bundle of oncue: its format is not "oncue.bundle"'),
    ],
)
def test_wrong_usage(
    oncue: Oncue,
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("flow.json").write_text("{}", encoding="utf-8")
    ran = oncue("import", *arguments, workspace)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_rules_need_a_workspace(oncue: Oncue, tmp_path: Path) -> None:
    ran = oncue("import", "chatwoot", "-", tmp_path / "new", stdin=b"[]")
    assert ran.status == 2
    assert "no workspace.toml there" in ran.err
