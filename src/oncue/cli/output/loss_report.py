"""The loss report of an export, for programs."""

from typing import Any

from oncue.analysis.regions import Region
from oncue.analysis.wording import cell_words
from oncue.domain.plain import as_plain
from oncue.domain.workspace import WorkspaceConfig
from oncue.exporters.loss_words import WORDS
from oncue.exporters.losses import Loss
from oncue.exporters.registry import Outcome
from oncue.workbench.json_values import as_json


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
        **dict.fromkeys(WORDS),
        **{name: _region_json(region, config) for name, region in loss.regions},
    }


def _region_json(region: Region, config: WorkspaceConfig) -> dict[str, Any]:
    return {
        "events": region.size,
        "cells": [str(cell_words(each, config)) for each in region.cells],
        "example": None if region.witness is None else as_plain(region.witness.event),
    }
