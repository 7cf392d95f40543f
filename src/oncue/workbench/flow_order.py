"""The orders in which flows can be listed, with numbers in names counted as people count: *2* before *10*."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.workspace import WorkspaceConfig

Order = Literal["name", "event", "channel", "state"]


class OrderTerm(NamedTuple):
    """An order as people read it."""

    label: str
    help: str


ORDERS: Mapping[Order, OrderTerm] = {
    "name": OrderTerm("Name", "numbers as people count"),
    "event": OrderTerm("Event", "created, joined, left, message"),
    "channel": OrderTerm("Channel", "and then the instance"),
    "state": OrderTerm("State", "those that are on first"),
}

_EVENTS = list(EVENT_KINDS)


def natural(text: str) -> list[tuple[int, str]]:
    """A key that sorts ``text`` with its numbers by their size."""
    # A number is compared by its length and then its digits: no limit of Python's on conversions is in the way.
    parts = re.split(r"([0-9]+)", text.casefold())
    return [(len(part.lstrip("0")), part.lstrip("0")) if at % 2 else (0, part) for at, part in enumerate(parts)]


def order_key(order: Order, config: WorkspaceConfig) -> Callable[[Flow], Any]:
    """The key that sorts flows in ``order``; what is alike in it is in order of name, then id."""

    def by_name(flow: Flow) -> tuple[Any, ...]:
        return natural(flow.name), flow.id

    def by_event(flow: Flow) -> tuple[Any, ...]:
        return _EVENTS.index(flow.trigger.event), by_name(flow)

    def by_channel(flow: Flow) -> tuple[Any, ...]:
        return config.channel_label(flow.trigger.channel).casefold(), flow.trigger.instance or "", by_name(flow)

    def by_state(flow: Flow) -> tuple[Any, ...]:
        return not flow.enabled, by_name(flow)

    return {"name": by_name, "event": by_event, "channel": by_channel, "state": by_state}[order]
