"""Scenarios as tests of pytest: how each kind ends, what its report says, and that it costs nothing when not used."""

import json
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[1]
CONFIG = 'name = "Shop"\n[[instances]]\nid = "wa"\nchannel = "whatsapp"\nname = "Shop"\n'
FLOW = 'name = "Welcome"\n[trigger]\nevent = "conversation_created"\nchannel = "whatsapp"\n'
EVENT = '[[events]]\nevent = "conversation_created"\ninstance = "wa"\nparticipant = { type = "contact" }\n'


@pytest.fixture
def shop(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return make(pytester.path / "shop")


def make(folder: Path) -> Path:
    files = {
        "workspace.toml": CONFIG,
        "flows/welcome.toml": FLOW,
        "scenarios/greets.toml": f'name = "New customer"\n{EVENT}expect = ["welcome"]\n',
        "scenarios/silent.toml": f'name = "Nothing starts"\n{EVENT}expect = []\n',
        "scenarios/watched.toml": f'name = "Only played"\n{EVENT}',
    }
    for file, content in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, encoding="utf-8")
    return folder


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "oncue.pytest_plugin", *arguments)


def test_each_scenario_is_an_item_with_its_report(pytester: pytest.Pytester, shop: Path) -> None:
    ran = run(pytester, "--oncue", shop.name, "-v", "-rs")
    ran.assert_outcomes(passed=1, failed=1, skipped=1)
    ran.stdout.fnmatch_lines(["shop::greets PASSED*", "shop::silent FAILED*", "shop::watched SKIPPED*"])
    said = ["*silent (Nothing starts)*", "event 1: Contact*", "*welcome started and was not expected"]
    ran.stdout.fnmatch_lines(said)
    ran.stdout.fnmatch_lines(["SKIPPED*not checked: the scenario expects nothing"])
    ran.stdout.no_fnmatch_line("*Traceback*")
    ran.stdout.no_fnmatch_line("E  *")


def test_files_that_cannot_be_read_are_errors(pytester: pytest.Pytester, shop: Path) -> None:
    (shop / "scenarios/broken.toml").write_text("name = ", encoding="utf-8")
    (shop / "flows/typo.toml").write_text(FLOW.replace("channel", "chanel"), encoding="utf-8")
    ran = run(pytester, "--oncue", "shop", "-k", "broken or typo or greets")
    ran.assert_outcomes(passed=1, errors=2, deselected=2)
    ran.stdout.fnmatch_lines(
        ["shop/flows/typo.toml:4: trigger.chanel: unknown key*", "shop/scenarios/broken.toml:1: *"]
    )
    ran.stdout.no_fnmatch_line("E  *")


@pytest.mark.parametrize(
    ("words", "passed"), [("greets", 1), ("customer", 1), ("not silent and not watched", 1), ("x", 0)]
)
def test_k_chooses_by_id_and_name(pytester: pytest.Pytester, shop: Path, words: str, passed: int) -> None:
    run(pytester, "--oncue", "shop", "-k", words).assert_outcomes(passed=passed, deselected=3 - passed)


def test_several_workspaces_beside_other_tests(pytester: pytest.Pytester, shop: Path) -> None:
    make(pytester.path / "other")
    pytester.makepyfile("def test_one(): pass")
    ran = run(pytester, "--oncue", "shop", "--oncue=other", "--oncue", "shop")
    ran.assert_outcomes(passed=3, failed=2, skipped=2)


def test_a_folder_that_is_no_workspace_and_one_without_scenarios_are_refused(
    pytester: pytest.Pytester, shop: Path
) -> None:
    ran = run(pytester, "--oncue", "shop/flows")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["ERROR: --oncue: *flows: there is no workspace.toml*the workspace is *shop*"])
    (shop / "scenarios").rename(shop / "Scenarios")
    ran = run(pytester, "--oncue", "shop")
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines(["ERROR: --oncue: there are no scenarios in *; the folder is called scenarios: *"])


def test_without_the_option_nothing_is_imported_and_nothing_added(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(
        """
        import json, pathlib, sys

        def test_one():
            loaded = [name for name in sys.modules if name.split(".")[0] in ("oncue", "pydantic", "textual")]
            pathlib.Path("loaded.json").write_text(json.dumps(sorted(loaded)))
        """
    )
    run(pytester).assert_outcomes(passed=1)
    assert json.loads((pytester.path / "loaded.json").read_text()) == ["oncue", "oncue.pytest_plugin"]


def test_it_is_registered() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"oncue": "oncue.pytest_plugin"}
