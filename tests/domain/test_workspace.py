"""Look-ups over what is installed, and workspaces that differ in one flow."""

import pytest
from tests.strategies import CONFIG

from oncue.domain.events import Event
from oncue.domain.fitting import RuleError
from oncue.domain.flows import Flow
from oncue.domain.triggers import Trigger
from oncue.domain.workspace import Instance, Workspace, WorkspaceConfig

FLOW = Flow(id="a", name="A", trigger=Trigger(event="message_created", channel="whatsapp"))


def test_look_ups() -> None:
    assert list(CONFIG.by_id) == ["wa-1", "wa-2", "mail", "dock"]
    assert CONFIG.by_external_id["whatsapp:+447700900101"].id == "wa-1"
    assert CONFIG.installed_channels == ("whatsapp", "email", "kiosk")
    assert [instance.id for instance in CONFIG.instances_of("whatsapp")] == ["wa-1", "wa-2"]
    assert CONFIG.instances_of("sms") == ()


@pytest.mark.parametrize(
    ("channel", "label"), [("whatsapp", "WhatsApp"), ("kiosk", "Harbour kiosk"), ("intercom", "intercom")]
)
def test_channel_labels(channel: str, label: str) -> None:
    assert CONFIG.channel_label(channel) == label


def test_an_own_label_goes_before_the_catalogue() -> None:
    assert WorkspaceConfig(name="W", channels={"sms": "Text messages"}).channel_label("sms") == "Text messages"


@pytest.mark.parametrize(
    ("stated", "resolved"),
    [
        ("whatsapp:+447700900101", "wa-1"),
        ("wa-2", "wa-2"),
        ("whatsapp:+447700900999", "whatsapp:+447700900999"),
        (None, None),
    ],
)
def test_resolving_an_external_id(stated: str | None, resolved: str | None) -> None:
    event = CONFIG.resolve(Event(event="message_created", channel="whatsapp", instance=stated))
    assert event.instance == event.key.instance == resolved
    assert event.channel == "whatsapp"


@pytest.mark.parametrize(
    ("channel", "instance", "place"),
    [
        (None, "wa-1", ("whatsapp", "wa-1")),
        (None, "whatsapp:+447700900101", ("whatsapp", "wa-1")),
        (None, "gone", (None, "gone")),
        (None, None, (None, None)),
        ("email", "whatsapp:+447700900101", ("email", "wa-1")),
        ("sms", None, ("sms", None)),
    ],
)
def test_the_place_that_an_event_means(
    channel: str | None, instance: str | None, place: tuple[str | None, str | None]
) -> None:
    event = Event(event="message_created", channel=channel, instance=instance)
    resolved = CONFIG.resolve(event)
    assert CONFIG.place(channel, instance) == (resolved.channel, resolved.instance) == place
    assert CONFIG.resolve_key(event.key) == resolved.key
    assert (resolved is event) == (place == (channel, instance))


def test_an_own_id_goes_before_an_external_one() -> None:
    one = Instance(id="a", channel="sms", name="A")
    other = Instance(id="b", channel="sms", name="B", external_ids=("a",))
    event = WorkspaceConfig(name="W", instances=(one, other)).resolve(Event(event="message_created", instance="a"))
    assert event.instance == "a"


@pytest.mark.parametrize(
    ("instances", "what"),
    [
        ((Instance(id="a", channel="sms", name="A"), Instance(id="a", channel="email", name="B")), "instance id 'a'"),
        ((Instance(id="a", channel="sms", name="A", external_ids=("x", "x")),), "external id 'x'"),
        (
            (
                Instance(id="a", channel="sms", name="A", external_ids=("x",)),
                Instance(id="b", channel="sms", name="B", external_ids=("x",)),
            ),
            "external id 'x'",
        ),
    ],
)
def test_names_are_unique(instances: tuple[Instance, ...], what: str) -> None:
    with pytest.raises(RuleError, match=what):
        WorkspaceConfig(name="W", instances=instances)


def test_a_workspace_is_never_changed() -> None:
    empty = Workspace(CONFIG)
    one = empty.with_flow(FLOW)
    assert (list(empty.flows), list(one.flows), list(one.without_flow("a").flows)) == ([], ["a"], [])
    assert one.name == "Test"
    with pytest.raises(KeyError):
        empty.without_flow("a")
