"""`oncue export`: nothing is written that widens a flow, and what is lost is said."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue, write

from oncue.exporters.registry import TARGETS

RULE = """
    name = "Refunds"
    [trigger]
    event = "message_created"
    channel = "whatsapp"
    [when]
    text_any = ["refund"]
"""


@pytest.fixture
def refunds(workspace: Path) -> Path:
    write(workspace / "flows/refunds.toml", RULE)
    return workspace


def test_to_stdout_with_what_is_lost_on_stderr(oncue: Oncue, workspace: Path) -> None:
    ran = oncue("export", workspace, "--to", "eventbridge")
    assert ran.status == 0
    assert list(json.loads(ran.out)["Resources"]) == ["Flowoff", "Flowreply", "Flowwelcome"]
    assert ran.err == ""


def test_the_same_bytes_every_time(oncue: Oncue, workspace: Path) -> None:
    for target in ("json", "csv", "sql", "eventbridge"):
        assert oncue("export", workspace, "--to", target) == oncue("export", workspace, "--to", target)


def test_widening_is_refused_with_the_field(oncue: Oncue, refunds: Path, tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    ran = oncue("export", refunds, "--to", "eventbridge", "-o", file)
    assert (ran.status, ran.out, file.exists()) == (1, "", False)
    assert ran.err.splitlines() == [
        "oncue: flows/refunds.toml: EventBridge cannot say when.text_any, which would add 234 kinds of event (Message "
        "created · every instance of WhatsApp · anybody · any message), such as: a contact sends a text message on "
        "WhatsApp · Support NL",
        "oncue: nothing was exported; --allow-widening exports it all the same, --flow only some flows",
    ]


def test_widening_is_allowed_and_said(oncue: Oncue, refunds: Path) -> None:
    ran = oncue("export", refunds, "--to", "eventbridge", "--allow-widening")
    assert ran.status == 0
    assert "Flowrefunds" in json.loads(ran.out)["Resources"]
    assert "refunds: starts also when its conditions do not hold: 234 kinds of event" in ran.err


def test_only_some_flows(oncue: Oncue, refunds: Path) -> None:
    ran = oncue("export", refunds, "--to", "eventbridge", "--flow", "welcome", "--flow", "reply")
    assert ran.status == 0
    assert list(json.loads(ran.out)["Resources"]) == ["Flowreply", "Flowwelcome"]


def test_a_report_exports_nothing(oncue: Oncue, refunds: Path) -> None:
    ran = oncue("export", refunds, "--to", "eventbridge", "--report", "--format", "json")
    found = json.loads(ran.out)
    assert (ran.status, found["widens"], found["files"], found["space"]) == (1, True, ["eventbridge.json"], 576)
    (loss,) = [each for each in found["flows"] if each["flow"] == "refunds"]
    assert loss["unsaid"][0]["field"] == "when.text_any"
    assert loss["loosened"]["events"] == 234
    assert loss["loosened"]["example"]["message"]["text"] == "Hello"
    assert oncue("export", refunds, "--to", "json", "--report") == (0, "", "")


def test_check_finds_what_is_not_up_to_date(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "out/table.csv"
    arguments = ("export", workspace, "--to", "csv", "-o", file)
    assert oncue(*arguments, "--check") == (1, "", f"oncue: {file} is missing; export again\n")
    assert oncue(*arguments)[:2] == (0, "")
    assert oncue(*arguments, "--check") == (0, "", "")
    write(workspace / "flows/more.toml", RULE)
    assert oncue(*arguments, "--check") == (1, "", f"oncue: {file} is not up to date; export again\n")


def test_into_a_folder(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    assert oncue("export", workspace, "--to", "sql", "-o", tmp_path).status == 0
    assert (tmp_path / "oncue.sql").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "eventbrige"), "--to: 'eventbrige' is not a known value; did you mean 'eventbridge'?"),
        (("--to", "sql", "--flow", "welcom"), "--flow: there is no flow 'welcom' in "),
        (("--to", "sql", "--check"), "--check compares with files; name them with -o"),
        (("--to", "sql", "--format", "json"), "--format is how a report is printed; add --report"),
        ((), "missing option '--to'"),
    ],
)
def test_wrong_usage(oncue: Oncue, workspace: Path, arguments: tuple[str, ...], message: str) -> None:
    ran = oncue("export", workspace, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_a_flow_by_its_name(oncue: Oncue, workspace: Path) -> None:
    by_id = oncue("export", workspace, "--to", "csv", "--flow", "welcome")
    by_name = oncue("export", workspace, "--to", "csv", "--flow", "WELCOME")
    assert by_id.status == 0
    assert by_name == by_id


def test_never_over_the_workspace(oncue: Oncue, workspace: Path) -> None:
    before = (workspace / "workspace.toml").read_bytes()
    for file in ("workspace.toml", "flows/new.toml"):
        ran = oncue("export", workspace, "--to", "json", "-o", workspace / file)
        assert ran.status == 2
        assert "belongs to the workspace" in ran.err
    assert (workspace / "workspace.toml").read_bytes() == before
    assert not (workspace / "flows/new.toml").exists()


def test_a_flow_that_cannot_be_read_would_be_missing(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "flows/broken.toml", "name = ")
    ran = oncue("export", workspace, "--to", "json")
    assert (ran.status, ran.out) == (2, "")
    assert "flows/broken.toml cannot be read, so it would be missing" in ran.err
    assert oncue("export", workspace, "--to", "json", "--flow", "welcome").status == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("map.toml", "[instance]\nwa-nl = 1", "no table 'instance'; did you mean 'instances'?"),
        ("map.toml", "[instances]\nwa-nl = [1]", "[instances] has a value that is neither a text nor a whole number"),
        ("map.json", "[]", "expected tables: instances, channels"),
        ("map.toml", "x =", "map.toml: "),
        ("gone.toml", None, "gone.toml: there is no such file\n"),
    ],
)
def test_maps_that_cannot_be_read(
    oncue: Oncue, workspace: Path, tmp_path: Path, name: str, content: str | None, message: str
) -> None:
    if content is not None:
        write(tmp_path / name, content)
    ran = oncue("export", workspace, "--to", "eventbridge", "--map", tmp_path / name)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_every_target_says_what_it_makes() -> None:
    assert all(meaning for _, meaning in TARGETS.values())
