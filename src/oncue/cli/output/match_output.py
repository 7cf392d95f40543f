"""What ``oncue match`` answers for an event, as text or as JSON.

All but a few words of an answer depend on the event's key alone, and keys are few while events are many. So
that part is made once per key and kept, up to a number of bytes; the rest is made per event.

Text goes through `visible`.
"""

from abc import ABC, abstractmethod
from typing import Any

from oncue.domain.events import Event
from oncue.domain.plain import as_plain
from oncue.domain.wording import event_sentence
from oncue.domain.workspace import Workspace
from oncue.matching.explain import ClauseResult, Explanation, explain, nearest_first
from oncue.matching.matcher import compile_matcher
from oncue.text import visible
from oncue.workbench.json_values import as_json

KEPT = 32 << 20
"""Bytes of answers that are kept at most."""
LONGEST_NAME = 200
"""Characters of a name that are shown."""


class Answers(ABC):
    """Answers events: `of` one gives the bytes to write."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        self.workspace, self.explained = workspace, explained
        self._matcher = compile_matcher(workspace)
        self._kept: dict[tuple[str | None, ...], bytes] = {}
        self._size = 0

    @abstractmethod
    def of(self, event: Event) -> bytes:
        """The answer for ``event``, line feed included."""

    @abstractmethod
    def _decide(self, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        """The part of an answer that depends on the event's key alone."""

    def _decided(self, event: Event) -> bytes:
        """`_decide` for ``event``, made once per key."""
        part = self._kept.get(event.key)
        if part is None:
            matched = self._matcher.match(event)
            part = self._decide(matched, self._missed(event, matched) if self.explained else [])
            if self._size + len(part) > KEPT:
                self._kept.clear()
                self._size = 0
            self._kept[event.key] = part
            self._size += len(part)
        return part

    def _missed(self, event: Event, matched: tuple[str, ...]) -> list[Explanation]:
        runs, config = frozenset(matched), self.workspace.config
        others = (flow for flow in self.workspace.flows.values() if flow.id not in runs)
        return nearest_first(explain(flow, event, config) for flow in others)


class JsonAnswers(Answers):
    """One object per event and line."""

    def of(self, event: Event) -> bytes:
        """``{"event": …, "matched": […]}``, with explanations ``"missed": […]``."""
        return b'{"event":%b,%b}\n' % (as_json(as_plain(event)), self._decided(event))

    def _decide(self, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        answer: dict[str, Any] = {"matched": matched}
        if self.explained:
            answer["missed"] = [explanation_json(each) for each in missed]
        return as_json(answer)[1:-1]


class TextAnswers(Answers):
    """A sentence per event, and below it a row per flow."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        super().__init__(workspace, explained)
        self._width = max(map(len, workspace.flows), default=0)

    def of(self, event: Event) -> bytes:
        """What happened, then the flows that run; with explanations also the others, each with its clauses."""
        config = self.workspace.config
        sentence = visible(event_sentence(config.resolve(event), config), 3 * LONGEST_NAME)
        head = f"{visible(event.id, LONGEST_NAME)}: {sentence}\n" if event.id else f"{sentence}\n"
        return head.encode() + self._decided(event)

    def _decide(self, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        rows = [self._row("✓ runs        ", flow_id) for flow_id in matched] or ["  ✗ no flow runs"]
        for each in missed:
            rows += (self._row("✗ does not run", each.flow.id), *map(clause_row, each.clauses), edit_row(each))
        return ("\n".join(rows) + "\n").encode()

    def _row(self, verdict: str, flow_id: str) -> str:
        name = visible(self.workspace.flows[flow_id].name, LONGEST_NAME)
        word = verdict if self.explained else verdict.rstrip()
        return f"  {word}  {flow_id:{self._width}}  {name}"


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation for JSON."""
    edit = explanation.nearest_edit
    return {
        "flow": explanation.flow.id,
        "clauses": [clause._asdict() for clause in explanation.clauses],
        "nearest_edit": edit and {"words": edit.words, "trigger": as_plain(edit.flow.trigger)},
    }


def clause_row(clause: ClauseResult) -> str:
    """A clause with its verdict, and what it expects if it fails."""
    verdict = "✓ holds" if clause.ok else "✗ fails"
    actual = visible(clause.actual, LONGEST_NAME)
    wanted = "" if clause.ok else f", expected {visible(clause.expected, LONGEST_NAME)}"
    return f"      {verdict}  {clause.clause:17}  {actual}{wanted}"


def edit_row(missed: Explanation) -> str:
    """What would make the flow run."""
    edit = missed.nearest_edit
    if edit is None:
        return "      no edit can make it run: the event does not state its channel"
    return f"      to make it run: {visible(edit.words, 4 * LONGEST_NAME)}"
