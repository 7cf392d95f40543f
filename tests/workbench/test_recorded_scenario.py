from datetime import UTC, datetime, timedelta

from oncue.domain.events import Event, Message, Participant
from oncue.domain.flows import Flow
from oncue.domain.steps import SendMessage
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EventKind, ParticipantType
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.simulation.results import ScenarioResult
from oncue.simulation.runner import run_scenario
from oncue.workbench.recorded_scenario import RecordedScenario, as_expected, deciding_only

CONFIG = WorkspaceConfig(
    name="Acme", instances=(Instance(id="wa", channel="whatsapp", name="WhatsApp", external_ids=("whatsapp:+31",)),)
)
REPLY = Flow(
    id="reply",
    name="Reply",
    trigger=Trigger(event="message_created", channel="whatsapp", participant_types=frozenset({"contact"})),
    steps=(SendMessage(text="Hello"),),
)
WORKSPACE = Workspace.of(CONFIG, [REPLY])
NOON = datetime(2025, 11, 22, 12, tzinfo=UTC)


def event(
    kind: EventKind, conversation: str | None = "c", by: ParticipantType = "contact", minute: int = 0, **more: object
) -> Event:
    place = {"instance": "whatsapp:+31"} | more
    message = Message(type="text", text="Hi") if kind == "message_created" else None
    at = NOON + timedelta(minutes=minute)
    return Event(event=kind, conversation=conversation, participant=Participant(type=by, id=by), message=message, at=at,
                 **place)  # type: ignore[arg-type]  # fmt: skip


def recorded(*events: Event, **options: object) -> RecordedScenario:
    recording = RecordedScenario(CONFIG, **options)  # type: ignore[arg-type]
    for each in events:
        recording.add(each)
    return recording


def played(recording: RecordedScenario, workspace: Workspace = WORKSPACE) -> ScenarioResult:
    return run_scenario(recording.scenario("x", "X"), workspace, compile_matcher(workspace))


START, HELLO = event("conversation_created"), event("message_created", minute=1)


def test_flows_only_decide() -> None:
    recording = recorded(START, HELLO, event("message_created", by="flow", minute=2))
    result = played(recording, deciding_only(WORKSPACE))
    assert [each.fired for each in result.events] == [(), ("reply",), ()]
    assert result.conversations[0].messages == 2  # as recorded, and none besides


def test_where_flows_act_what_they_wrote_is_not_played_again() -> None:
    recording = recorded(START, HELLO, event("message_created", by="flow", minute=2), without_flows=True)
    assert list(recording.left_out()) == ["left out 1 event of what flows did themselves"]
    assert len(recording.scenario("x", "X").events) == 2


def test_conversations_are_told_apart_and_one_can_be_chosen() -> None:
    events = [START, event("conversation_created", "d"), HELLO, event("message_created", "d")]
    assert list(recorded(*events).conversations) == ["c", "d"]
    assert [each.conversation for each in recorded(*events, only="d").scenario("x", "X").events] == ["d", "d"]
    assert all(each.refusal is None for each in played(recorded(*events)).events)


def test_times_never_go_back() -> None:
    late = [START, event("message_created", minute=5), HELLO, event("message_created", minute=6)]
    recording = recorded(*late)
    assert [each.at for each in recording.scenario("x", "X").events] == [
        NOON + timedelta(minutes=minute) for minute in (0, 5, 5, 6)
    ]
    assert all(each.refusal is None for each in played(recording).events)


def test_what_cannot_be_played_is_left_out() -> None:
    recording = recorded(
        event("message_created", "before"),
        event("message_created", None),
        event("conversation_created", instance="elsewhere"),
        event("conversation_created", instance=None),
        event("conversation_created", channel="email"),
        START,
    )
    assert list(recording.left_out()) == [
        "left out 3 events on no installed instance",
        "left out 1 event of a conversation that was under way when the recording began",
        "left out 1 event of no conversation",
    ]
    assert len(recording.scenario("x", "X").events) == 1


def test_what_came_of_it_is_what_is_expected() -> None:
    recording = recorded(START, START, HELLO)
    scenario = as_expected(recording.scenario("x", "X"), played(recording))
    assert [(each.expect, each.expect_refusal) for each in scenario.events] == [
        ((), None), (None, True), (("reply",), None)]  # fmt: skip
    assert run_scenario(scenario, WORKSPACE, compile_matcher(WORKSPACE)).ok
