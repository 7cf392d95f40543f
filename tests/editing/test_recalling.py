"""What a flow had under an event or on a channel comes back with it."""

from collections.abc import Callable

from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig
from oncue.editing import edits
from oncue.editing.recalling import recalled
from oncue.editing.session import Session

TRIGGER = Trigger(
    event="message_created", channel="sms", instance="us", message_types=frozenset({"location"}), participant_types=None
)
FLOW = Flow(id="a", name="A", trigger=TRIGGER)
CONFIG = WorkspaceConfig(
    name="Test",
    instances=(
        Instance(id="us", channel="sms", name="US"),
        Instance(id="eu", channel="sms", name="EU"),
        Instance(id="mail", channel="email", name="Mail"),
        Instance(id="desk", channel="email", name="Desk"),
    ),
)
START = Session.start(Workspace(CONFIG, {"a": FLOW}), "a")


def after(session: Session, flow_id: str, change: Callable[[Workspace], Workspace], recalls: bool = True) -> Session:
    workspace = change(session.workspace)
    if recalls:
        workspace = recalled(session, workspace, flow_id)
    return session.edit("edit", workspace, {flow_id})


def test_types_of_messages_come_back_with_the_event() -> None:
    away = after(START, "a", lambda now: edits.set_event(now, "a", "participant_added"))
    assert away.workspace.flows["a"].trigger.message_types is None
    named = after(away, "a", lambda now: edits.set_name(now, "a", "B"), recalls=False)
    back = after(named, "a", lambda now: edits.set_event(now, "a", "message_created"))
    assert back.workspace.flows["a"].trigger == TRIGGER
    assert back.workspace.flows["a"].name == "B"


def test_the_instance_comes_back_with_the_channel_and_of_each_the_last_one() -> None:
    other = after(START, "a", lambda now: edits.set_instance(now, "a", "eu"), recalls=False)
    mail = after(other, "a", lambda now: edits.set_channel(now, "a", "email"))
    assert mail.workspace.flows["a"].trigger.instance is None
    desk = after(mail, "a", lambda now: edits.set_instance(now, "a", "desk"), recalls=False)
    back = after(desk, "a", lambda now: edits.set_channel(now, "a", "sms"))
    assert back.workspace.flows["a"].trigger.instance == "eu"
    again = after(back, "a", lambda now: edits.set_channel(now, "a", "email"))
    assert again.workspace.flows["a"].trigger.instance == "desk"


def test_a_flow_is_known_by_what_it_is_and_not_by_its_id() -> None:
    away = after(START, "a", lambda now: edits.set_event(now, "a", "participant_added"))
    workspace = edits.rename_flow(away.workspace, "a", "b")
    renamed = away.edit("Rename", workspace, {"a", "b"}, selected="b", derived=("a", "b"))
    back = after(renamed, "b", lambda now: edits.set_event(now, "b", "message_created"))
    assert sorted(back.workspace.flows["b"].trigger.message_types or ()) == ["location"]


def test_an_instance_that_is_gone_does_not_come_back() -> None:
    away = after(START, "a", lambda now: edits.set_channel(now, "a", "email"))
    config = WorkspaceConfig(name="Test", instances=tuple(each for each in CONFIG.instances if each.id != "us"))
    fresh = away.reloaded(Workspace(config, {"a": FLOW}))
    back = after(fresh, "a", lambda now: edits.set_channel(now, "a", "sms"))
    assert back.workspace.flows["a"].trigger.instance != "us"


def test_other_edits_bring_nothing_back() -> None:
    all_types = after(START, "a", lambda now: edits.set_message_types(now, "a", None))
    assert all_types.workspace.flows["a"].trigger.message_types is None
