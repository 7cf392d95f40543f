"""The event that the options of ``oncue match`` describe.

What is not stated stays unknown, except the channel of an instance, of which there is only one.
"""

from typing import NamedTuple

from oncue.cli.diagnostics import UsageError
from oncue.cli.places import channel_named, instance_named
from oncue.domain.events import Event, Message, Participant
from oncue.domain.workspace import Workspace
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
    channel, instance = _place(options, workspace)
    return Event(
        event=options.event,  # type: ignore[arg-type]  # click let nothing else through; pydantic looks again
        channel=channel,
        instance=instance,
        participant=_participant(options),
        message=_message(options),
    )


def _check_combination(options: EventOptions) -> None:
    if options.event is None:
        raise UsageError(f"{listed(options.names)} without --event; say what happened, such as --event message_created")
    about_message = [option for option in options.names if option in ("--message", "--text")]
    if about_message and options.event != "message_created":
        raise UsageError(f"{listed(about_message)} is only for --event message_created, not {options.event}")


def _place(options: EventOptions, workspace: Workspace) -> tuple[str | None, str | None]:
    """The channel and the instance."""
    config, channel, instance = workspace.config, options.channel, options.instance
    if channel is not None:
        used = (flow.trigger.channel for flow in workspace.flows.values())
        channel = channel_named(channel, dict.fromkeys((*config.installed_channels, *used)), config)
    if instance is None:
        return channel, None
    instance = instance_named(instance, channel, config)
    return config.by_name[instance].channel, instance


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
