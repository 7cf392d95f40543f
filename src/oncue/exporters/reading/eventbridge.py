"""EventBridge: flows of the rules of a CloudFormation template, or of one event pattern."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from oncue.domain.fitting import RuleError
from oncue.domain.triggers import Trigger
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.exporters.reading.found import Found, NotUnderstoodError, Reading, is_list_of, table

_ABSENT = {"exists": False}
_OUTER = ("source", "detail-type", "detail", "replay-name")
_DETAIL = ("channel", "instance", "participant", "message")


def read(content: Any, reading: Reading) -> Found:
    """A flow for each rule, or several where a rule names several events, channels or instances."""
    template = table(content, "the file")
    resources = template.get("Resources")
    if not isinstance(resources, dict):
        resources = {"pattern": {"Type": "AWS::Events::Rule", "Properties": {"EventPattern": template}}}
    for name, resource in resources.items():
        if not isinstance(resource, dict) or resource.get("Type") != "AWS::Events::Rule":
            reading.note(name, "no rule of EventBridge")
            continue
        properties = table(resource.get("Properties", {}), name)
        own = str(properties.get("Name", name))
        label, _, description = str(properties.get("Description", "")).partition(": ")
        fields = {"name": label.strip() or own, "description": description}
        try:
            triggers = _triggers(properties.get("EventPattern"), own, reading)
            reading.add(own, triggers, enabled=properties.get("State", "ENABLED") != "DISABLED", **fields)
        except (NotUnderstoodError, RuleError) as error:
            reading.note(own, str(error))
            continue
        if properties.get("Targets"):
            reading.note(own, "its targets are no steps")
    return reading.done()


def _triggers(pattern: Any, name: str, reading: Reading) -> list[Trigger]:
    if not isinstance(pattern, dict):
        raise NotUnderstoodError("it has no event pattern")
    detail = pattern.get("detail", {})
    _only(pattern, _OUTER, "")
    _only(detail, _DETAIL, "detail.")
    kinds = _values(pattern, "detail-type", EVENT_KINDS)
    channels = _values(detail, "channel", None)
    if kinds is None or channels is None:
        raise NotUnderstoodError("a flow listens to events of a channel; the pattern has to name both")
    whos = _types(detail, "participant", PARTICIPANT_TYPES, name, reading)
    whats = _types(detail, "message", MESSAGE_TYPES, name, reading)
    instances = _instances(detail, reading)
    return [
        Trigger(
            event=kind,  # type: ignore[arg-type]  # looked up
            channel=channel,
            instance=instance,
            participant_types=whos,  # type: ignore[arg-type]
            message_types=whats if kind == "message_created" else None,  # type: ignore[arg-type]
        )
        for kind, channel, instance in product(kinds, channels, instances)
        if instance is None or reading.config.by_id[instance].channel == channel
    ]


def _only(part: Any, known: tuple[str, ...], prefix: str) -> None:
    if not isinstance(part, dict):
        raise NotUnderstoodError(f"{prefix or 'the pattern'} has to be an object")
    for key in part:
        if key not in known:
            raise NotUnderstoodError(f"{prefix}{key} is nothing that a trigger looks at")


def _values(part: Mapping[str, Any], key: str, known: Mapping[Any, Any] | None) -> list[str] | None:
    """The texts that a field may have; ``None`` if there are none of it."""
    if key not in part:
        return None
    if not is_list_of(str, part[key]) or not part[key]:
        raise NotUnderstoodError(f"{key} is not a list of texts; operators are not understood")
    for each in part[key]:
        if known is not None and each not in known:
            raise NotUnderstoodError(f"{key} has {each!r}, which is not known here")
    return list(part[key])


def _types(
    detail: Mapping[str, Any], key: str, known: Mapping[Any, Any], name: str, reading: Reading
) -> frozenset[str] | None:
    part = detail.get(key)
    if part is None:
        return None
    _only(part, ("type",), f"detail.{key}.")
    types = part.get("type")
    if isinstance(types, list) and _ABSENT in types:
        reading.note(name, f"detail.{key}.type may be missing, which no trigger can say; it has to be there now")
        part = {"type": [each for each in types if each != _ABSENT]}
    values = _values(part, "type", known)
    return None if values is None else frozenset(values)


def _instances(detail: Mapping[str, Any], reading: Reading) -> list[str | None]:
    stated = _values(detail, "instance", None)
    if stated is None:
        return [None]
    found = [reading.config.by_name.get(each) for each in stated]
    if None in found:
        raise NotUnderstoodError(f"{stated[found.index(None)]!r} is no instance of the workspace")
    return list(dict.fromkeys(each.id for each in found if each is not None))
