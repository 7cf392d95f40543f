from pathlib import Path

import pytest

from oncue.domain.workspace import Instance
from oncue.errors import SaveError
from oncue.storage.loader import load
from oncue.storage.saving.new_instances import add_instances, instance_block

SLACK = Instance(id="slack-t1", channel="slack", name='Slack "T1"', external_ids=("T1",))
BLOCK = '[[instances]]\nid = "slack-t1"\nchannel = "slack"\nname = \'Slack "T1"\'\nexternal_ids = ["T1"]'
HEAD = '# ours\nname = "Acme"   # really\n'
ONE = '\n[[instances]]\n# the first\nid = "wa"\nchannel = "whatsapp"\nname = "WhatsApp"  # main\n'
TAIL = "\n[simulation]\n# ours too\nmax_events_per_cascade = 50\n"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", str(tmp_path / "state"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("text", [HEAD, HEAD + ONE, HEAD + TAIL, HEAD + ONE + TAIL])
def test_they_are_added_and_everything_else_stays(tmp_path: Path, text: str, newline: str) -> None:
    file = tmp_path / "acme" / "workspace.toml"
    file.parent.mkdir()
    file.write_bytes(text.replace("\n", newline).encode())
    before = load(file.parent)
    assert add_instances(before, [SLACK]) == ()
    after = file.read_bytes().decode()
    assert after.count(newline) == after.count("\n")
    lines = after.splitlines()
    assert [line for line in text.splitlines() if line and line not in lines] == []
    assert load(file.parent).workspace.config.instances == (*before.workspace.config.instances, SLACK)


def test_a_block_can_be_pasted() -> None:
    assert instance_block(SLACK).replace('"Slack \\"T1\\""', "'Slack \"T1\"'") == BLOCK


def test_what_cannot_be_added(tmp_path: Path) -> None:
    file = tmp_path / "workspace.toml"
    file.write_text('name = "Acme"\ninstances = [{id = "wa", channel = "whatsapp", name = "W"}]\n')
    before = file.read_bytes()
    with pytest.raises(SaveError, match="cannot be added to a file that is written like this"):
        add_instances(load(tmp_path), [SLACK])
    assert file.read_bytes() == before
