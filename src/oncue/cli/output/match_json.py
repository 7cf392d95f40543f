"""What ``oncue match --format json`` answers: one object per event and line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from oncue.cli.output.json_stream import JsonStream
from oncue.cli.output.match_output import Answers, FlowAnswers
from oncue.domain.events import Event
from oncue.domain.plain import as_plain
from oncue.workbench.json_values import as_json, explanation_json

if TYPE_CHECKING:
    from oncue.importers.recorded import RecordedEvent
    from oncue.matching.explain import Explanation


class JsonAnswers(Answers):
    """``{"event": …, "matched": […], "depends": […]}``, explained also ``"findings"``, ``"ran"``, ``"missed"``."""

    def of_unheard(self, unheard: Mapping[str, int]) -> bytes:
        """One more line: ``{"unheard": {"message_read": 12}}``."""
        return as_json({"unheard": unheard}) + b"\n"

    def _complete(self, event: "Event | RecordedEvent", answer: bytes) -> bytes:
        return b'{"event":%b%b' % (_event_json(event), answer)

    def _answer(self, event: Event, flows: FlowAnswers) -> bytes:
        pieces: list[bytes] = []
        stream = JsonStream(pieces.append)
        stream.encoded_member("event", b"")
        stream.member("matched", flows.matched)
        stream.member("depends", [self._depends(each) for each in flows.depends])
        if self.explained:
            from oncue.matching.explain import findings_about

            findings = findings_about(event, self.workspace.config)
            stream.member("findings", [finding._asdict() for finding in findings])
            stream.member("ran", [explanation_json(each) for each in flows.ran])
            stream.member("missed", [explanation_json(each) for each in flows.missed])
        stream.close()
        return b"".join(pieces[1:])  # the first is what `_complete` writes before the event

    def _depends(self, each: "Explanation") -> dict[str, object]:
        found: dict[str, object] = {"flow": each.flow.id, "on": each.depends_on}
        if self.explained:
            found |= {"runs_if": each.runs_if, "not_if": each.not_if, **explanation_json(each)}
        return found


def _event_json(event: "Event | RecordedEvent") -> bytes:
    return as_json(as_plain(event)) if isinstance(event, Event) else event.as_json()
