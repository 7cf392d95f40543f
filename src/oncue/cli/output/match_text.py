"""What ``oncue match`` answers for people: a sentence per event, and below it a row per flow.

Text goes through `visible`.
"""

from typing import TYPE_CHECKING

from oncue.cli.output.explanation_rows import LONGEST_NAME, explanation_rows, far_row, finding_row, held_row
from oncue.cli.output.match_output import Answers, FlowAnswers
from oncue.domain.events import Event
from oncue.domain.wording import actor_words, what_happened
from oncue.domain.workspace import Workspace
from oncue.text import listed, visible

if TYPE_CHECKING:
    from oncue.importers.recorded import RecordedEvent


class TextAnswers(Answers):
    """A sentence per event, and below it a row per flow; with explanations also why, and the edits that change it."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        super().__init__(workspace, explained)
        self._width = max(map(len, workspace.flows), default=0)

    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        participant = event.participant
        actor = actor_words(None, None) if participant is None else actor_words(participant.type, participant.name)
        head = visible(actor, LONGEST_NAME)
        if event.id:
            head = f"{visible(event.id, LONGEST_NAME)}: {head}"
        return head.encode() + answer

    def _answer(self, event: Event, flows: FlowAnswers) -> bytes:
        config = self.workspace.config
        rows = [f" {visible(what_happened(config.resolve(event), config), 2 * LONGEST_NAME)}"]
        if self.explained:
            from oncue.matching.explain import findings_about

            rows += map(finding_row, findings_about(event, config))
            for each in flows.ran:
                rows += (self._row("✓ runs        ", each.flow.id), held_row(each), *explanation_rows(each))
        else:
            rows += (self._row("✓ runs        ", flow_id) for flow_id in flows.matched)
        for each in flows.depends:
            on = f"? depends on {listed(list(each.depends_on))}"
            rows += (self._row(on, each.flow.id), *(explanation_rows(each) if self.explained else ()))
        if not flows.matched and not flows.depends:
            rows.append("  ✗ no flow runs")
        nearest = flows.missed[0].distance if flows.missed else 0
        for each in flows.missed:
            why = explanation_rows(each) if each.distance == nearest else [far_row(each)]
            rows += (self._row("✗ does not run", each.flow.id), *why)
        return ("\n".join(rows) + "\n").encode()

    def _row(self, verdict: str, flow_id: str) -> str:
        name = visible(self.workspace.flows[flow_id].name, LONGEST_NAME)
        word = verdict if self.explained else verdict.rstrip()
        return f"  {word}  {flow_id:{self._width}}  {name}"
