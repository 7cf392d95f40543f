"""The targets by name. Others come from packages that offer an entry point ``oncue.exporters``."""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import cast

from oncue.domain.workspace import Workspace
from oncue.errors import ExportError
from oncue.exporters.job import Exported, Exporter, Job
from oncue.exporters.losses import Loss, loss_of
from oncue.exporters.names import Names
from oncue.suggestions import did_you_mean

GROUP = "oncue.exporters"
TARGETS: Mapping[str, tuple[str, str]] = {
    "json": ("json_bundle", "everything as JSON, with a schema"),
    "toml": ("toml_file", "everything as TOML"),
    "csv": ("csv_table", "the decision table as CSV, for spreadsheets"),
    "sql": ("sql", "the decision table as SQL, for databases, and a view that joins events to it"),
    "eventbridge": ("eventbridge", "rules of AWS EventBridge, as a CloudFormation template"),
    "knative": ("knative", "Triggers of Knative, with filters over CloudEvents"),
    "markdown": ("markdown", "a page for people: every flow in its sentence, coverage, problems"),
    "mermaid": ("mermaid", "a chart of flows, and of what they cause"),
    "chatwoot": ("chatwoot", "automation rules of Chatwoot"),
    "bird": ("bird", "flows of Bird, with trigger and steps as far as their form is known"),
    "n8n": ("n8n", "a workflow of n8n, with an IF node for each flow"),
    "node-red": ("node_red", "a tab of Node-RED, with switches for each flow"),
    "slack": ("slack", "trigger files of Slack, one for each flow"),
}
"""For each target its module, so that only the one that is used is imported, and what it makes.

Up to a comma or colon that has to be short: the app lists it, and says the rest of the target that is chosen.
"""


def targets() -> dict[str, str]:
    """Every target with what it makes, those of other packages included."""
    others = {each.name: f"from {each.dist.name if each.dist else each.module}" for each in entry_points(group=GROUP)}
    return {name: meaning for name, (_, meaning) in TARGETS.items()} | {
        name: meaning for name, meaning in sorted(others.items()) if name not in TARGETS
    }


def exporter(target: str) -> Exporter:
    """The exporter for ``target``. Raises `ExportError` with the nearest name if there is none."""
    if target in TARGETS:
        return cast("Exporter", import_module(f"oncue.exporters.{TARGETS[target][0]}"))
    for each in entry_points(group=GROUP):
        if each.name == target:
            return cast("Exporter", each.load())
    raise ExportError(f"no target {target!r}; {did_you_mean(target, targets())}")


def run(
    target: str, workspace: Workspace, names: Names | None = None, is_whole: bool = True, to_report: bool = False
) -> "Outcome":
    """Export the flows of ``workspace``. Raises `ExportError` if the target needs names that nobody gave.

    ``is_whole``: these are all flows that there are. ``to_report``: only the report matters, so names may be missing.
    """
    chosen = exporter(target)
    names = names or Names(target)
    job = Job(workspace, names, is_whole)
    exported = chosen.export(job)
    if not to_report:
        names.refuse_missing()
    decided = {each.flow.id: each.decided for each in job.narrowed}
    losses = tuple(loss_of(rule, decided[rule.flow.id], job.grid) for rule in exported.rules)
    return Outcome(chosen, job, exported, losses)


class Outcome:
    """An export with its loss report."""

    def __init__(self, chosen: Exporter, job: Job, exported: Exported, losses: tuple[Loss, ...]) -> None:
        self.exporter, self.job, self.files, self.losses = chosen, job, exported.files, losses

    @property
    def widening(self) -> list[Loss]:
        """The flows that the target would start on events on which they do not start here."""
        return [each for each in self.losses if each.widens]
