"""docs/checks is made from the rules: ``ONCUE_UPDATE=1`` writes a page for each code, and the list of them."""

import os
from pathlib import Path

from oncue.domain.problems import Code
from oncue.linting.catalogue import RULES, page_of

FOLDER = Path(__file__).parents[2] / "docs" / "checks"

_KINDS = {
    "OC0": "Files",
    "OC1": "Values",
    "OC2": "Single flows",
    "OC3": "Scenarios",
    "OC4": "What flows do, and do to each other",
}
_INTRODUCTION = """\
# Checks

What [`oncue check`](../commands.md) finds, and the app [while you edit](../keys.md#what-is-wrong). Each kind of finding
has a code, which stays when the words change, and a page.

| severity | means |
|---|---|
| error | never meant: something is broken, or never ends |
| warning | hardly ever meant |
| hint | may be right as it is; hints alone leave the exit status at 0 |

A comment in a file leaves findings out: `# oncue: ignore OC406` at the end of a line those of that line, on a line of
its own those of the file; several codes have commas between, and none means all. What follows is for people: why it
is meant. For all of a workspace there is `[check]` in [`workspace.toml`](../flow-files.md#check), and `--select` and
`--ignore` for once.

The examples on the pages are in a workspace with a WhatsApp number `wa-main`, a mailbox `support-mail`, a website
`chat-web` on `live_chat` that shows what flows write as written by a bot, and hours called `office`.
"""


def pages() -> dict[str, str]:
    """The content of each file of the folder."""
    tables = [
        f"\n## {title}\n\n| code | severity | finds | `--fix` |\n|---|---|---|---|\n"
        + "".join(_row(code) for code in Code if code.startswith(beginning))
        for beginning, title in _KINDS.items()
    ]
    return {"README.md": _INTRODUCTION + "".join(tables), **{f"{code}.md": _page(code) for code in Code}}


def _row(code: Code) -> str:
    rule = RULES[code]
    return f"| [{code.value}]({code.value}.md) | {rule.severity} | {code.meaning} | {'yes' if rule.fixes else ''} |\n"


def _page(code: Code) -> str:
    page, rule = page_of(code), RULES[code]
    fixes = " · `--fix` mends it where it is clear how" if rule.fixes else ""
    return f"# {code.value}: {page.title.removesuffix('.')}\n\n*{rule.severity}{fixes}*\n\n{page.markdown}"


def test_the_pages_are_those_of_the_rules() -> None:
    made = pages()
    if os.environ.get("ONCUE_UPDATE"):
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.md"):
            old.unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert found == made, "ONCUE_UPDATE=1 pytest tests/docs/test_checks_pages.py brings docs/checks up to date"


def test_every_code_is_of_a_kind() -> None:
    assert all(code.startswith(tuple(_KINDS)) for code in Code)
