"""A recording as a scenario, to be played in the simulator: its conversations, and their state, come from its events.

What happened has happened already, what flows did included. So flows only decide (`deciding_only`), unless their steps
are to be carried out again; then what flows wrote is left out of the recording.

Events that are on no installed instance, or that do not say which conversation they are of, cannot be played. Neither
can those of a conversation that was under way when the recording began: who is in it is not known.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from oncue.domain.events import Event
from oncue.domain.scenarios import Scenario, ScenarioEvent
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.simulation.results import ScenarioResult
from oncue.text import counted

MOST = 10_000
"""How many events are played at once."""
_NOT_INSTALLED = "on no installed instance"
_NO_CONVERSATION = "of no conversation"
_UNDER_WAY = "of a conversation that was under way when the recording began"
_BY_FLOWS = "of what flows did themselves"
_TOO_MANY = f"after the first {MOST:,}"


class RecordedScenario:
    """Takes the events of a recording, in order; `scenario` is what came of them.

    ``only`` is the conversation that is wanted, ``None`` for all. ``without_flows`` leaves out what flows wrote.
    """

    def __init__(self, config: WorkspaceConfig, only: str | None = None, without_flows: bool = False) -> None:
        self._config, self._only, self._without_flows = config, only, without_flows
        self._events: list[ScenarioEvent] = []
        self._latest: datetime | None = None
        self.conversations: dict[str, None] = {}
        """The conversations that are played, in the order in which they began."""
        self._left_out: Counter[str] = Counter()

    def add(self, event: Event) -> None:
        """Add what happened, if it can be played."""
        if self._only is not None and event.conversation != self._only:
            return
        channel, instance = self._config.place(event.channel, event.instance)
        found = self._config.by_id.get(instance or "")
        reason = self._obstacle(event, found is not None and channel == found.channel)
        if reason is not None or found is None:
            self._left_out[reason or _NOT_INSTALLED] += 1
            return
        assert event.conversation is not None
        self.conversations[event.conversation] = None
        self._events.append(
            ScenarioEvent(
                event=event.event,
                instance=found.id,
                conversation=event.conversation,
                at=self._time(event.at),
                participant=event.participant,
                message=event.message,
            )
        )

    def _obstacle(self, event: Event, is_installed: bool) -> str | None:
        if not is_installed:
            return _NOT_INSTALLED
        if event.conversation is None or not event.conversation.strip():
            return _NO_CONVERSATION
        if event.event != "conversation_created" and event.conversation not in self.conversations:
            return _UNDER_WAY
        if self._without_flows and event.participant is not None and event.participant.type == "flow":
            return _BY_FLOWS
        return _TOO_MANY if len(self._events) >= MOST else None

    def _time(self, at: datetime | None) -> datetime | None:
        """When it happens: never before the event before it, however the recording was delivered."""
        if at is None:
            return self._latest
        at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
        self._latest = at if self._latest is None else max(at, self._latest)
        return self._latest

    def scenario(self, scenario_id: str, name: str) -> Scenario:
        """The recording as a scenario without expectations."""
        return Scenario(id=scenario_id, name=name, events=tuple(self._events))

    @property
    def size(self) -> int:
        """How many events can be played."""
        return len(self._events)

    def left_out(self) -> Iterator[str]:
        """What was left out and why, a sentence each."""
        for reason, count in self._left_out.most_common():
            yield f"left out {counted(count, 'event')} {reason}"


def deciding_only(workspace: Workspace) -> Workspace:
    """``workspace`` with flows that start as before, and do nothing."""
    return Workspace.of(workspace.config, [replaced(flow, steps=()) for flow in workspace.flows.values()])


def as_expected(scenario: Scenario, result: ScenarioResult) -> Scenario:
    """``scenario`` with what came of it as what is expected of it."""
    by_number = {each.number: each for each in result.events}
    events = [
        replaced(event, expect_refusal=True) if by_number[n].refusal else replaced(event, expect=by_number[n].fired)
        for n, event in enumerate(scenario.events, 1)
    ]
    return replaced(scenario, events=tuple(events))
