"""The report of mutation testing: counts, the mutants that survived by flow, and events that would kill them."""

import json

import pytest
from tests.builders import CREATED, TWO_NUMBERS, flow, message, run_events, scripted, workspace

from oncue.cli.output.mutation_report import MutationReport
from oncue.domain.flows import Flow
from oncue.domain.scenarios import ScenarioEvent
from oncue.domain.values import replaced
from oncue.matching.matcher import compile_matcher
from oncue.simulation.mutation_testing import check_mutants
from oncue.workbench.json_values import as_json

START = scripted(CREATED, instance="shop", expect=())
WROTE = scripted(message(), instance="shop", expect=("reply",))
REPLY = flow("reply", by="contact", instance="shop")
WELCOME = flow("welcome", "conversation_created", channel="email")
OFF = flow("off", by="contact", instance="shop", enabled=False)


def report(
    *events: ScenarioEvent, flows: tuple[Flow, ...] = (REPLY, WELCOME, OFF), shop: str = "Shop"
) -> MutationReport:
    instances = [replaced(each, name=shop) if each.id == "shop" else each for each in TWO_NUMBERS.instances]
    where = workspace(*flows, config=replaced(TWO_NUMBERS, instances=tuple(instances)))
    matcher, result = compile_matcher(where), run_events(where, *events)
    unused = [] if result.ok else [result.scenario.id]
    return MutationReport(where, matcher, list(check_mutants(where, matcher, [result])), unused)


def test_mutants_that_survived_are_grouped_by_flow() -> None:
    assert list(report(START, WROTE).rows()) == [
        "reply: When a contact sends a message on WhatsApp · Shop",
        "  ✗ survived  every instance instead of Shop",
        "      to kill it: a contact sends a text message on WhatsApp · Rentals; expect no reply",
        "  ✗ survived  anybody instead of a contact",
        "      to kill it: an agent sends a text message on WhatsApp · Shop; expect no reply",
        "welcome: When anybody starts a conversation on Email",
        "  ✗ survived  switched off",
        "      to kill it: a contact starts a conversation on Email · Desk; expect welcome",
    ]


def test_the_summary_counts() -> None:
    assert report(START, WROTE).summary() == "4 mutants: 1 killed, 3 survived (25 %)"
    assert report(flows=(OFF,)).summary() == "0 mutants"
    assert list(report(flows=(OFF,)).rows()) == []


def test_failed_scenarios_are_counted_and_named() -> None:
    failed = report(WROTE)
    assert failed.summary() == "4 mutants: 0 killed, 4 survived (0 %); 1 failed scenario not used"
    assert failed.as_plain()["unused"] == ["s"]


def test_only_all_of_them_are_a_hundred_percent() -> None:
    one = report(START, WROTE).results[0]
    missed = report().results[0]
    where = report()
    most = MutationReport(where.workspace, where.matcher, [*[one] * 499, missed])
    assert most.summary().endswith("499 killed, 1 survived (99 %)")
    assert MutationReport(where.workspace, where.matcher, [one]).summary().endswith("1 killed, 0 survived (100 %)")


def test_json_has_an_event_that_can_be_put_into_a_scenario() -> None:
    found = json.loads(as_json(report(START, WROTE).as_plain()))
    first, *_ = found.pop("survived")
    assert found == {"total": 4, "killed": 1, "score": 0.25, "unused": []}
    assert first == {
        "flow": "reply",
        "clause": "instance",
        "change": "every instance instead of Shop",
        "reason": "no scenario has an event that could kill it",
        "scenarios": [],
        "suggestion": {
            "words": "a contact sends a text message on WhatsApp · Rentals; expect no reply",
            "event": {
                "event": "message_created",
                "instance": "rentals",
                "participant": {"type": "contact"},
                "message": {"type": "text"},
                "expect": [],
            },
        },
    }


def test_without_mutants_there_is_no_score() -> None:
    assert report(flows=()).as_plain() == {"total": 0, "killed": 0, "score": None, "unused": [], "survived": []}


def test_scenarios_that_expect_too_little_are_named() -> None:
    found = report(START, replaced(WROTE, expect=None))
    assert list(found.rows())[1:4] == [
        "  ✗ survived  switched off",
        "      s has an event that could kill it, but expects nothing that differs",
        "      to kill it: a contact sends a text message on WhatsApp · Shop; expect reply",
    ]
    assert found.as_plain()["survived"][0]["scenarios"] == ("s",)


@pytest.mark.parametrize("name", ["\x1b[2J", "a\nb", "\u202e"])
def test_names_are_made_visible(name: str) -> None:
    rows = "".join(report(shop=name).rows())
    assert name not in rows
    assert "every instance instead of" in rows
