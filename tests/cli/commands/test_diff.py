"""``oncue diff``: which events start other flows, what else differs, and what is said of bad input."""

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Oncue, write
from tests.storage.test_git_objects import git

from oncue.cli.output.diff_markdown import LONGEST

HOSTILE = '=cmd|"<script>&\\u001b[2J\\u202e@octocat #1 `x` [a](http://x) |'
SAME = (
    "No event starts other flows than before (576 kinds of events compared)\n\n"
    "Nothing else differs either: steps, names, scenarios and settings are the same.\n"
)


@pytest.fixture
def old(workspace: Path) -> Path:
    """The workspace as it was."""
    return Path(shutil.copytree(workspace, workspace.parent / "old"))


@pytest.fixture
def committed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace in a repository, as it was committed, and the current folder."""
    git(workspace, "init", "-q")
    git(workspace, "add", "-A")
    git(workspace, "commit", "-qm", "one")
    monkeypatch.chdir(workspace)
    return workspace


def edit(workspace: Path, flow_id: str, before: str, after: str) -> None:
    path = workspace / f"flows/{flow_id}.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def change(workspace: Path) -> None:
    """A flow listens to more, another to less, and one is called otherwise."""
    edit(workspace, "welcome", '["contact"]', '["contact", "bot"]')
    edit(workspace, "reply", '"text", "image"', '"text"')
    edit(workspace, "reply", 'name = "Reply"', 'name = "Answer"')


def test_the_same(oncue: Oncue, workspace: Path, old: Path) -> None:
    assert oncue("diff", old, workspace) == (0, f"old: {old}\nnew: {workspace}\n\n{SAME}", "")
    assert oncue("diff", old, workspace, "--exit-code").status == 0


def test_what_differs(oncue: Oncue, committed: Path) -> None:
    change(committed)
    expected = (
        "old: git:HEAD\n"
        "new: .\n"
        "\n"
        "11 of 576 kinds of events start other flows than before\n"
        "\n"
        "9 kinds of events\n"
        "    9 × Message created · WhatsApp Support NL · anybody · Image\n"
        "  - reply no longer starts  (Answer)\n"
        "      such as: Contact sent an image on WhatsApp · Support NL\n"
        "\n"
        "2 kinds of events\n"
        "    2 × Conversation created · every instance of WhatsApp · Bot\n"
        "  + welcome starts now  (Welcome)\n"
        "      such as: Bot started a conversation on WhatsApp · Support NL\n"
        "\n"
        "What else differs, without starting other flows:\n"
        "  names changed: reply\n"
    )
    assert oncue("diff", "git:HEAD") == (0, expected, "")
    assert oncue("diff", "git:HEAD", "--exit-code") == (1, expected, "")


def test_conditions_are_compared_by_what_they_mean(oncue: Oncue, workspace: Path, old: Path) -> None:
    for folder, phrases in ((old, '"Hello", "good morning"'), (workspace, '"good  morning", "hello"')):
        path = folder / "flows/reply.toml"
        path.write_text(f"{path.read_text(encoding='utf-8')}[when]\ntext_any = [{phrases}]\n", encoding="utf-8")
    ran = oncue("diff", old, workspace, "--exit-code")
    assert ran.status == 0
    assert "  trigger or conditions written otherwise, with the same meaning: reply\n" in ran.out
    edit(workspace, "reply", '"hello"', '"hallo"')
    ran = oncue("diff", old, workspace, "--exit-code")
    assert ran.status == 1
    assert "  + reply starts now in some cases  (Reply)\n" in ran.out
    assert "such as: Contact sent a text message on WhatsApp · Support NL: “hallo”\n" in ran.out
    assert "  - reply no longer starts in some cases  (Reply)\n" in ran.out


def test_what_is_newly_installed(oncue: Oncue, workspace: Path, old: Path) -> None:
    write(old / "workspace.toml", 'name = "Acme"\n[[instances]]\nid = "mail"\nchannel = "email"\nname = "Helpdesk"')
    ran = oncue("diff", old, workspace)
    assert "kinds of events on what is newly installed\n" in ran.out
    assert "  instances added: wa-nl\n" in ran.out
    assert "kinds of events on what is no longer installed\n" in oncue("diff", workspace, old).out


def test_json(oncue: Oncue, committed: Path) -> None:
    change(committed)
    ran = oncue("diff", "git:HEAD", "--format", "json", "--exit-code")
    found = json.loads(ran.out)
    assert (ran.status, ran.err) == (1, "")
    assert {name: found[name] for name in ("old", "new", "same_decisions", "kinds", "size")} == {
        "old": "git:HEAD",
        "new": ".",
        "same_decisions": False,
        "kinds": 576,
        "size": 11,
    }
    assert [(each["flow"], each["effect"], each["certainty"], each["size"]) for each in found["changes"]] == [
        ("reply", "stops", "always", 9),
        ("welcome", "starts", "always", 2),
    ]
    assert found["changes"][0]["witness"]["event"]["message"] == {"type": "image", "text": "Hello"}
    assert [group["size"] for group in found["groups"]] == [9, 2]
    assert found["groups"][0]["flows"] == [{"flow": "reply", "effect": "stops", "certainty": "always"}]
    assert found["others"] == [{"what": "names changed", "where": ["reply"]}]
    assert found["unread"] == []


def test_markdown_mentions_nobody(oncue: Oncue, committed: Path) -> None:
    change(committed)
    edit(committed, "welcome", '"Welcome"', f'"{HOSTILE.replace(chr(34), chr(92) + chr(34))}"')
    ran = oncue("diff", "git:HEAD", "--format", "markdown")
    assert ran.status == 0
    assert "`git:HEAD` → `.`: **11 of 576 kinds of events start other flows than before**" in ran.out
    assert "- ➕ `welcome` **starts now** (" in ran.out
    assert "- names changed: `reply`, `welcome`" in ran.out
    for markup in ("@octocat", "](http", "\x1b", "\u202e"):
        assert markup not in ran.out
    assert not re.search(r"(?<!\\)<script|(?<!\\)`x", ran.out)


def test_a_comment_stays_as_short_as_github_wants_it(oncue: Oncue, workspace: Path, old: Path) -> None:
    for number in range(60):
        write(
            workspace / f"flows/more-{number:02}.toml",
            f"""
            name = "{"x*" * 2_000}{number}"
            [trigger]
            event = "message_created"
            channel = "email"
            participant_types = ["contact"]
            [when]
            text_any = ["word{number}"]
            labels = ["{"<&>" * 2_000}"]
            """,
        )
    ran = oncue("diff", old, workspace, "--format", "markdown")
    assert ran.status == 0
    assert len(ran.out) < LONGEST
    assert "and 40 more flows" in ran.out
    assert "- flows added: " in ran.out


@pytest.mark.parametrize("style", ["text", "json", "markdown"])
def test_what_cannot_be_read_is_not_compared_and_said(oncue: Oncue, committed: Path, style: str) -> None:
    write(committed / "flows/reply.toml", "name =")
    ran = oncue("diff", "git:HEAD", "--format", style)
    assert ran.status == 2
    assert ran.err.startswith("oncue: flows/reply.toml:1: ")
    assert "reply.toml" in ran.out
    git(committed, "commit", "-qam", "two")
    ran = oncue("diff", "git:HEAD", "--format", style)
    assert ran.status == 2
    assert ran.err.startswith("oncue: git:HEAD: flows/reply.toml:1: ")


def test_a_broken_scenario_decides_nothing(oncue: Oncue, workspace: Path, old: Path) -> None:
    write(workspace / "scenarios/s.toml", "name =")
    ran = oncue("diff", old, workspace, "--exit-code")
    assert ran.status == 0
    assert "! Not compared, because they cannot be read: 1 file\n" in ran.out
    assert "s.toml" in ran.err


def test_a_revision_of_the_other_folder(oncue: Oncue, committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(committed)
    monkeypatch.chdir(committed.parent)
    assert "11 of 576" in oncue("diff", "git:HEAD", "acme").out
    assert "11 of 576" in oncue("diff", "acme", "git:HEAD").out
    assert "is in no git repository" in oncue("diff", "git:HEAD", "git:HEAD").err
    monkeypatch.chdir(committed)
    assert "No event starts other flows" in oncue("diff", "git:HEAD", "git:HEAD:").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "missing argument 'OLD'"),
        (("git:mian",), "git:mian: there is no revision 'mian' in this repository"),
        (("git:HEAD:nix",), "git:HEAD:nix: there is no 'nix' in HEAD (there is one at git:HEAD:)"),
        (("../nix",), "../nix: there is no such folder (a revision of git is written git:../nix)"),
        (("flows",), "there is no workspace.toml"),
        (
            ("git:HEAD", "--format", "html"),
            "--format: 'html' is not a known value; expected one of: text, json",
        ),
        (("git:HEAD", "--exitcode"), "no option '--exitcode'; did you mean '--exit-code'?"),
        (("git:HEAD", ".", "."), "got unexpected extra argument"),
    ],
)
def test_what_cannot_be_done(oncue: Oncue, committed: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = oncue("diff", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
