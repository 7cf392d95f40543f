"""A matrix says of each kind of event what the coverage says."""

from hypothesis import given
from tests.analysis.flows import some_flows, workspace_of
from tests.analysis.states import CONFIG, thorough
from tests.builders import TWO_NUMBERS, flow

from oncue.analysis.coverage import coverage
from oncue.analysis.decisions import WHO
from oncue.analysis.grid import places_of
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.workspace import Workspace
from oncue.workbench.coverage_matrix import Chosen, Count, matrices, places_in_words

KINDS = tuple(EVENT_KINDS)


@thorough
@given(some_flows())
def test_every_kind_of_event_is_in_one_cell(drawn: tuple[list[str], list[Flow]]) -> None:
    found, chosen = coverage(workspace_of(drawn[1])), Chosen(places_of(CONFIG), KINDS)
    seen: dict[EventKey, Count] = {}
    for matrix in matrices(found, chosen):
        for place in matrix.places:
            for row in matrix.rows:
                for what in row.messages or (None,):
                    for who, count in zip(WHO, row.counts, strict=True):
                        key = EventKey(row.event, *place, who, what)
                        assert key not in seen
                        seen[key] = count
    assert len(seen) == found.grid.keys.bit_count()
    assert set(seen) == set(chosen.every_key())
    for key, count in seen.items():
        assert count == found.counts(key)
        assert count.level == found.level(key)


def test_what_is_answered_alike_is_together() -> None:
    photo = flow("photo", by="contact", of=["image", "file"])
    found = coverage(Workspace(TWO_NUMBERS, {"photo": photo}))
    whatsapp, email = matrices(found, Chosen(places_of(TWO_NUMBERS), KINDS))
    assert places_in_words(whatsapp.places, TWO_NUMBERS) == "every instance of WhatsApp"
    assert places_in_words(email.places, TWO_NUMBERS) == "every instance of Email"
    created = ["Conversation created", "Participant added", "Participant removed"]
    assert [row.label for row in whatsapp.rows] == [*created, "Message: Image, File", "Any other message"]
    assert [row.label for row in email.rows] == [*created, "Any message"]


def test_only_what_is_chosen_is_there() -> None:
    found = coverage(Workspace(TWO_NUMBERS, {}))
    (matrix,) = matrices(found, Chosen((("whatsapp", "shop"),), ("participant_added",)))
    assert [row.label for row in matrix.rows] == ["Participant added"]
    assert matrix.places == (("whatsapp", "shop"),)
