"""The examples of the pages of rules, as workspaces in folders."""

import re
from pathlib import Path

from oncue.domain.problems import Problem
from oncue.linting.lint import lint
from oncue.storage.findings import findings_in
from oncue.storage.loader import load_workspace

CONFIG = """\
name = "Example"

[[instances]]
id = "wa-main"
channel = "whatsapp"
name = "Main number"

[[instances]]
id = "support-mail"
channel = "email"
name = "Support mailbox"

[[instances]]
id = "chat-web"
channel = "live_chat"
name = "Website"
flows_write_as = "bot"

[[hours]]
id = "office"
timezone = "Europe/London"
from = "09:00"
to = "17:30"
"""

_FILE = re.compile(r"^# ((?:flows|scenarios)/[^\n]+\.toml|workspace\.toml)\n", re.MULTILINE)


def files_of(example: str) -> dict[str, str]:
    """The files of an example, by name: each begins with a comment that names it."""
    parts = _FILE.split(example)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def write(files: dict[str, str], folder: Path) -> Path:
    for name, text in {"workspace.toml": CONFIG, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def found_in(folder: Path) -> list[Problem]:
    """The findings in a workspace, with their lines, without those that its files ignore."""
    return [each.problem for each in findings_in(folder, lint(load_workspace(folder)))]
