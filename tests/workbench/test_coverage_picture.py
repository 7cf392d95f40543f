"""All keys of a cell start the same flows, and what is said of a cell is what the coverage says of each of them."""

from hypothesis import given
from tests.analysis.flows import some_flows, workspace_of
from tests.analysis.states import CONFIG, thorough
from tests.builders import TWO_NUMBERS, flow, workspace

from oncue.analysis.coverage import coverage
from oncue.analysis.decisions import WHO
from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.workbench.coverage_picture import gap_words, pictures, where_answered


@thorough
@given(some_flows())
def test_every_key_is_in_one_cell_and_answered_as_it_says(drawn: tuple[list[str], list[Flow]]) -> None:
    found = coverage(workspace_of(drawn[1]))
    seen: set[EventKey] = set()
    for picture in pictures(found):
        for row, what in enumerate(picture.rows):
            for column, count in enumerate(what.counts):
                answers = picture.answers(row, column)
                always = tuple(each.flow_id for each in answers if each.always)
                sometimes = tuple(each.flow_id for each in answers if not each.always)
                assert (len(always), len(sometimes)) == count
                keys = set(picture.cells(row, column).every_key())
                assert picture.key(row, column) in keys
                assert not keys & seen
                seen |= keys
                for key in keys:
                    assert found.answering(key) == (always, sometimes)
    assert len(seen) == found.grid.keys.bit_count()


def test_instances_and_types_that_other_flows_answer_are_apart_even_if_these_are_as_many() -> None:
    photo, place = flow("photo", of="image"), flow("place", of="location")
    rentals, shop = flow("rentals", instance="rentals"), flow("shop", instance="shop")
    found = pictures(coverage(workspace(photo, place, rentals, shop, config=TWO_NUMBERS)))
    assert [picture.title(TWO_NUMBERS) for picture in found] == [
        "WhatsApp Rentals",
        "WhatsApp Shop",
        "WhatsApp an unknown instance",
        "every instance of Email",
    ]
    assert [row.label for row in found[0].rows[3:]] == ["Message: Image", "Message: Location", "Any other message"]
    assert [each.flow_id for each in found[1].answers(3, 0)] == ["photo", "shop"]
    assert found[0].words(3, 0, TWO_NUMBERS) == "Message created · WhatsApp Rentals · Contact · Image"


def test_the_cell_that_a_flow_answers_is_found() -> None:
    echo, left = flow("echo", "message_created", by="bot", of="image"), flow("left", "participant_removed", by="agent")
    found = pictures(coverage(workspace(echo, left)))
    number, row, column = where_answered(found, "echo")
    assert [each.flow_id for each in found[number].answers(row, column)] == ["echo"]
    assert (found[number].rows[row].messages, WHO[column]) == (("image",), "bot")
    assert where_answered(found, "left") == (0, 2, WHO.index("agent"))
    assert where_answered(found, None) == where_answered(found, "gone") == (0, 0, 0)
    assert where_answered((), None) == (0, 0, 0)


def test_what_nothing_answers() -> None:
    refund = replaced(flow("refund", by="contact", of="text"), when=When(text_any=("refund",)))
    found = coverage(workspace(refund))
    (picture, _) = pictures(found)
    assert [(each.always, each.conditions) for each in picture.answers(3, 0)] == [(False, "the text has “refund”")]
    said = gap_words(found, picture, 3, 0)
    assert said.startswith("Nothing answers, for one: Contact sent a text message on WhatsApp · Support: “")
    assert gap_words(found, picture, 0, 0) == "Nothing answers this."
    first, later = (
        replaced(flow(name, "message_created", by="contact"), when=When(first_message=wanted))
        for name, wanted in (("first", True), ("later", False))
    )
    both = coverage(workspace(first, later))
    (picture, _) = pictures(both)
    assert gap_words(both, picture, 3, 0) == "Between them they answer every such event."
    sure = coverage(workspace(flow("sure")))
    assert gap_words(sure, pictures(sure)[0], 3, 0) == ""


def test_nothing_is_installed() -> None:
    assert pictures(coverage(workspace(config=replaced(CONFIG, instances=())))) == ()
