"""``oncue simulate``: what a transcript says, as text and as JSON, and what is said of bad input."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import BashComplete
from tests.cli.conftest import Oncue, write

from oncue.cli.group import oncue as group

HOSTILE = "\x1b]0;owned\x07[@click=app.quit]x[/]\u202e\x9b2J\x7f"

JANE = 'participant = { type = "contact", name = "Jane" }'
CREATED = f"""
    [[events]]
    event = "conversation_created"
    instance = "wa-nl"
    {JANE}
    expect = ["welcome"]
"""
WROTE = f"""
    [[events]]
    event = "message_created"
    instance = "wa-nl"
    {JANE}
    message = {{ type = "text", text = "hi" }}
"""
LEFT = """
    [[events]]
    event = "participant_removed"
    instance = "wa-nl"
    participant = { type = "agent", name = "Anna" }
"""
STEPS = """
    [[steps]]
    type = "assign_agent"
    agent = "Anna"
    [[steps]]
    type = "update_contact"
    attributes = { plan = "pro", vip = true }
    [[steps]]
    type = "send_message"
    text = "Hello {{participant.name}}"
"""


@pytest.fixture
def first(workspace: Path) -> Path:
    """The workspace with a scenario that is as expected, and with flows that do something."""
    welcome = workspace / "flows/welcome.toml"
    write(welcome, welcome.read_text("utf-8") + STEPS)
    write(workspace / "scenarios/first.toml", f'name = "First"\ndescription = "Of many."{CREATED}{WROTE}')
    return workspace


def played(out: str) -> Any:
    assert out.count("\n") == 1
    return json.loads(out)


def test_the_transcript(oncue: Oncue, first: Path) -> None:
    assert oncue("simulate", first, "first") == (
        0,
        """First
Of many.

c-1 on WhatsApp · Support NL
  1  10:00 ● Contact Jane started a conversation on WhatsApp · Support NL
             ▶ welcome (Welcome)
               · assigned Anna, who joins
                 ● Agent Anna joined
               · set plan = pro, vip = true of the contact
               · sent "Hello Jane"
                 ● Flow Welcome wrote: "Hello Jane"
                   ▶ reply (Reply)
             ✓ as expected
  2  10:01 ● Contact Jane wrote: "hi"
             ▶ reply (Reply)

c-1 on WhatsApp · Support NL: open
  participants  Contact Jane, Agent Anna
  responsible   Anna
  attributes    plan = pro, vip = true
  said          2 messages, 0 notes

2 events: 1 as expected, 1 not checked
""",
        "",
    )


def test_each_difference_has_its_row(oncue: Oncue, first: Path) -> None:
    expected = 'expect = ["welcome"]\n[events.expect_effects]\nmessages = []\nclosed = true'
    write(first / "scenarios/second.toml", f'name = "S"{CREATED}{WROTE}{expected}')
    ran = oncue("simulate", first, "second")
    assert ran.status == 1
    assert ran.out.partition('wrote: "hi"\n')[2].startswith(
        "             ▶ reply (Reply)\n"
        "             expected  welcome\n"
        "             started   reply\n"
        "             ✗ welcome was expected and did not start\n"
        "                   ✗ fails  event              message_created, expected conversation_created\n"
        '                   to make it run: set event = "message_created"\n'
        "                       also runs in 25 other cases, such as: "
        "a contact sends an HTML message on WhatsApp "
        "· Support NL\n"
        "                       no longer runs in 2, such as: "
        "a contact starts a conversation on WhatsApp · Support NL\n"
        "             ✗ reply started and was not expected\n"
        "                   ✓ open   participant_types  contact (anybody)\n"
        '                   to keep it off: set once_per = "conversation" in [when]\n'
        "                       runs only sometimes in 18 cases where it ran always\n"
        '                   to keep it off: set responsible = "nobody" in [when]\n'
        "                       runs only sometimes in 18 cases where it ran always\n"
        '                   to keep it off: set participant_types to all but "contact"\n'
        "                       no longer runs in 3 other cases, such as: "
        "a contact sends an image on WhatsApp · Support NL\n"
        '                   to keep it off: remove "text" from message_types\n'
        "                       no longer runs in 8 other cases, such as: "
        "an agent sends a text message on WhatsApp · Support NL\n"
        "             ✗ expected the conversation to be closed, it is open\n"
    )
    assert ran.out.endswith("\n2 events: 1 as expected, 1 not as expected\n")


def test_what_cannot_happen_is_refused_and_the_rest_is_played(oncue: Oncue, first: Path) -> None:
    write(first / "scenarios/second.toml", f'name = "S"{WROTE}{CREATED}')
    ran = oncue("simulate", first, "second")
    assert ran.status == 1
    assert "✗ cannot happen: conversation c-1 has not started" in ran.out
    assert "▶ welcome" in ran.out
    assert ran.out.endswith("\n2 events: 1 as expected, 1 that cannot happen\n")
    assert ran.err == ""


def test_names_that_are_not_there_are_told_and_the_rest_is_played(oncue: Oncue, first: Path) -> None:
    text = f"{CREATED}{CREATED.replace('wa-nl', 'mial')}{WROTE}expect = ['rply']"
    write(first / "scenarios/second.toml", f'name = "S"{text}')
    ran = oncue("simulate", first, "second")
    assert ran.status == 1
    file = f"oncue: {first}/scenarios/second.toml"
    assert ran.err.splitlines() == [
        f"{file}:10: events[2].instance: no instance 'mial'; did you mean 'mail'?",
        f"{file}:19: events[3].expect: no flow 'rply'; did you mean 'reply'?",
    ]
    assert "✗ cannot happen: no instance 'mial'" in ran.out
    assert "✗ rply was expected and did not start" in ran.out


def test_the_place_is_told_where_it_changes(oncue: Oncue, first: Path) -> None:
    other = CREATED.replace("wa-nl", "mail").replace('"welcome"', "")
    write(first / "scenarios/second.toml", f'name = "S"{CREATED}{WROTE}{other}{WROTE}')
    rows = oncue("simulate", first, "second").out.splitlines()
    assert [row for row in rows if row.endswith(("NL", "Helpdesk")) and row.startswith("c-")] == [
        "c-1 on WhatsApp · Support NL",
        "c-2 on Email · Helpdesk",
        "c-1 on WhatsApp · Support NL",
    ]


def test_deliveries(oncue: Oncue, first: Path) -> None:
    late = CREATED.replace("expect", 'delivery = "late"\nexpect')
    write(first / "scenarios/second.toml", f'name = "S"{late}{WROTE}delivery = "twice"')
    rows = oncue("simulate", first, "second").out.splitlines()
    assert [row for row in rows if row[:3].strip().isdigit()] == [
        '  2  10:01 ● Contact Jane wrote: "hi"',
        "  1  10:00 ● Contact Jane started a conversation on WhatsApp · Support NL",
    ]
    assert '           ● Contact Jane wrote: "hi"' in rows
    assert "             i delivered a second time" in rows
    assert "             i delivered late, 1 event after it happened" in rows


def test_json(oncue: Oncue, first: Path) -> None:
    ran = oncue("simulate", first, "first", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    found = played(ran.out)
    created, wrote = found.pop("events")
    lines = created.pop("transcript")
    event = {
        "event": "conversation_created",
        "channel": "whatsapp",
        "instance": "wa-nl",
        "conversation": "c-1",
        "participant": {"type": "contact", "name": "Jane"},
        "at": "2026-01-05T10:00:00Z",
    }
    assert created == {
        "number": 1,
        "conversation": "c-1",
        "event": event,
        "delivery": "once",
        "refusal": None,
        "started": ["welcome"],
        "expected": ["welcome"],
        "expected_refusal": False,
        "missing": [],
        "unexpected": [],
        "effects": {
            "messages": ["Hello Jane"],
            "notes": [],
            "assignee": "Anna",
            "labels": [],
            "closed": False,
            "loops": [],
            "stopped": False,
        },
        "expected_effects": None,
        "ok": True,
        "differences": [],
    }
    assert lines[0] == {
        "depth": 0,
        "kind": "event",
        "words": "Contact Jane started a conversation on WhatsApp · Support NL",
        "event": event,
        "matched": ["welcome"],
    }
    assert lines[1] == {"depth": 1, "kind": "flow", "words": "welcome (Welcome)", "flow": "welcome"}
    step = {"depth": 2, "kind": "step", "words": 'sent "Hello Jane"', "flow": "welcome", "step": "send_message"}
    assert lines[5] == step
    assert [line["depth"] for line in lines] == [0, 1, 2, 3, 2, 2, 3, 4]
    assert (wrote["expected"], wrote["started"], wrote["ok"]) == (None, ["reply"], True)
    assert found == {
        "scenario": {"id": "first", "name": "First", "description": "Of many.", "file": "scenarios/first.toml"},
        "ok": True,
        "conversations": [
            {
                "id": "c-1",
                "channel": "whatsapp",
                "instance": "wa-nl",
                "started": True,
                "open": True,
                "participants": [{"type": "contact", "name": "Jane"}, {"type": "agent", "name": "Anna"}],
                "assignee": "Anna",
                "attributes": {"plan": "pro", "vip": True},
                "messages": 2,
                "received": 1,
                "notes": 0,
                "labels": [],
            }
        ],
        "problems": [],
    }


def test_json_of_what_is_not_as_expected(oncue: Oncue, first: Path) -> None:
    broken = f"{CREATED}{LEFT}{LEFT.replace('wa-nl', 'mial')}{WROTE}expect = ['off', 'nope', 'bad']"
    write(first / "scenarios/second.toml", f'name = "S"{broken}\nexpect_effects = {{ assignee = "" }}')
    write(first / "flows/bad.toml", "name = ")
    ran = oncue("simulate", first, "second", "--format", "json")
    assert ran.status == 1
    found = played(ran.out)
    _, left, nowhere, wrote = found["events"]
    assert left["ok"]  # Anna was brought in by the first event
    assert nowhere["refusal"] == "no instance 'mial'; did you mean 'mail'?"
    assert nowhere["differences"] == [f"cannot happen: {nowhere['refusal']}"]
    assert (nowhere["conversation"], nowhere["transcript"]) == (None, [])
    assert nowhere["event"] == {
        "event": "participant_removed",
        "instance": "mial",
        "participant": {"type": "agent", "name": "Anna"},
    }
    bad, nope, off = wrote["missing"]
    assert bad["reason"].startswith("its file cannot be used: flows/bad.toml:1: ")
    assert nope == {
        "flow": "nope",
        "reason": "there is no flow 'nope'; expected one of: off, reply, welcome",
        "clauses": [],
        "edits": [],
        "no_edit": None,
    }
    assert (off["flow"], off["reason"]) == ("off", None)
    assert {"clause": "enabled", "expected": ["enabled"], "actual": "disabled", "ok": False} in off["clauses"]
    assert off["edits"][0]["trigger"]["event"] == "message_created"
    (reply,) = wrote["unexpected"]
    assert reply["flow"] == "reply"
    assert all(clause["ok"] for clause in reply["clauses"])
    assert [edit["words"] for edit in reply["edits"]][:2] == [
        'set once_per = "conversation" in [when]',
        'set participant_types to all but "contact"',
    ]
    assert wrote["expected_effects"] == {"assignee": ""}
    keys = [problem["key"] for problem in found["problems"]]
    assert keys == ["events[3].instance", "events[4].expect", "events[4].expect"]


def nesting(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(nesting, inner), default=0)


def test_deep_cascades_are_flat(oncue: Oncue, first: Path) -> None:
    """Each agent who joins brings in the next one, until all are there."""
    for number in range(40):
        add = f'[[steps]]\ntype = "add_participant"\nparticipant_type = "agent"\nname = "A{number}"'
        trigger = '[trigger]\nevent = "participant_added"\nchannel = "email"'
        write(first / f"flows/f{number:02}.toml", f'name = "F"\n{trigger}\n{add}')
    joins = LEFT.replace("removed", "added")
    scenario = f"{CREATED}{joins}".replace("wa-nl", "mail").replace('"welcome"', "")
    write(first / "scenarios/deep.toml", f'name = "Deep"{scenario}')
    ran = oncue("simulate", first, "deep", "--format", "json")
    assert ran.status == 0
    found = played(ran.out)
    assert max(line["depth"] for line in found["events"][1]["transcript"]) > 120
    assert nesting(found) < 10


@pytest.mark.parametrize("form", ["id", "file here", "file there", "file alone", "bare file"])
def test_a_scenario_is_named_by_its_id_or_its_file(
    oncue: Oncue, first: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.chdir(first if form == "id" else first.parent)
    arguments = {
        "id": ["first"],
        "file here": ["acme", "acme/scenarios/first.toml"],
        "file there": ["acme", "scenarios/first.toml"],
        "file alone": ["acme/scenarios/first.toml"],
        "bare file": ["acme", "first.toml"],
    }[form]
    ran = oncue("simulate", *arguments)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("First\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a scenario, too (see oncue simulate --help)"),
        (["."], "name a scenario of ., too (see oncue simulate --help)"),
        (["frist"], "no scenario 'frist' in .; did you mean 'first'?"),
        ([".", "frist"], "no scenario 'frist' in .; did you mean 'first'?"),
        (["scenarios/frist.toml"], "no scenario 'frist' in .; did you mean 'first'?"),
        (["flows/welcome.toml"], "flows/welcome.toml is not in scenarios; name a scenario by its id, or by a file"),
        (["nowhere", "first"], "nowhere: there is no such folder"),
        ([".", "first", "more"], "got unexpected extra argument (more) (see oncue simulate --help)"),
        (["first", "--format", "yaml"], "--format: 'yaml' is not a known value; expected one of: text, json"),
        ([".", "\x1b[2J"], "no scenario '\\x1b[2J' in .; expected one of: first"),
    ],
)
def test_what_cannot_be_asked(
    oncue: Oncue, first: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(first)
    ran = oncue("simulate", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"oncue: {message}")
    assert ran.err.count("\n") == 1


def test_a_scenario_that_cannot_be_read(oncue: Oncue, first: Path) -> None:
    write(first / "scenarios/bad.toml", 'name = "B"\nevnts = []\ndelivery = "never"')
    ran = oncue("simulate", first, "bad")
    assert (ran.status, ran.out) == (2, "")
    file = f"oncue: {first}/scenarios/bad.toml"
    assert ran.err.splitlines() == [
        f"{file}:3: delivery: 'never' is not a known value; oncue has no delivery that never comes; "
        "expected one of: once, twice, swapped, late",
        f"{file}:2: evnts: unknown key; did you mean 'events'?",
    ]


def test_without_a_workspace(oncue: Oncue, first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(first.parent)
    for command in ("simulate", "test"):
        message = "oncue: no workspace: 'amce' is none, and neither is the current folder\n"
        assert oncue(command, "amce") == (2, "", message)
        ran = oncue(command, first / "flows", "first")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"oncue: {first}/flows: there is no workspace.toml")


def test_problems_of_flows_are_told_and_those_of_other_scenarios_are_not(oncue: Oncue, first: Path) -> None:
    write(first / "scenarios/bad.toml", "name = ")
    write(first / "flows/bad.toml", "name = ")
    write(first / "flows/lost.toml", 'name = "L"\n[trigger]\nevent = "message_created"\nchannel = "whatsap"')
    ran = oncue("simulate", first, "first")
    assert ran.status == 0
    bad, lost = ran.err.splitlines()
    assert bad.startswith(f"oncue: {first}/flows/bad.toml:1: ")
    assert lost.startswith(f"oncue: {first}/flows/lost.toml:4: trigger.channel: ")


@pytest.mark.parametrize("style", ["text", "json"])
def test_the_folder_may_be_called_anything(oncue: Oncue, first: Path, style: str) -> None:
    folder = first.rename(first.with_name("\x1b[2J<&>"))
    write(folder / "scenarios/bad.toml", "name = ")
    write(folder / "flows/bad.toml", "name = ")
    for arguments in (["simulate", folder, "first"], ["simulate", folder, "bad"], ["test", folder]):
        ran = oncue(*arguments, "--format", style, *(["--junit", folder / "j.xml"] if "test" in arguments else []))
        assert "\x1b" not in ran.out + ran.err
    assert "␛[2J&lt;&amp;&gt;/scenarios/first.toml" in (folder / "j.xml").read_text("utf-8")


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("command", ["simulate", "test"])
def test_nothing_hostile_comes_out(oncue: Oncue, first: Path, style: str, command: str) -> None:
    toml = "".join(f"\\u{ord(char):04x}" for char in HOSTILE)
    events = (CREATED + WROTE).replace("Jane", toml).replace('text = "hi"', f'text = "{toml}"')
    refused = LEFT.replace("Anna", toml) + f'conversation = "{toml}"'
    write(
        first / "scenarios/evil.toml",
        f'name = "{toml}"\ndescription = "{toml}"{events}\nexpect_effects = {{ messages = ["{toml}"] }}\n{refused}',
    )
    write(first / "scenarios/bad.toml", f'"{toml}" = 1')
    ran = oncue(command, first, "evil", *([] if command == "simulate" else ["bad"]), "--format", style)
    assert ran.status == 1
    assert not set("\x1b\x07\x9b\x7f\u202e") & set(ran.out + ran.err)
    assert "owned" in ran.out
    if style == "json" and command == "simulate":
        assert played(ran.out)["scenario"]["name"] == HOSTILE


def test_completion_offers_scenarios(first: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offered(arguments: list[str], incomplete: str) -> list[tuple[str, str]]:
        found = BashComplete(group, {}, "oncue", "_ONCUE_COMPLETE").get_completions(arguments, incomplete)
        return [(item.type, item.value) for item in found]

    write(first / "scenarios/other.toml", "")
    monkeypatch.chdir(first.parent)
    for command in ("simulate", "test"):
        assert offered([command, "acme"], "") == [("plain", "first"), ("plain", "other"), ("file", "")]
        assert offered([command, "acme"], "fi") == [("plain", "first"), ("file", "fi")]
        assert offered([command], "ac") == [("file", "ac")]
        monkeypatch.chdir(first)
        assert offered([command], "o") == [("plain", "other"), ("file", "o")]
        monkeypatch.chdir(first.parent)
    assert ("plain", "other") in offered(["test", "acme", "first"], "")
