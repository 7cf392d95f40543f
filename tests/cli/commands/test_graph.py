"""``oncue graph``: the tree, loops, other languages, and what is said of bad input."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.cli.conftest import Oncue, write

from oncue.cli.commands.graph import MOST_DRAWN
from oncue.workbench.cause_tree import DEEPEST

HOSTILE = '"]--> x;<script>&\x1b[2J\u202e\\'
FORMATS = ("text", "json", "mermaid", "dot", "svg")


def add(workspace: Path, flow_id: str, event: str, by: str, *steps: str, more: str = "", name: str = "") -> None:
    every = "\n".join(f"[[steps]]\n{step}" for step in steps)
    text = (
        f'name = {json.dumps(name or flow_id.title())}\n[trigger]\nevent = "{event}"\nchannel = "email"\n'
        f'participant_types = ["{by}"]\n{more}\n{every}'
    )
    write(workspace / f"flows/{flow_id}.toml", text)


SEND = 'type = "send_message"\ntext = "Hi"'
LIST = f'{SEND}\nmessage_type = "list"'


@pytest.fixture
def causing(workspace: Path) -> Path:
    """Flows that start each other on the mailbox: a start, a loop of two, and one that starts sometimes."""
    add(workspace, "start", "conversation_created", "contact", 'type = "add_note"\ntext = "x"', SEND)
    add(workspace, "ping", "message_created", "flow", LIST, more='message_types = ["text"]')
    add(workspace, "pong", "message_created", "flow", SEND, more='message_types = ["list"]')
    add(workspace, "maybe", "message_created", "flow", more='message_types = ["text"]\n[when]\nlabels = ["vip"]')
    return workspace


def test_a_tree_for_people(oncue: Oncue, causing: Path) -> None:
    ran = oncue("graph", causing)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Acme: 3 of 7 flows cause events that start flows; 1 loop\n"
        "\n"
        "⟳ loop 1 on Helpdesk\n"
        "    ping (step 1) → pong (step 1) → ping\n"
        "\n"
        "start  (Start)\n"
        "└─ step 2, send a message: a flow sends a text message on Email · Helpdesk\n"
        "   ├─ sometimes starts maybe  (Maybe)\n"
        "   └─ starts ping  (Ping)\n"
        "      └─ step 1, send a list: a flow sends a list on Email · Helpdesk\n"
        "         └─ ⟳ loop 1: starts pong  (Pong)\n"
        "            └─ step 1, send a message: a flow sends a text message on Email · Helpdesk\n"
        "               ├─ sometimes starts maybe  (Maybe)\n"
        "               └─ ⟳ loop 1: starts ping  (Ping)\n"
    )


def test_one_flow(oncue: Oncue, causing: Path) -> None:
    ran = oncue("graph", causing, "--flow", "maybe")
    assert ran.status == 0
    assert ran.out.startswith("maybe (Maybe): started by 2 flows, starts no flow; no loop\n")
    assert "start  (Start)" in ran.out
    assert (
        oncue("graph", causing, "--flow", "off").out
        == "off (Switched off): started by no flow, starts no flow; no loop\n"
    )


def test_json(oncue: Oncue, causing: Path) -> None:
    found = json.loads(oncue("graph", causing, "--format", "json").out)
    assert [flow["id"] for flow in found["flows"]] == ["maybe", "ping", "pong", "start"]
    assert found["causes"][2]["flow"] == "start"
    assert found["causes"][2]["step"] == 2
    assert found["causes"][2]["starts"] == [
        {"flow": "maybe", "always": False, "loop": None},
        {"flow": "ping", "always": True, "loop": None},
    ]
    (loop,) = found["loops"]
    assert loop["ring"] == [
        {"flow": "ping", "step": 1, "starts": "pong"},
        {"flow": "pong", "step": 1, "starts": "ping"},
    ]
    assert loop["instances"] == ["mail"]


def test_mermaid(oncue: Oncue, causing: Path) -> None:
    assert oncue("graph", causing, "--format", "mermaid").out == (
        "flowchart LR\n"
        '    f0["maybe<br/>Maybe"]\n'
        '    f1["ping<br/>Ping"]\n'
        '    f2["pong<br/>Pong"]\n'
        '    f3["start<br/>Start"]\n'
        '    e0(["step 1: send a list<br/>a flow sends a list on Email · Helpdesk"])\n'
        "    f1 ==> e0\n"
        '    e0 ==>|"⟳"| f2\n'
        '    e1(["step 1: send a message<br/>a flow sends a text message on Email · Helpdesk"])\n'
        "    f2 ==> e1\n"
        "    e1 -.-> f0\n"
        '    e1 ==>|"⟳"| f1\n'
        '    e2(["step 2: send a message<br/>a flow sends a text message on Email · Helpdesk"])\n'
        "    f3 --> e2\n"
        "    e2 -.-> f0\n"
        "    e2 --> f1\n"
        "    linkStyle 0,1,2,4 stroke:#b3261e,color:#b3261e\n"
    )


def test_dot(oncue: Oncue, causing: Path) -> None:
    out = oncue("graph", causing, "--format", "dot").out
    assert out.startswith("digraph causes {\n")
    assert '    f1 -> e0 [color="#b3261e", penwidth=2];\n' in out
    assert '    e1 -> f1 [color="#b3261e", penwidth=2, label="⟳"];\n' in out
    assert "    e2 -> f0 [style=dashed];\n" in out
    assert out.endswith("}\n")


def test_svg(oncue: Oncue, causing: Path) -> None:
    picture = ElementTree.fromstring(oncue("graph", causing, "--format", "svg").out)
    words = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"ping", "pong", "start", "maybe", "⟳", "sometimes"} <= set(words)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}g"))) == 4 + 3


@pytest.mark.parametrize("style", FORMATS)
def test_nothing_causes_anything(oncue: Oncue, workspace: Path, style: str) -> None:
    ran = oncue("graph", workspace, "--format", style)
    assert (ran.status, ran.err) == (0, "")
    if style == "text":
        assert ran.out == "Acme: 0 of 3 flows cause events that start flows; no loop\n"


@pytest.mark.parametrize("style", FORMATS)
def test_a_hostile_name_is_text(oncue: Oncue, causing: Path, style: str) -> None:
    add(causing, "pong", "message_created", "flow", SEND, name=HOSTILE)
    ran = oncue("graph", causing, "--format", style)
    assert ran.status == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", ran.out)
    if style in ("mermaid", "svg"):
        assert "<script" not in ran.out
    if style == "svg":
        ElementTree.fromstring(ran.out)
    if style == "dot":
        assert all(re.fullmatch(r'(?:[^"]|"(?:[^"\\]|\\.)*")*', line) for line in ran.out.splitlines())


def test_a_chain_that_is_too_deep_goes_on_below(oncue: Oncue, workspace: Path) -> None:
    for number in range(40):
        add(
            workspace,
            f"link-{number:02}",
            "message_created",
            "flow",
            f'type = "send_message"\ntext = "word{number + 1}"',
            more=f'[when]\ntext_any = ["word{number}"]',
        )
    out = oncue("graph", workspace).out
    assert max(len(line) - len(line.lstrip(" │└├─")) for line in out.splitlines()) <= 6 * DEEPEST + 6
    assert "(see below)" in out
    for number in range(40):
        assert f"link-{number:02}" in out


def test_a_picture_that_nobody_could_read_is_refused(oncue: Oncue, workspace: Path) -> None:
    for number in range(MOST_DRAWN // 2 + 1):
        add(workspace, f"more-{number}", "conversation_created", "contact", SEND)
    add(workspace, "all", "message_created", "flow")
    ran = oncue("graph", workspace, "--format", "svg")
    assert (ran.status, ran.out) == (2, "")
    assert "name a flow with --flow" in ran.err
    assert oncue("graph", workspace, "--format", "svg", "--flow", "more-1").status == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--flow", "png"), "there is no flow 'png' in"),
        (("--flow", "png"), "did you mean 'ping'?"),
        (("--format", "mermiad"), "--format: 'mermiad' is not a known value; did you mean 'mermaid'?"),
    ],
)
def test_what_cannot_be_done(oncue: Oncue, causing: Path, options: tuple[str, ...], words: str) -> None:
    ran = oncue("graph", causing, *options)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
