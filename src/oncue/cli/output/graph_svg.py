"""``oncue graph --format svg``: flows as boxes, what their steps cause as pills between them, from left to right.

Loops are red and thick with the sign ⟳, what happens only sometimes is dashed.
"""

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from oncue.cli.output.svg import FAINT, INK, LETTER, LINE, document, shortened, text
from oncue.workbench.cause_graph import CauseGraph
from oncue.workbench.escaping import xml_text
from oncue.workbench.layers import layers_of

LOOP, BOX, PILL = "#b3261e", "#e8f1fb", "#f6f7f9"
_WIDTH, _ACROSS, _DOWN, _MARGIN, _HEAD = 210, 64, 18, 28, 92
_LINE = 15


class _Node(NamedTuple):
    lines: tuple[str, ...]
    is_flow: bool
    words: str

    @property
    def height(self) -> float:
        return 14 + _LINE * len(self.lines)


class _Wire(NamedTuple):
    source: int
    target: int
    always: bool
    loop: bool


def graph_svg(graph: CauseGraph) -> Iterator[str]:
    """The picture, line by line."""
    nodes, wires = _nodes(graph)
    layout = layers_of(len(nodes), {(wire.source, wire.target) for wire in wires})
    tall = [sum(nodes[node].height + _DOWN for node in layer) for layer in layout.layers]
    below = _DOWN * 2 + 12 * sum((wire.source, wire.target) in layout.back for wire in wires)
    height = _HEAD + max(tall, default=20) + below
    at: dict[int, tuple[float, float]] = {}
    for number, layer in enumerate(layout.layers):
        y = _HEAD + (max(tall) - tall[number]) / 2
        for node in layer:
            at[node] = (_MARGIN + number * (_WIDTH + _ACROSS), y)
            y += nodes[node].height + _DOWN
    width = max(2 * _MARGIN + len(layout.layers) * (_WIDTH + _ACROSS) - _ACROSS, 640)
    title = f"Which flow causes which: {graph.workspace.name}"
    shapes = [*_legend(title, graph)]
    floor = _HEAD + max(tall, default=0)
    for wire in wires:
        if (wire.source, wire.target) in layout.back:
            floor += 12
            shapes += _backward(wire, nodes, at, floor)
        else:
            shapes += _forward(wire, nodes, at)
    for number, box in enumerate(nodes):
        shapes += _box(box, *at[number])
    yield from document(width, height, title, shapes)


def _nodes(graph: CauseGraph) -> tuple[list[_Node], list[_Wire]]:
    nodes = []
    for flow_id in graph.flows:
        name = graph.name(flow_id)
        nodes.append(_Node((shortened(flow_id, _WIDTH - 16), shortened(name, _WIDTH - 16)), True, f"{flow_id}: {name}"))
    numbers = {flow_id: number for number, flow_id in enumerate(graph.flows)}
    wires = []
    for cause in graph.causes:
        words = f"Step {cause.step}, {cause.what}: {cause.event}"
        lines = wrap(words, int((_WIDTH - 20) / (12 * LETTER)), max_lines=4, placeholder=" …", break_on_hyphens=False)
        wires.append(
            _Wire(numbers[cause.source], len(nodes), True, any(each.loop is not None for each in cause.started))
        )
        wires += (
            _Wire(len(nodes), numbers[each.flow_id], each.always, each.loop is not None) for each in cause.started
        )
        nodes.append(_Node(tuple(lines), False, words))
    return nodes, wires


def _legend(title: str, graph: CauseGraph) -> Iterator[str]:
    yield (
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{FAINT}"/></marker>'
        '<marker id="l" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="5" markerHeight="5" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="{LOOP}"/></marker></defs>'
    )
    yield text(_MARGIN, 36, title, size=18, bold=True)
    words = (
        "no flow starts another one" if not graph.causes else "a flow, what its step causes, the flow that this starts"
    )
    yield text(_MARGIN, 56, words, fill=FAINT)
    if graph.causes:
        x = float(_MARGIN)
        for label, always, loop in (
            ("always", True, False),
            ("sometimes", False, False),
            ("⟳ part of a loop", True, True),
        ):
            yield _path(f"M{x} 73h30", always, loop)
            yield text(x + 38, 77, label, fill=LOOP if loop else INK)
            x += 56 + len(label) * 12 * LETTER + 16


def _path(way: str, always: bool, loop: bool) -> str:
    dashes = "" if always else ' stroke-dasharray="5 4"'
    colour, width, marker = (LOOP, 2.2, "l") if loop else (FAINT, 1.2, "a")
    return f'<path d="{way}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes} marker-end="url(#{marker})"/>'


def _forward(wire: _Wire, nodes: list[_Node], at: dict[int, tuple[float, float]]) -> Iterator[str]:
    (x, y), (to_x, to_y) = at[wire.source], at[wire.target]
    x, y, to_y = x + _WIDTH, y + nodes[wire.source].height / 2, to_y + nodes[wire.target].height / 2
    bend = max(_ACROSS / 2, (to_x - x) / 3)
    way = f"M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f} {to_x - 2:.1f} {to_y:.1f}"
    yield _path(way, wire.always, wire.loop)
    if wire.loop and not nodes[wire.source].is_flow:
        yield text((x + to_x) / 2, (y + to_y) / 2 - 5, "⟳", fill=LOOP, anchor="middle", bold=True)


def _backward(wire: _Wire, nodes: list[_Node], at: dict[int, tuple[float, float]], floor: float) -> Iterator[str]:
    """Out to the right, under everything, and in from the left."""
    (x, y), (to_x, to_y) = at[wire.source], at[wire.target]
    x, y, to_y = x + _WIDTH, y + nodes[wire.source].height / 2, to_y + nodes[wire.target].height / 2
    out, into = x + 16, to_x - 16
    way = (
        f"M{x:.1f} {y:.1f}Q{out:.1f} {y:.1f} {out:.1f} {y + 14:.1f}V{floor - 10:.1f}Q{out:.1f} {floor:.1f} "
        f"{out - 10:.1f} {floor:.1f}H{into + 10:.1f}Q{into:.1f} {floor:.1f} {into:.1f} {floor - 10:.1f}"
        f"V{to_y + 14:.1f}Q{into:.1f} {to_y:.1f} {to_x - 2:.1f} {to_y:.1f}"
    )
    yield _path(way, wire.always, wire.loop)
    if wire.loop:
        yield text((out + into) / 2, floor - 4, "⟳", fill=LOOP, anchor="middle", bold=True)


def _box(node: _Node, x: float, y: float) -> Iterator[str]:
    fill, round_ = (BOX, 5) if node.is_flow else (PILL, 14)
    yield (
        f'<g><title>{xml_text(node.words)}</title><rect x="{x:.1f}" y="{y:.1f}" width="{_WIDTH}" '
        f'height="{node.height:.1f}" rx="{round_}" fill="{fill}" stroke="{LINE if not node.is_flow else "#3b6ea5"}"/>'
    )
    for number, line in enumerate(node.lines):
        main = number == 0 and node.is_flow
        place = (x + 10, y + 19 + number * _LINE)
        yield text(*place, line, fill=FAINT if node.is_flow and not main else INK, bold=main)
    yield "</g>"
