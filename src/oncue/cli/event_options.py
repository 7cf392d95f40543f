"""The one event that the options of ``oncue match`` state.

Somebody who types an event by hand means something that is there: an instance or a channel that this
workspace does not know is a slip and is refused with the nearest name. (A captured event may name anything.)
What is not stated stays unknown, but for the channel of an instance, of which there is only one.
"""

from typing import NamedTuple

from oncue.cli.diagnostics import UsageError
from oncue.domain.events import Event, Message, Participant
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import did_you_mean
from oncue.text import listed


class Stated(NamedTuple):
    """The options as they were given; ``None`` is one that was not."""

    event: str | None = None
    channel: str | None = None
    instance: str | None = None
    participant: str | None = None
    name: str | None = None
    message: str | None = None
    text: str | None = None

    @property
    def given(self) -> list[str]:
        """The options that were given, as they are written."""
        return [f"--{option}" for option, value in self._asdict().items() if value is not None]


def event_from(stated: Stated, workspace: Workspace) -> Event:
    """The event that ``stated`` describes, or `UsageError`."""
    _refuse_half_an_event(stated)
    for option, value in stated._asdict().items():
        if value is not None and not _is_unicode(value):
            raise UsageError(f"--{option}: {value!r} is not valid text in this locale's encoding")
    channel = _channel(stated, workspace)
    return Event(
        event=stated.event,  # type: ignore[arg-type]  # click let nothing else through; pydantic looks again
        channel=channel,
        instance=stated.instance,
        participant=_participant(stated),
        message=_message(stated),
    )


def _refuse_half_an_event(stated: Stated) -> None:
    if stated.event is None:
        raise UsageError(f"{listed(stated.given)} without --event; say what happened, such as --event message_created")
    about_message = [option for option in stated.given if option in ("--message", "--text")]
    if about_message and stated.event != "message_created":
        raise UsageError(f"{listed(about_message)} is only for --event message_created, not {stated.event}")


def _channel(stated: Stated, workspace: Workspace) -> str | None:
    config = workspace.config
    if stated.channel is not None:
        used = (flow.trigger.channel for flow in workspace.flows.values())
        known = dict.fromkeys((*config.installed_channels, *used))
        if stated.channel not in known:
            raise UsageError(f"--channel: no channel {stated.channel!r} here; {did_you_mean(stated.channel, known)}")
    if stated.instance is None:
        return stated.channel
    own = _channel_of(stated.instance, config)
    if stated.channel not in (None, own):
        raise UsageError(f"--instance: {stated.instance!r} is on {own!r}, not on {stated.channel!r}")
    return own


def _channel_of(instance: str, config: WorkspaceConfig) -> str:
    found = config.by_name.get(instance)
    if found is None:
        known = (*config.by_id, *config.by_external_id)
        raise UsageError(f"--instance: no instance {instance!r} here; {did_you_mean(instance, known)}")
    return found.channel


def _participant(stated: Stated) -> Participant | None:
    if stated.participant is None and stated.name is None:
        return None
    return Participant(type=stated.participant, name=stated.name)  # type: ignore[arg-type]  # as above


def _message(stated: Stated) -> Message | None:
    if stated.message is None and stated.text is None:
        return None
    return Message(type=stated.message, text=stated.text)  # type: ignore[arg-type]  # as above


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
