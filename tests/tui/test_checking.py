"""The linter beside the typing: its list follows the edits, and no key waits for it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.tui.hands import Hands, designer

from oncue.tui import checking
from oncue.workbench import findings

ONE = """\
name = "{name}"

[trigger]
event = "message_created"
channel = "whatsapp"
instance = "{instance}"
participant_types = ["contact"]

[[steps]]
type = "send_message"
text = "Hello"
"""


@pytest.fixture
def twice(acme: Path) -> Path:
    """A workspace in which two flows reply, but not to one message."""
    (acme / "flows/one.toml").write_text(ONE.format(name="One", instance="wa-nl"))
    (acme / "flows/two.toml").write_text(ONE.format(name="Two", instance="wa-de"))
    return acme


def codes(hands: Hands) -> set[str]:
    return {problem.code for problem in hands.state.problems}


async def test_the_list_follows_edits_and_undo(twice: Path) -> None:
    async with designer(twice) as hands:
        assert "OC406" not in codes(hands)
        await hands.open_flow("two")
        await hands.press("2", "tab", "right", "right")
        assert hands.flow.trigger.instance in ("wa-nl", None)
        assert "OC406" in codes(hands)
        assert hands.state.findings.checked is hands.session.workspace
        await hands.press("u", "u")
        assert "OC406" not in codes(hands)


async def test_comments_and_settings_leave_findings_out_as_soon_as_they_are_written(twice: Path) -> None:
    (twice / "flows/two.toml").write_text(ONE.format(name="Two", instance="wa-nl"))
    async with designer(twice) as hands:
        assert "OC406" in codes(hands)
        (twice / "flows/two.toml").write_text("# oncue: ignore OC406\n" + ONE.format(name="Two", instance="wa-nl"))
        await hands.press("f8")
        assert "OC406" not in codes(hands)
        (twice / "flows/two.toml").write_text(ONE.format(name="Two", instance="wa-nl"))
        await hands.press("f8")
        assert "OC406" in codes(hands)
        config = twice / "workspace.toml"
        config.write_text(config.read_text().replace('"OC404"]', '"OC404", "OC4"]'))
        await hands.press("f8")
        assert "OC406" not in codes(hands)


class Gate:
    """Holds the linter up until it is opened, on calls that the thread looks up at."""

    def __init__(self) -> None:
        self.open, self.begun, self.ended = threading.Event(), 0, 0

    def slowly(self, find: Callable[..., findings.Findings]) -> Callable[..., findings.Findings]:
        def found(*arguments: object) -> findings.Findings:
            self.begun += 1
            while not self.open.is_set():
                self._turn()
            self.ended += 1
            return find(*arguments)

        return found

    def _turn(self) -> None:
        self.open.wait(0.0005)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    held = Gate()
    held.open.set()
    monkeypatch.setattr(checking, "findings_of", held.slowly(findings.findings_of))
    monkeypatch.setattr(checking, "LATE", 0.0)
    yield held
    held.open.set()


async def test_while_it_is_behind_that_is_said(twice: Path, gate: Gate) -> None:
    async with designer(twice, (160, 40)) as hands:
        file = twice / "flows/two.toml"
        file.write_text(file.read_text().replace('"wa-de"', '"wa-nl"'))
        await hands.press("f8")
        assert "checking" not in hands.grid()
        gate.open.clear()
        hands._send("e")
        await hands.until(lambda: hands.state.findings.late)
        await hands.until(lambda: "checking …" in hands.inside("#header"))
        assert "checking …" in str(hands.app.designer.grid.problems.border_subtitle)
        gate.open.set()
        await hands.settle()
        assert "checking" not in hands.grid()
        assert not hands.state.findings.late


async def test_what_was_undone_meanwhile_is_not_checked_again(twice: Path, gate: Gate) -> None:
    async with designer(twice) as hands:
        before = hands.session.workspace
        gate.open.clear()
        hands._send("e")
        await hands.until(lambda: hands.state.findings.late)
        hands._send("u")
        await hands.until(lambda: hands.session.workspace is before)
        await hands.settle()
        assert not hands.state.findings.late
        assert hands.state.findings.checked is before


@pytest.mark.parametrize("flows", [1_000])
async def test_typing_goes_on_while_it_is_asked_and_only_the_last_answer_is_shown(
    twice: Path, gate: Gate, flows: int
) -> None:
    for number in range(flows):
        (twice / f"flows/f{number}.toml").write_text(ONE.format(name=f"F {number}", instance="wa-nl"))
    async with designer(twice) as hands:
        await hands.open_flow("one")
        hands.app.designer.grid.trigger.enter_name()
        await hands.settle()
        gate.open.clear()
        answers: list[object] = []
        hands.store.subscribe(lambda before, after: answers.append(after.findings.checked))
        for end, letter in enumerate("abcd", 1):
            begun = gate.begun
            hands._send(letter)
            await hands.until(lambda end=end: hands.flow.name == "abcd"[:end])  # type: ignore[misc]
            await hands.until(lambda begun=begun: gate.begun > begun)  # type: ignore[misc]
        ended = gate.ended
        gate.open.set()
        await hands.settle()
        assert gate.ended == ended + 1, "what was asked of the earlier letters was given up"
        assert answers[-1] is hands.session.workspace
        assert sum(problem.code == "OC406" for problem in hands.state.problems) >= flows - 1


async def test_it_ends_with_the_app(twice: Path, gate: Gate) -> None:
    async with designer(twice) as hands:
        gate.open.clear()
        begun = gate.begun
        hands._send("e")
        await hands.until(lambda: gate.begun > begun)
        hands.app.end(0)
    assert gate.ended == 1
