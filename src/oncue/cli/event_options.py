"""The event that the options of ``oncue match`` describe.

Somebody who types an event by hand means what is in the workspace: an unknown instance or channel is a typing error and
is refused with the nearest name. (A recorded event may name anything.) What is not stated stays unknown, except the
channel of an instance, of which there is only one.
"""

from typing import NamedTuple

from oncue.cli.diagnostics import UsageError
from oncue.domain.events import Event, Message, Participant
from oncue.domain.installed import channel_hint, instance_hint
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.text import listed


class EventOptions(NamedTuple):
    """The values of the options; ``None`` for one that was not given."""

    event: str | None = None
    channel: str | None = None
    instance: str | None = None
    participant: str | None = None
    name: str | None = None
    message: str | None = None
    text: str | None = None

    @property
    def names(self) -> list[str]:
        """The options that were given: ``--event`` and so on."""
        return [f"--{option}" for option, value in self._asdict().items() if value is not None]


def event_from(options: EventOptions, workspace: Workspace) -> Event:
    """The event that ``options`` describe, or `UsageError`."""
    _check_combination(options)
    for name, value in options._asdict().items():
        if value is not None and not _is_unicode(value):
            raise UsageError(f"--{name}: {value!r} is not valid text in this locale's encoding")
    channel = _channel(options, workspace)
    return Event(
        event=options.event,  # type: ignore[arg-type]  # click let nothing else through; pydantic looks again
        channel=channel,
        instance=options.instance,
        participant=_participant(options),
        message=_message(options),
    )


def _check_combination(options: EventOptions) -> None:
    if options.event is None:
        raise UsageError(f"{listed(options.names)} without --event; say what happened, such as --event message_created")
    about_message = [option for option in options.names if option in ("--message", "--text")]
    if about_message and options.event != "message_created":
        raise UsageError(f"{listed(about_message)} is only for --event message_created, not {options.event}")


def _channel(options: EventOptions, workspace: Workspace) -> str | None:
    config = workspace.config
    if options.channel is not None:
        used = (flow.trigger.channel for flow in workspace.flows.values())
        known = dict.fromkeys((*config.installed_channels, *used))
        if options.channel not in known:
            raise UsageError(f"--channel: no channel {options.channel!r} here; {channel_hint(options.channel, known)}")
    if options.instance is None:
        return options.channel
    own = _channel_of(options.instance, config)
    if options.channel not in (None, own):
        raise UsageError(f"--instance: {options.instance!r} is on {own!r}, not on {options.channel!r}")
    return own


def _channel_of(instance: str, config: WorkspaceConfig) -> str:
    found = config.by_name.get(instance)
    if found is None:
        raise UsageError(f"--instance: no instance {instance!r} here; {instance_hint(instance, config)}")
    return found.channel


def _participant(options: EventOptions) -> Participant | None:
    if options.participant is None and options.name is None:
        return None
    return Participant(type=options.participant, name=options.name)  # type: ignore[arg-type]  # as above


def _message(options: EventOptions) -> Message | None:
    if options.message is None and options.text is None:
        return None
    return Message(type=options.message, text=options.text)  # type: ignore[arg-type]  # as above


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
