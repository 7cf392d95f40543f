"""The options ``--channel`` and ``--instance``: what they name in a workspace.

Somebody who types a place by hand means one that is in the workspace: any other is a typing error, and is refused with
the nearest. (A recorded event may name anything.)
"""

from collections.abc import Iterable

from oncue.cli.diagnostics import UsageError
from oncue.cli.labels import keys_meant, label_hint
from oncue.domain.installed import channel_hint, foreign_channel, instance_meant
from oncue.domain.workspace import WorkspaceConfig


def channel_named(word: str, known: Iterable[str], config: WorkspaceConfig) -> str:
    """The one of the ``known`` channels that ``word`` names, by its slug or its label. Raises `UsageError`."""
    labels = {channel: config.channel_label(channel) for channel in known}
    match keys_meant(word, labels):
        case [channel]:
            return channel
        case []:
            hint = channel_hint(word, labels) if foreign_channel(word) else label_hint(word, labels)
            raise UsageError(f"--channel: no channel {word!r} here; {hint}")
    raise UsageError(f"--channel: {word!r} is not clear; {label_hint(word, labels)}")


def instance_named(word: str, channel: str | None, config: WorkspaceConfig) -> str:
    """The id, or the external id as it was given, of the instance that ``word`` names. Raises `UsageError`.

    It may go by its name, too. Several of one name are told apart by the ``channel``.
    """
    labels = {each.id: each.name for each in config.instances}
    found = [word] if word in config.by_name else keys_meant(word, labels)
    if len(found) > 1:
        found = [each for each in found if config.by_id[each].channel == channel] or found
    if not found:
        hint = instance_meant(word, config.instances) or label_hint(word, labels)
        raise UsageError(f"--instance: no instance {word!r} here; {hint}")
    if len(found) > 1:
        raise UsageError(
            f"--instance: {word!r} is not clear; {label_hint(word, {each: labels[each] for each in found})}"
        )
    (instance,) = found
    own = config.by_name[instance].channel
    if channel not in (None, own):
        raise UsageError(f"--instance: {instance!r} is on {own!r}, not on {channel!r}")
    return instance
