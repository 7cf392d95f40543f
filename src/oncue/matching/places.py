"""The place that an event states, held against what is installed: is the event itself at fault?

A trigger can only be as right as the event. One that is on a channel that nobody installed, on an instance that nobody
knows, or on an instance of another channel is explained as such, once, before any flow is blamed. What the event was
probably meant to say is looked up, by id, name, external id and the numbers in them. Two numbers are the same if one
ends with the other, as a national number does, and never because they look alike: the next one is somebody else's.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from oncue.domain.rules import is_slug
from oncue.domain.vocabulary import CHANNEL_LABELS
from oncue.domain.workspace import Instance, WorkspaceConfig
from oncue.suggestions import nearest
from oncue.text import first, listed

Fault = Literal["not-a-slug", "unknown-channel", "unknown-instance", "contradiction"]

_NAMED = 6
"""Ids that are listed where none of them is likely to be meant."""
_LIKELY = 3
"""Instances that are named where each of them is likely to be meant."""
_SHORTEST = 4
"""Characters of a name that may be looked for within another one."""
_NUMBER = re.compile(r"\d{6,}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ ()./-]+(?=\d)")


class PlaceFinding(NamedTuple):
    """What is wrong with the place that an event states, in words.

    ``meant`` are slugs of installed channels, or ids of installed instances, that were probably meant.
    """

    fault: Fault
    words: str
    meant: tuple[str, ...] = ()


def is_sound(channel: str | None, instance: str | None, config: WorkspaceConfig) -> bool:
    """Whether nothing is wrong with a place: whether it has no `place_findings`, which take longer."""
    found = config.by_name.get(instance)
    if found is None and instance is not None:
        return False
    if channel is None:
        return True
    return channel in config.installed_channels if found is None else found.channel == channel


def place_findings(channel: str | None, instance: str | None, config: WorkspaceConfig) -> tuple[PlaceFinding, ...]:
    """What is wrong with the place that an event states, with its channel first; nothing if all is well."""
    if is_sound(channel, instance, config):
        return ()
    found = config.by_name.get(instance)
    findings = []
    if channel is not None and channel not in config.installed_channels:
        findings.append(_channel_finding(channel, found, config))
    elif found is not None:
        words = f"the event contradicts itself: {found.id!r} is on {found.channel!r}, not on {channel!r}"
        findings.append(PlaceFinding("contradiction", words))
    if found is None and instance is not None:
        findings.append(_instance_finding(channel, instance, config))
    return tuple(findings)


def _channel_finding(channel: str, instance: Instance | None, config: WorkspaceConfig) -> PlaceFinding:
    slug = is_slug(channel)
    words = f"no channel {channel!r} is installed here" if slug else f"{channel!r} is not the slug of a channel"
    fault: Fault = "unknown-channel" if slug else "not-a-slug"
    if meant := _meant_channel(channel, config):
        return PlaceFinding(fault, f"{words}; did you mean {meant!r}?", (meant,))
    if instance is not None:
        return PlaceFinding(fault, f"{words}; {instance.id!r} is on {instance.channel!r}", (instance.channel,))
    installed = list(config.installed_channels)
    return PlaceFinding(fault, f"{words}; {_choices('installed', installed)}")


def _meant_channel(channel: str, config: WorkspaceConfig) -> str | None:
    plain = _plain(channel)
    for slug in config.installed_channels:
        if plain and plain in (_plain(slug), _plain(config.channel_label(slug))):
            return slug
    if plain in map(_plain, CHANNEL_LABELS):
        return None  # another channel, and no slip of the pen
    return nearest(channel, config.installed_channels)


def _instance_finding(channel: str | None, stated: str, config: WorkspaceConfig) -> PlaceFinding:
    own = config.instances_of(channel) if channel is not None else ()
    nothing = f"no instance is called {stated!r}"
    if alike := list(_alike(stated, own)) or list(_alike(stated, config.instances)):
        alike = alike[:_LIKELY]
        words = f"{nothing}; {listed([reason for _, reason in alike])}{_remedy(alike[0][0], len(alike), own)}"
        return PlaceFinding("unknown-instance", words, tuple(each.id for each, _ in alike))
    ids = [each.id for each in own or config.instances]
    # Of two ids with different numbers neither is a misspelling of the other.
    if near := nearest(stated, [each for each in ids if _digits(each) == _digits(stated)]):
        return PlaceFinding("unknown-instance", f"{nothing}; did you mean {near!r}?", (near,))
    there = f"{config.channel_label(own[0].channel)} has" if own else "installed"
    return PlaceFinding("unknown-instance", f"{nothing}; {_choices(there, ids)}")


def _choices(there: str, names: list[str]) -> str:
    return f"{there}: {first(names, _NAMED)}" if names else "nothing is installed"


def _remedy(instance: Instance, count: int, own: tuple[Instance, ...]) -> str:
    """What to do if an instance that is alike is meant, which is one of its channel's ``own`` or of another channel."""
    if own and instance not in own:
        return f", on {instance.channel!r} and not on {own[0].channel!r}" if count == 1 else ", on other channels"
    if count > 1:
        return ": add the name to the external_ids of the one that is meant"
    return ": if that is meant, add the name to its external_ids"


def _alike(stated: str, instances: tuple[Instance, ...]) -> Iterator[tuple[Instance, str]]:
    """The instances that are probably meant, each with the reason."""
    plain = _plain(stated)
    for each in instances:
        if plain and plain == _plain(each.id):
            yield each, f"there is {each.id!r}"
        elif plain and plain == _plain(each.name):
            yield each, f"{each.id!r} is named {each.name!r}"
        elif (external := next((name for name in each.external_ids if _same_name(stated, name)), None)) is not None:
            yield each, f"{each.id!r} has {external!r}"


def _same_name(one: str, other: str) -> bool:
    """Whether one of two names contains the other, or a number in one is a number in the other."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    if len(short) >= _SHORTEST and short in long:
        # Of a longer number it would be a part by chance, and a name that ends in a number could be another one.
        at = long.index(short)
        before, after = long[at - 1 : at], long[at + len(short) :][:1]
        return not (short[0].isdigit() and before.isdigit()) and not (short[-1].isdigit() and after.isdigit())
    pairs = ((mine, theirs) for mine in _numbers(one) for theirs in _numbers(other))
    return any(mine.endswith(theirs) or theirs.endswith(mine) for mine, theirs in pairs)


def _numbers(name: str) -> list[str]:
    """The long numbers in a name, as telephones and accounts have them, without what groups their digits."""
    return [found.lstrip("0") for found in _NUMBER.findall(_BETWEEN_DIGITS.sub("", name))]


def _digits(name: str) -> list[str]:
    return re.findall(r"\d+", name)


def _plain(name: str) -> str:
    """A name without case, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())
