"""The event that options state."""

from pathlib import Path

import pytest

from oncue.cli.diagnostics import UsageError
from oncue.cli.event_options import EventOptions, event_from
from oncue.domain.events import Event, Message, Participant
from oncue.domain.workspace import Workspace
from oncue.storage.loader import load_workspace


@pytest.fixture
def loaded(workspace: Path) -> Workspace:
    return load_workspace(workspace)


def test_what_is_not_stated_is_unknown(loaded: Workspace) -> None:
    assert event_from(EventOptions(event="participant_added"), loaded) == Event(event="participant_added")


def test_everything(loaded: Workspace) -> None:
    stated = EventOptions("message_created", "whatsapp", "wa-nl", "contact", "Jane", "text", "hi")
    assert event_from(stated, loaded) == Event(
        event="message_created",
        channel="whatsapp",
        instance="wa-nl",
        participant=Participant(type="contact", name="Jane"),
        message=Message(type="text", text="hi"),
    )


def test_a_name_or_a_text_does_not_tell_a_type(loaded: Workspace) -> None:
    event = event_from(EventOptions(event="message_created", name="Jane", text="hi"), loaded)
    assert event.key == ("message_created", None, None, None, None)


@pytest.mark.parametrize("instance", ["wa-nl", "whatsapp:+31"])
def test_an_instance_implies_its_channel(loaded: Workspace, instance: str) -> None:
    event = event_from(EventOptions(event="message_created", instance=instance), loaded)
    assert (event.channel, event.instance) == ("whatsapp", instance)


def test_places_go_by_their_labels(loaded: Workspace) -> None:
    event = event_from(EventOptions(event="message_created", channel="WhatsApp", instance="Support NL"), loaded)
    assert (event.channel, event.instance) == ("whatsapp", "wa-nl")


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (EventOptions(channel="whatsapp", text="x"), "--channel and --text without --event"),
        (
            EventOptions(event="participant_added", message="text"),
            "--message is only for --event message_created, not participant_added",
        ),
        (EventOptions(event="participant_added", text=""), "--text is only for --event message_created"),
        (
            EventOptions(event="message_created", channel="whatsap"),
            "--channel: no channel 'whatsap' here; did you mean 'whatsapp'?",
        ),
        (EventOptions(event="message_created", channel="sms"), "expected one of: whatsapp, email"),
        (
            EventOptions(event="message_created", instance="wa-ln"),
            "--instance: no instance 'wa-ln' here; did you mean 'wa-nl'?",
        ),
        (
            EventOptions(event="message_created", instance="wa-nl", channel="email"),
            "--instance: 'wa-nl' is on 'whatsapp', not on 'email'",
        ),
        (EventOptions(event="message_created", name="a\udcff"), "--name: 'a\\udcff' is not valid text"),
    ],
)
def test_slips_are_refused(loaded: Workspace, stated: EventOptions, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        event_from(stated, loaded)
    assert message in str(refused.value)
