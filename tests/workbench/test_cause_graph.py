"""The graph to look at has every edge of the graph of causes, once."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.cascading import random_workspace
from tests.builders import flow, workspace

from oncue.analysis.causes import causes
from oncue.domain.steps import AddNote, AssignAgent, SendMessage
from oncue.workbench.cause_graph import CauseGraph

HELLO = SendMessage(text="hello")
ECHO = flow("echo", "message_created", AddNote(text="x"), HELLO, by="flow")
WELCOME = flow("welcome", "conversation_created", HELLO, AssignAgent(agent="Anna"))
JOINED = flow("joined", "participant_added", by="agent")
QUIET = flow("quiet", "conversation_created", channel="email")
WHERE = workspace(ECHO, WELCOME, JOINED, QUIET)


@given(seed=st.integers(0, 2**32))
def test_it_has_the_edges_of_the_causes(seed: int) -> None:
    where = random_workspace(Random(seed))
    graph, found = CauseGraph(where), causes(where)
    edges = sorted((edge.source, edge.step, edge.target, edge.always, edge.instances) for edge in found.edges)
    shown = [
        (cause.source, cause.step, each.flow_id, each.always, edge.instances)
        for cause in graph.causes
        for each, edge in zip(cause.started, cause.edges, strict=True)
    ]
    assert sorted(shown) == edges
    assert graph.loops == found.loops()
    assert set(graph.flows) == {name for edge in edges for name in (edge[0], edge[2])}


def test_what_is_said() -> None:
    graph = CauseGraph(WHERE)
    assert [(each.source, each.step, each.what, each.event) for each in graph.causes] == [
        ("echo", 2, "send a message", "a flow sends a text message on WhatsApp · Support"),
        ("welcome", 1, "send a message", "a flow sends a text message on WhatsApp · Support"),
        ("welcome", 2, "assign Anna", "an agent joins a conversation on WhatsApp · Support"),
    ]
    assert [[(each.flow_id, each.loop) for each in cause.started] for cause in graph.causes] == [
        [("echo", 1)],
        [("echo", None)],
        [("joined", None)],
    ]
    assert graph.flows == ("echo", "joined", "welcome")


def test_the_neighbourhood_of_one() -> None:
    graph = CauseGraph(WHERE, "joined")
    assert graph.flows == ("joined", "welcome")
    assert [(each.source, each.step) for each in graph.causes] == [("welcome", 2)]
    assert not graph.loops
    assert CauseGraph(WHERE, "quiet").flows == ("quiet",)
    assert len(CauseGraph(WHERE, "echo").loops) == 1
