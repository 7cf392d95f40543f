"""``oncue coverage`` for programs: JSON, and CSV for spreadsheets."""

from collections.abc import Callable, Iterator
from typing import Any

from oncue.analysis.coverage import LEVELS, Coverage
from oncue.analysis.gaps import Unanswered
from oncue.cli.output.json_stream import JsonStream
from oncue.domain.workspace import WorkspaceConfig
from oncue.workbench.coverage_matrix import Chosen, Count
from oncue.workbench.escaping import csv_cell
from oncue.workbench.regions import region_json
from oncue.workbench.witness_words import witness_json

CSV_COLUMNS = ("event", "channel", "instance", "name", "participant", "message", "level", "always", "sometimes")


def write_coverage_json(coverage: Coverage, chosen: Chosen, name: str, write: Callable[[bytes], object]) -> None:
    """One object: how many kinds of events are on each level, and each kind. What is not stated is ``null``."""
    cells, levels = [], dict.fromkeys(LEVELS, 0)
    for key in chosen.every_key():
        count = Count(*coverage.counts(key))
        levels[count.level] += 1
        cells.append({**key._asdict(), "level": count.level, **count._asdict()})
    stream = JsonStream(write)
    stream.member("workspace", name)
    stream.member("levels", levels)
    stream.begin_list("cells")
    for cell in cells:
        stream.item(cell)
    stream.end_list()
    stream.close()


def write_gaps_json(
    gaps: tuple[Unanswered, ...], total: int, name: str, config: WorkspaceConfig, write: Callable[[bytes], object]
) -> None:
    """One object: of how many kinds of events how many have a gap, and each gap."""
    stream = JsonStream(write)
    stream.member("workspace", name)
    stream.member("kinds", total)
    stream.member("size", sum(gap.size for gap in gaps))
    stream.begin_list("gaps")
    for gap in gaps:
        stream.item(_gap_json(gap, config))
    stream.end_list()
    stream.close()


def _gap_json(gap: Unanswered, config: WorkspaceConfig) -> dict[str, Any]:
    return {
        "size": gap.size,
        "sometimes": [flow.id for flow in gap.flows],
        "cells": region_json(gap.cells, config),
        "witness": None if gap.witness is None else witness_json(gap.witness),
    }


def csv_rows(
    coverage: Coverage, chosen: Chosen, gaps: tuple[Unanswered, ...] | None, config: WorkspaceConfig
) -> Iterator[str]:
    """A line for each kind of event; with ``gaps`` only for those. What is not stated is empty."""
    yield ",".join(CSV_COLUMNS)
    wanted = None
    if gaps is not None:
        wanted = 0
        for gap in gaps:
            wanted |= gap.keys
    for key in chosen.every_key():
        if wanted is not None and not wanted & coverage.grid.bit(key):
            continue
        count = Count(*coverage.counts(key))
        instance = config.by_id.get(key.instance or "")
        name = "" if instance is None else instance.name
        values = (key.event, key.channel, key.instance, name, key.participant_type, key.message_type, count.level)
        yield ",".join([*(csv_cell(value or "") for value in values), str(count.always), str(count.sometimes)])
