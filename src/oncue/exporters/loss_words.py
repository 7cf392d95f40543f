"""The loss report of an export, for people: what of a flow cannot be said, and which events are gained or lost."""

from collections.abc import Container, Iterator

from oncue.analysis.regions import Region
from oncue.analysis.wording import cell_words
from oncue.domain.wording import event_clause
from oncue.domain.workspace import WorkspaceConfig
from oncue.exporters.registry import Outcome
from oncue.exporters.rules import Unsaid
from oncue.text import counted, first, visible

_MOST_CELLS, _MOST_FLOWS = 3, 3
WORDS = {
    "gained": "gains events that never start it",
    "loosened": "starts also when its conditions do not hold",
    "lost": "loses events that start it",
    "tightened": "does not start always when its conditions hold",
}
"""What the regions of `Loss` are, in words."""

WIDENING = frozenset({"gained", "loosened"})
"""Those in which the target would start a flow more often."""


def report_lines(outcome: Outcome, regions: Container[str] = WORDS) -> Iterator[str]:
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
            if name in regions:
                yield f"{loss.flow_id}: {WORDS[name]}: {_region_words(region, outcome.job.config)}"


def refusal_lines(outcome: Outcome, most: int = _MOST_CELLS) -> Iterator[str]:
    """Why the export is refused: for each flow that would be widened, the fields and the events gained.

    Of the events ``most`` groups are listed for each flow.
    """
    for loss in outcome.widening:
        fields = ", ".join(each.field for each in loss.unsaid if each.field.partition("[")[0] != "steps")
        widened = [region for name, region in loss.regions if name in WIDENING]
        words = "; ".join(_region_words(region, outcome.job.config, most) for region in widened)
        label = outcome.exporter.LABEL
        yield f"flows/{loss.flow_id}.toml: {label} cannot say {fields or 'all of it'}, which would add {words}"


def _region_words(region: Region, config: WorkspaceConfig, most: int = _MOST_CELLS) -> str:
    cells = [str(cell_words(each, config)) for each in region.cells]
    more = f" and {counted(len(cells) - most, 'more group')}" if len(cells) > most else ""
    such = "" if region.witness is None else f", such as: {event_clause(region.witness.event, config)}"
    return visible(f"{counted(region.size, 'kind')} of event ({' | '.join(cells[:most])}{more}){such}")
