"""The rows of conditions: in words, with what is wrong."""

from tests.builders import CONFIG, flow

from oncue.domain.checks import check_flow
from oncue.domain.conditions import CONDITIONS, When
from oncue.domain.values import replaced
from oncue.workbench.condition_list import condition_rows
from oncue.workbench.unfinished import Unfinished


def test_rows_are_in_words_and_in_order_and_say_what_is_wrong() -> None:
    there = replaced(flow("a", "conversation_created"), when=When(text_any=("hi",), once_per="day"))
    typed = (Unfinished("a", "cooldown", "3", "no"), Unfinished("b", "labels", "x", "other flow"))
    rows = condition_rows(there, check_flow(there, CONFIG), (*typed, Unfinished("a", 0, "x", "a step")), ("labels",))
    assert [row.key for row in rows] == ["text_any", "labels", "once_per", "cooldown"]
    assert [row.words for row in rows] == ["the text has “hi”", "Has the labels …", "once per day", "At most every …"]
    assert "is about a message" in rows[0].wrong
    assert [row.wrong for row in rows[1:]] == ["", "", "not saved: no"]
    assert [row.key for row in sorted(rows, key=lambda row: CONDITIONS.index(row.key))] == [row.key for row in rows]
