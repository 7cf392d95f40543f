"""The export screen: by key and by mouse, to the clipboard and to files, with what is lost in sight."""

import json
from importlib.metadata import EntryPoint
from pathlib import Path
from threading import Event

import pytest
from tests.tui.hands import Hands, designer

from oncue.exporters import preview as previews
from oncue.exporters.preview import Preview
from oncue.tui.widgets.field import Field

REFUNDS = """\
name = "Refunds \\u001b[2J [b]x"

[trigger]
event = "message_created"
channel = "whatsapp"
participant_types = ["contact"]

[when]
text_any = ["refund"]
"""


@pytest.fixture
def refunds(acme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a condition that most targets cannot say; the app is started elsewhere."""
    (acme / "flows/refunds.toml").write_text(REFUNDS)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return acme


def words(hands: Hands, selector: str) -> str:
    bar = dict.fromkeys(map(ord, "▁▂▃▄▅▆▇█"))  # of scrolling
    return " ".join(hands.inside(selector).translate(bar).split())


def report(hands: Hands) -> str:
    return words(hands, "#export-losses")


async def go_to(hands: Hands, target: str) -> None:
    """Go down to a target."""
    for _ in range(20):
        if f"❯ {target} " in hands.grid():
            return
        await hands.press("down")
    raise AssertionError(target)


async def test_the_keyboard_alone(refunds: Path) -> None:
    async with designer(refunds) as hands:
        await hands.press("X")
        assert hands.asking == "Export"
        assert '"format": "oncue.bundle"' in hands.inside("#browser-scroll")
        assert report(hands) == "✓ Nothing is lost."
        await hands.press("c")
        assert json.loads(hands.app.clipboard)["format"] == "oncue.bundle"
        assert hands.toasts[-1].startswith("JSON sent to the terminal's clipboard: ")
        await go_to(hands, "eventbridge")
        assert words(hands, "#export-head").startswith(
            "All flows · rules of AWS EventBridge, as a CloudFormation template"
        )
        assert '"AWSTemplateFormatVersion"' in hands.inside("#browser-scroll")
        assert report(hands).startswith("! Refused, as flows would start there on more events; a allows it: ")
        assert "flows/refunds.toml: EventBridge cannot say when.text_any, which would add" in report(hands)
        assert "Message created · every instance of WhatsApp · Contact · any message" in report(hands)

        before = hands.app.clipboard
        await hands.press("c", "w")
        assert hands.asking == "Export"
        assert hands.app.clipboard == before
        assert hands.toasts[-1] == "Not exported: flows would start on more events there; a allows that."
        await hands.press("a", "c")
        assert report(hands).startswith("Flows start there on more events, which you allowed: flows/refunds.toml")
        assert "AWS::Events::Rule" in hands.app.clipboard

        await hands.press("w")
        assert hands.asking == "Write EventBridge"
        await hands.press("enter")
        assert hands.asking == ""
        assert Path("eventbridge.json").read_text() == hands.app.clipboard
        assert hands.toasts[-1] == "Written: eventbridge.json."
        assert hands.session.dirty == set()


async def test_the_mouse_alone(refunds: Path) -> None:
    async with designer(refunds) as hands:
        await hands.click_on("#footer", "all keys")
        await hands.type("other systems would be given")
        await hands.click_on("#picker-rows", "Show what other systems")
        assert hands.asking == "Export"
        await hands.click_on("#browser-items", "n8n")
        assert "n8n-nodes-base.webhook" in hands.inside("#browser-scroll")
        await hands.click_on("#browser-actions", "Allow more events")
        assert "which you allowed" in report(hands)
        await hands.click_on("#browser-actions", "Copy")
        assert json.loads(hands.app.clipboard)["name"] == "oncue: Acme"
        await hands.click_on("#browser-actions", "w Write")
        assert hands.asking == "Write n8n"
        await hands.press("escape")
        assert hands.asking == "Export"
        await hands.press("escape")
        assert hands.asking == ""


@pytest.mark.parametrize("columns", [100, 120, 200])
async def test_what_the_targets_make_is_not_cut_in_the_list(acme: Path, columns: int) -> None:
    async with designer(acme, (columns, 40)) as hands:
        await hands.press("X")
        assert "…" not in hands.inside("#browser-items")
        await go_to(hands, "sql")
        assert "and a view that joins events to it" in words(hands, "#export-head"), "all that it makes"


async def test_a_low_terminal_has_one_line_for_what_the_target_makes(acme: Path) -> None:
    async with designer(acme, (50, 15)) as hands:
        await hands.press("X")
        await go_to(hands, "sql")
        assert hands.inside("#export-head") == "All flows · the decision table as SQL, fo…"


async def test_only_the_open_flow(refunds: Path) -> None:
    async with designer(refunds) as hands:
        await hands.open_flow("welcome")
        await hands.press("X", "f", "c")
        assert "Only Welcome" in hands.inside("#export-head")
        assert [each["id"] for each in json.loads(hands.app.clipboard)["flows"]] == ["welcome"]
        await go_to(hands, "eventbridge")
        assert "Refused" not in report(hands), "only the other flow would be widened"
        await hands.press("f")
        assert "All flows" in hands.inside("#export-head")
        assert "Refused" in report(hands)


async def test_unsaved_edits_count(refunds: Path) -> None:
    async with designer(refunds) as hands:
        await hands.open_flow("welcome")
        await hands.press("e", "X", "f", "c")
        assert hands.session.dirty == {"welcome"}
        (flow,) = json.loads(hands.app.clipboard)["flows"]
        assert flow["enabled"] is False


async def test_names_are_shown_and_not_obeyed(refunds: Path) -> None:
    async with designer(refunds) as hands:
        await hands.open_flow("refunds")
        await hands.press("X", "f", "a")
        for _ in range(20):
            assert "\x1b" not in hands.grid()
            assert "[b]x" in hands.inside("#export-head")
            await hands.press("down")


async def test_a_file_that_exists_is_replaced_only_if_the_user_says_so(refunds: Path) -> None:
    async with designer(refunds) as hands:
        Path("mine.json").write_text("mine")
        await hands.press("X", "w")
        await hands.press("ctrl+u")
        await hands.type("mine.json")
        await hands.press("enter")
        assert hands.asking == "Replace"
        assert "mine.json exists already" in hands.grid()
        await hands.press("escape")
        assert hands.asking == "Write JSON"
        assert Path("mine.json").read_text() == "mine"
        await hands.press("enter", "r")
        assert hands.asking == ""
        assert json.loads(Path("mine.json").read_text())["format"] == "oncue.bundle"
        await hands.press("X", "w")
        await hands.press("ctrl+u")
        await hands.type("mine.json")
        await hands.press("enter")
        assert hands.asking == "", "it is what would be written"
        assert hands.toasts[-1] == "mine.json is up to date."


async def test_the_path_that_is_offered_can_be_gone_on_with_and_is_completed(refunds: Path) -> None:
    async with designer(refunds) as hands:
        Path("folder").mkdir()
        await hands.press("X", "w")
        field = hands.find("#prompt-field", Field)
        assert (field.value, field.cursor_position) == ("oncue.json", len("oncue.json"))
        await hands.press("backspace")
        assert field.value == "oncue.jso", "what is typed does not replace it all"
        await hands.press("ctrl+u", "enter")
        assert "it has to have a name" in hands.inside("#prompt-hint")
        await hands.type("fol")
        await hands.press("tab")
        assert field.value == "folder/"
        await hands.press("enter")
        assert json.loads(Path("folder/oncue.json").read_text())["format"] == "oncue.bundle"


async def test_a_file_of_the_workspace_is_never_replaced(refunds: Path) -> None:
    async with designer(refunds) as hands:
        before = hands.text("workspace.toml")
        await hands.press("X", "w")
        await hands.press("ctrl+u")
        await hands.type(str(refunds / "workspace.toml"))
        await hands.press("enter")
        assert hands.asking == "Write JSON"
        assert "belongs to the workspace; name a file elsewhere" in words(hands, "#prompt-hint")
        assert hands.text("workspace.toml") == before
        await hands.press("escape", "escape")
        assert hands.asking == ""


async def test_a_target_of_several_files_is_written_into_a_folder(acme: Path, tmp_path: Path) -> None:
    text = (acme / "workspace.toml").read_text()
    for number, instance in enumerate(("wa-nl", "wa-de", "mail")):
        text = text.replace(f'id = "{instance}"', f'id = "{instance}"\nexternal_ids = ["slack:C000000{number}"]')
    (acme / "workspace.toml").write_text(text)
    async with designer(acme) as hands:
        await hands.press("X", "a")
        await go_to(hands, "slack")
        assert "reply" in hands.inside("#browser-scroll")
        await hands.press("w")
        await hands.press("ctrl+u")
        await hands.type(str(tmp_path / "triggers"))
        await hands.press("enter")
        assert hands.asking == ""
        assert list((tmp_path / "triggers").iterdir())


async def test_what_the_target_needs_and_nobody_gave_is_named(acme: Path) -> None:
    async with designer(acme) as hands:
        await hands.press("X")
        await go_to(hands, "chatwoot")
        assert "! Nothing can be exported: chatwoot needs the inbox id of the instance" in report(hands)
        await hands.press("w")
        assert hands.asking == "Export"
        assert hands.toasts[-1] == "Not exported; why is said first in the report."
        assert "Refused" not in hands.grid(), "it is refused for one reason, which allowing more events does not change"
        assert "Flows would start there on more events, too:" in report(hands)


async def test_a_flow_that_cannot_be_read_would_be_missing(acme: Path) -> None:
    (acme / "flows/broken.toml").write_text("name = ")
    async with designer(acme) as hands:
        await hands.open_flow("welcome")
        await hands.press("X")
        assert "flows/broken.toml cannot be read, so it would be missing" in report(hands)
        await hands.press("f")
        assert report(hands) == "✓ Nothing is lost."


async def test_without_an_open_flow_all_are_exported(tmp_path: Path) -> None:
    (tmp_path / "workspace.toml").write_text('name = "Empty"\n')
    async with designer(tmp_path) as hands:
        await hands.press("X", "f")
        assert hands.toasts[-1] == "No flow is open."
        assert "All flows" in hands.inside("#export-head")


async def test_what_is_passed_is_not_exported_and_keys_wait_for_the_export(
    acme: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One export at a time, and a copy that is asked for before it is made comes when it is."""
    go_on, made, real = Event(), list[str](), previews.preview

    def slowly(target: str, *rest: object) -> Preview:
        made.append(target)
        go_on.wait(10)
        return real(target, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(previews, "preview", slowly)
    async with designer(acme) as hands:
        hands._send("X")
        await hands.until(lambda: made)
        for key in ("down", "down", "down", "c"):
            hands._send(key)
        await hands.until(lambda: "❯ sql " in hands.inside("#browser-items"))
        await hands.pilot.pause()
        assert "Exporting…" in hands.grid()
        go_on.set()
        await hands.settle()
        assert made == ["json", "sql"]
        assert "oncue_matches" in hands.app.clipboard


async def test_an_exporter_of_others_that_fails_ends_nothing(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("theirs", "no_such_module_anywhere", "oncue.exporters")
    monkeypatch.setattr("oncue.exporters.registry.entry_points", lambda group: [entry])
    async with designer(acme) as hands:
        await hands.press("X")
        await go_to(hands, "theirs")
        assert "Nothing can be exported: No module named 'no_such_module_anywhere'." in report(hands)
        await hands.press("escape")
        assert hands.asking == ""


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 15)])
async def test_all_of_the_report_can_be_read(sample: Path, size: tuple[int, int]) -> None:
    async with designer(sample, size) as hands:
        await hands.press("X")
        await go_to(hands, "eventbridge")
        seen = report(hands)
        for _ in range(60):
            await hands.press("]")
            seen += f" {report(hands)}"
        assert "steps cannot be said in EventBridge" in " ".join(seen.split())
        await hands.press("end")
        assert "}" in hands.inside("#browser-scroll")
