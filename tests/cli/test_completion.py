"""Completion, asked as shells ask: with keys in a real bash and zsh, and by ``complete -C`` in fish."""

import os
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue, write
from tests.cli.shells import ALL, Shell, fish_offers, missing

HOSTILE = ("a$(touch gone)", "a`touch gone`", "a\x1b[2J", "a\nplain,b;touch gone", "a b", "-a", "*", "a\udcff")


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def folder(workspace: Path) -> Path:
    """Where the workspace ``acme`` is; names of which a shell could be a victim are in it."""
    for name in ("new-customer", "late-answer"):
        write(workspace / f"scenarios/{name}.toml", f'name = "{name}"')
    for name in HOSTILE:
        path = os.path.join(os.fsencode(workspace / "scenarios"), os.fsencode(name) + b".toml")  # noqa: PTH118
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    (workspace.parent / "with blank").mkdir()
    write(workspace.parent / "words/report.xml", "")
    return workspace.parent


@pytest.mark.skipif(missing("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("oncue mat\t", "oncue match "),
        ("oncue sim\t", "oncue simulate "),
        (f"oncue s{ALL}", "oncue simulate schema "),
        ("oncue --comp\t", "oncue --completion "),
        ("oncue --completion z\t", "oncue --completion zsh "),
        ("oncue ac\t", "oncue acme/"),
        ("oncue wi\t", r"oncue with\ blank/"),
        ("oncue match --ex\t", "oncue match --explain "),
        ("oncue match --event par\t", "oncue match --event participant_"),
        ("oncue match --event=mes\t", "oncue match --event=message_created "),
        ("oncue match acme --instance \t", "oncue match acme --instance "),
        (f"oncue match acme --instance {ALL}", "oncue match acme --instance wa-nl mail "),
        ("oncue match acme --instance w\t", "oncue match acme --instance wa-nl "),
        ("oncue match 'acme' --instance=w\t", "oncue match 'acme' --instance=wa-nl "),
        ("oncue match acme --channel em\t", "oncue match acme --channel email "),
        ("oncue simulate acme n\t", "oncue simulate acme new-customer "),
        (f"oncue test acme {ALL}", "oncue test acme late-answer new-customer acme words with\\ blank "),
        ("oncue test acme a\t", "oncue test acme acme/"),
        ("oncue test acme --junit words/r\t", "oncue test acme --junit words/report.xml "),
        ("oncue schema ev\t", "oncue schema event "),
        ("oncue coverage acme --instance w\t", "oncue coverage acme --instance wa-nl "),
        ("oncue coverage --format cs\t", "oncue coverage --format csv "),
        ("oncue graph acme --flow we\t", "oncue graph acme --flow welcome "),
        ("oncue diff ac\t", "oncue diff acme/"),
        ("oncue diff acme --format m\t", "oncue diff acme --format markdown "),
        ("oncue init ac\t", "oncue init acme/"),
    ],
)
def test_bash_completes(home: Path, folder: Path, keys: str, line: str) -> None:
    assert Shell("bash", home, folder).completed(keys) == line
    assert not (folder / "gone").exists()


@pytest.mark.skipif(missing("zsh"), reason="needs zsh")
@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("oncue mat\t", "oncue match "),
        ("oncue ac\t", "oncue acme/"),
        ("oncue match acme --instance w\t", "oncue match acme --instance wa-nl "),
        ("oncue simulate acme n\t", "oncue simulate acme new-customer "),
        ("oncue test acme --junit words/r\t", "oncue test acme --junit words/report.xml "),
    ],
)
def test_zsh_completes(home: Path, folder: Path, keys: str, line: str) -> None:
    assert Shell("zsh", home, folder).completed(keys) == line
    assert not (folder / "gone").exists()


@pytest.mark.skipif(missing("fish"), reason="needs fish")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("oncue mat", ["match"]),
        ("oncue ac", ["acme/"]),
        ("oncue match acme --instance ", ["wa-nl", "mail"]),
        ("oncue simulate acme n", ["new-customer"]),
    ],
)
def test_fish_completes(home: Path, folder: Path, line: str, offered: list[str]) -> None:
    assert sorted(fish_offers(home, folder, line)) == sorted(offered)


def ask(oncue: Oncue, monkeypatch: pytest.MonkeyPatch, *words: str, shell: str = "bash") -> tuple[int, str, str]:
    joined = ("\n" if shell == "bash" else " ").join(words)
    number = words[-1] if shell == "fish" else str(len(words) - 1)
    for name, value in {"_ONCUE_COMPLETE": f"{shell}_complete", "COMP_WORDS": joined, "COMP_CWORD": number}.items():
        monkeypatch.setenv(name, value)
    return oncue()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("command", ["simulate", "test"])
def test_only_names_that_can_be_ids_are_offered(
    oncue: Oncue, folder: Path, monkeypatch: pytest.MonkeyPatch, shell: str, command: str
) -> None:
    monkeypatch.chdir(folder)
    status, out, err = ask(oncue, monkeypatch, "oncue", command, "acme", "", shell=shell)
    assert (status, err) == (0, "")
    assert "new-customer" in out
    assert not [mark for mark in "$`\x1b;*\\" if mark in out]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    "word", ["\udcff", "\x1b[2J", "'", '"', "\\", "=", "--", "--=", "--event==", "", " ", "~", "$(x)"]
)
@pytest.mark.parametrize("before", [(), ("match",), ("match", "\udcff", "--instance"), ("test", "'"), ("--junit",)])
def test_any_word_has_an_answer(
    oncue: Oncue, folder: Path, monkeypatch: pytest.MonkeyPatch, shell: str, word: str, before: tuple[str, ...]
) -> None:
    monkeypatch.chdir(folder)
    status, out, err = ask(oncue, monkeypatch, "oncue", *before, word, shell=shell)
    assert (status, err) == (0, "")
    assert all(line.isprintable() for line in out.replace("\t", "").split("\n"))


@pytest.mark.parametrize("broken", ["missing", "no folder", "no TOML", "loop", "pipe"])
def test_a_workspace_that_cannot_be_read_has_no_words(
    oncue: Oncue, folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.chdir(folder)
    file, scenarios = folder / "acme/workspace.toml", folder / "acme/scenarios"
    file.unlink()
    scenarios.rename(folder / "elsewhere")
    match broken:
        case "no folder":
            scenarios.write_text("")
        case "no TOML":
            file.write_text("=")
            scenarios.symlink_to(folder / "elsewhere")
        case "loop":
            file.symlink_to(file)
            scenarios.symlink_to(scenarios)
        case "pipe":
            os.mkfifo(file)
            os.mkfifo(scenarios)
    assert ask(oncue, monkeypatch, "oncue", "match", "acme", "--instance", "") == (0, "", "")
    assert ask(oncue, monkeypatch, "oncue", "test", "acme", "") == (0, "file,\n", "")


@pytest.mark.parametrize(
    "environment",
    [
        {"_ONCUE_COMPLETE": ""},
        {"_ONCUE_COMPLETE": "1"},
        {"_ONCUE_COMPLETE": "csh_complete", "COMP_WORDS": "oncue", "COMP_CWORD": "0"},
        {"_ONCUE_COMPLETE": "bash_complete"},
        {"_ONCUE_COMPLETE": "fish_complete", "COMP_WORDS": "oncue"},
        *(
            {"_ONCUE_COMPLETE": "bash_complete", "COMP_WORDS": "oncue", "COMP_CWORD": number}
            for number in ("", "x", "-1", "²", "9" * 5_000)
        ),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--version"], ["schema", "flow"], ["--help"]])
def test_variables_that_no_script_sets_are_refused(
    oncue: Oncue, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], arguments: list[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    status, out, err = oncue(*arguments)
    if arguments == ["--version"]:
        assert status == 0
        return
    assert (status, out) == (2, "")
    assert err.startswith("oncue: _ONCUE_COMPLETE")
    assert err.count("\n") == 1
