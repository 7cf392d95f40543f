"""What is wrong with a flow, in the words of its form."""

from typing import Any

import pytest

from oncue.domain.checks import check_flow
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, NotifyParticipants
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.workbench.problem_words import problem_words

CONFIG = WorkspaceConfig(name="Test", instances=(Instance(id="us", channel="sms", name="US"),))


def flow(trigger: Trigger, **more: Any) -> Flow:
    return Flow(id="a", name="A", trigger=trigger, **more)


HERE = Trigger(event="message_created", channel="sms")


@pytest.mark.parametrize(
    ("wrong", "begins"),
    [
        (
            flow(Trigger(event="message_created", channel="sms", participant_types=frozenset())),
            "Written by: nothing is on, so it never runs",
        ),
        (
            flow(Trigger(event="participant_added", channel="sms", participant_types=frozenset())),
            "Who joined: nothing is on, so it never runs",
        ),
        (
            flow(Trigger(event="message_created", channel="sms", message_types=frozenset())),
            "Types: nothing is on, so it never runs",
        ),
        (flow(Trigger(event="message_created", channel="sms", instance="eu")), "Instance: no instance 'eu'"),
        (flow(Trigger(event="message_created", channel="email")), "Channel: no instance of 'email'"),
        (flow(HERE, steps=(AddNote(text="x"), AddNote(text=""))), "Step 2: text is empty"),
        (
            flow(HERE, steps=(NotifyParticipants(text="x", participant_types=frozenset()),)),
            "Step 1: nothing is on, so nobody is told",
        ),
        (
            flow(HERE, when=When(text_any=("x",), text_none=("x",))),
            "Text has none of: 'x' is in text_any, too",
        ),
    ],
)
def test_each_problem_names_its_field(wrong: Flow, begins: str) -> None:
    problems = check_flow(wrong, CONFIG)
    assert [problem_words(each, wrong)[: len(begins)] for each in problems] == [begins]
