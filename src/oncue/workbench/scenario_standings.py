"""How all scenarios stand with the flows as they are edited, found out in slices.

After an edit only those scenarios are replayed that it can concern: an edit of a flow changes nothing in a
conversation where the flow neither ran nor would run now. Replaying goes on from event to event, so that whoever does
it can pause in between and keep up with what is typed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from oncue.domain.events import EventKey
from oncue.domain.flows import Flow
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.matching.semantics import resolved_verdicts
from oncue.simulation.results import EventResult, ScenarioResult
from oncue.simulation.runner import iter_results, scenario_result
from oncue.simulation.trace import every_trace
from oncue.text import counted, first
from oncue.workbench.analysis import Compiled
from oncue.workbench.scenario_outcome import ScenarioOutcome, Status
from oncue.workbench.scenario_selection import all_scenarios
from oncue.workbench.spans import Line, line

SIGNS: Mapping[Status, tuple[str, str]] = {
    "passed": ("✓", "success"),
    "failed": ("✗", "error"),
    "error": ("!", "error"),
    "unchecked": ("·", "muted"),
}
"""The sign of each status, and its role."""


class Standing(NamedTuple):
    """How one scenario stands. ``failed``: the numbers of the events that are not as expected; ``why``: the first.

    ``keys`` are those of all events of the conversation, ``ran`` the flows that ran: what its outcome depends on.
    """

    id: str
    name: str
    status: Status
    events: int = 0
    failed: tuple[int, ...] = ()
    why: str = ""
    scenario: Scenario | None = None
    keys: frozenset[EventKey] = frozenset()
    ran: frozenset[str] = frozenset()

    def concerned_by(self, flows: Collection[Flow], config: WorkspaceConfig) -> bool:
        """Whether the outcome may be another with other versions of ``flows``, of which these are all there are."""
        return any(
            flow.id in self.ran or any(all(resolved_verdicts(flow, config.resolve_key(key))) for key in self.keys)
            for flow in flows
        )


@dataclass(frozen=True, eq=False)
class Standings:
    """How all scenarios stand with the flows of ``played``, which is ``None`` before the first replay.

    ``late``: the flows have changed since, and the replay takes its time.
    """

    by_id: Mapping[str, Standing] = field(default_factory=dict)
    played: Compiled | None = None
    late: bool = False

    @cached_property
    def passed(self) -> int:
        """Scenarios that are as expected."""
        return sum(each.status == "passed" for each in self.by_id.values())

    @cached_property
    def failed(self) -> int:
        """Scenarios that are not as expected, or that cannot be read."""
        return sum(each.status in ("failed", "error") for each in self.by_id.values())

    @property
    def summary(self) -> Line:
        """``✓ 8 ✗ 1``, with a sign that more is to come while the replay is late; empty without scenarios."""
        if not self.by_id:
            return ()
        parts = [(f"✓ {self.passed}", "success" if self.passed else "muted")]
        if self.failed:
            parts += [(" ", ""), (f"✗ {self.failed}", "error")]
        return line(*parts, *([(" …", "muted")] if self.late else []))

    @property
    def in_order(self) -> list[Standing]:
        """Those first that are not as expected, otherwise in order of id."""
        return sorted(self.by_id.values(), key=lambda each: (each.status not in ("failed", "error"), each.id))

    def delayed(self) -> "Standings":
        """The same, known to be late."""
        return self if self.late else replace(self, late=True)


class Replaying:
    """A replay of all scenarios that the edits since ``known`` may concern; iterate over it to carry it out.

    Each step plays one event of a scenario at most. ``standings`` are complete when there is no further step.
    """

    def __init__(self, known: Standings, edited: Compiled) -> None:
        self.standings = known
        self._known, self._edited = known, edited

    def __iter__(self) -> Iterator[None]:
        workspace = self._edited.workspace
        changed = _changed_flows(self._known.played, self._edited)
        found: dict[str, Standing] = {}
        for scenario_id, selected in all_scenarios(workspace).items():
            known = self._known.by_id.get(scenario_id)
            scenario = selected.scenario
            if scenario is None:
                why = first([each.message for each in selected.problems], 1)
                found[scenario_id] = Standing(scenario_id, scenario_id, "error", why=why)
            elif (
                known is not None
                and known.scenario is scenario
                and changed is not None
                and not known.concerned_by(changed, workspace.config)
            ):
                found[scenario_id] = known
            else:
                results: list[EventResult] = []
                for result in iter_results(scenario, *self._edited):
                    results.append(result)
                    yield
                result_of_all = scenario_result(scenario, workspace, results)
                found[scenario_id] = _standing(ScenarioOutcome(selected, result_of_all), result_of_all, workspace.flows)
            yield
        self.standings = Standings(found, self._edited)


def _changed_flows(before: Compiled | None, after: Compiled) -> list[Flow] | None:
    """Both versions of each flow that differs; ``None`` if something else differs as well."""
    if before is None or before.workspace.config is not after.workspace.config:
        return None
    old, new = before.workspace.flows, after.workspace.flows
    if old.keys() != new.keys():
        return None  # what scenarios expect may be a flow that is gone, or that is there again
    return [each for flow_id, flow in new.items() if old[flow_id] is not flow for each in (old[flow_id], flow)]


def _standing(outcome: ScenarioOutcome, result: ScenarioResult, flows: Mapping[str, Flow]) -> Standing:
    scenario = result.scenario
    traces = [each for trace in result.traces for each in every_trace(trace)]
    failed = outcome.failed_events
    return Standing(
        scenario.id,
        scenario.name,
        outcome.status,
        len(scenario.events),
        tuple(each.number for each in failed),
        _why(result, failed, flows),
        scenario,
        frozenset(each.event.key for each in traces),
        frozenset(flow_id for each in traces for flow_id in each.started),
    )


def _why(result: ScenarioResult, failed: list[EventResult], flows: Mapping[str, Flow]) -> str:
    if failed:
        more = f", and {counted(len(failed) - 1, 'more event')}" if len(failed) > 1 else ""
        return f"{first(differences_by_name(failed[0], flows), 1)}{more}"
    return first([str(each) for each in result.problems], 1) if result.problems else ""


def differences_by_name(result: EventResult, flows: Mapping[str, Flow]) -> list[str]:
    """`EventResult.differences` with the names of flows, as the app shows them, in the place of their ids."""
    if result.refusal is not None or result.event.expect_refusal:
        return [*result.differences]
    missing, unexpected = result.missing, result.unexpected
    rest = result.differences[len(missing) + len(unexpected) :]
    return [
        *(f"{name_of(each, flows)} was expected and did not run" for each in missing),
        *(f"{name_of(each, flows)} ran and was not expected" for each in unexpected),
        *rest,
    ]


def name_of(flow_id: str, flows: Mapping[str, Flow]) -> str:
    """What a flow is called; its id if there is none."""
    return flows[flow_id].name if flow_id in flows else flow_id
