import shlex

from tests import strategies

from oncue.domain.events import Event, Message, Participant
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.workbench.copying import copyable
from oncue.workbench.state import State


def test_what_there_is_to_copy() -> None:
    workspace, flow_id = edits.new_flow(Workspace(strategies.CONFIG, {}), "Welcome")
    state = State.start(Session.start(workspace, flow_id))
    found = {each.label: each.text for each in copyable(state, "a b")}
    assert found["Id"] == "welcome"
    assert found["Sentence"].startswith("When ")
    assert "Transcript" not in found
    said = Message(type="text", text="it's me")
    for event in (
        Event(event="conversation_created"),
        Event(event="message_created", participant=Participant(type="contact"), message=said),
    ):
        state = state.simulating(lambda simulator, event=event: simulator.sent(event))  # type: ignore[misc]
    found = {each.label: each.text for each in copyable(state, "a b")}
    assert len(found["Transcript"].splitlines()) >= 2
    words = shlex.split(found["Command"])
    assert words[:5] == ["oncue", "match", "a b", "--event", "message_created"]
    assert words[-3:] == ["--text", "it's me", "--explain"]
