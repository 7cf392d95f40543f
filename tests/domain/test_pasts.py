"""For whom flows have started is a set that grows cheaply, however many contacts there are."""

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from oncue.domain.pasts import NOBODY_SERVED, ServedContacts

starts = st.tuples(st.sampled_from("ab"), st.tuples(st.just("id"), st.sampled_from(["1", "2", "3", "4"])))


@given(st.lists(st.frozensets(starts, max_size=3)))
def test_it_is_a_set_that_grows(grown: list[frozenset[tuple[str, tuple[str, str]]]]) -> None:
    served, expected = NOBODY_SERVED, frozenset[tuple[str, tuple[str, str]]]()
    for more in grown:
        before, known = served, expected
        served, expected = served.grown(more), expected | more
        assert frozenset(before) == known, "a set never changes"
        assert frozenset(served) == expected
        assert served == ServedContacts(expected)
        assert len(served) == len(expected)
        assert all((each in served) == (each in expected) for each in (("a", ("id", "1")), ("c", ("id", "1"))))
    assert copy.copy(served) == pickle.loads(pickle.dumps(served)) == served


def test_those_of_all_times_share_what_they_have() -> None:
    """A set of its own for each of 2,000 times would be two million entries."""
    served, parts = NOBODY_SERVED, {}
    for number in range(2_000):
        served = served.grown([("welcome", ("id", f"p-{number}"))])
        parts.update({id(part): part for part in served._parts})
        assert len(served._parts) <= 11
    assert sum(map(len, parts.values())) <= 2_000 * 11


def test_what_is_known_already_makes_no_other_one() -> None:
    served = ServedContacts([("a", ("id", "1"))])
    assert served.grown([("a", ("id", "1"))]) is served
