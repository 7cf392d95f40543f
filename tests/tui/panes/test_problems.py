"""The problems: there when something is wrong, and each leads to its place."""

import json
from pathlib import Path

from click.testing import CliRunner
from tests.tui.hands import Hands, designer

from oncue.cli.group import oncue
from oncue.tui.widgets.rows import RowList
from oncue.tui.widgets.transcript import Transcript


async def choose(hands: Hands, key: str) -> None:
    await hands.press("escape", "5")
    rows = hands.find("#problem-rows", RowList)
    rows.move(next(number for number, problem in enumerate(rows.rows) if key in f"{problem.file} {problem.key}"))
    await hands.settle()
    await hands.press("enter")


def spoil(folder: Path) -> None:
    file = folder / "flows/reply.toml"
    file.write_text(
        file.read_text().replace('"wa-nl"', '"wa-fr"').replace('["image", "file"]', "[]").replace('"One"', '""')
    )
    (folder / "flows/broken.toml").write_text('name = "B"\nkaputt = 1\n')
    (folder / "flows/bytes.toml").write_bytes(b"\xff\xfe\x00")
    (folder / "scenarios").mkdir()
    (folder / "scenarios/one.toml").write_text(
        'name = "One"\n[[events]]\nevent = "conversation_created"\ninstance = "gone"\nexpect = ["nobody"]\n'
    )


async def test_each_problem_leads_to_its_place(acme: Path) -> None:
    spoil(acme)
    async with designer(acme) as hands:
        assert "5 Problems" in hands.grid()
        assert {problem.file for problem in hands.state.problems} == {
            "flows/broken.toml",
            "flows/bytes.toml",
            "flows/reply.toml",
            "scenarios/one.toml",
        }
        await choose(hands, "trigger.instance")
        assert (hands.session.selected, hands.place) == ("reply", "trigger/trigger-instance")
        await choose(hands, "trigger.message_types")
        assert hands.place == "trigger/trigger-messages"
        await choose(hands, "steps[1].text")
        assert hands.place == "steps/text"
        assert hands.find("#step-rows", RowList).cursor == 0
        before = hands.session
        await choose(hands, "flows/broken.toml")
        assert hands.asking == "Problem"
        assert "flows/broken.toml" in hands.grid()
        assert hands.session is before
        await hands.press("escape")


async def test_it_is_gone_when_all_is_mended(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text().replace('"wa-nl"', '"wa-fr"'))
    async with designer(acme) as hands:
        await hands.press("5", "enter", "right")
        assert hands.state.problems == ()
        assert "5 Problems" not in hands.grid()
        await hands.press("5")
        assert hands.toasts == ["There are no problems."]
        assert hands.place == "trigger/trigger-instance"
        await hands.press("2", "]", "]", "]")
        assert hands.place == "flows/flow-rows", "it is skipped"
        await hands.press("u")
        assert "5 Problems" in hands.grid()


async def test_broken_files_are_listed_and_the_others_work(acme: Path) -> None:
    spoil(acme)
    before = {path: path.read_bytes() for path in (acme / "flows").glob("b*.toml")}
    async with designer(acme) as hands:
        assert sorted(hands.session.workspace.flows) == ["off", "reply", "welcome"]
        await hands.open_flow("welcome")
        await hands.press("e", "s")
        assert "enabled = false" in hands.text("flows/welcome.toml")
    assert {path: path.read_bytes() for path in before} == before


async def test_a_file_that_is_mended_outside_is_read_again(acme: Path) -> None:
    (acme / "flows/broken.toml").write_text("x = ")
    async with designer(acme) as hands:
        assert len(hands.state.problems) == 1
        (acme / "flows/broken.toml").write_text((acme / "flows/off.toml").read_text())
        await hands.press("f8")
        after = hands.state
        assert after.problems == ()
        assert "broken" in hands.session.workspace.flows
        await hands.press("f8")
        assert hands.toasts[-1] == "Nothing changed on disk."


PLACEHOLDER = """\
name = "Typo"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[[steps]]
type = "add_note"
text = "Hello ${participant.name}"
"""
TWICE = """\
name = "{name}"

[trigger]
event = "message_created"
channel = "email"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello"
"""


async def go_to(hands: Hands, code: str) -> None:
    """Put the cursor on the first problem of a code."""
    await hands.press("escape", "5")
    rows = hands.find("#problem-rows", RowList)
    rows.move(next(number for number, problem in enumerate(rows.rows) if problem.code == code))
    await hands.settle()


async def test_it_lists_what_oncue_check_prints(sample: Path) -> None:
    spoil_sample(sample)
    async with designer(sample) as hands:
        listed = sorted((Path(each.file).as_posix(), each.code, each.key) for each in hands.state.problems)
        result = CliRunner().invoke(oncue, ["check", str(sample), "--format", "json"])
        printed = sorted(
            (Path(each["file"]).relative_to(sample).as_posix(), each["code"], each["key"] or "")
            for each in json.loads(result.stdout)
        )
        assert listed == printed
        assert {"OC002", "OC408", "OC202"} <= {code for _, code, _ in listed}, "there are some of each kind"


def spoil_sample(folder: Path) -> None:
    flow = folder / "flows/agent-takes-over.toml"
    flow.write_text(flow.read_text().replace("[trigger]\n", '[trigger]\ninstance = "gone"\n', 1))
    (folder / "flows/no id.toml").write_text(PLACEHOLDER)


async def test_a_fix_is_one_edit_that_undo_takes_back(acme: Path) -> None:
    (acme / "flows/typo.toml").write_text(PLACEHOLDER)
    async with designer(acme) as hands:
        before = hands.session.workspace
        await go_to(hands, "OC206")
        await hands.press("t")
        after = hands.session.workspace.flows["typo"]
        assert after.steps[0].text == "Hello {{participant.name}}"  # type: ignore[union-attr]
        assert hands.session.undo_label == "Fix OC206"
        assert not hands.state.listed.counts.errors
        await hands.press("u")
        assert hands.session.workspace is before
        assert [each.code for each in hands.state.problems] == ["OC206"]


async def test_what_is_not_clear_or_not_a_flow_is_refused_in_a_sentence(acme: Path) -> None:
    config = acme / "workspace.toml"
    config.write_text(config.read_text().replace('ignore = ["OC305", "OC402", "OC404"]', 'ignore = ["OC305", "OC402"]'))
    (acme / "scenarios").mkdir()
    (acme / "scenarios/broken.toml").write_text("x = ")
    (acme / "flows/reply.toml").write_text(
        (acme / "flows/reply.toml").read_text().replace('instance = "wa-nl"', 'instance = "nowhere"')
    )
    async with designer(acme) as hands:
        before = hands.session
        await go_to(hands, "OC404")
        await hands.press("t")
        assert hands.toasts[-1].startswith("workspace.toml is not edited here")
        await go_to(hands, "OC003")
        await hands.press("t")
        assert hands.toasts[-1].startswith("scenarios/broken.toml is not edited here")
        await go_to(hands, "OC202")
        await hands.press("t")
        assert hands.toasts[-1].startswith("How to fix this is for you to decide")
        assert hands.session is before
        await go_to(hands, "OC404")
        await hands.press("enter")
        assert hands.asking == "Problem"
        assert "workspace.toml" in hands.grid()
        await hands.press("escape")


async def test_the_page_of_a_problem_by_key_and_the_place_by_mouse(acme: Path) -> None:
    for name in ("One", "Two"):
        (acme / f"flows/{name.lower()}.toml").write_text(TWICE.format(name=name))
    async with designer(acme) as hands:
        found = next(problem for problem in hands.state.problems if problem.code == "OC406")
        assert found.file == "flows/two.toml"
        await go_to(hands, "OC406")
        await hands.press("d")
        assert hands.asking == "Problem OC406"
        assert found.message[1:30] in hands.grid()
        assert "Example:" in hands.grid()
        await hands.press("escape")
        assert hands.place == "problems/problem-rows"
        await hands.click_on("#problem-rows", "OC406")
        assert hands.session.selected == "two"
        assert hands.place.startswith("steps/")


async def test_an_event_of_a_scenario_is_gone_to(sample: Path) -> None:
    file = next(path for path in sorted((sample / "scenarios").glob("*.toml")) if path.read_text().count("expect") > 2)
    head, expect, rest = file.read_text().rpartition("expect = [")
    file.write_text(f'{head}{expect}"nobody", {rest}')
    async with designer(sample) as hands:
        problem = next(each for each in hands.state.problems if each.code == "OC301")
        await go_to(hands, "OC301")
        await hands.press("enter")
        assert hands.place.startswith("simulator")
        assert hands.state.timeline is not None
        assert hands.state.timeline.scenario == file.stem
        current = hands.find("#play-rows", Transcript).current
        assert current is not None
        assert current.number == int(problem.path[1]) + 1


async def test_errors_and_warnings_are_marked_in_the_list_of_flows(acme: Path) -> None:
    for name in ("One", "Two"):
        (acme / f"flows/{name.lower()}.toml").write_text(TWICE.format(name=name))
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text().replace('"wa-nl"', '"wa-fr"'))
    async with designer(acme) as hands:
        marks = {row.split()[2]: row for row in hands.inside("#flow-rows").splitlines() if row.strip()}
        assert "!" in marks["Reply"]
        assert "▲" in marks["Two"]
        assert "!" not in marks["Welcome"] and "▲" not in marks["Welcome"]
        assert "! 1 error" in hands.inside("#header")
        assert "▲" in hands.inside("#header")
        await hands.press("slash")
        await hands.type("problem")
        assert set(hands.find("#flow-rows", RowList).rows) == set(hands.state.listed.wrong_flows)
        assert "welcome" not in hands.state.listed.wrong_flows
