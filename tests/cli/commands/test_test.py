"""``oncue test``: what passes, fails and cannot be read, and how it is told."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.cli.conftest import Oncue, write

from oncue.cli.commands import test as command

CREATED = """
    [[events]]
    event = "conversation_created"
    instance = "wa-nl"
    participant = { type = "contact", name = "Jane" }
"""
WROTE = """
    [[events]]
    event = "message_created"
    instance = "wa-nl"
    participant = { type = "contact", name = "Jane" }
"""
GOOD = f'name = "All is well"{CREATED}expect = ["welcome"]'
BAD = f"""
    name = "Not well"
    {CREATED}
    expect = ["off", "welcome"]
    {WROTE}
    message = {{ type = "file" }}
    expect = ["reply", "welcom"]
    {WROTE}
    message = {{ type = "text", text = "hi" }}
    expect = []
    expect_effects = {{ closed = true }}
    delivery = "twice"
"""
BROKEN = 'name = "Broken"\nevnts = []'


@pytest.fixture
def mixed(workspace: Path) -> Path:
    """The workspace with a scenario of each kind."""
    for name, content in {"good": GOOD, "bad": BAD, "broken": BROKEN}.items():
        write(workspace / f"scenarios/{name}.toml", content)
    return workspace


def timeless(out: str) -> str:
    return re.sub(r" in \d+\.\d\d s$", " in 0.00 s", out, flags=re.MULTILINE)


def result_of(out: str) -> Any:
    assert out.count("\n") == 1
    return json.loads(out)


def test_what_passes_is_a_dot(oncue: Oncue, workspace: Path) -> None:
    for name in ("a", "b", "c"):
        write(workspace / f"scenarios/{name}.toml", GOOD)
    ran = oncue("test", workspace)
    assert (ran.status, timeless(ran.out), ran.err) == (0, "...\n3 scenarios: 3 passed in 0.00 s\n", "")


def test_what_fails_is_explained(oncue: Oncue, mixed: Path) -> None:
    ran = oncue("test", mixed)
    assert (ran.status, ran.err) == (1, "")
    assert (
        timeless(ran.out)
        == f"""FE.

✗ failed: bad (Not well)
  {mixed}/scenarios/bad.toml
  event 1: Contact Jane started a conversation on WhatsApp · Support NL · c-1
    expected  off, welcome
    started   welcome
    ✗ off was expected and did not start
          ✗ fails  enabled            disabled, expected enabled
          to make it run: enable the flow
              also runs in 17 other cases, such as: an agent starts a conversation on WhatsApp · Support NL
  event 2: Contact Jane wrote (File) · WhatsApp · Support NL · c-1
    expected  reply, welcom
    started   nothing
    ✗ reply was expected and did not start
          ✗ fails  message_types      file, expected text or image
          to make it run: add "file" to message_types
              also runs in 8 other cases, such as: an agent sends a file on WhatsApp · Support NL
    ✗ welcom was expected and did not start
          there is no flow 'welcom'; did you mean 'welcome'?
  event 3, delivered twice: Contact Jane wrote: "hi" · WhatsApp · Support NL · c-1
    expected  nothing
    started   reply
    ✗ reply started and was not expected
          ✓ open   participant_types  contact (anybody)
          to keep it off: set first_message = true in [when]
              runs only sometimes in 18 cases where it ran always
          to keep it off: set participant_types to all but "contact"
              no longer runs in 3 other cases, such as: a contact sends an image on WhatsApp · Support NL
          to keep it off: remove "text" from message_types
              no longer runs in 8 other cases, such as: an agent sends a text message on WhatsApp · Support NL
    ✗ expected the conversation to be closed, it is open

! error: broken
  {mixed}/scenarios/broken.toml
  {mixed}/scenarios/broken.toml:2: evnts: unknown key; did you mean 'events'?

3 scenarios: 1 passed, 1 failed, 1 with errors in 0.00 s
"""
    )


def test_an_error_alone_is_no_success(oncue: Oncue, mixed: Path) -> None:
    assert oncue("test", mixed, "broken").status == 1
    assert oncue("test", mixed, "good").status == 0


def test_what_cannot_happen_fails(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/s.toml", f'name = "S"{WROTE}expect = ["reply"]')
    ran = oncue("test", workspace)
    assert ran.status == 1
    assert ran.out.splitlines()[4:6] == [
        "  event 1: Contact Jane wrote (type unknown) · WhatsApp · Support NL · c-1",
        "    ✗ cannot happen: conversation c-1 has not started; play conversation_created first",
    ]


def test_a_flow_that_hears_of_nothing_says_why(oncue: Oncue, workspace: Path) -> None:
    config = workspace / "workspace.toml"
    write(config, config.read_text("utf-8") + "[simulation]\nfirst_message_fires_message_created = false")
    write(
        workspace / "scenarios/s.toml",
        f'name = "S"{CREATED}{WROTE}message = {{ type = "text" }}\nexpect = ["reply"]',
    )
    ran = oncue("test", workspace)
    assert ran.status == 1
    assert "    ✗ reply was expected and did not start\n          belongs to the start of the conversation (" in ran.out


def test_a_flow_whose_file_is_broken_says_so(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/s.toml", GOOD)
    write(workspace / "flows/welcome.toml", "name = ")
    ran = oncue("test", workspace)
    assert ran.status == 1
    assert "          its file cannot be used: flows/welcome.toml:1: " in ran.out
    assert ran.err.startswith(f"oncue: {workspace}/flows/welcome.toml:1: ")


def test_a_flow_that_cannot_be_read_fails_it(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    write(workspace / "scenarios/s.toml", GOOD)
    write(workspace / "flows/broken.toml", "name = ")
    junit = tmp_path / "junit.xml"
    ran = oncue("test", workspace, "--junit", junit)
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert timeless(ran.out).endswith(
        "1 scenario: 1 passed in 0.00 s\n✗ failed: 1 file of the workspace cannot be read\n"
    )
    (suite,) = ElementTree.parse(junit).getroot()
    assert (suite.get("errors"), [case.get("name") for case in suite]) == ("1", ["flows/broken.toml", "s"])
    found = result_of(oncue("test", workspace, "--format", "json").out)
    assert (found["ok"], [problem["file"] for problem in found["problems"]]) == (False, ["flows/broken.toml"])


def test_problems_in_flows_that_can_be_read_do_not_fail_it(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/s.toml", GOOD)
    write(workspace / "flows/odd.toml", 'name = "Odd"\n[trigger]\nevent = "message_created"\nchannel = "sms"')
    ran = oncue("test", workspace)
    assert (ran.status, ran.err.count("\n")) == (0, 1)


@pytest.mark.parametrize("content", ['name = "S"', f'name = "S"{CREATED}', f'name = "S"{CREATED}expect_effects = {{}}'])
def test_a_scenario_that_checks_nothing_is_not_checked(
    oncue: Oncue, workspace: Path, tmp_path: Path, content: str
) -> None:
    write(workspace / "scenarios/s.toml", content)
    junit = tmp_path / "junit.xml"
    ran = oncue("test", workspace, "--junit", junit)
    assert (ran.status, timeless(ran.out)) == (
        0,
        f"""-

○ not checked: s (S)
  {workspace}/scenarios/s.toml
  no event says what it expects; add expect = ["flow-id"], or [] for no flow

1 scenario: 1 not checked in 0.00 s
""",
    )
    (suite,) = ElementTree.parse(junit).getroot()
    assert (suite.get("skipped"), suite[0][0].tag, suite.get("failures")) == ("1", "skipped", "0")
    found = result_of(oncue("test", workspace, "--format", "json").out)
    assert (found["scenarios"][0]["status"], found["totals"]["unchecked"], found["ok"]) == ("unchecked", 1, True)


def test_a_score_can_be_demanded(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/s.toml", GOOD)
    enough = oncue("test", workspace, "--mutate", "--min-score", "10")
    assert (enough.status, enough.err) == (0, "")
    ran = oncue("test", workspace, "--min-score", "90")
    assert ran.status == 1
    assert re.fullmatch(r"oncue: the score, \d+\.\d %, is below --min-score 90\n", ran.err)
    assert "mutants: " in ran.out, "it implies --mutate"
    assert oncue("test", workspace, "--min-score", "101").status == 2


def test_that_there_are_no_flows_is_said(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/s.toml", f'name = "S"{CREATED}expect = []')
    for file in (workspace / "flows").iterdir():
        file.rename(workspace / f"{file.name}.bak")
    write(workspace / "flows/team/welcome.toml", 'name = "W"')
    ran = oncue("test", workspace)
    assert ran.err == (
        f"oncue: there are no flows in {workspace}/flows, where files that end in .toml are looked for; "
        "folders below flows are not searched: move flows/team/welcome.toml up\n"
    )


def test_verbose_and_quiet(oncue: Oncue, mixed: Path) -> None:
    verbose = oncue("test", mixed, "-v").out
    assert verbose.startswith(
        "✗ failed       bad (Not well)\n! error        broken\n✓ passed       good (All is well)\n\n✗ failed: bad"
    )
    quiet = oncue("test", mixed, "-q")
    assert (quiet.status, timeless(quiet.out)) == (1, "3 scenarios: 1 passed, 1 failed, 1 with errors in 0.00 s\n")


def test_signs_wrap(oncue: Oncue, workspace: Path) -> None:
    for number in range(161):
        write(workspace / f"scenarios/s{number}.toml", GOOD)
    signs = oncue("test", workspace).out.splitlines()[:-1]
    assert signs == ["." * 80, "." * 80, "."]
    (workspace / "scenarios/s0.toml").unlink()
    assert oncue("test", workspace).out.splitlines()[:-1] == ["." * 80, "." * 80]


@pytest.mark.parametrize(
    ("arguments", "played"),
    [
        ([], ["bad", "broken", "good"]),
        (["."], ["bad", "broken", "good"]),
        (["good"], ["good"]),
        (["good", "bad", "good"], ["good", "bad"]),
        ([".", "good", "scenarios/bad.toml"], ["good", "bad"]),
        (["scenarios/bad.toml", "scenarios/good.toml"], ["bad", "good"]),
        (["-k", "well"], ["bad", "good"]),
        (["-k", "WELL all"], ["good"]),
        (["-k", "b"], ["bad", "broken"]),
        (["-k", ""], ["bad", "broken", "good"]),
        (["good", "bad", "-k", "all is"], ["good"]),
    ],
)
def test_what_is_played(
    oncue: Oncue, mixed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], played: list[str]
) -> None:
    monkeypatch.chdir(mixed)
    ran = oncue("test", *arguments, "--format", "json")
    assert [scenario["id"] for scenario in result_of(ran.out)["scenarios"]] == played


def test_a_file_names_its_workspace(oncue: Oncue, mixed: Path) -> None:
    assert oncue("test", mixed / "scenarios/good.toml").status == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["godo"], "no scenario 'godo' in .; did you mean 'good'?"),
        ([".", "good", "xyz"], "no scenario 'xyz' in .; expected one of: bad, broken, good"),
        (["scenarios/good.toml", "flows/welcome.toml"], "flows/welcome.toml is not in scenarios; name a scenario by"),
        (["-k", "well nothing"], "-k: none of 3 scenarios has 'well nothing' in its id or name"),
        (["--format", "xml"], "--format: 'xml' is not a known value; expected one of: text, json"),
        (["--min-score", "101"], "--min-score: '101' is not a number from 0 to 100 (see oncue test --help)"),
        (["--min-score", "nan"], "--min-score: 'nan' is not a number from 0 to 100"),
        (["--min-score", "all"], "--min-score: 'all' is not a number from 0 to 100"),
        (["--juint", "x"], "no option '--juint'; did you mean '--junit'? (see oncue test --help)"),
        (["flows"], "flows: there is no workspace.toml, so this is no workspace"),
        (["good", "--junit", "scenarios"], "--junit: scenarios is not a file, so nothing is written there"),
        (["good", "--junit", "workspace.toml/x"], "--junit: workspace.toml/x cannot be written: "),
    ],
)
def test_what_cannot_be_asked(
    oncue: Oncue, mixed: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(mixed)
    ran = oncue("test", *arguments)
    assert ran.status == 2
    assert message in ran.err
    assert ran.err.startswith("oncue: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("style", ["text", "json"])
def test_without_scenarios_it_says_what_to_do(oncue: Oncue, workspace: Path, tmp_path: Path, style: str) -> None:
    junit = tmp_path / "junit.xml"
    ran = oncue("test", workspace, "--format", style, "--junit", junit)
    assert ran.status == 0
    where = f"{workspace}/scenarios, where files that end in .toml are looked for"
    assert ran.err.startswith(f"oncue: there are no scenarios in {where}; to make one, ")
    assert ElementTree.parse(junit).getroot().get("tests") == "0"
    if style == "text":
        assert timeless(ran.out) == "0 scenarios in 0.00 s\n"
    else:
        totals = {"scenarios": 0, "passed": 0, "unchecked": 0, "failed": 0, "errors": 0}
        assert result_of(ran.out) == {"scenarios": [], "totals": totals, "problems": [], "ok": True}


def test_a_folder_of_scenarios_that_cannot_be_read_is_an_error(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (workspace / "scenarios").symlink_to(tmp_path / "elsewhere")
    ran = oncue("test", workspace)
    assert ran.status == 1
    assert f"{workspace}/scenarios: a link that leads out of the workspace" in ran.out


def test_json(oncue: Oncue, mixed: Path) -> None:
    ran = oncue("test", mixed, "--format", "json")
    assert (ran.status, ran.err) == (1, "")
    assert oncue("test", mixed, "--format", "json") == ran
    found = result_of(ran.out)
    assert found["totals"] == {"scenarios": 3, "passed": 1, "unchecked": 0, "failed": 1, "errors": 1}
    assert found["ok"] is False
    bad, broken, good = found["scenarios"]
    problem = {"file": "scenarios/broken.toml", "message": "unknown key; did you mean 'events'?", "key": "evnts"}
    assert broken == {
        "id": "broken",
        "name": None,
        "file": "scenarios/broken.toml",
        "status": "error",
        "problems": [{**problem, "line": 2, "code": "OC101", "severity": "error"}],
        "events": [],
    }
    assert (good["status"], good["problems"], [event["ok"] for event in good["events"]]) == ("passed", [], [True])
    assert (bad["id"], bad["name"], bad["status"]) == ("bad", "Not well", "failed")
    assert [problem["key"] for problem in bad["problems"]] == ["events[2].expect"]
    second, third = bad["events"][1:]
    assert [missing["flow"] for missing in second["missing"]] == ["reply", "welcom"]
    assert second["missing"][0]["edits"][0]["words"] == 'add "file" to message_types'
    assert (third["delivery"], third["expected"], third["started"]) == ("twice", [], ["reply"])
    assert third["expected_effects"] == {"closed": True}
    assert "transcript" not in third


def test_json_of_simulate_has_the_same_events(oncue: Oncue, mixed: Path) -> None:
    tested = result_of(oncue("test", mixed, "bad", "--format", "json").out)["scenarios"][0]["events"]
    simulated = result_of(oncue("simulate", mixed, "bad", "--format", "json").out)["events"]
    assert [event.pop("transcript") for event in simulated]
    assert simulated == tested


def test_junit(oncue: Oncue, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = oncue("test", "acme", "--junit", "reports/deep/junit.xml")
    assert ran.status == 1
    assert list((tmp_path / "reports/deep").iterdir()) == [tmp_path / "reports/deep/junit.xml"]
    root = ElementTree.parse(tmp_path / "reports/deep/junit.xml").getroot()
    (suite,) = root
    counts = {"tests": "3", "failures": "1", "errors": "1", "skipped": "0"}
    for element in (root, suite):
        assert element.attrib.items() >= counts.items()
        assert float(element.attrib["time"]) >= 0
    assert (root.tag, suite.tag, suite.get("name")) == ("testsuites", "testsuite", "Acme")
    bad, broken, good = suite
    assert {case.tag for case in suite} == {"testcase"}
    assert [case.get("name") for case in suite] == ["bad", "broken", "good"]
    assert [case.get("file") for case in suite] == [f"acme/scenarios/{name}.toml" for name in ("bad", "broken", "good")]
    assert {case.get("classname") for case in suite} == {"scenarios"}
    assert list(good) == []
    (failure,), (error,) = bad, broken
    assert (failure.tag, error.tag) == ("failure", "error")
    assert failure.get("message") == "event 1: off was expected and did not start"
    assert failure.text is not None and "to make it run: enable the flow\n" in failure.text
    assert error.get("message") == "scenarios/broken.toml:2: evnts: unknown key; did you mean 'events'?"
    printed = [row.strip() for row in ran.out.splitlines()]
    assert all(row.strip() in printed for row in failure.text.splitlines()[1:])


def test_junit_replaces_a_file_and_follows_a_link(oncue: Oncue, mixed: Path, tmp_path: Path) -> None:
    (tmp_path / "old.xml").write_text("old")
    (tmp_path / "link.xml").symlink_to("old.xml")
    oncue("test", mixed, "good", "--junit", tmp_path / "link.xml")
    assert (tmp_path / "link.xml").is_symlink()
    assert ElementTree.parse(tmp_path / "old.xml").getroot().get("tests") == "1"


def test_junit_can_hold_any_name(oncue: Oncue, workspace: Path, tmp_path: Path) -> None:
    evil = "".join(f"\\u{code:04x}" for code in (*range(1, 32), 0x7F, 0x9B, 0x202E, 0xFFFE, 0xFFFF)) + "<&]]>\\u0022'"
    config = workspace / "workspace.toml"
    write(config, config.read_text("utf-8").replace("Acme", evil))
    write(workspace / "scenarios/s.toml", BAD.replace("Not well", evil).replace("Jane", evil))
    junit = tmp_path / "junit.xml"
    assert oncue("test", workspace, "--junit", junit).status == 1
    (suite,) = ElementTree.parse(junit).getroot()
    assert str(suite.get("name")).endswith("��<&]]>\"'")
    assert "<&]]>" in str(suite[0][0].text)


def test_what_is_wrong_is_printed_even_if_junit_cannot_be_written(oncue: Oncue, mixed: Path) -> None:
    ran = oncue("test", mixed, "--junit", mixed)
    assert ran.status == 2
    assert timeless(ran.out).endswith("3 scenarios: 1 passed, 1 failed, 1 with errors in 0.00 s\n")
    assert ran.err == f"oncue: --junit: {mixed} is not a file, so nothing is written there\n"


def test_a_terminal_shows_signs_or_a_counter_never_both(
    oncue: Oncue, mixed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oncue.cli.progress.WAIT", 0)
    monkeypatch.setattr("oncue.cli.progress.EVERY", 0)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    counted = "\r1 of 3 scenarios\r2 of 3 scenarios\r3 of 3 scenarios\r                \r"
    assert oncue("test", mixed).err == counted
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert oncue("test", mixed).err == ""
    assert oncue("test", mixed, "-q").err == counted
    assert oncue("test", mixed, "--format", "json").err == counted


def test_pytest_does_not_take_it_for_a_test() -> None:
    assert not Path(str(command.__file__)).name.startswith("test_")


def test_what_the_scenarios_leave_untested(oncue: Oncue, workspace: Path) -> None:
    write(workspace / "scenarios/good.toml", GOOD)
    status, out, err = oncue("test", workspace, "--mutate")
    assert (status, err) == (0, "")
    assert out.startswith(".\n\n"), "first the tests, then what they leave out"
    assert re.search(r"^reply: When .*\n  ✗ survived  switched off\n      to kill it: ", out, re.MULTILINE)
    assert re.search(r"\n\n1 scenario: 1 passed in .* s\n\d+ mutants: \d+ killed, \d+ survived", out)
    assert "switched off" not in out.partition("\nwelcome: ")[2], "a scenario kills that"
    status, out, _ = oncue("test", workspace, "--mutate", "-q")
    assert (status, out.count("\n")) == (0, 2)


def test_what_is_untested_as_json(oncue: Oncue, mixed: Path) -> None:
    status, out, _ = oncue("test", mixed, "--mutate", "--format", "json")
    mutants = result_of(out)["mutants"]
    assert status == 1, "because of what failed, and not of what is untested"
    assert mutants["unused"] == ["bad"]
    assert mutants["total"] == mutants["killed"] + len(mutants["survived"])
    assert "mutants" not in result_of(oncue("test", mixed, "--format", "json")[1])


def test_without_scenarios_everything_is_untested(oncue: Oncue, workspace: Path) -> None:
    for file in (workspace / "scenarios").glob("*.toml"):
        file.unlink()
    status, out, _ = oncue("test", workspace, "--mutate")
    assert status == 0
    assert "✗ survived  switched off" in out
    assert "0 killed" in out


@pytest.mark.parametrize(
    "name",
    [
        "acme/workspace.toml",
        "acme/flows/../workspace.toml",
        "acme/flows/welcome.toml",
        "acme/flows/new.xml",
        "acme/scenarios/good.toml",
        "acme/scenarios/deep/new.xml",
        "link.toml",
        "hard.toml",
        "linked-flows/new.xml",
        "shared.toml",
    ],
)
def test_junit_never_replaces_a_file_of_the_workspace(
    oncue: Oncue, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.toml").symlink_to(mixed / "workspace.toml")
    (tmp_path / "hard.toml").hardlink_to(mixed / "flows/reply.toml")
    (tmp_path / "linked-flows").symlink_to(mixed / "flows")
    write(mixed / "shared/one.toml", 'name = "Shared"')
    (mixed / "scenarios/shared.toml").symlink_to(mixed / "shared/one.toml")
    (tmp_path / "shared.toml").symlink_to(mixed / "shared/one.toml")

    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    before = content()
    message = f"oncue: --junit: {name} belongs to the workspace; name a file elsewhere\n"
    assert oncue("test", "acme", "good", "--junit", name) == (2, "", message)
    assert content() == before


def test_junit_has_no_place_on_stdout(
    oncue: Oncue, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = oncue("test", "acme", "good", "--junit", "-")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("oncue: --junit: stdout is taken by the other report; name a file")
    assert not (tmp_path / "-").exists()
    assert oncue("test", "acme", "good", "--junit", "./-").status == 0
    assert (tmp_path / "-").is_file()


def test_junit_knows_the_home(oncue: Oncue, mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(mixed)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert oncue("test", ".", "good", "--junit=~/report.xml").status == 0
    assert (tmp_path / "report.xml").is_file()
    ran = oncue("test", ".", "good", "--junit=~nobody-here/report.xml")
    assert ran.status == 2
    assert ran.err.startswith("oncue: --junit: ~nobody-here/report.xml cannot be written: ")
    assert not list(mixed.glob("~*"))


def test_scenarios_that_are_not_read_are_said_beside_those_that_are(oncue: Oncue, workspace: Path) -> None:
    for file in ("scenarios/one.toml", "scenarios/more/two.toml"):
        (workspace / file).parent.mkdir(exist_ok=True)
        (workspace / file).write_text('name = "One"\n', encoding="utf-8")
    ran = oncue("test", workspace)
    assert ran.status == 0
    assert "folders below scenarios are not searched: move scenarios/more/two.toml up" in ran.err
