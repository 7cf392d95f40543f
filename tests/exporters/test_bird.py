"""Flows in the form in which Bird stores them, and nothing in them that was never seen."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, check_rules, exported, flow, hostile, workspace_of, workspaces

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, CloseConversation, SendMessage, Wait
from oncue.domain.workspace import Workspace
from oncue.exporters.bird import TYPES
from oncue.exporters.names import Names
from oncue.exporters.registry import Outcome

CHANNELS = {
    name: f"00000000-0000-4000-8000-00000000000{number}" for number, name in enumerate(("wa-1", "wa-2", "mail", "dock"))
}
EVENTS = {"participant_added": "added", "participant_removed": "removed", "message_created": "message"}


def names(events: dict[str, str]) -> Names:
    slugs = {"email": "email:1", "kiosk": "kiosk:1"}
    return Names("bird", {"instances": CHANNELS, "events": events, "channels": slugs})


def flows_of(outcome: Outcome) -> list[dict[str, Any]]:
    (text,) = outcome.files.values()
    found: list[dict[str, Any]] = json.loads(text)
    return found


@thorough
@given(workspaces)
def test_triggers_match_what_the_report_says(workspace: Workspace) -> None:
    for each in workspace.flows.values():  # one at a time, as flows do not say which of ours they are
        outcome = exported("bird", workspace_of([each], workspace.config), names(EVENTS))
        triggers = [one["trigger"]["data"] for one in flows_of(outcome)]

        def fires(_: Flow, key: EventKey, triggers: list[dict[str, Any]] = triggers) -> bool:
            event = {**EVENTS, "conversation_created": "created"}[key.event]
            return any(
                one["event"] == event
                and one["channelId"] == CHANNELS[str(key.instance)]
                and TYPES[str(key.participant_type)][0] in one["participantTypes"]
                for one in triggers
            )

        check_rules(outcome, fires)


def test_an_event_whose_name_is_not_known_is_left_out_and_reported() -> None:
    outcome = exported("bird", workspace_of([flow("a"), flow("b", "conversation_created")]), names({}))
    assert len(flows_of(outcome)) == 2  # one for each number
    assert [each.unsaid[0].field for each in outcome.losses if each.unsaid] == ["trigger.event"]
    assert not outcome.widening


def test_steps_that_were_seen_are_written_and_others_are_reported() -> None:
    steps = (
        AddNote(text="About {{conversation.id}}"),
        SendMessage(text="Hi"),
        AddNote(text="For {{participant.name}}"),
        CloseConversation(),
        Wait(for_="1h"),
        AddNote(text="late"),
    )
    each = flow("a", "conversation_created", *steps, instance="wa-1", by="contact")
    outcome = exported("bird", workspace_of([each]), names({}))
    (made,), (loss,) = flows_of(outcome), outcome.losses
    definition = made["definition"]
    order, at = [], definition["startAt"]
    while at is not None:
        order.append(definition["steps"][at]["type"])
        at = definition["steps"][at].get("next")
    assert [each.rpartition("endpoints:")[2] for each in order] == [
        "createComment:1.0.0",
        "updateFeedItem:1.0.0",
        "terminate",
    ]
    assert "{{trigger.payload.conversation.conversationId}}" in json.dumps(definition)
    assert [each.field for each in loss.unsaid] == ["steps[2]", "steps[3]", "steps[5]", "steps[6]"]
    assert made["trigger"]["data"] == {
        "channelId": CHANNELS["wa-1"],
        "connectorTemplateSlug": "whatsapp:1.0",
        "event": "created",
        "participantTypes": ["contact"],
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_no_expressions(name: str) -> None:
    for made in flows_of(exported("bird", hostile(name), names(EVENTS))):
        assert made["name"].isprintable()
        known = (
            "run.workspaceId",
            "trigger.payload.conversation.channelId",
            "trigger.payload.conversation.conversationId",
        )
        text = json.dumps(made["definition"])
        for each in known:
            text = text.replace(f"{{{{{each}}}}}", "")
        assert "{{" not in text
