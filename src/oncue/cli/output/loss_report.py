"""The loss report of an export, for people and for programs."""

from collections.abc import Iterator
from typing import Any

from oncue.analysis.regions import Region
from oncue.analysis.wording import cell_words
from oncue.domain.plain import as_plain
from oncue.domain.wording import event_clause
from oncue.domain.workspace import WorkspaceConfig
from oncue.exporters.losses import Loss
from oncue.exporters.registry import Outcome
from oncue.exporters.rules import Unsaid
from oncue.text import counted, first, visible
from oncue.workbench.json_values import as_json

_MOST_CELLS, _MOST_FLOWS = 3, 3
_WORDS = {
    "gained": "gains events that never start it",
    "loosened": "starts also when its conditions do not hold",
    "lost": "loses events that start it",
    "tightened": "does not start always when its conditions hold",
}
"""What the regions of `Loss` are, in words."""


def report_lines(outcome: Outcome) -> Iterator[str]:
    """What is lost: a line for each field that cannot be said, with the flows that have it, and for events."""
    flows_with: dict[Unsaid, list[str]] = {}
    for loss in outcome.losses:
        for unsaid in loss.unsaid:
            flows_with.setdefault(unsaid, []).append(loss.flow_id)
    for unsaid, flow_ids in flows_with.items():
        yield visible(
            f"{first(flow_ids, _MOST_FLOWS)}: {unsaid.field} cannot be said in {outcome.exporter.LABEL}: {unsaid.why}"
        )
    for loss in outcome.losses:
        for name, region in loss.regions:
            yield f"{loss.flow_id}: {_WORDS[name]}: {_region_words(region, outcome.job.config)}"


def refusal_lines(outcome: Outcome) -> Iterator[str]:
    """Why the export is refused: for each flow that would be widened, the fields and the events gained."""
    for loss in outcome.widening:
        fields = ", ".join(each.field for each in loss.unsaid if each.field.partition("[")[0] != "steps")
        widened = [region for name, region in loss.regions if name in ("gained", "loosened")]
        words = "; ".join(_region_words(region, outcome.job.config) for region in widened)
        label = outcome.exporter.LABEL
        yield f"flows/{loss.flow_id}.toml: {label} cannot say {fields or 'all of it'}, which would add {words}"


def _region_words(region: Region, config: WorkspaceConfig) -> str:
    cells = [str(cell_words(each, config)) for each in region.cells]
    more = f" and {counted(len(cells) - _MOST_CELLS, 'more group')}" if len(cells) > _MOST_CELLS else ""
    such = "" if region.witness is None else f", such as: {event_clause(region.witness.event, config)}"
    return visible(f"{counted(region.size, 'kind')} of event ({' | '.join(cells[:_MOST_CELLS])}{more}){such}")


def report_json(outcome: Outcome, target: str) -> bytes:
    """The report as one object; every flow is in it."""
    return as_json(
        {
            "target": target,
            "files": sorted(outcome.files),
            "space": outcome.job.grid.keys.bit_count(),
            "widens": bool(outcome.widening),
            "flows": [_loss_json(each, outcome.job.config) for each in outcome.losses],
        }
    )


def _loss_json(loss: Loss, config: WorkspaceConfig) -> dict[str, Any]:
    return {
        "flow": loss.flow_id,
        "unsaid": [each._asdict() for each in loss.unsaid],
        "widens": loss.widens,
        **dict.fromkeys(_WORDS),
        **{name: _region_json(region, config) for name, region in loss.regions},
    }


def _region_json(region: Region, config: WorkspaceConfig) -> dict[str, Any]:
    return {
        "events": region.size,
        "cells": [str(cell_words(each, config)) for each in region.cells],
        "example": None if region.witness is None else as_plain(region.witness.event),
    }
