"""A small workspace, and a way to run the command line in this process."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from oncue.cli.diagnostics import guarded
from oncue.cli.main import run

FILES = {
    "workspace.toml": """
        name = "Acme"
        [[instances]]
        id = "wa-nl"
        channel = "whatsapp"
        name = "Support NL"
        external_ids = ["whatsapp:+31"]
        [[instances]]
        id = "mail"
        channel = "email"
        name = "Helpdesk"
    """,
    "flows/welcome.toml": """
        name = "Welcome"
        [trigger]
        event = "conversation_created"
        channel = "whatsapp"
        participant_types = ["contact"]
    """,
    "flows/reply.toml": """
        name = "Reply"
        [trigger]
        event = "message_created"
        channel = "whatsapp"
        instance = "wa-nl"
        message_types = ["text", "image"]
    """,
    "flows/off.toml": """
        name = "Switched off"
        enabled = false
        [trigger]
        event = "conversation_created"
        channel = "whatsapp"
    """,
}


class Ran(NamedTuple):
    """What a run of the command line did."""

    status: int
    out: str
    err: str


Oncue = Callable[..., Ran]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    for name, content in FILES.items():
        write(folder / name, content)
    return folder


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(line.strip() for line in content.strip().splitlines()) + "\n", encoding="utf-8")


@pytest.fixture
def oncue(capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Oncue:
    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        capsysbinary.readouterr()
        status = guarded(lambda: run([str(argument) for argument in arguments]))
        out, err = capsysbinary.readouterr()
        return Ran(int(status), out.decode(), err.decode())

    return call
