"""The problems: there when something is wrong, and each leads to its place."""

from pathlib import Path

from tests.tui.hands import Hands, designer

from oncue.tui.widgets.rows import RowList


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
