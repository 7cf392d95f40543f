import pytest
from tests import strategies

from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, CloseConversation
from oncue.domain.triggers import Trigger
from oncue.workbench.flow_query import Query, holds, parse_query, texts_of

FLOW = Flow(
    id="paddle",
    name="Welcome",
    description="For those on the water",
    tags=("vip", "summer"),
    enabled=False,
    trigger=Trigger(event="participant_added", channel="whatsapp", instance="wa-2"),
    steps=(AddNote(text="Bring a Paddle"), CloseConversation()),
)


def finds(text: str, unsaved: tuple[str, ...] = (), wrong: tuple[str, ...] = ()) -> bool:
    return holds(parse_query(text), FLOW, texts_of(FLOW, strategies.CONFIG), unsaved, wrong)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "welc",
        "WATER",
        "bring",
        "close",
        "tag:vip tag:sum",
        "channel:WhatsApp",
        "channel:wa-2",
        "event:joined",
        "event:participant_added",
        "step:paddle",
        "step:note",
        "off",
        "disabled welcome",
        "tag:",
        "#vip",
    ],
)
def test_what_is_found(text: str) -> None:
    assert finds(text)


@pytest.mark.parametrize(
    "text", ["sms", "tag:water", "channel:sms", "event:left", "step:welcome", "welcome bye", "unsaved", "problem"]
)
def test_what_is_not_found(text: str) -> None:
    assert not finds(text)


def test_states() -> None:
    assert finds("unsaved", unsaved=("paddle",))
    assert finds("problems", wrong=("paddle",))
    assert not finds("unsaved problem", unsaved=("paddle",))


def test_off_is_a_state_and_no_part_of_a_word() -> None:
    assert parse_query("off OFFER") == Query(("offer",), (), frozenset({"off"}))
    assert parse_query("colour:red http://x") == Query(("colour:red", "http://x"))
