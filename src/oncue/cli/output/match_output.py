"""What ``oncue match`` answers for an event, as text or as JSON.

All but a few words of an answer depend on the event's key alone, and keys are few while events are many. So that part
is made once for each key and kept as bytes, up to a limit. Only the actor's name, the event's id and, in JSON, the
event itself are put in front of it.

Text goes through `visible`.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from oncue.cli.output.explanation_rows import LONGEST_NAME, explanation_rows
from oncue.cli.output.json_stream import JsonStream
from oncue.domain.events import Event
from oncue.domain.wording import actor_words, what_happened
from oncue.domain.workspace import Workspace
from oncue.matching.explain import Explanation, explain, nearest_first
from oncue.matching.matcher import compile_matcher
from oncue.text import visible
from oncue.workbench.json_values import as_json, explanation_json, plain

if TYPE_CHECKING:
    from oncue.storage.recorded_event import RecordedEvent

KEPT = 32 << 20
"""Bytes of answers that are kept at most."""


class Answers(ABC):
    """Answers events: `of` one gives the bytes to write."""

    def __init__(self, workspace: Workspace, explained: bool) -> None:
        self.workspace, self.explained = workspace, explained
        self._matcher = compile_matcher(workspace)
        self._kept: dict[tuple[str | None, ...], bytes] = {}
        self._size = 0

    def of(self, event: "Event | RecordedEvent") -> bytes:
        """The answer for ``event``, line feed included."""
        participant, message = event.participant, event.message
        key = (
            event.event,
            event.channel,
            event.instance,
            None if participant is None else participant.type,
            None if message is None else message.type,
        )
        answer = self._kept.get(key)
        return self._complete(event, self._keep(event) if answer is None else answer)

    @abstractmethod
    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        """``answer``, which is for events with this key, with what is particular to ``event``."""

    @abstractmethod
    def _answer(self, event: Event, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        """The part of the answer for ``event`` that is the same for all events with its key."""

    def _keep(self, given: "Event | RecordedEvent") -> bytes:
        event = given if isinstance(given, Event) else given.as_event()
        matched = self._matcher.match(event)
        answer = self._answer(event, matched, self._missed(event, matched) if self.explained else [])
        if self._size + len(answer) > KEPT:
            self._kept.clear()
            self._size = 0
        self._kept[event.key] = answer
        self._size += len(answer)
        return answer

    def _missed(self, event: Event, matched: tuple[str, ...]) -> list[Explanation]:
        runs, config = frozenset(matched), self.workspace.config
        others = (flow for flow in self.workspace.flows.values() if flow.id not in runs)
        return nearest_first(explain(flow, event, config) for flow in others)


class JsonAnswers(Answers):
    """One object per event and line: ``{"event": …, "matched": […]}``, with explanations also ``"missed": […]``."""

    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        return b'{"event":%b%b' % (_event_json(event), answer)

    def _answer(self, event: Event, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        pieces: list[bytes] = []
        stream = JsonStream(pieces.append)
        stream.encoded_member("event", b"")
        stream.member("matched", matched)
        if self.explained:
            stream.member("missed", [explanation_json(each) for each in missed])
        stream.close()
        return b"".join(pieces[1:])


class TextAnswers(Answers):
    """A sentence per event, and below it a row per flow; with explanations also a row per clause of the others."""

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

    def _answer(self, event: Event, matched: tuple[str, ...], missed: list[Explanation]) -> bytes:
        config = self.workspace.config
        rows = [f" {visible(what_happened(config.resolve(event), config), 2 * LONGEST_NAME)}"]
        rows += [self._row("✓ runs        ", flow_id) for flow_id in matched] or ["  ✗ no flow runs"]
        for each in missed:
            rows += (self._row("✗ does not run", each.flow.id), *explanation_rows(each))
        return ("\n".join(rows) + "\n").encode()

    def _row(self, verdict: str, flow_id: str) -> str:
        name = visible(self.workspace.flows[flow_id].name, LONGEST_NAME)
        word = verdict if self.explained else verdict.rstrip()
        return f"  {word}  {flow_id:{self._width}}  {name}"


def _event_json(event: "Event | RecordedEvent") -> bytes:
    return as_json(plain(event)) if isinstance(event, Event) else event.as_json()
