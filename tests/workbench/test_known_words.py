"""Words that complete what is typed for a condition come from the workspace."""

from hypothesis import given
from tests import strategies
from tests.builders import ANNA, CONFIG, JANE, flow

from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.steps import AddParticipant, AssignAgent, UpdateContact
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.workbench.condition_text import has_text, read_value
from oncue.workbench.known_words import completions, known_words


def workspace() -> Workspace:
    joined = ScenarioEvent(event="participant_added", instance="wa", participant=ANNA)
    began = ScenarioEvent(event="conversation_created", instance="wa", participant=JANE)
    assign = flow("a", "message_created", AssignAgent(agent="Ben"), AssignAgent(agent="{{participant.name}}"))
    update = flow(
        "b",
        "message_created",
        UpdateContact(attributes={"plan": "pro"}),
        AddParticipant(participant_type="agent", name="Cleo"),
    )
    when = When(
        text_any=("refund*", " odd "), text_none=("refund*",), labels=("vip",), responsible="Team", cooldown="2h"
    )
    return Workspace(
        CONFIG,
        {"a": replaced(assign, when=when), "b": replaced(update, when=When(attributes={"vip": True}))},
        {"s": Scenario(id="s", name="S", events=(began, joined))},
    )


def test_where_the_words_come_from() -> None:
    found = {key: known_words(workspace(), key) for key in CONDITIONS if has_text(key)}
    assert found["text_starts"] == ("refund*", '" odd "'), "those that are used most come first, spelled as a line"
    assert found["labels"] == found["without_labels"] == ("vip",)
    assert found["responsible"] == ("nobody", "somebody", "Anna", "Ben", "Team")
    assert set(found["participants"]) == {"Anna", "Cleo", "Jane", "p-1"}
    assert found["attributes"] == ('plan = "pro"', "vip = true")
    assert found["cooldown"] == ("30m", "1h", "2h", "24h", "7d")


def test_words_are_narrowed_by_what_is_typed() -> None:
    words = ("money back", "back", "Bad")
    assert completions(words, "ba") == ("back", "Bad", "money back"), "those that begin so come first"
    assert completions(words, "", ["back"]) == ("money back", "Bad"), "what is there already is left out"
    assert completions(words, " back ") == ("money back",), "what is typed already is left out"
    assert completions(words, "x") == ()


@given(strategies.flows(), strategies.flows())
def test_every_word_is_a_value(one: Flow, other: Flow) -> None:
    there = Workspace(CONFIG, {"a": replaced(one, id="a"), "b": replaced(other, id="b")})
    for key in CONDITIONS:
        for word in known_words(there, key) if has_text(key) else ():
            assert read_value(key, word).value is not None, (key, word)
            assert "\n" not in word
