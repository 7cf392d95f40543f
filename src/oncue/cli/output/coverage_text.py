"""``oncue coverage`` for people: how much is answered, and a matrix for all places that are answered alike.

Glyphs say what the colours say. A matrix fits into 80 columns where counts have up to two digits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from textwrap import wrap

from oncue.analysis.coverage import LEVELS, Level
from oncue.analysis.decisions import WHO
from oncue.analysis.gaps import Unanswered
from oncue.analysis.wording import cell_words
from oncue.cli.output.paint import Colour, Paint
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.space import Cells
from oncue.text import first, visible
from oncue.workbench.coverage_matrix import Count, Matrix, Row, places_in_words
from oncue.workbench.regions import kinds_of_events
from oncue.workbench.witness_words import lines_of, witness_words

GLYPHS: Mapping[Level, str] = {"none": "·", "sometimes": "◐", "one": "●", "many": "◆"}
COLOURS: Mapping[Level, Colour] = {"none": "dim", "sometimes": "yellow", "one": "green", "many": "magenta"}
HEADINGS: Mapping[str | None, str] = {
    "contact": "contact",
    "agent": "agent",
    "bot": "bot",
    "flow": "flow",
    "access_key": "API key",
    "connector": "campaign",
    "channel": "echo",
    "automation": "rule",
    None: "unknown",
}
"""Participant types in as few letters as they can be recognised by."""

_LABEL = 20
_WIDTH = 80
_MOST_IDS = 5


def matrix_rows(matrices: tuple[Matrix, ...], name: str, config: WorkspaceConfig, paint: Paint) -> Iterator[str]:
    """A summary that explains the glyphs, and each matrix under the names of its places."""
    yield from summary_rows(matrices, name, paint)
    for matrix in matrices:
        yield ""
        places = visible(places_in_words(matrix.places, config))
        yield from (paint(line, "bold") for line in wrap(places, _WIDTH, break_on_hyphens=False))
        yield from _table(matrix, paint)


def summary_rows(matrices: tuple[Matrix, ...], name: str, paint: Paint) -> Iterator[str]:
    """How many kinds of events are on each level, and what the glyphs mean."""
    total = Counter[Level]()
    for matrix in matrices:
        for row in matrix.rows:
            for count in row.counts:
                total[count.level] += len(matrix.places) * max(1, len(row.messages))
    size = max(len(f"{number:,}") for number in (*total.values(), 0))
    yield f"{visible(name)}: {kinds_of_events(total.total())}"
    for level, meaning in LEVELS.items():
        words = f"{GLYPHS[level]} {level:9}  {total[level]:{size},}  {meaning}"
        yield f"  {paint(words, COLOURS[level])}"


def _table(matrix: Matrix, paint: Paint) -> Iterator[str]:
    cells = [[_cell(count) for count in row.counts] for row in matrix.rows]
    widths = [max(4, len(HEADINGS[who]), *(len(row[at]) for row in cells)) for at, who in enumerate(WHO)]
    headings = (f"{HEADINGS[who]:{width}}" for who, width in zip(WHO, widths, strict=True))
    yield f"{'':{_LABEL}} {' '.join(headings)}".rstrip()
    for row, texts in zip(matrix.rows, cells, strict=True):
        label, *more = _label(row)
        columns = zip(row.counts, texts, widths, strict=True)
        painted = (paint(f"{text:{width}}", COLOURS[count.level]) for count, text, width in columns)
        yield f"{label:{_LABEL}} {' '.join(painted)}".rstrip()
        yield from more


def _label(row: Row) -> list[str]:
    """In lines that fit, of which all but the first are indented."""
    return wrap(row.label, _LABEL, subsequent_indent="  ")


def _cell(count: Count) -> str:
    glyph = GLYPHS[count.level]
    return f"{glyph} {count.flows}" if count.flows > 1 else glyph


def gap_rows(gaps: tuple[Unanswered, ...], total: int, config: WorkspaceConfig, paint: Paint) -> Iterator[str]:
    """What nothing answers: each description with how many kinds of events it stands for, and an event for each gap."""
    never = [gap for gap in gaps if not gap.flows]
    partly = [gap for gap in gaps if gap.flows]
    size = sum(gap.size for gap in never)
    yield f"{GLYPHS['none']} {size:,} of {kinds_of_events(total)} start no flow"
    for gap in never:
        yield from _gap_rows(gap, config)
    if partly:
        yield ""
        size = sum(gap.size for gap in partly)
        row = f"{GLYPHS['sometimes']} {size:,} start a flow only sometimes, and at other times none"
        yield paint(row, COLOURS["sometimes"])
        for gap in partly:
            yield from _gap_rows(gap, config)


def _gap_rows(gap: Unanswered, config: WorkspaceConfig) -> Iterator[str]:
    yield from region_rows(gap.cells, config, "  ")
    if gap.flows:
        yield f"      only sometimes: {first([flow.id for flow in gap.flows], _MOST_IDS)}"
    lines = lines_of(flow.when for flow in gap.flows)
    if gap.witness is not None:
        yield f"      no flow for: {visible(witness_words(gap.witness, config, lines))}"
    else:
        yield "      whether there is such an event could not be decided"


def region_rows(cells: tuple[Cells, ...], config: WorkspaceConfig, indent: str) -> Iterator[str]:
    """Each product of values with how many kinds of events it stands for."""
    width = max(len(f"{each.size:,}") for each in cells)
    for each in cells:
        yield f"{indent}{each.size:{width},} × {visible(str(cell_words(each, config)))}"
