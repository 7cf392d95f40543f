"""What is mended does the same as before, or what was plainly meant; everything else is left alone."""

import pytest
from tests.builders import CONFIG, flow

from oncue.domain.checks import check_flow
from oncue.domain.flows import Flow
from oncue.domain.problems import Code
from oncue.domain.steps import NotifyParticipants, SendMessage, UpdateContact
from oncue.domain.values import replaced
from oncue.linting.catalogue import RULES
from oncue.linting.fixes import FIXED, fixed


def mended(each: Flow) -> Flow:
    return fixed(each, check_flow(each, CONFIG), CONFIG)


def test_the_pages_say_what_is_mended() -> None:
    assert {code for code, rule in RULES.items() if rule.fixes} == FIXED


def test_an_empty_list_becomes_what_it_is_in_effect() -> None:
    after = mended(flow("a", "message_created", by=(), of=()))
    assert (after.enabled, after.trigger.participant_types, after.trigger.message_types) == (False, None, None)
    notifies = flow("a", "message_created", NotifyParticipants(text="x", participant_types=frozenset()))
    assert mended(notifies) == notifies


@pytest.mark.parametrize(("written", "meant"), [("support", "wa"), ("desk", "desk"), ("gone", "gone")])
def test_an_instance_is_found_by_its_name_on_the_channel(written: str, meant: str) -> None:
    assert mended(flow("a", "message_created", instance=written)).trigger.instance == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hi ${participant.name}", "Hi {{participant.name}}"),
        ("Hi {{participant.name | upper}}", "Hi {{participant.name}}"),
        ("Hi {{ participant.name }", "Hi {{participant.name}}"),
        ("Hi {{agent.name}}", "Hi {{agent.name}}"),
        ("100 %", "100 %"),
    ],
)
def test_a_placeholder_is_written_as_here(written: str, meant: str) -> None:
    assert mended(flow("a", "message_created", SendMessage(text=written))).steps == (SendMessage(text=meant),)


def test_attributes_are_mended_one_by_one() -> None:
    step = UpdateContact(attributes={"a": "${participant.name}", "b": 1})
    after = mended(flow("a", "message_created", step)).steps[0]
    assert isinstance(after, UpdateContact)
    assert dict(after.attributes) == {"a": "{{participant.name}}", "b": 1}


def test_what_is_right_is_the_same_flow() -> None:
    right = flow("a", "message_created", SendMessage(text="x"))
    assert mended(right) is right
    assert mended(replaced(right, name="B")).name == "B"
    assert Code.LOOP not in FIXED
