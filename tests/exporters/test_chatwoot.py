"""Rules are evaluated over the whole event space as Chatwoot does: a flat chain in which ``and`` binds tighter."""

import json
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import CONFIG, thorough
from tests.exporters.space import HOSTILE, check_rules, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.steps import (
    AddLabel,
    AddNote,
    AssignAgent,
    AssignTeam,
    CloseConversation,
    SendMessage,
    Unassign,
    Wait,
)
from oncue.domain.workspace import Workspace
from oncue.errors import ExportError
from oncue.exporters.names import Names
from oncue.exporters.registry import Outcome, run

INBOXES = {"wa-1": 1, "wa-2": 2, "mail": 3, "dock": 4}


def names(**settings: str) -> Names:
    return Names(
        "chatwoot",
        {"instances": INBOXES, "agents": {"Anna": 7}, "teams": {"Desk": "8"}, "settings": settings},
    )


def export(workspace: Workspace) -> Outcome:
    return exported("chatwoot", workspace, names())


def rules_of(outcome: Outcome) -> list[dict[str, Any]]:
    (text,) = outcome.files.values()
    found: list[dict[str, Any]] = json.loads(text)
    return found


def matches(rule: dict[str, Any], key: EventKey) -> bool:
    """What the SQL that Chatwoot makes of a rule means."""
    if not rule["active"] or rule["event_name"] != key.event:
        return False
    event = {
        "inbox_id": INBOXES[str(key.instance)],
        "message_type": "incoming" if key.participant_type == "contact" else "outgoing",
    }
    *others, last = rule["conditions"]
    assert last["query_operator"] is None
    assert all(each["query_operator"] in ("and", "or") for each in others)
    chain: list[Any] = []
    for each in rule["conditions"]:
        if each["attribute_key"] == "content":  # there is a text for which it holds
            assert each["filter_operator"] in ("contains", "does_not_contain")
            assert each["values"] and all(each["values"])
            held = key.event == "message_created"
        else:
            assert each["filter_operator"] == "equal_to"
            held = event[each["attribute_key"]] in each["values"]
        chain += [held, each["query_operator"]]
    return any(
        all(each for each in group if isinstance(each, bool))
        for is_or, group in groupby(chain, lambda each: each == "or")
        if not is_or
    )


@thorough
@given(workspaces)
def test_rules_match_what_the_report_says(workspace: Workspace) -> None:
    for each in workspace.flows.values():  # one at a time, as rules do not say which flow they are of
        outcome = export(workspace_of([each], workspace.config))
        rules = rules_of(outcome)

        def fires(_: Flow, key: EventKey, rules: list[dict[str, Any]] = rules) -> bool:
            return any(matches(rule, key) for rule in rules)

        check_rules(outcome, fires)


def test_a_contact_writes() -> None:
    outcome = export(workspace_of([flow("a", by="contact")]))
    (rule,), (loss,) = rules_of(outcome), outcome.losses
    assert [(each["attribute_key"], each["values"]) for each in rule["conditions"]] == [
        ("inbox_id", [1, 2]),
        ("message_type", ["incoming"]),
    ]
    assert not loss.widens
    assert not loss.narrows


@pytest.mark.parametrize(
    ("each", "field", "size"),
    [
        (flow("a", by="agent"), "trigger.participant_types", 2 * 6 * 12),
        (flow("a", of="text"), "trigger.message_types", 2 * 8 * 11),
        (flow("a", "conversation_created", by="contact"), "trigger.participant_types", 2 * 7),
    ],
)
def test_what_rules_cannot_tell_apart_is_counted(each: Flow, field: str, size: int) -> None:
    (loss,) = export(workspace_of([each])).losses
    assert [unsaid.field for unsaid in loss.unsaid] == [field]
    assert loss.gained.bit_count() == size


def test_phrases_are_looked_for_as_letters_and_that_is_reported() -> None:
    when = {"text_any": ("refund*", "money  back"), "text_none": ("spam", "ad"), "labels": ("vip",)}
    outcome = export(workspace_of([flow("a", by="contact", when=when)]))
    (made,), (loss,) = rules_of(outcome), outcome.losses
    assert [(each["attribute_key"], each["filter_operator"], each["values"]) for each in made["conditions"][2:]] == [
        ("content", "contains", ["refund", "money back"]),
        ("content", "does_not_contain", ["spam"]),
        ("content", "does_not_contain", ["ad"]),
    ]
    assert [each.field for each in loss.unsaid] == ["when.text_any", "when.text_none", "when.labels"]
    assert loss.widens
    assert loss.narrows
    assert loss.loosened.bit_count() == loss.tightened.bit_count() == 2 * 12


def test_participants_cannot_be_heard_of() -> None:
    outcome = export(workspace_of([flow("a", "participant_added")]))
    (loss,) = outcome.losses
    assert rules_of(outcome) == []
    assert (loss.widens, loss.narrows, loss.unsaid[0].field) == (False, True, "trigger.event")


def test_steps_become_actions() -> None:
    steps = (
        SendMessage(text="Hi {{participant.name}}, {{ x }} {% y %} {{contact.plan}}"),
        AssignAgent(agent="Anna"),
        AssignTeam(team="Desk"),
        Unassign(),
        AddLabel(label="vip"),
        AddLabel(label="Very important"),
        AddNote(text="{{message.type}}"),
        Wait(for_="1h"),
        CloseConversation(),
    )
    outcome = export(workspace_of([flow("a", "message_created", *steps, by="contact")]))
    (rule,), (loss,) = rules_of(outcome), outcome.losses
    assert [tuple(each.values()) for each in rule["actions"]] == [
        (
            "send_message",
            ['Hi {{ contact.name }}, {{ "{{" }} x }} {{ "{%" }} y %} {{ contact.custom_attribute.plan }}'],
        ),
        ("assign_agent", [7]),
        ("assign_team", [8]),
        ("assign_agent", ["nil"]),
        ("add_label", ["vip"]),
    ]
    assert [each.field for each in loss.unsaid] == ["steps[6]", "steps[7]", "steps[8]", "steps[9]"]


def test_a_webhook_is_the_last_action() -> None:
    outcome = run("chatwoot", workspace_of([flow("a")]), names(webhook="https://flows.example/a"))
    assert rules_of(outcome)[0]["actions"][-1]["action_params"] == ["https://flows.example/a"]


def test_all_that_is_missing_is_named() -> None:
    workspace = workspace_of([flow("a", "message_created", AssignAgent(agent="Ben"))])
    with pytest.raises(ExportError) as caught:
        exported("chatwoot", workspace)
    assert all(each in str(caught.value) for each in ("'wa-1'", "'wa-2'", "agent id of 'Ben'", "--map"))


def test_ids_come_from_external_ids() -> None:
    from oncue.domain.values import replaced

    given_ids = (("chatwoot:12", "99"), ("13", "+31"))
    instances = [replaced(each, external_ids=ids) for each, ids in zip(CONFIG.instances[:2], given_ids, strict=True)]
    workspace = workspace_of([flow("a")], replaced(CONFIG, instances=tuple(instances)))
    assert rules_of(exported("chatwoot", workspace))[0]["conditions"][0]["values"] == [12, 13]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_no_templates(name: str) -> None:
    given_names = Names("chatwoot", {"instances": INBOXES, "agents": {name: 1}, "teams": {name: 2}})
    for rule in rules_of(exported("chatwoot", hostile(name), given_names)):
        assert rule["name"].isprintable()
        for action in rule["actions"]:
            for text in filter(lambda each: isinstance(each, str), action["action_params"]):
                rest = text.replace('{{ "{{" }}', "").replace('{{ "{%" }}', "")
                assert "{{" not in rest
                assert "{%" not in rest
