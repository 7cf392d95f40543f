"""The report of mutation testing: counts, the mutants that survived by flow, and events that would kill them."""

import pytest
from tests.mutation_outcomes import OFF, START, WROTE, report

from oncue.cli.output.mutation_report import mutation_rows, mutation_summary
from oncue.domain.values import replaced
from oncue.workbench.mutation_json import mutation_json
from oncue.workbench.mutation_outcome import MutationOutcome


def test_mutants_that_survived_are_grouped_by_flow() -> None:
    assert list(mutation_rows(report(START, WROTE))) == [
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
    assert mutation_summary(report(START, WROTE)) == "4 mutants: 1 killed, 3 survived (25 %)"
    assert mutation_summary(report(flows=(OFF,))) == "0 mutants"
    assert list(mutation_rows(report(flows=(OFF,)))) == []


def test_failed_scenarios_are_counted_and_named() -> None:
    failed = report(WROTE)
    assert mutation_summary(failed) == "4 mutants: 0 killed, 4 survived (0 %); 1 failed scenario not used"
    assert mutation_json(failed)["unused"] == ["s"]


def test_only_all_of_them_are_a_hundred_percent() -> None:
    one = report(START, WROTE).results[0]
    missed = report().results[0]
    where = report()
    most = MutationOutcome(where.workspace, where.matcher, [*[one] * 499, missed])
    assert mutation_summary(most).endswith("499 killed, 1 survived (99 %)")
    assert mutation_summary(MutationOutcome(where.workspace, where.matcher, [one])).endswith(
        "1 killed, 0 survived (100 %)"
    )


def test_scenarios_that_expect_too_little_are_named() -> None:
    found = report(START, replaced(WROTE, expect=None))
    assert list(mutation_rows(found))[1:4] == [
        "  ✗ survived  switched off",
        "      s has an event that could kill it, but expects nothing that differs",
        "      to kill it: a contact sends a text message on WhatsApp · Shop; expect reply",
    ]
    assert mutation_json(found)["survived"][0]["scenarios"] == ("s",)


@pytest.mark.parametrize("name", ["\x1b[2J", "a\nb", "\u202e"])
def test_names_are_made_visible(name: str) -> None:
    rows = "".join(mutation_rows(report(shop=name)))
    assert name not in rows
    assert "every instance instead of" in rows
