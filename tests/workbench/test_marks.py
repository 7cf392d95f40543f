from oncue.workbench.marks import Marks

ROWS = ["a", "b", "c", "d", "e"]


def test_rows_are_marked_one_by_one() -> None:
    assert Marks().toggled("a").toggled("c").toggled("a").ids == {"c"}


def test_a_range_follows_the_cursor_both_ways_and_keeps_what_was_marked() -> None:
    marks = Marks().toggled("e").ranging("c")
    assert marks.ids == {"c", "e"}
    assert marks.up_to(ROWS, "d").ids == {"c", "d", "e"}
    assert marks.up_to(ROWS, "d").up_to(ROWS, "a").ids == {"a", "b", "c", "e"}
    assert marks.settled() == Marks(frozenset("ce"))


def test_a_range_ends_where_its_row_is_gone() -> None:
    assert Marks().ranging("x").up_to(ROWS, "b").anchor is None


def test_all_that_is_listed_or_none_of_it() -> None:
    marks = Marks().toggled("z").all_of(ROWS)
    assert marks.ids == {"z", *ROWS}
    assert marks.all_of(ROWS).ids == {"z"}
    assert marks.cleared() == Marks()
