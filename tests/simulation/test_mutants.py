"""Which mutants a flow has, and the event on which flow and mutant decide differently."""

import pytest
from hypothesis import given
from tests import strategies
from tests.builders import TWO_NUMBERS, flow, possible_keys, workspace

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.matching.semantics import matches
from oncue.simulation.mutants import distinguishing_event, mutants_of
from oncue.simulation.mutation_testing import check_mutants

PEOPLE, KINDS = frozenset(PARTICIPANT_TYPES), frozenset(MESSAGE_TYPES)


def words(each: Flow, config: WorkspaceConfig = TWO_NUMBERS) -> list[str]:
    return [mutant.words for mutant in mutants_of(each, config)]


# Which mutants there are


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (flow("reply"), ["switched off"]),
        (flow("reply", instance="shop"), ["switched off", "every instance instead of Shop"]),
        (flow("reply", instance="gone"), ["switched off", "every instance instead of gone"]),
        (
            flow("reply", by="contact"),
            ["switched off", "anybody instead of a contact", "an agent too"],
        ),
        (
            flow("reply", by={"bot", "agent"}),
            [
                "switched off",
                "anybody instead of an agent or a bot",
                "no longer an agent",
                "no longer a bot",
                "a contact too",
            ],
        ),
        (
            flow("reply", by=PEOPLE - {"flow"}),
            ["switched off", "anybody instead of anybody but a flow", "no longer a contact"],
        ),
        (
            flow("reply", by=PEOPLE - {"flow", "bot"}),
            [
                "switched off",
                "anybody instead of anybody but a bot or a flow",
                "a bot too",
                "a flow too",
                "no longer a contact",
            ],
        ),
        (flow("reply", by=PEOPLE), ["switched off", "somebody unknown too", "no longer a contact"]),
        (flow("reply", by=()), ["switched off", "anybody instead of nobody", "a contact too"]),
        (
            flow("reply", of="text"),
            ["switched off", "a message instead of a text message", "an image too"],
        ),
        (
            flow("reply", of={"file", "image"}),
            [
                "switched off",
                "a message instead of an image or a file",
                "no longer an image",
                "no longer a file",
                "a text message too",
            ],
        ),
        (
            flow("reply", of=KINDS - {"text"}),
            ["switched off", "a message instead of anything but a text message", "no longer an image"],
        ),
        (flow("reply", of=KINDS), ["switched off", "a message of unknown type too", "no longer a text message"]),
    ],
)
def test_mutants_follow_the_sentence(each: Flow, expected: list[str]) -> None:
    assert words(each) == expected


def test_narrowings_are_changed_one_at_a_time() -> None:
    each = flow("reply", instance="shop", by="contact", of="text")
    found = {mutant.words: mutant for mutant in mutants_of(each, TWO_NUMBERS)}
    assert {name: (mutant.clause, mutant.detail_of) for name, mutant in found.items()} == {
        "switched off": ("enabled", None),
        "every instance instead of Shop": ("instance", None),
        "anybody instead of a contact": ("participant_types", None),
        "an agent too": ("participant_types", "participant_types"),
        "a message instead of a text message": ("message_types", None),
        "an image too": ("message_types", "message_types"),
    }
    assert found["switched off"].mutated == replaced(each, enabled=False)
    narrowings: dict[str, dict[str, object]] = {
        "every instance instead of Shop": {"instance": None},
        "anybody instead of a contact": {"participant_types": None},
        "an agent too": {"participant_types": frozenset({"contact", "agent"})},
        "a message instead of a text message": {"message_types": None},
        "an image too": {"message_types": frozenset({"text", "image"})},
    }
    for name, narrowing in narrowings.items():
        assert found[name].mutated == replaced(each, trigger=replaced(each.trigger, **narrowing))


def test_taking_out_a_type_is_a_detail_of_switching_off() -> None:
    *_, no_agent, no_bot, contact_too = mutants_of(flow("reply", by={"agent", "bot"}), TWO_NUMBERS)
    assert [each.detail_of for each in (no_agent, no_bot, contact_too)] == ["enabled", "enabled", "participant_types"]
    assert no_agent.mutated.trigger.participant_types == frozenset({"bot"})


def test_a_disabled_flow_has_no_mutants() -> None:
    assert mutants_of(replaced(flow("reply"), enabled=False), TWO_NUMBERS) == ()


@given(strategies.listeners())
def test_no_two_mutants_are_the_same_and_none_is_the_flow(each: Flow) -> None:
    found = mutants_of(each, strategies.CONFIG)
    changes = [each, *(mutant.mutated for mutant in found)]
    assert all(one != other for number, one in enumerate(changes) for other in changes[:number])
    assert len({mutant.words for mutant in found}) == len(found)


# The event on which flow and mutant decide differently


def distinguishing_key(each: Flow, mutant_words: str, config: WorkspaceConfig = TWO_NUMBERS) -> EventKey | None:
    (mutant,) = (mutant for mutant in mutants_of(each, config) if mutant.words == mutant_words)
    event = distinguishing_event(mutant, config)
    return None if event is None else event.key


@pytest.mark.parametrize(
    ("each", "mutant", "key"),
    [
        (flow("reply"), "switched off", ("message_created", "whatsapp", "rentals", "contact", "text")),
        (
            flow("reply", instance="shop", by="bot", of="gif"),
            "every instance instead of Shop",
            ("message_created", "whatsapp", "rentals", "bot", "gif"),
        ),
        (
            flow("reply", "conversation_created", instance="rentals", by="contact"),
            "anybody instead of a contact",
            ("conversation_created", "whatsapp", "rentals", "agent", None),
        ),
        (
            flow("reply", of="text"),
            "a message instead of a text message",
            ("message_created", "whatsapp", "rentals", "contact", "image"),
        ),
        (flow("reply", by=PEOPLE), "somebody unknown too", ("message_created", "whatsapp", "rentals", None, "text")),
        (
            flow("reply", of=KINDS),
            "a message of unknown type too",
            ("message_created", "whatsapp", "rentals", "contact", None),
        ),
    ],
)
def test_the_likeliest_event_is_the_distinguishing_one(each: Flow, mutant: str, key: tuple[str | None, ...]) -> None:
    assert distinguishing_key(each, mutant) == key


@pytest.mark.parametrize(
    ("each", "mutant"),
    [
        (flow("reply", channel="email", instance="mail"), "every instance instead of Desk"),
        (flow("reply", instance="gone"), "switched off"),
        (flow("reply", instance="mail"), "switched off"),
        (flow("reply", channel="sms"), "switched off"),
        (flow("reply", channel="sms", by="contact"), "anybody instead of a contact"),
        (flow("reply", by=()), "switched off"),
        (flow("reply", by=(), of="text"), "a message instead of a text message"),
    ],
)
def test_a_mutant_that_no_installed_instance_can_distinguish_is_equivalent(each: Flow, mutant: str) -> None:
    assert distinguishing_key(each, mutant) is None
    where = workspace(each, config=TWO_NUMBERS)
    assert mutant not in [result.mutant.words for result in check_mutants(where, compile_matcher(where), ())]


@given(strategies.listeners())
def test_there_is_a_distinguishing_event_exactly_if_one_is_possible(each: Flow) -> None:
    config = strategies.CONFIG
    for mutant in mutants_of(each, config):
        event = distinguishing_event(mutant, config)
        different = {
            key
            for key in possible_keys(each, config)
            if matches(mutant.flow, key, config) != matches(mutant.mutated, key, config)
        }
        assert (event is None) == (not different)
        assert event is None or event.key in different
