"""Workspaces to open the app on. No test touches the settings or the state of whoever runs it."""

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "sample_workspace"

FILES = {
    "workspace.toml": """\
name = "Acme"

[[instances]]
id = "wa-nl"
channel = "whatsapp"
name = "Support NL"

[[instances]]
id = "wa-de"
channel = "whatsapp"
name = "Support DE"

[[instances]]
id = "mail"
channel = "email"
name = "Helpdesk"

[check]
ignore = ["OC305", "OC402", "OC404"]   # hints
""",
    "flows/welcome.toml": """\
name = "Welcome"   # what agents call it

# Contacts only: when we write first, nobody needs a welcome.
[trigger]
event = "conversation_created"
channel = 'whatsapp'
participant_types = [ "contact" ]

[[steps]]
type = "send_message"
text = "Hello!"   # short
""",
    "flows/reply.toml": """\
name = "Reply"

[trigger]
event = "message_created"
channel = "whatsapp"
instance = "wa-nl"
message_types = ["image", "file"]

[[steps]]
type = "add_note"
text = "One"

[[steps]]
type = "close_conversation"
""",
    "flows/off.toml": """\
name = "Switched off"
enabled = false

[trigger]
event = "conversation_created"
channel = "email"
""",
}


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr("oncue.tui.app.WATCH", 3_600.0)  # tests say themselves when the folder is looked at
    monkeypatch.setattr("oncue.tui.widgets.review_line.QUIET", 0.0)
    monkeypatch.setattr("oncue.tui.framework.text_keys.PAUSE", 3_600.0)
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    monkeypatch.delenv("TEXTUAL_ANIMATIONS", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A small workspace, written by hand: three instances, three flows, comments and odd layout."""
    folder = tmp_path / "acme"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample workspace."""
    return shutil.copytree(SAMPLE, tmp_path / "sample")
