"""``oncue check``: findings in every format, what is looked for, and what is mended."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Oncue, write

from oncue.cli.commands.check import Codes, check
from oncue.cli.output.check_text import as_text
from oncue.domain.problems import Code, Problem
from oncue.storage.findings import Finding, findings_in
from oncue.storage.loader import load_workspace

BAD = """
    name = "Reply"   # the name
    [trigger]
    event = "message_created"
    channel = "whatsapp"
    instance = "NL"
    participant_types = []   # nobody yet

    [[steps]]
    type = "send_message"
    text = "Hello ${participant.name}!"   # to be translated
"""


@pytest.fixture
def clean(tmp_path: Path, oncue: Oncue) -> Path:
    oncue("init", tmp_path / "clean")
    return tmp_path / "clean"


@pytest.fixture
def bad(clean: Path) -> Path:
    write(clean / "flows/a.toml", BAD.replace('"NL"', '"wa-main"'))
    return clean


def test_a_new_workspace_is_clean(clean: Path, oncue: Oncue) -> None:
    ran = oncue("check", clean)
    assert (ran.status, ran.out, ran.err) == (0, "✓ no findings in 2 flows\n", "")


def test_text_has_an_excerpt_with_a_caret(bad: Path, oncue: Oncue) -> None:
    ran = oncue("check", bad, "--select", "OC206")
    assert ran.status == 1
    assert ran.out == (
        f"{bad}/flows/a.toml:10:8: warning OC206: "
        "${participant.name} is sent as it is: write {{participant.name}}\n"
        '  10 | text = "Hello ${participant.name}!"   # to be translated\n'
        "     |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "\n"
        "1 warning\n"
    )


def test_colour_is_for_terminals_only(bad: Path, oncue: Oncue) -> None:
    assert "\x1b" not in oncue("check", bad).out
    found = [*findings_in(bad, load_workspace(bad).problems), Finding(Problem("a", "m", Code.LOOP), "x = 1", 1, 2)]
    assert b"\x1b[1;31m" in as_text(found, True, 1)


def test_the_caret_stands_below_wide_characters() -> None:
    finding = Finding(Problem("a", "m", Code.UNKNOWN_VALUE, ("k",), 3), 'k = "退款" # x', 5, 9)
    rows = as_text([finding], False, 1).decode().splitlines()
    assert rows[2] == "    |     ^^^^^^"


def test_of_a_long_line_the_part_that_is_meant_is_shown() -> None:
    source = "x" * 300 + "here" + "y" * 300
    rows = as_text([Finding(Problem("a", "m", Code.RULE, ("k",), 1), source, 301, 305)], False, 1).decode().splitlines()
    assert len(rows[1]) < 120
    at = rows[2].index("^")
    assert rows[1][at : at + 4] == "here"


def test_nothing_in_a_file_reaches_the_terminal_as_an_escape(clean: Path, oncue: Oncue) -> None:
    write(clean / "flows/a.toml", BAD.replace("${participant.name}", "{{\x1b[2J}}").replace('"NL"', '"wa-main"'))
    for style in ("text", "github"):
        assert "\x1b" not in oncue("check", clean, "--format", style).out


def test_json_is_a_list_of_findings(bad: Path, oncue: Oncue) -> None:
    found = json.loads(oncue("check", bad, "--format", "json").out)
    (one,) = [each for each in found if each["code"] == "OC206"]
    assert one == {
        "file": f"{bad}/flows/a.toml",
        "message": "${participant.name} is sent as it is: write {{participant.name}}",
        "key": "steps[1].text",
        "line": 10,
        "column": 8,
        "code": "OC206",
        "severity": "warning",
        "suggestion": None,
    }
    assert json.loads(oncue("check", bad, "--format", "json", "--select", "OC408").out) == []


def test_annotations_of_github(bad: Path, oncue: Oncue) -> None:
    ran = oncue("check", bad, "--select", "OC206", "--format", "github")
    place = f"file={bad}/flows/a.toml,line=10,col=8,endColumn=36,title=OC206"
    assert ran.out == f"::warning {place}::${{participant.name}} is sent as it is: write {{{{participant.name}}}}\n"


def test_sarif_has_what_its_schema_requires(bad: Path, oncue: Oncue) -> None:
    log: dict[str, Any] = json.loads(oncue("check", bad, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*Code]
    assert {rule["defaultConfiguration"]["level"] for rule in rules} <= {"error", "warning", "note"}
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert re.fullmatch(r"[^\s\\]+", place["artifactLocation"]["uri"])
        assert min(place["region"].values()) >= 1


def test_what_is_looked_for(bad: Path, oncue: Oncue) -> None:
    def codes(*options: str) -> set[str]:
        return {each["code"] for each in json.loads(oncue("check", bad, "--format", "json", *options).out)}

    assert codes() == {"OC204", "OC206", "OC305"}
    assert codes("--select", "OC2") == {"OC204", "OC206"}
    assert codes("--select", "OC204,OC3") == {"OC204", "OC305"}
    assert codes("--select", "OC2", "--ignore", "OC206") == {"OC204"}
    config = bad / "workspace.toml"
    config.write_text(f'{config.read_text()}\n[check]\nselect = ["OC2", "OC3"]\nignore = ["OC206"]\n', encoding="utf-8")
    assert codes() == {"OC204", "OC305"}
    assert codes("--select", "OC206") == set()
    assert codes("--select", "OC3") == {"OC305"}


def test_a_code_that_does_not_exist_is_refused(bad: Path, oncue: Oncue) -> None:
    ran = oncue("check", bad, "--select", "OC999")
    assert ran.status == 2
    assert "there is no check 'OC999'" in ran.err
    assert "--select: there is no code in ','" in oncue("check", bad, "--select", ",").err


def test_exit_statuses(clean: Path, oncue: Oncue, tmp_path: Path) -> None:
    assert oncue("check", tmp_path / "nowhere").status == 2
    write(clean / "flows/broken.toml", 'name = "Broken')
    assert oncue("check", clean).status == 1
    (clean / "flows/broken.toml").unlink()
    write(
        clean / "flows/off.toml",
        'name = "Off"\nenabled = false\n[trigger]\nevent = "message_created"\nchannel = "email"',
    )
    ran = oncue("check", clean)
    assert "hint OC402" in ran.out
    assert ran.status == 0, "a hint alone"


def test_a_folder_without_flows_is_told_so(clean: Path, oncue: Oncue) -> None:
    for file in (clean / "flows").iterdir():
        file.rename(file.with_suffix(".yaml"))
    assert "flows" in oncue("check", clean, "--ignore", "OC3").err


def test_a_diff_changes_nothing(bad: Path, oncue: Oncue) -> None:
    before = (bad / "flows/a.toml").read_bytes()
    ran = oncue("check", bad, "--diff")
    assert ran.status == 0
    assert '+text = "Hello {{participant.name}}!"   # to be translated' in ran.out
    assert (bad / "flows/a.toml").read_bytes() == before


def test_what_is_safe_is_mended_and_comments_stay(bad: Path, oncue: Oncue) -> None:
    ran = oncue("check", bad, "--fix", "--ignore", "OC3,OC4")
    assert (ran.status, ran.out) == (0, "✓ no findings in 3 flows\n")
    assert '-text = "Hello ${participant.name}!"' in ran.err
    assert ran.err.endswith("oncue: mended 1 file\n")
    text = (bad / "flows/a.toml").read_text(encoding="utf-8")
    assert all(comment in text for comment in ("# the name", "# nobody yet", "# to be translated"))
    flow = load_workspace(bad).flows["a"]
    assert not flow.enabled
    assert flow.trigger.participant_types is None
    assert "nothing to mend" in oncue("check", bad, "--fix").err


def test_only_what_is_looked_for_is_mended(bad: Path, oncue: Oncue) -> None:
    oncue("check", bad, "--fix", "--select", "OC206")
    flow = load_workspace(bad).flows["a"]
    assert flow.enabled
    assert flow.trigger.participant_types == frozenset()


def test_codes_are_completed() -> None:
    def complete(incomplete: str) -> list[str]:
        import click

        option = next(each for each in check.params if each.name == "select")
        return [item.value for item in Codes().shell_complete(click.Context(check), option, incomplete)]

    assert complete("OC40") == [code.value for code in Code if code.startswith("OC40")]
    assert complete("OC406,OC20")[0] == "OC406,OC201"
