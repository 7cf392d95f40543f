"""What came of one event of a scenario, and why it is not what was expected.

That a flow did not start is explained by the clauses that fail and the edits that would make it run, as for any event.
There are other reasons: its file cannot be read, there is no such flow, the event starts no flows at all, or the
cascade was stopped. That a flow started is explained by the clauses that are open and the edits that would keep it off.

Texts that differ are compared one by one, because in two long texts nobody finds the place.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from oncue.domain.events import Event
from oncue.domain.paths import flow_file
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.explain import Explanation, explain
from oncue.matching.semantics import starts
from oncue.matching.suggested_edits import NoEdit, SuggestedEdit
from oncue.simulation.results import EventResult
from oncue.suggestions import did_you_mean


class Missing(NamedTuple):
    """Why ``flow_id`` was expected and did not start.

    A ``reason`` is none of the clauses, and no edit of the trigger helps; the clauses may all hold. Without a reason at
    least one of them fails.
    """

    flow_id: str
    reason: str | None = None
    explanation: Explanation | None = None


class Advice(NamedTuple):
    """The edits of a flow that are of use, and why there are none."""

    edits: tuple[SuggestedEdit, ...]
    no_edit: NoEdit | None


class TextDifference(NamedTuple):
    """Texts that were expected, and those that there were, with the first place where they differ.

    ``first`` is the index of the text, ``at`` that of the character in it: 0 in a text that one side lacks.
    """

    verb: str
    past: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """How the sentence about it among `EventResult.differences` begins."""
        return f"expected to {self.verb} "

    @property
    def first(self) -> int:
        """Which of the texts is the first that differs."""
        return _first_difference(self.expected, self.found)

    @property
    def at(self) -> int:
        """Which of its characters is the first that differs."""
        first = self.first
        sides = (self.expected[first : first + 1], self.found[first : first + 1])
        return _first_difference(*("".join(side) for side in sides))


def text_differences(result: EventResult) -> list[TextDifference]:
    """The messages and notes that are not as expected."""
    expected, found = result.event.expect_effects, result.effects
    if expected is None:
        return []
    both = (("send", "sent", expected.messages, found.messages), ("note", "noted", expected.notes, found.notes))
    return [
        TextDifference(verb, past, wanted, there)
        for verb, past, wanted, there in both
        if wanted is not None and wanted != there
    ]


def _first_difference(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def event_of(result: EventResult, workspace: Workspace) -> Event:
    """The event as it happened; one that could not happen with the channel of its instance."""
    if result.trace is not None:
        return result.trace.event
    instance = workspace.config.by_id.get(result.event.instance)
    return replaced(result.event.as_event, channel=instance.channel if instance else None)


def explain_missing(result: EventResult, workspace: Workspace) -> list[Missing]:
    """Each flow that was expected and did not start, with the reason."""
    return [_why(flow_id, result, workspace) for flow_id in result.missing]


def explain_unexpected(result: EventResult, workspace: Workspace) -> list[Explanation]:
    """Each flow that started and was not expected, with its clauses, which all hold."""
    event = event_of(result, workspace)
    known = result.trace.known if result.trace else None
    return [explain(workspace.flows[flow_id], event, workspace.config, known) for flow_id in result.unexpected]


def contradiction(flow_id: str, result: EventResult, others: Iterable[EventResult]) -> str | None:
    """Why no edit of the trigger can do, if one of the ``others`` is alike and is expected to do the contrary.

    Triggers decide by the key of an event alone, so what they mend here they would break there.
    """
    wanted = flow_id in (result.expected or ())
    for each in others:
        alike = each.trace is not None and result.trace is not None and each.trace.event.key == result.trace.event.key
        if alike and each.expected is not None and (flow_id in each.expected) is not wanted:
            contrary = f"is expected {'not ' if wanted else ''}to start it"
            return f"event {each.number} is alike and {contrary}, and no trigger tells them apart"
    return None


def advice_on(explanation: Explanation, result: EventResult, others: Iterable[EventResult]) -> Advice:
    """The edits after which those of the ``others`` that are alike would still be as expected, or why there is none.

    Conditions can tell apart what triggers cannot.
    """
    flow, config, alike = explanation.flow, explanation.config, list(others)
    contrary = contradiction(flow.id, result, alike)
    if contrary is None:
        return Advice(explanation.edits, explanation.no_edit)
    kept = tuple(edit for edit in explanation.edits if _keeps(edit, result, alike, config))
    return Advice(kept, None if kept else NoEdit(contrary, contrary))


def _keeps(edit: SuggestedEdit, result: EventResult, others: Iterable[EventResult], config: WorkspaceConfig) -> bool:
    """Whether the events that are alike come out as expected after ``edit``."""
    for each in others:
        if each is result or each.trace is None or result.trace is None or each.expected is None:
            continue
        if each.trace.event.key == result.trace.event.key:
            then = starts(edit.flow, each.trace.event, config, each.trace.known)
            if then is not (edit.flow.id in each.expected):
                return False
    return True


def _why(flow_id: str, result: EventResult, workspace: Workspace) -> Missing:
    if flow_id not in workspace.flows:
        for problem in workspace.problems:
            if problem.file == flow_file(flow_id):
                return Missing(flow_id, f"its file cannot be used: {problem}")
        return Missing(flow_id, f"there is no flow {flow_id!r}; {did_you_mean(flow_id, workspace.flows)}")
    if result.trace is None:
        return Missing(flow_id, "the event cannot happen")
    explanation = explain(workspace.flows[flow_id], result.trace.event, workspace.config, result.trace.known)
    if flow_id in result.trace.not_run:
        limit = workspace.config.simulation.max_events_per_cascade
        reason = f"the cascade was stopped before its turn: simulation.max_events_per_cascade = {limit}"
        return Missing(flow_id, reason, explanation)
    return Missing(flow_id, None if result.trace.fires else result.trace.note, explanation)
