"""Values are frozen, refuse what they do not know, and convert nothing."""

import copy
import dataclasses
import json
import pickle

import pytest
from hypothesis import given
from tests import strategies

from oncue.domain.events import Event
from oncue.domain.fitting import RuleError
from oncue.domain.flows import Flow
from oncue.domain.plain import as_plain
from oncue.domain.steps import UpdateContact
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import SimulationSettings

TRIGGER = Trigger(event="message_created", channel="whatsapp")


@pytest.mark.parametrize(
    ("make", "given_value"),
    [
        (lambda value: Flow(id="a", name="A", trigger=TRIGGER, enabled=value), "yes"),
        (lambda value: Flow(id="a", name="A", trigger=TRIGGER, enabled=value), 1),
        (lambda value: Flow(id="a", name=value, trigger=TRIGGER), 5),
        (lambda value: Flow(id="a", name=value, trigger=TRIGGER), ""),
        (lambda value: Flow(id="a", name="A", trigger=TRIGGER, tags=value), "welcome"),
        (lambda value: replaced(TRIGGER, participant_types=value), "contact"),
        (lambda value: replaced(TRIGGER, participant_types=value), ["customer"]),
        (lambda value: replaced(TRIGGER, event=value), "message_deleted"),
        (lambda value: replaced(TRIGGER, channel=value), "Whats App"),
        (lambda value: SimulationSettings(first_message_fires_message_created=value), "yes"),
        (lambda value: SimulationSettings(first_message_fires_message_created=value), 1),
        (lambda value: SimulationSettings(max_events_per_cascade=value), "5"),
        (lambda value: SimulationSettings(max_events_per_cascade=value), 5.0),
        (lambda value: SimulationSettings(max_events_per_cascade=value), True),
        (lambda value: SimulationSettings(max_events_per_cascade=value), 0),
        (lambda value: Event(event="message_created", at=value), 1_700_000_000),
        (lambda value: Event(event="message_created", at=value), "1700000000"),
        (lambda value: Event(event="message_created", at=value), True),
        (lambda value: Event(event="message_created", conversation=value), 5),
        (lambda value: UpdateContact(attributes=value), {"a": ["b"]}),
        (lambda value: UpdateContact(attributes=value), {"a": None}),
    ],
)
def test_nothing_is_converted(make: object, given_value: object) -> None:
    with pytest.raises(RuleError):
        make(given_value)  # type: ignore[operator]


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(RuleError, match=r"^chanel: unknown key; did you mean 'channel'"):
        replaced(TRIGGER, chanel="whatsapp")
    with pytest.raises(RuleError, match=r"^participant\.kind: unknown key"):
        Event(event="message_created", participant={"kind": "contact"})  # type: ignore[arg-type]
    with pytest.raises(RuleError, match=r"^self: unknown key"):
        Event(**{"event": "message_created", "self": 1})  # type: ignore[arg-type]


@given(strategies.flows(), strategies.events())
def test_values_are_frozen_hashable_and_survive_copying(flow: Flow, event: Event) -> None:
    for value in (flow, event):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.id = "b"  # type: ignore[misc]
        for twin in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), replaced(value)):
            assert twin == value
            assert hash(twin) == hash(value)
    assert replaced(event).key == event.key


@given(strategies.flows())
def test_plain_values_and_back(flow: Flow) -> None:
    assert Flow(**as_plain(flow)) == Flow(**json.loads(json.dumps(as_plain(flow)))) == flow


def test_numbers_and_flags_of_equal_size_are_different_attributes() -> None:
    steps = [UpdateContact(attributes={"vip": value}) for value in (1, 1.0, True, "1", "True")]
    assert all((one == other) is (one is other) for one in steps for other in steps)
    assert steps[0] == UpdateContact(attributes={"vip": 1})
    assert steps[0] != "something else"
    assert [type(step.attributes["vip"]) for step in steps] == [int, float, bool, str, str]


def test_attributes_are_equal_in_any_order() -> None:
    one, other = UpdateContact(attributes={"a": 1, "b": 2}), UpdateContact(attributes={"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
