"""``oncue coverage --format svg``: a heat map, one map for all places that are answered alike.

Each cell has a colour, and the number of flows in it: nothing where there are none, a ring where a flow starts only
sometimes, so that nothing is said by colour alone. Pointing at a cell says all of it in words.
"""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import NamedTuple

from oncue.analysis.coverage import LEVELS, Level
from oncue.analysis.decisions import WHO
from oncue.cli.output.svg import FAINT, INK, LETTER, LINE, PAPER, document, text
from oncue.domain.workspace import WorkspaceConfig
from oncue.text import counted
from oncue.workbench.coverage_matrix import HEADINGS, Count, Matrix, Row, places_in_words
from oncue.workbench.escaping import xml_text


class _Look(NamedTuple):
    """How a level looks: what fills its cell, what is round it, and what is written in it."""

    fill: str
    stroke: str
    ink: str


LOOKS: Mapping[Level, _Look] = {
    "none": _Look("#f1f4f6", "#dde3e8", FAINT),
    "sometimes": _Look("#fff3c4", "#9a6b00", "#5f4200"),
    "one": _Look("#2f7d4f", "#2f7d4f", PAPER),
    "many": _Look("#6a3d9a", "#6a3d9a", PAPER),
}
WORDS: Mapping[Level, str] = {"none": "none", "sometimes": "sometimes", "one": "one flow", "many": "many flows"}

_CELL, _GAP, _ROW = 34, 3, 24
_LABEL, _HEAD, _MARGIN = 168, 58, 44
_ACROSS = 2
_MAP = _LABEL + len(WHO) * _CELL
_LINE = 15


def coverage_svg(matrices: tuple[Matrix, ...], name: str, config: WorkspaceConfig) -> Iterator[str]:
    """The picture, line by line."""
    across = min(_ACROSS, len(matrices))
    width = max(across * (_MAP + _MARGIN) + _MARGIN, 560)
    shapes, top = [*_legend(name)], 104.0
    for number in range(0, len(matrices), across):
        beside = matrices[number : number + across]
        for at, matrix in enumerate(beside):
            shapes += _map(matrix, _MARGIN + at * (_MAP + _MARGIN), top, config)
        top += max(_height(matrix, config) for matrix in beside) + _MARGIN
    yield from document(width, top, f"Coverage of {name}", shapes)


def _legend(name: str) -> Iterator[str]:
    yield text(_MARGIN, 40, f"Coverage of {name}", size=18, bold=True)
    yield text(_MARGIN, 60, "How many flows answer an event: what happened downwards, who did it across", fill=FAINT)
    x = float(_MARGIN)
    samples = {"none": Count(0, 0), "sometimes": Count(0, 1), "one": Count(1, 0), "many": Count(2, 0)}
    for level in LEVELS:
        yield from _cell(x, 74, samples[level], LEVELS[level])
        words = WORDS[level]
        yield text(x + _CELL + 6, 89, words, fill=INK)
        x += _CELL + 6 + len(words) * 12 * LETTER + 22


def _places(matrix: Matrix, config: WorkspaceConfig) -> list[str]:
    return wrap(places_in_words(matrix.places, config), int(_MAP / (13 * LETTER)), break_on_hyphens=False) or [""]


def _labels(row: Row) -> list[str]:
    return wrap(row.label, int(_LABEL / (12 * LETTER)), subsequent_indent="  ")


def _row_height(row: Row) -> float:
    return max(_ROW, len(_labels(row)) * _LINE + 6)


def _height(matrix: Matrix, config: WorkspaceConfig) -> float:
    return len(_places(matrix, config)) * 18 + _HEAD + sum(_row_height(row) + _GAP for row in matrix.rows)


def _map(matrix: Matrix, left: float, top: float, config: WorkspaceConfig) -> Iterator[str]:
    for line in _places(matrix, config):
        top += 18
        yield text(left, top, line, size=13, bold=True)
    yield f'<path d="M{left:.1f} {top + 7:.1f}h{_MAP:.1f}" stroke="{LINE}"/>'
    top += _HEAD
    for at, who in enumerate(WHO):
        x, y = left + _LABEL + at * _CELL + _CELL / 2 + 4, top - 6
        words = xml_text(HEADINGS[who])
        yield f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" transform="rotate(-40 {x:.1f} {y:.1f})">{words}</text>'
    for row in matrix.rows:
        height, labels = _row_height(row), _labels(row)
        first_line = top + height / 2 - (len(labels) - 1) * _LINE / 2 + 4
        for number, label in enumerate(labels):
            yield text(left, first_line + number * _LINE, label)
        for at, (who, count) in enumerate(zip(WHO, row.counts, strict=True)):
            words = f"{row.label} by {HEADINGS[who]}: {_in_words(count)}"
            yield from _cell(left + _LABEL + at * _CELL, top, count, words, height)
        top += height + _GAP


def _in_words(count: Count) -> str:
    if count.level == "none":
        return "no flow starts"
    parts = []
    if count.always:
        parts.append(f"{counted(count.always, 'flow')} always")
    if count.sometimes:
        parts.append(f"{counted(count.sometimes, 'flow')} sometimes")
    return " and ".join(parts)


def _cell(x: float, y: float, count: Count, words: str, height: float = _ROW) -> Iterator[str]:
    look = LOOKS[count.level]
    dashes = ' stroke-width="1.5" stroke-dasharray="4 2.5"' if count.level == "sometimes" else ""
    yield (
        f'<g><title>{xml_text(words)}</title><rect x="{x + 1:.1f}" y="{y:.1f}" width="{_CELL - 3}" '
        f'height="{height:.1f}" rx="4" fill="{look.fill}" stroke="{look.stroke}"{dashes}/>'
    )
    number = "·" if count.level == "none" else f"{count.flows:,}"
    size = 12 if len(number) < 4 else 9
    weight = count.level in ("one", "many")
    yield text(x + _CELL / 2, y + height / 2 + 4, number, size=size, fill=look.ink, anchor="middle", bold=weight)
    yield "</g>"
