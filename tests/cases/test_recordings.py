"""Complaints that people have about events of their platform that oncue does not have, and what they should read."""

import json
from collections import Counter
from collections.abc import Mapping

import pytest
from tests.builders import flow, workspace

from oncue.domain.problems import Problem
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES
from oncue.matching.matcher import compile_matcher
from oncue.storage.recordings import Recording
from oncue.suggestions import did_you_mean

WHERE = workspace(flow("reply", "message_created", by={"contact", "flow"}))


def recorded(*events: Mapping[str, object]) -> tuple[list[tuple[str, ...]], Counter[str], list[str]]:
    """Which flows the events start, which kinds no flow can listen to, and what is wrong."""
    problems: list[Problem] = []
    recording = Recording(["\n".join(map(json.dumps, events)).encode()], problems.append)
    matcher = compile_matcher(WHERE)
    started = [matcher.match(each) for each in recording]
    return started, recording.unheard, [each.message for each in problems]


def test_receipts_of_a_message_start_nothing_and_are_counted() -> None:
    place = {"channel": "whatsapp", "participant": {"type": "contact"}}
    kinds = ("message_created", "message_sent", "message_delivered", "message_read", "message_read")
    started, unheard, wrong = recorded(*({"event": kind, **place} for kind in kinds))
    assert started == [("reply",)]
    assert unheard == {"message_sent": 1, "message_delivered": 1, "message_read": 2}
    assert wrong == []


def test_edits_and_reactions_start_nothing_and_are_counted() -> None:
    started, unheard, wrong = recorded({"event": "message_updated"}, {"event": "reaction_added"}, {"event": "typing"})
    assert (started, wrong) == ([], [])
    assert set(unheard) == {"message_updated", "reaction_added", "typing"}


def test_messages_that_are_written_on_the_phone_start_nothing() -> None:
    started, _, wrong = recorded(
        {"event": "message_created", "channel": "whatsapp", "participant": {"type": "channel"}},
        {"event": "message_created", "channel": "whatsapp", "participant": {"type": "flow"}},
    )
    assert (started, wrong) == ([(), ("reply",)], [])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("message_updated", "oncue has no event for an edited message"),
        ("message_read", "who listens to receipts answers each message several times"),
        ("conversation_opened", "oncue has no event for a conversation that is opened again"),
        ("conversation_closed", "oncue has no event for a conversation that is closed"),
        ("reaction_added", "reaction"),
    ],
)
def test_a_trigger_on_an_event_that_there_is_not_is_not_led_to_another(written: str, reason: str) -> None:
    said = did_you_mean(written, EVENT_KINDS)
    assert reason in said
    assert "did you mean" not in said


def test_a_reaction_is_no_kind_of_message() -> None:
    assert "did you mean" not in did_you_mean("reaction", MESSAGE_TYPES)
    (problem,) = recorded({"event": "message_created", "message": {"type": "reaction"}})[2]
    assert "oncue has no message type for a reaction" in problem


def test_the_webhook_of_a_platform_is_called_by_its_name() -> None:
    chatwoot = {
        "event": "message_created",
        "content": "Hi",
        "message_type": "incoming",
        "conversation": {"id": 1},
        "account": {"id": 1},
        "inbox": {"id": 1},
    }
    (problem,) = recorded(chatwoot)[2]
    assert problem.startswith("this is a webhook of Chatwoot; expected an event of oncue")
