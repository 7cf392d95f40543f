"""Values are frozen, refuse what they do not know, and convert nothing; ids and slugs keep their rules."""

import copy
import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests import strategies

from oncue.domain.events import Event
from oncue.domain.flows import Flow
from oncue.domain.steps import UpdateContact
from oncue.domain.triggers import Trigger
from oncue.domain.values import check_flow_id, check_slug, flow_id_from, is_slug, replaced
from oncue.domain.workspace import SimulationSettings

TRIGGER = Trigger(event="message_created", channel="whatsapp")


@pytest.mark.parametrize("good", ["a", "0", "welcome-whatsapp", "a" * 64, "9-"])
def test_flow_ids(good: str) -> None:
    assert check_flow_id(good) == good


@pytest.mark.parametrize(
    "bad",
    ["", "-a", "A", "a_b", "a.b", "a b", "../a", "a/b", "a\\b", "a\n", "a" * 65, "ä", "con", "nul", "com1", "lpt0"],
)
def test_what_is_no_flow_id(bad: str) -> None:
    with pytest.raises(ValueError, match=r"expected|device"):
        check_flow_id(bad)


@pytest.mark.parametrize("good", ["a", "live_chat", "wa-support-nl", "0", "a" * 64])
def test_slugs(good: str) -> None:
    assert check_slug(good) == good


@pytest.mark.parametrize("bad", ["", "_a", "-a", "A", "a b", "a.b", "a\n", "a" * 65, "whatsapp:+31"])
def test_what_is_no_slug(bad: str) -> None:
    assert not is_slug(bad)
    with pytest.raises(ValueError, match="expected"):
        check_slug(bad)


def test_none_is_no_slug() -> None:
    assert not is_slug(None)


@given(st.text(max_size=200), st.sets(st.sampled_from(["flow", "a", "a-2", "con-flow"])))
def test_any_name_gives_a_free_flow_id(name: str, taken: set[str]) -> None:
    flow_id = flow_id_from(name, taken)
    assert check_flow_id(flow_id) not in taken


@pytest.mark.parametrize(
    ("name", "flow_id"),
    [
        ("Welcome: on WhatsApp!", "welcome-on-whatsapp"),
        ("  ", "flow"),
        ("日本", "flow"),
        ("CON", "con-flow"),
        ("Straße", "strasse"),
        ("a" * 100, "a" * 56),
    ],
)
def test_flow_ids_from_names(name: str, flow_id: str) -> None:
    assert flow_id_from(name) == flow_id


def test_a_taken_flow_id_gets_a_number() -> None:
    assert flow_id_from("a", {"a", "a-2"}) == "a-3"


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
    with pytest.raises(ValidationError):
        make(given_value)  # type: ignore[operator]


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(ValidationError, match="unexpected"):
        replaced(TRIGGER, chanel="whatsapp")
    with pytest.raises(ValidationError, match="unexpected"):
        TypeAdapter(Event).validate_python({"event": "message_created", "participant": {"kind": "contact"}})


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
    adapter = TypeAdapter(Flow)
    assert adapter.validate_python(adapter.dump_python(flow)) == flow
    assert adapter.validate_json(adapter.dump_json(flow)) == flow


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
