"""``oncue diff`` for people: which events start other flows, and in a second part what else differs."""

from collections.abc import Iterator

from oncue.cli.output.compared import MOST_CELLS, MOST_EXAMPLES, MOST_GROUPS, Compared
from oncue.cli.output.coverage_text import region_rows
from oncue.cli.output.paint import Colour, Paint
from oncue.text import counted, first, visible
from oncue.workbench.difference_rows import SIGNS, WHERE, ShownChange, ShownGroup
from oncue.workbench.regions import kinds_of_events

_MOST_IDS = 8
_LONGEST_NAME = 80


def diff_rows(compared: Compared, paint: Paint) -> Iterator[str]:
    """All rows, safe to print."""
    old, new = compared.names
    yield f"old: {visible(old)}"
    yield f"new: {visible(new)}"
    yield ""
    yield paint(compared.headline, "bold")
    for shown in compared.shown.groups(compared.groups[:MOST_GROUPS], MOST_EXAMPLES):
        yield ""
        yield from _group(shown, compared, paint)
    if compared.rest:
        yield f"\n… {compared.rest}; --format json has all"
    yield ""
    yield from _others(compared, paint)


def _group(shown: ShownGroup, compared: Compared, paint: Paint) -> Iterator[str]:
    where = WHERE[shown.group.where]
    yield f"{kinds_of_events(shown.group.size)}{f' {where}' if where else ''}"
    yield from region_rows(shown.cells[:MOST_CELLS], shown.config, "    ")
    if (left := len(shown.cells) - MOST_CELLS) > 0:
        yield f"    and {left:,} more, which --format json has"
    for change in shown.changes:
        yield from _change(change, compared.flow_name(change.label.flow_id), paint)


def _change(change: ShownChange, name: str, paint: Paint) -> Iterator[str]:
    colour: Colour = "green" if change.label.effect == "starts" else "red"
    row = f"{SIGNS[change.label.effect]} {change.label.flow_id} {change.words}"
    yield f"  {paint(row, colour)}  ({visible(name, _LONGEST_NAME)})"
    if change.example:
        yield f"      such as: {visible(change.example)}"


def _others(compared: Compared, paint: Paint) -> Iterator[str]:
    if compared.others:
        yield paint("What else differs, without starting other flows:", "bold")
        for each in compared.others:
            yield f"  {each.what}: {visible(first(list(each.where), _MOST_IDS))}"
    elif compared.difference.size:
        yield "Nothing else differs."
    else:
        yield "Nothing else differs either: steps, names, scenarios and settings are the same."
    if unread := compared.unread:
        yield ""
        yield paint(f"! Not compared, because they cannot be read: {counted(len(unread), 'file')}", "yellow")
        for name, problem in unread:
            yield f"  {visible(name)}: {visible(problem.file)}"
