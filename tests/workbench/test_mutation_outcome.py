"""The outcome of mutation testing, as values and as JSON."""

import json

from tests.mutation_outcomes import START, WROTE, report

from oncue.workbench.json_values import as_json
from oncue.workbench.mutation_json import mutation_json


def test_what_was_not_killed_survived() -> None:
    outcome = report(START, WROTE)
    assert (outcome.killed, len(outcome.survived), len(outcome.results)) == (1, 3, 4)


def test_json_has_an_event_that_can_be_put_into_a_scenario() -> None:
    found = json.loads(as_json(mutation_json(report(START, WROTE))))
    first, *_ = found.pop("survived")
    assert found == {"total": 4, "killed": 1, "score": 0.25, "unused": []}
    assert first == {
        "flow": "reply",
        "clause": "instance",
        "change": "every instance instead of Shop",
        "reason": "no scenario has an event that could kill it",
        "scenarios": [],
        "untried": 0,
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
    assert mutation_json(report(flows=())) == {"total": 0, "killed": 0, "score": None, "unused": [], "survived": []}
