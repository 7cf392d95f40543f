import re
from dataclasses import replace

import pytest
from hypothesis import given
from tests import strategies
from tests.builders import ANNA, BEN, CONFIG, CREATED, JANE, flow, message, workspace

from oncue.domain.events import Event, EventKey, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import CloseConversation
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.workspace import SimulationSettings
from oncue.editing.session import Session
from oncue.errors import ImpossibleEvent
from oncue.matching.explain import ClauseResult, explain
from oncue.matching.space import Extent
from oncue.matching.suggested_edits import Shift, SuggestedEdit
from oncue.workbench.explanation_words import actual_words, consequences, expected_words, refusal_in_app
from oncue.workbench.state import State

JOINS = EventKey("participant_added", "whatsapp", "wa", "bot")
WRITES = EventKey("message_created", "email")


@pytest.mark.parametrize(
    ("result", "in_files", "as_labels"),
    [
        (ClauseResult("event", ("message_created",), "participant_added", False), "message_created", "Message created"),
        (ClauseResult("channel", ("whatsapp",), None, False), "whatsapp", "WhatsApp"),
        (ClauseResult("instance", ("wa",), "gone", False), "wa", "Support"),
        (ClauseResult("instance", None, "gone", True), "every instance", "every instance"),
        (ClauseResult("participant_types", ("contact", "access_key"), None, False), "contact or access_key", None),
        (ClauseResult("message_types", (), "gif", False), "nothing (the list is empty)", None),
    ],
)
def test_what_a_clause_expects(result: ClauseResult, in_files: str, as_labels: str | None) -> None:
    assert expected_words(result) == in_files
    if as_labels is not None:
        assert expected_words(result, CONFIG) == as_labels
    if result.clause == "participant_types":
        assert expected_words(result, CONFIG) == "Contact or API key"


def test_what_an_event_has() -> None:
    assert actual_words(ClauseResult("channel", ("sms",), None, False), CONFIG) == "not stated by the event"
    assert actual_words(ClauseResult("instance", None, "wa", True), CONFIG) == "Support"
    assert actual_words(ClauseResult("instance", None, "gone", True), CONFIG) == "gone"
    assert actual_words(ClauseResult("enabled", ("enabled",), "disabled", False), CONFIG) == "disabled"


@pytest.mark.parametrize(
    ("starts", "stops", "words"),
    [
        (Extent(0), Extent(0), "changes nothing else"),
        (
            Extent(1, JOINS),
            Extent(0),
            "also runs in 1 other case, such as: a bot joins a conversation on WhatsApp · Support",
        ),
        (
            Extent(0),
            Extent(1_200, WRITES),
            "no longer runs in 1,200 other cases, such as: somebody unknown sends a message of unknown type on Email",
        ),
        (
            Extent(2, JOINS),
            Extent(3, JOINS),
            "also runs in 2 other cases, such as: a bot joins a conversation on WhatsApp · Support; "
            "no longer runs in 3, such as: a bot joins a conversation on WhatsApp · Support",
        ),
    ],
)
def test_what_an_edit_changes_besides(starts: Extent, stops: Extent, words: str) -> None:
    edit = SuggestedEdit(flow("a"), "do it", "do it", starts, stops)
    assert consequences(edit, CONFIG) == words
    assert "such as" not in consequences(edit, CONFIG, examples=False)


@pytest.mark.parametrize(
    ("shift", "always", "words"),
    [
        (Shift(("labels",), "more", 12), (False, True), "runs always in 12 cases where labels kept it off sometimes"),
        (Shift(("labels",), "more", 1), (False, False), "runs more often in 1 case where labels kept it off sometimes"),
        (Shift(("labels",), "less", 12), (True, False), "runs only sometimes in 12 cases where it ran always"),
        (Shift(("labels",), "less", 12), (False, False), "runs less often in 12 cases"),
        (Shift(("reopened",), "other", 12), (False, False), "runs on other occasions in 12 cases"),
    ],
)
def test_what_other_conditions_change(shift: Shift, always: tuple[bool, bool], words: str) -> None:
    edit = SuggestedEdit(flow("a"), "do it", "do it", Extent(0), Extent(0), shift, always=always)
    assert consequences(edit, CONFIG) == words


def test_a_flow_with_conditions_runs_sometimes() -> None:
    edit = SuggestedEdit(flow("a"), "do it", "do it", Extent(2), Extent(3), None, ("labels",), (False, False))
    assert consequences(edit, CONFIG) == (
        "then depends on labels; also runs sometimes in 2 other cases; no longer runs in 3 where it ran sometimes"
    )


@given(strategies.listeners(), strategies.events())
def test_every_explanation_has_words(each: Flow, event: Event) -> None:
    explanation = explain(each, event, strategies.CONFIG)
    for result in explanation.clauses:
        for config in (None, strategies.CONFIG):
            assert expected_words(result, config)
            assert actual_words(result, config) or event.channel == "" or event.instance == ""
    for edit in explanation.edits:
        assert consequences(edit, strategies.CONFIG)


def test_an_unknown_participant_is_somebody_in_an_example() -> None:
    event = replaced(message(), channel="whatsapp", participant=Participant(name="Kim"))
    (edit,) = explain(flow("a", by="agent"), event, CONFIG).edits
    assert "such as: a contact sends" in consequences(edit, CONFIG), "what is stated is the better example"


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("setting", ["refused", "reopens"])
def test_refusals_are_said_without_the_words_of_files(closed: bool, setting: str) -> None:
    """Whatever the simulation may say to one who plays in the app."""
    config = replace(CONFIG, simulation=SimulationSettings(message_in_closed_conversation=setting))  # type: ignore[arg-type]
    steps = (CloseConversation(),) if closed else ()
    flows = workspace(flow("f", "conversation_created", *steps), config=config)
    state = State.start(Session.start(flows))
    said = []
    events = [
        Event(event=kind, participant=who, message=Message(type="text") if kind == "message_created" else None)
        for kind in EVENT_KINDS
        for who in (JANE, ANNA, BEN)
    ]
    for event in (*events, CREATED, *events):
        try:
            state = state.simulating(lambda simulator, event=event: simulator.sent(event))  # type: ignore[misc]
        except ImpossibleEvent as error:
            said.append(refusal_in_app(str(error)))
    assert said
    for each in said:
        assert not re.search(r"c-1|_created|_in_closed|conversation =", each), each
