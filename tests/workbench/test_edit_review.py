"""A review says what the difference and the overlaps of the whole workspace say, of the open flow."""

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.flows import some_flows, workspace_of
from tests.analysis.states import thorough
from tests.builders import TWO_NUMBERS, flow, workspace

from oncue.analysis.differences import difference
from oncue.analysis.grid import Grid
from oncue.analysis.overlaps import overlaps
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.vocabulary import ParticipantType
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.edit_review import NOTHING, Reviewer, change_words

BOTH: frozenset[ParticipantType] = frozenset(("contact", "agent"))


def words(before: Workspace, after: Workspace, flow_id: str = "a") -> str:
    return Reviewer().review(Session.start(before, flow_id).edit("x", after, {flow_id})).words


@thorough
@given(some_flows(), st.data())
def test_rivals_are_the_overlaps_of_the_flow(drawn: tuple[list[str], list[Flow]], data: st.DataObject) -> None:
    where = workspace_of(drawn[1])
    reviewer = Reviewer()
    pairs = list(overlaps(where.flows.values(), Grid(where.config)))
    for flow_id in data.draw(st.permutations(sorted(where.flows))):
        expected = {
            (other, found.always is not None)
            for found in pairs
            for other in {found.one, found.other} - {flow_id}
            if flow_id in (found.one, found.other)
        }
        review = reviewer.review(Session.start(where, flow_id))
        assert {(each.flow_id, each.always) for each in review.rivals} == expected
        order = [(not each.always, each.flow_id) for each in review.rivals]
        assert order == sorted(order)
        assert review.words == "", "nothing is unsaved"


@thorough
@given(some_flows())
def test_the_words_are_those_of_the_difference(drawn: tuple[list[str], list[Flow]]) -> None:
    one, other = drawn[1][0], drawn[1][-1]
    before, after = workspace_of([replaced(one, id="a")]), workspace_of([replaced(other, id="a")])
    assert words(before, after) == change_words(difference(before, after).changes)


def test_events_that_an_edit_starts_and_stops() -> None:
    before = workspace(flow("a", by=BOTH, of=("text", "image")))
    assert words(before, edits.toggle_message_type(before, "a", "image")) == "stops 4 kinds of events"
    after = edits.toggle_message_type(edits.toggle_participant_type(before, "a", "bot"), "a", "image")
    assert words(before, after) == "stops 4 kinds of events, starts 2"
    assert words(before, edits.toggle_enabled(before, "a")) == "stops 8 kinds of events"
    assert words(before, edits.set_name(before, "a", "Other")) == ""


def test_conditions_that_an_edit_changes() -> None:
    before = workspace(flow("a", by="contact", of="text"))
    some = edits.set_condition(before, "a", "text_any", ("refund",))
    other = edits.set_condition(before, "a", "text_any", ("money",))
    assert words(before, some) == "narrows 2 kinds of events"
    assert words(some, before) == "widens 2 kinds of events"
    assert words(some, other) == "changes when it answers 2 kinds of events"


def test_a_renamed_flow_and_a_new_one() -> None:
    where = workspace(flow("a", by="contact"))
    renamed = edits.rename_flow(where, "a", "b")
    session = Session.start(where, "a").edit("x", renamed, {"a", "b"}, "b", derived=("a", "b"))
    assert Reviewer().review(session).words == ""
    added = where.with_flow(flow("c", "conversation_created", by="contact"))
    session = Session.start(where, "a").edit("x", added, {"c"}, "c")
    assert Reviewer().review(session).words == "starts 2 kinds of events"
    assert Reviewer().review(Session.start(where)) == NOTHING


def test_what_was_decided_of_others_is_not_kept_too_long() -> None:
    where = workspace(flow("a"), replaced(flow("b"), when=When(text_any=("x",))), config=TWO_NUMBERS)
    reviewer, session = Reviewer(), Session.start(where, "a")
    assert [(each.flow_id, each.always) for each in reviewer.review(session).rivals] == [("b", False)]
    session = session.edit("x", edits.set_condition(where, "b", "text_any", None), {"b"})
    assert [(each.flow_id, each.always) for each in reviewer.review(session).rivals] == [("b", True)]
    session = session.edit("x", edits.set_instance(session.workspace, "b", "shop"), {"b"})
    session = session.edit("x", edits.set_instance(session.workspace, "a", "rentals"), {"a"})
    assert not reviewer.review(session).rivals
    one_number = workspace(*session.workspace.flows.values())
    assert not reviewer.review(Session.start(one_number, "a")).rivals
