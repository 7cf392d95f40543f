"""Whatever the graph: every node has one place, and lines that do not lead back lead to the right."""

from hypothesis import given
from hypothesis import strategies as st

from oncue.workbench.layers import layers_of


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_lines_lead_to_the_right_or_are_known_to_lead_back(drawn: tuple[int, set[tuple[int, int]]]) -> None:
    nodes, lines = drawn
    layout = layers_of(nodes, lines)
    layer = {node: number for number, row in enumerate(layout.layers) for node in row}
    assert sorted(node for row in layout.layers for node in row) == list(range(nodes))
    assert layout.back <= lines
    for source, target in lines - layout.back:
        assert layer[source] < layer[target]
    assert layout == layers_of(nodes, sorted(lines, reverse=True))


def test_a_line_without_loops_has_nothing_that_leads_back() -> None:
    long = 20_000
    layout = layers_of(long, [(number, number + 1) for number in range(long - 1)])
    assert not layout.back
    assert len(layout.layers) == long


def test_neighbours_come_to_lie_beside_each_other() -> None:
    layout = layers_of(4, [(0, 3), (1, 2)])
    assert layout.layers == ((0, 1), (3, 2)) or layout.layers == ((1, 0), (2, 3))


def test_nothing() -> None:
    assert layers_of(0, []).layers == ()
