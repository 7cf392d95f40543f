import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from oncue.domain.flows import Flow
from oncue.domain.problems import MOST_PROBLEMS
from oncue.domain.steps import Wait
from oncue.domain.triggers import Trigger
from oncue.errors import UnreadableError
from oncue.storage.codec import decode_config, decode_flow, decode_scenario, flow_values
from oncue.storage.toml import scan
from oncue.validation import problems as wording

HEAD = 'name = "A"\n[trigger]\nevent = "message_created"\nchannel = "sms"\n'


def problems(data: str) -> list[str]:
    with pytest.raises(UnreadableError) as caught:
        decode_flow("x", data.encode())
    return [str(problem) for problem in caught.value.problems]


def test_a_flow_is_read() -> None:
    flow = decode_flow("x", (HEAD + 'participant_types = ["bot"]\n').encode())
    trigger = Trigger(event="message_created", channel="sms", participant_types=frozenset({"bot"}))
    assert flow == Flow(id="x", name="A", trigger=trigger)


def test_defaults_are_not_written() -> None:
    flow = decode_flow("x", (HEAD + '[[steps]]\ntype = "send_message"\ntext = "t"\nmessage_type = "text"').encode())
    assert flow_values(flow) == {
        "name": "A",
        "trigger": {"event": "message_created", "channel": "sms"},
        "steps": [{"type": "send_message", "text": "t"}],
    }


def test_every_wrong_thing_is_one_problem_with_key_line_and_hint() -> None:
    text = """name = 3
id = "x"
descripton = "s"
[trigger]
event = "message_create"
channel = "S MS"
participant_types = ["bots", 3]
message_types = "text"
[[steps]]
type = "send_mesage"
[[steps]]
text = "x"
[[steps]]
type = "update_contact"
attributes = {a = [1]}
txt = 2
[[steps]]
type = "add_note"
"""
    known = "contact, agent, bot, flow, access_key, connector, channel, automation"
    steps = (
        "send_message, assign_agent, assign_team, unassign, add_note, notify_participants, update_contact, "
        "add_participant, remove_participant, add_label, remove_label, wait, close_conversation, reopen_conversation"
    )
    slug = "expected 1 to 64 of a-z, 0-9, '_' and '-', starting with a letter or digit"
    assert problems(text) == [
        "flows/x.toml:2: id: unknown key; the id is the file's name, 'x'",
        "flows/x.toml:1: name: found 3, expected text in quotes",
        "flows/x.toml:5: trigger.event: 'message_create' is not a known value; did you mean 'message_created'?",
        f"flows/x.toml:6: trigger.channel: found 'S MS', {slug}; did you mean 'sms'?",
        "flows/x.toml:7: trigger.participant_types[1]: 'bots' is not a known value; did you mean 'bot'?",
        f"flows/x.toml:7: trigger.participant_types[2]: found 3, expected one of: {known}",
        "flows/x.toml:8: trigger.message_types: found 'text', expected a list; write ['text']",
        "flows/x.toml:10: steps[1].type: 'send_mesage' is not a known step type; did you mean 'send_message'?",
        f"flows/x.toml:11: steps[2].type: missing; every step needs a type, one of: {steps}",
        "flows/x.toml:15: steps[3].attributes.a: found a list, expected text, a number, true or false",
        "flows/x.toml:16: steps[3].txt: unknown key; expected one of: type, attributes",
        "flows/x.toml:17: steps[4].text: missing; it is required",
        "flows/x.toml:3: descripton: unknown key; did you mean 'description'?",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "flows/x.toml: name: missing; it is required"),
        ('name = ""\n', "flows/x.toml:1: name: found '', expected some text: it is empty"),
        ('name = " \t"\n', "flows/x.toml:1: name: found ' \\t', expected some text: it is blank"),
        ('name = "A"\ntrigger = 3', "flows/x.toml:2: trigger: found 3, expected a table"),
        (
            HEAD + '[steps]\ntype = "add_note"',
            "flows/x.toml:5: steps: found a table, expected a list; write [[steps]] above each of them",
        ),
        (
            HEAD.replace('"sms"', '["whatsapp", "sms"]'),
            "flows/x.toml:4: trigger.channel: found a list, expected one channel; make a flow for each",
        ),
        (
            HEAD + 'instance = ["a", "b"]',
            "flows/x.toml:5: trigger.instance: found a list, expected one instance; make a flow for each",
        ),
        (
            HEAD.replace('"message_created"', '["message_created"]'),
            "flows/x.toml:3: trigger.event: found a list, expected one event; make a flow for each",
        ),
        (HEAD.replace("message_created", "participant_left"), "did you mean 'participant_removed'?"),
        (HEAD.replace("message_created", "message_read"), "oncue has no event for a receipt"),
        (HEAD + 'exclude_participant_types = ["bot"]', "list the others in participant_types; expected one of: event,"),
        (HEAD.replace('"sms"', '"Live Chat"'), "did you mean 'live_chat'?"),
        ("active = true\n" + HEAD, "active: unknown key; did you mean 'enabled'?"),
        (HEAD + '[[steps]]\ntype = "set_priority"', "oncue has no step for priorities; expected one of"),
        (HEAD + "[when]\ncooldown = 10", 'when.cooldown: found 10, expected a duration such as "30s"'),
        (HEAD + '[when]\ncooldown = "0s"', "of at most 366 days and more than 0"),
        (HEAD + "[when]\nattributes = {}", "when.attributes: an empty table never holds"),
        ("tags = [+1_000]\n" + HEAD, "tags[1]: found +1_000, expected text in quotes"),
        ('enabled = "yes"\n' + HEAD, "flows/x.toml:1: enabled: found 'yes', expected true or false"),
        ("steps = {}\n" + HEAD, "flows/x.toml:1: steps: found a table, expected a list"),
        ("steps = [1]\n" + HEAD, "flows/x.toml:1: steps[1]: found 1, expected a table"),
        ("name = 1979-05-27\n", "flows/x.toml:1: name: found 1979-05-27, expected text in quotes"),
        ("tags = [true]\n" + HEAD, "flows/x.toml:1: tags[1]: found true, expected text in quotes"),
        (
            'name="A"\n[trigger]\nchannel="sms"\nevent="participant_added"\nmessage_types=[]',
            'flows/x.toml:5: trigger.message_types: message_types is only for event = "message_created"; remove it',
        ),
        (HEAD + '[[steps]]\ntype = "update_contact"\nattributes = 1', "found 1, expected a table"),
        (HEAD + "[[steps]]\ntype = 3", "flows/x.toml:6: steps[1].type: found 3, expected one of: send_message"),
    ],
)
def test_our_own_words(text: str, problem: str) -> None:
    assert any(problem in each for each in problems(text)), problems(text)


@pytest.mark.parametrize("value", ["3", '"x"', "[]", "[[]]", "{}", "{a = 1}", "true", "1.5", "1979-05-27", "[{}]"])
@pytest.mark.parametrize(
    "key",
    ["name", "description", "enabled", "tags", "trigger", "steps"]
    + [f"trigger.{key}" for key in ("event", "channel", "instance", "participant_types", "message_types")]
    + ["other"],
)
def test_no_raw_message_of_pydantic(key: str, value: str) -> None:
    raw = ("input", "should", "argument", "keyword", "tag ", "discriminator", "validation", "something else")
    try:
        decode_flow("x", f"{key} = {value}\n".encode())
    except UnreadableError as error:
        for problem in error.problems:
            assert not any(word in problem.message.lower() for word in raw), problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('name = "A"\n[[instances]]\nid = "a"\nchannel = "sms"\nnam = "x"', "5: instances[1].nam: unknown key"),
        ('name = "A"\n[channels]\n"A B" = "x"', "3: channels.'A B': found 'A B', expected 1 to 64"),
        ('name = "A"\n[simulation]\nmax_events_per_cascade = 0', "found 0, expected 1 or more"),
        (
            'name = "A"\n[[instances]]\nid = "a"\nchannel = "sms"\nname = "A"\nexternal_ids = [49151, +49151]',
            "6: instances[1].external_ids[1]: found 49151, expected text in quotes",
        ),
        (
            'name = "A"\n[[instances]]\nid = "a"\nchannel = "sms"\nname = "A"\nexternal_ids = [+49151]',
            "6: instances[1].external_ids[1]: found +49151, expected text in quotes",
        ),
        (
            'name = "A"\n' + '[[instances]]\nid = "a"\nchannel = "sms"\nname = "A"\n' * 2,
            "7: instances[2].id: instance id 'a' is used more than once; each must be unique",
        ),
        (
            'name = "A"\n[[instances]]\nid = "a"\nchannel = "sms"\nname = "A"\nexternal_ids = ["x", "x"]',
            "6: instances[1].external_ids: external id 'x' is used more than once; each must be unique",
        ),
        ('name = "A"\n[[instances]]\nid = "größe"', "starting with a letter or digit; write 'grosse', for example"),
        ('name = "A"\n[instances]\nid = "a"', "found a table, expected a list; write [[instances]] above each"),
        ('name = "A"\n[simulation]\nmax_events_per_cascade = 1.5', "found 1.5, expected a whole number"),
        (
            'name = "A"\n[simulation]\nfirst_message_fires_message = true',
            "did you mean 'first_message_fires_message_created'?",
        ),
    ],
)
def test_workspace_toml(text: str, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode_config(text.encode())
    assert problem in str(caught.value)


def test_instances_are_unique() -> None:
    one = '[[instances]]\nid = "a"\nchannel = "sms"\nname = "x"\n'
    with pytest.raises(UnreadableError, match="'a' is used more than once"):
        decode_config(f'name = "A"\n{one}{one}'.encode())


def test_scenario() -> None:
    text = """name = "A"
[[events]]
event = "message_created"
instance = "a"
participant = { type = "contct" }
expect = ["A"]
"""
    with pytest.raises(UnreadableError) as caught:
        decode_scenario("s", text.encode())
    assert [str(problem) for problem in caught.value.problems] == [
        "scenarios/s.toml:5: events[1].participant.type: 'contct' is not a known value; did you mean 'contact'?",
        "scenarios/s.toml:6: events[1].expect[1]: found 'A', "
        "expected 1 to 64 of a-z, 0-9 and '-', starting with a letter or digit",
    ]


_FLOW = 'name = "A"\n{}[trigger]\nevent = "message_created"\nchannel = "sms"\n{}'
_MANY: dict[str, Callable[[int], str]] = {
    "unknown keys": lambda size: _FLOW.format("".join(f"k{n} = 1\n" for n in range(size)), ""),
    "unknown keys of a table": lambda size: _FLOW.format("", "".join(f"k{n} = 1\n" for n in range(size))),
    "wrong steps": lambda size: _FLOW.format("", "".join(f'[[steps]]\ntype = "x{n}"\n' for n in range(size))),
    "dotted keys": lambda size: _FLOW.format("".join(f"k{n}.a.b.c.d.e.f.g.h = 1\n" for n in range(size)), ""),
    "wrong ids": lambda size: 'name = "A"\n[[events]]\nexpect = [' + ", ".join(f'"!{n}"' for n in range(size)) + "]\n",
    "wrong events": lambda size: 'name = "A"\n' + "[[events]]\nx = 1\n" * size,
}


@pytest.mark.parametrize("kind", _MANY)
@pytest.mark.parametrize("size", [1_000, 2_000])
def test_a_file_with_many_problems_names_some_and_is_scanned_once(
    kind: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans: list[str] = []
    messages: list[Any] = []
    real_scan, real_kind = scan.statements, wording._kind

    def statements(text: str) -> Iterator[scan.Statement]:
        scans.append(text)
        return real_scan(text)

    def described(detail: Any, *rest: Any) -> Any:
        messages.append(detail)
        return real_kind(detail, *rest)

    monkeypatch.setattr(scan, "statements", statements)
    monkeypatch.setattr(wording, "_kind", described)
    scan._places.cache_clear()
    decode = decode_scenario if kind in ("wrong ids", "wrong events") else decode_flow
    with pytest.raises(UnreadableError) as caught:
        decode("x", _MANY[kind](size).encode())
    found = caught.value.problems
    assert len(found) == MOST_PROBLEMS + 1
    assert re.fullmatch(r"and [\d,]+ more problems", found[-1].message)
    assert int(re.sub(r"\D", "", found[-1].message)) >= size - MOST_PROBLEMS
    assert (len(scans), len(messages)) == (1, MOST_PROBLEMS)


@pytest.mark.parametrize("size", [0, 18, 19, 20, 400])
def test_a_key_for_the_id_counts_among_the_problems_that_are_named(size: int) -> None:
    text = _FLOW.format("id = 1\n" + "".join(f"k{n} = 1\n" for n in range(size)), "")
    with pytest.raises(UnreadableError) as caught:
        decode_flow("x", text.encode())
    found = caught.value.problems
    named = [problem for problem in found if problem.path]
    assert (named[0].key, len(named)) == ("id", min(size + 1, MOST_PROBLEMS))
    assert [problem.message for problem in found[len(named) :]] == (
        [f"and {size + 1 - MOST_PROBLEMS} more problems"] if size + 1 > MOST_PROBLEMS else []
    )


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        ('for_ = "10m"', "steps[1].for_: unknown key; did you mean 'for'?"),
        ("for = 10", 'steps[1].for: found 10, expected a duration such as "30s"'),
        ("", "steps[1].for: missing; it is required"),
        ('duration = "10m"', "steps[1].duration: unknown key; did you mean 'for'?"),
    ],
)
def test_a_key_that_python_cannot_have_is_called_as_in_files(step: str, problem: str) -> None:
    assert any(problem in found for found in problems(f'{HEAD}[[steps]]\ntype = "wait"\n{step}'))
    read = decode_flow("x", f'{HEAD}[[steps]]\ntype = "wait"\nfor = "10m"'.encode())
    assert flow_values(read)["steps"] == [{"type": "wait", "for": "10m"}]
    assert read.steps == (Wait(for_="10m"),)


def event_problems(time: str) -> list[str]:
    text = f'name = "S"\n[[events]]\nevent = "message_created"\ninstance = "sms"\n{time}\n'
    with pytest.raises(UnreadableError) as raised:
        decode_scenario("s", text.encode())
    return [problem.message for problem in raised.value.problems]


def test_when_an_event_of_a_scenario_happens_is_a_time() -> None:
    assert event_problems('after = "10"')[0].startswith("found '10', expected a duration such as")
    assert "remove one of them" in event_problems('after = "10m"\nat = 2026-03-01T10:00:00Z')[0]
    for no_time in ("2026-03-01", '"soon"', "10"):
        assert "expected a date and time" in event_problems(f"at = {no_time}")[0]
    quoted, bare = (
        decode_scenario("s", f'name = "S"\n[[events]]\nevent = "message_created"\ninstance = "sms"\nat = {at}'.encode())
        for at in ('"2026-03-01T10:00:00+01:00"', "2026-03-01T10:00:00+01:00")
    )
    assert quoted == bare
