"""The tree shows every cause of the graph once, and every flow that is started below it."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.cascading import random_workspace
from tests.builders import flow, workspace

from oncue.domain.steps import SendMessage
from oncue.workbench.cause_graph import Cause, CauseGraph, Started
from oncue.workbench.cause_tree import DEEPEST, Root, branches, loop_words, summary

HELLO = SendMessage(text="hello")
CHAIN = workspace(
    flow("a", "conversation_created", HELLO),
    flow("b", "message_created", HELLO, by="flow"),
    flow("c", "message_created", by="flow"),
)


@given(seed=st.integers(0, 2**32))
def test_every_cause_is_shown_once_with_all_that_it_starts(seed: int) -> None:
    graph = CauseGraph(random_workspace(Random(seed)))
    shown = [branch.node for branch in branches(graph)]
    causes = [node for node in shown if isinstance(node, Cause)]
    assert sorted(map(id, causes)) == sorted(map(id, graph.causes))
    started = [node for node in shown if isinstance(node, Started)]
    assert sorted(map(id, started)) == sorted(id(each) for cause in graph.causes for each in cause.started)
    assert all(len(branch.lead) <= 3 * (2 * DEEPEST + 3) for branch in branches(graph))


def test_the_tree_of_a_chain() -> None:
    rows = [(branch.lead, branch.node, branch.aside) for branch in branches(CauseGraph(CHAIN))]
    assert rows[0] == ("", Root("a"), "")
    assert [lead for lead, _, _ in rows] == [
        "",
        "└─ ",
        "   ├─ ",
        "   │  └─ ",
        "   │     ├─ ",
        "   │     └─ ",
        "   └─ ",
    ]


def test_what_is_said_of_one_flow() -> None:
    graph = CauseGraph(CHAIN, "b")
    assert summary(graph) == "started by 2 flows, starts 2 flows; 1 loop"
    assert loop_words(graph.loops[0]) == ["b (step 1) → b"]
    assert summary(CauseGraph(CHAIN, "c")) == "started by 2 flows, starts no flow; no loop"
