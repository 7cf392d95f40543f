"""What the README says is so: its tour is played in the app, its commands are run, its links lead somewhere."""

import re
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from oncue.cli.diagnostics import guarded
from oncue.cli.main import run
from oncue.storage.user.settings import Settings
from oncue.tui.app import OncueApp
from oncue.tui.opening import begin_opening

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = {"space": "space", "enter": "enter", "escape": "escape", "→": "right"}
KEY = re.compile(r"(type )?`([^`]+)`(?: × (\d+))?")


def keys_of(cell: str) -> list[str]:
    """The keys of a cell of the tour: "`Tab` × 2, type `ab`" is tab, tab, a, b."""
    keys: list[str] = []
    for typed, key, times in KEY.findall(cell):
        if typed:
            keys += [" " if letter == " " else letter for letter in key]
        else:
            keys += [NAMES.get(key.lower(), key.lower())] * int(times or 1)
    return keys


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


TABLES = re.findall(r"^\|---\|---\|\n((?:\|.*\n)+)", README, re.MULTILINE)
TOUR = [row.split(" | ")[0].removeprefix("| ") for table in TABLES for row in table.splitlines()]
COMMANDS = re.findall(r"^\$ (\S*oncue) (.*)\n((?:(?!\$).*\n)*)", "".join(blocks("console")), re.MULTILINE)


async def until_idle(pilot: Pilot[int], app: OncueApp) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.fixture
async def tour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace after the tour was played as it is written."""
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "tour"
    shutil.copytree(ROOT / "sample_workspace", folder)
    app = OncueApp(begin_opening(folder), Settings(tmp_path / "config.toml"))
    async with app.run_test(size=(120, 40)) as pilot:
        while app.disk is None or not app.disk.ready.is_set():
            await pilot.pause(0.01)
        for cell in TOUR:
            for key in keys_of(cell):
                await pilot.press(key)
                await pilot.pause()
        assert app.store is not None
        assert [each.fired for each in app.store.state.results] == [("welcome-whatsapp",), ("brief-the-team",)]
        await pilot.press("s")
        await until_idle(pilot, app)
        assert not app.store.session.dirty
    return folder


def test_there_is_a_tour() -> None:
    assert len(TOUR) >= 10
    assert keys_of(TOUR[2]) == [*"Brief the team"]
    assert len(COMMANDS) == 3


async def test_the_tour(
    tour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    before = {path.name: path.read_bytes() for path in (ROOT / "sample_workspace/flows").iterdir()}
    after = {path.name: path.read_bytes() for path in (tour / "flows").iterdir()}
    assert after.pop("brief-the-team.toml").decode() == blocks("toml")[0]
    assert after == before

    monkeypatch.chdir(tmp_path)
    for _, arguments, shown in COMMANDS:
        assert guarded(lambda arguments=arguments: run(arguments.split())) == 0  # type: ignore[misc]
        out, err = capsysbinary.readouterr()
        assert out and not err
        if shown != "…\n":
            assert out.decode() == shown


def test_the_counts_are_right() -> None:
    from oncue import load_workspace

    workspace = load_workspace(ROOT / "sample_workspace")
    counts = f"{len(workspace.config.instances)} numbers, mailboxes and chats, {len(workspace.flows)} flows"
    assert counts in README


def anchors_of(page: Path) -> set[str]:
    """What links to the headings of a page are made of."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", re.sub(r"\]\(.*?\)", "", each).lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith("https://"):
            file, _, anchor = target.partition("#")
            there = page.parent / file if file else page
            assert there.exists(), target
            assert not anchor or anchor in anchors_of(there), target


def test_ci_runs_the_tests_as_the_readme_says() -> None:
    command = next(block.strip() for block in blocks("sh") if "pytest" in block)
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
