"""The chart has every flow, and every cause and loop that the analysis finds."""

import re

import pytest
from hypothesis import given
from tests import strategies
from tests.analysis.states import thorough
from tests.exporters.space import HOSTILE, exported, flow, hostile, workspace_of

from oncue.analysis.causes import Causes
from oncue.domain.steps import SendMessage
from oncue.domain.workspace import Workspace

NODE = r'    \w+(\["[^"\[\]<>]*<br/>[^"\[\]<>]*"\]|\(\["[A-Z][a-z ]+"\]\))'
EDGE = r'    \w+ (-->|-\.->|==>)(\|"[^"|<>]*"\|)? \w+'
LINES = re.compile(rf"flowchart LR|{NODE}|{EDGE}|    linkStyle [0-9,]+ stroke:#b3261e,color:#b3261e")


def chart_of(workspace: Workspace) -> list[str]:
    (text,) = exported("mermaid", workspace).files.values()
    return text.splitlines()


@thorough
@given(strategies.workspaces(strategies.flows(), max_size=4))
def test_every_line_is_one_that_we_write_and_every_cause_is_there(workspace: Workspace) -> None:
    lines = chart_of(workspace)
    assert all(LINES.fullmatch(line) for line in lines)
    graph = Causes(workspace)
    drawn = [line for line in lines if re.match(r"    flow_\w+ (-->|-\.->|==>)", line)]
    assert len(drawn) == len({(each.source, each.step, each.target) for each in graph.edges})
    assert any("linkStyle" in line for line in lines) is bool(graph.loops())


def test_a_loop_is_red() -> None:
    lines = chart_of(workspace_of([flow("a", "message_created", SendMessage(text="x")), flow("b", by="contact")]))
    edges = [line for line in lines if re.fullmatch(EDGE, line)]
    (style,) = [line for line in lines if "linkStyle" in line]
    (number,) = re.findall(r"linkStyle (\d+) ", style)
    assert edges[int(number)] == '    flow_a ==>|"send a message"| flow_a'


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name: str) -> None:
    assert all(LINES.fullmatch(line) for line in chart_of(hostile(name)))
