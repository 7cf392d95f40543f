"""``oncue diff --format markdown``: a comment for a pull request, which stays below what GitHub accepts.

Everything that is a name in a file is escaped or in a code span, so that nobody is mentioned and nothing is linked.
"""

from collections.abc import Iterator

from oncue.analysis.wording import cell_words
from oncue.cli.output.compared import MOST_CELLS, MOST_EXAMPLES, MOST_GROUPS, Compared
from oncue.text import counted, first, visible
from oncue.workbench.difference_rows import SIGNS, WHERE, ShownChange, ShownGroup
from oncue.workbench.escaping import markdown_code, markdown_text
from oncue.workbench.regions import kinds_of_events

LONGEST = 60_000
"""Characters of the whole text; GitHub refuses more than 65,536."""
_RESERVED = 8_000
"""Characters of these that are kept for what is no decision."""
_MOST_IDS = 20
_LONGEST_TEXT = 300


def diff_markdown(compared: Compared) -> Iterator[str]:
    """The lines of the comment."""
    old, new = (markdown_code(visible(name, _LONGEST_TEXT)) for name in compared.names)
    head = ["## Flows that events start", "", f"{old} → {new}: **{compared.headline}**", ""]
    yield from head
    size = sum(map(len, head))
    shown = 0
    for group in compared.shown.groups(compared.groups[:MOST_GROUPS], MOST_EXAMPLES):
        lines = list(_group(group, compared))
        size += sum(len(line) + 1 for line in lines)
        if size > LONGEST - _RESERVED:
            break
        shown += 1
        yield from lines
    if left := compared.groups[shown:]:
        kinds = kinds_of_events(sum(group.size for group in left))
        yield f"… and {counted(len(left), 'smaller group')} with {kinds}; `oncue diff --format json` has all."
        yield ""
    yield from _others(compared)


def _group(shown: ShownGroup, compared: Compared) -> Iterator[str]:
    where = WHERE[shown.group.where]
    yield f"**{kinds_of_events(shown.group.size)}{f' {where}' if where else ''}**"
    yield ""
    for change in shown.changes[:_MOST_IDS]:
        yield from _change(change, compared.flow_name(change.label.flow_id))
    if (left := len(shown.changes) - _MOST_IDS) > 0:
        yield f"- and {counted(left, 'more flow')}"
    yield ""
    yield f"<details><summary>Which: {counted(len(shown.cells), 'description')}</summary>"
    yield ""
    for cells in shown.cells[:MOST_CELLS]:
        words = visible(str(cell_words(cells, shown.config)), _LONGEST_TEXT)
        yield f"- {cells.size:,} × {markdown_text(words)}"
    if (left := len(shown.cells) - MOST_CELLS) > 0:
        yield f"- and {left:,} more"
    yield ""
    yield "</details>"
    yield ""


def _change(change: ShownChange, name: str) -> Iterator[str]:
    sign = {"+": "➕", "-": "➖"}[SIGNS[change.label.effect]]
    flow_id, shown = markdown_code(change.label.flow_id), markdown_text(visible(name, _LONGEST_TEXT))
    yield f"- {sign} {flow_id} **{change.words}** ({shown})"
    if change.example:
        yield f"  such as: {markdown_text(visible(change.example, _LONGEST_TEXT))}"


def _others(compared: Compared) -> Iterator[str]:
    if compared.others:
        yield "### What else differs, without starting other flows"
        yield ""
        for each in compared.others:
            where = first([markdown_code(visible(name, 80)) for name in each.where], _MOST_IDS)
            yield f"- {each.what}: {where}"
    else:
        yield "Nothing else differs: steps, names, scenarios and settings are the same."
    if unread := compared.unread:
        files = [markdown_code(f"{visible(name, 80)}: {visible(problem.file, 120)}") for name, problem in unread]
        yield ""
        yield f"⚠️ **Not compared, because they cannot be read:** {first(files, _MOST_IDS)}"
