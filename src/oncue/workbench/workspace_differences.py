"""What differs between two workspaces and is no decision: steps, names, texts, scenarios, settings.

It stands beside the differences of decisions, so that *no event starts other flows* is never read as *nothing changed*.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from oncue.domain.flows import Flow
from oncue.domain.workspace import Instance, Workspace

T = TypeVar("T")


class Other(NamedTuple):
    """Something that differs, in words, and where: ids, or names of keys."""

    what: str
    where: tuple[str, ...]


def other_differences(old: Workspace, new: Workspace, decided_otherwise: Collection[str]) -> tuple[Other, ...]:
    """What differs besides decisions. ``decided_otherwise`` are the flows of which decisions differ, by id."""
    scenarios = _parts("scenario", old.scenarios, new.scenarios)
    found = (*_flows(old, new, decided_otherwise), *_config(old, new), *scenarios)
    return tuple(each for each in found if each.where)


def _flows(old: Workspace, new: Workspace, decided_otherwise: Collection[str]) -> Iterator[Other]:
    yield Other("flows added", _missing(new.flows, old.flows))
    yield Other("flows removed", _missing(old.flows, new.flows))

    def differing(of: Callable[[Flow], object]) -> tuple[str, ...]:
        return _differing(old.flows, new.flows, of)

    started = differing(lambda flow: (flow.enabled, flow.trigger, flow.when))
    alike = tuple(each for each in started if each not in decided_otherwise)
    yield Other("trigger or conditions written otherwise, with the same meaning", alike)
    yield Other("steps changed", differing(lambda flow: flow.steps))
    yield Other("names changed", differing(lambda flow: flow.name))
    yield Other("descriptions changed", differing(lambda flow: flow.description))
    yield Other("tags changed", differing(lambda flow: flow.tags))


def _config(old: Workspace, new: Workspace) -> Iterator[Other]:
    before, after = old.config, new.config
    yield Other("instances added", _missing(after.by_id, before.by_id))
    yield Other("instances removed", _missing(before.by_id, after.by_id))
    kept: tuple[tuple[str, Callable[[Instance], object]], ...] = (
        ("instances on another channel", lambda instance: instance.channel),
        ("external ids changed, by which events find their instance", lambda instance: instance.external_ids),
        ("flows write as somebody else", lambda instance: instance.flows_write_as),
        ("instances renamed", lambda instance: instance.name),
    )
    for what, of in kept:
        yield Other(what, _differing(before.by_id, after.by_id, of))
    yield from _parts("hours", before.hours_by_id, after.hours_by_id, plural="hours")
    yield Other("channel labels changed", _differing_or_missing(before.channels, after.channels))
    settings = [key for key in _fields(before.simulation) if _differs(before.simulation, after.simulation, key)]
    yield Other("simulation settings changed", tuple(settings))
    yield Other("workspace renamed", () if before.name == after.name else (after.name,))


def _parts(noun: str, old: Mapping[str, T], new: Mapping[str, T], plural: str = "") -> Iterator[Other]:
    nouns = plural or f"{noun}s"
    yield Other(f"{nouns} added", _missing(new, old))
    yield Other(f"{nouns} removed", _missing(old, new))
    yield Other(f"{nouns} changed", _differing(old, new, lambda part: part))


def _missing(among: Iterable[str], where: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(each for each in among if each not in where))


def _differing(old: Mapping[str, T], new: Mapping[str, T], of: Callable[[T], object]) -> tuple[str, ...]:
    both = (key for key in old if key in new and old[key] is not new[key])
    return tuple(sorted(key for key in both if of(old[key]) != of(new[key])))


def _differing_or_missing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(key for key in {**old, **new} if old.get(key) != new.get(key)))


def _fields(value: Any) -> tuple[str, ...]:
    return tuple(value.__dataclass_fields__)


def _differs(old: object, new: object, key: str) -> bool:
    return bool(getattr(old, key) != getattr(new, key))
