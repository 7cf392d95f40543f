"""One test per clause: what it lets through and what not; unknown fails what narrows on it."""

import pytest
from hypothesis import given
from tests import strategies
from tests.strategies import CONFIG

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.matching.semantics import CLAUSES, matches, verdicts

FLOW = Flow(
    id="a",
    name="A",
    trigger=Trigger(
        event="message_created",
        channel="whatsapp",
        instance="wa-1",
        participant_types=frozenset({"contact", "bot"}),
        message_types=frozenset({"text", "image"}),
    ),
)
KEY = EventKey("message_created", "whatsapp", "wa-1", "contact", "text")
OPEN = replaced(FLOW, trigger=Trigger(event="message_created", channel="whatsapp"))


def failed(flow: Flow, key: EventKey) -> list[str]:
    return [clause for clause, ok in zip(CLAUSES, verdicts(flow, key, CONFIG), strict=True) if not ok]


def test_all_clauses_hold() -> None:
    assert verdicts(FLOW, KEY, CONFIG) == (True,) * 6
    assert matches(FLOW, KEY, CONFIG)


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        (KEY._replace(event="conversation_created"), "event"),
        (KEY._replace(channel="email"), "channel"),
        (KEY._replace(instance="wa-2"), "instance"),
        (KEY._replace(instance=None), "instance"),
        (KEY._replace(participant_type="agent"), "participant_types"),
        (KEY._replace(participant_type=None), "participant_types"),
        (KEY._replace(message_type="gif"), "message_types"),
        (KEY._replace(message_type=None), "message_types"),
    ],
)
def test_one_clause_fails(key: EventKey, clause: str) -> None:
    assert failed(FLOW, key) == [clause]
    assert not matches(FLOW, key, CONFIG)


def test_a_disabled_flow() -> None:
    assert failed(replaced(FLOW, enabled=False), KEY) == ["enabled"]


@pytest.mark.parametrize("field", ["instance", "participant_type", "message_type"])
@pytest.mark.parametrize("value", [None, "unheard-of"])
def test_what_is_not_narrowed_lets_everything_through(field: str, value: str | None) -> None:
    assert matches(OPEN, KEY._replace(**{field: value}), CONFIG)  # type: ignore[arg-type]


@pytest.mark.parametrize("clause", ["participant_types", "message_types"])
def test_an_empty_list_lets_nothing_through(clause: str) -> None:
    flow = replaced(FLOW, trigger=replaced(FLOW.trigger, **{clause: frozenset()}))
    assert failed(flow, KEY) == [clause]


@given(strategies.listeners(), strategies.keys)
def test_every_verdict_is_a_plain_bool(flow: Flow, key: EventKey) -> None:
    assert {type(verdict) for verdict in verdicts(flow, key, CONFIG)} == {bool}
    assert matches(flow, key, CONFIG) == all(verdicts(flow, key, CONFIG))


@given(strategies.listeners(), strategies.keys)
def test_an_external_id_is_the_instance(flow: Flow, key: EventKey) -> None:
    by_id = verdicts(flow, key._replace(instance="wa-1"), CONFIG)
    assert verdicts(flow, key._replace(instance="whatsapp:+447700900101"), CONFIG) == by_id


@given(strategies.listeners(), strategies.keys)
def test_an_installed_instance_says_its_channel(flow: Flow, key: EventKey) -> None:
    stated = verdicts(flow, key._replace(channel="whatsapp", instance="wa-1"), CONFIG)
    for name in ("wa-1", "whatsapp:+447700900101"):
        assert verdicts(flow, key._replace(channel=None, instance=name), CONFIG) == stated


@pytest.mark.parametrize("instance", ["gone", None])
def test_an_instance_that_is_not_installed_says_no_channel(instance: str | None) -> None:
    assert "channel" in failed(OPEN, KEY._replace(channel=None, instance=instance))


def test_a_channel_that_contradicts_the_instance_is_left_as_it_is() -> None:
    for name in ("wa-1", "whatsapp:+447700900101"):
        assert failed(FLOW, KEY._replace(channel="email", instance=name)) == ["channel"]
    assert failed(FLOW, KEY._replace(instance="mail")) == ["instance"]
