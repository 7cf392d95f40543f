"""Which conditions would keep a flow from starting on an event that starts it now.

First of a list of which one value is enough, the value that the event has, if others are left. Then facts about the
conversation that are the usual reasons to keep quiet: the flow has started before, somebody is responsible, an agent is
there, the office is closed. There are never more than `MOST`, the likeliest first. No phrase of the text is proposed
for ``text_none``: which one is meant is anybody's guess.

Each change is held against the event by the predicate itself, so that none is offered which would not do.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from oncue.domain.conditions import NOBODY
from oncue.domain.flows import Flow
from oncue.matching.conditions import LINES, hours_at
from oncue.matching.line_changes import LineChange, changed_line
from oncue.matching.occasions import Occasion

MOST = 3
"""How many conditions are proposed at most."""


def narrowings(flow: Flow, now: Occasion) -> list[LineChange]:
    """Changes of conditions after each of which ``flow``, which runs, would not; the likeliest first."""
    values = (*_lists_cut(flow, now), *_usual_reasons(flow, now))
    changes = (changed_line(key, value, flow.when, "less") for key, value in values)
    return [change for change in changes if change is not None and change.verdict(now, flow.id) is False]


def _lists_cut(flow: Flow, now: Occasion) -> Iterator[tuple[str, Any]]:
    """The lists of which one value is enough, without those that the event has."""
    for key in ("text_any", "text_starts", "participants", "started_by", "during_hours"):
        written = (flow.when and getattr(flow.when, key)) or ()
        rest = [each for each in written if LINES[key]((each,), now, flow.id) is False]
        if rest:
            yield key, frozenset(rest) if isinstance(written, frozenset) else tuple(rest)


def _usual_reasons(flow: Flow, now: Occasion) -> Iterator[tuple[str, Any]]:
    """Why flows are kept quiet in conversations such as this one, where the flow asks for nothing of the kind."""
    known, who = now.known, now.event.participant
    asks = frozenset(flow.when.lines if flow.when else ())
    kind = who.type if who else None
    if "once_per" not in asks:
        again = (each for each in ("conversation", "contact") if LINES["once_per"](each, now, flow.id) is False)
        yield from (("once_per", each) for each in islice(again, 1))
    if known.responsible:
        if "responsible" not in asks:
            yield "responsible", NOBODY
    elif "agent" in known.present and kind != "agent":
        yield from _added(flow, "absent", {"agent"})
    if now.event.event == "message_created" and kind == "contact" and "first_message" not in asks:
        yield "first_message", True
    yield from _other_hours(flow, now)
    if known.labels and len(known.labels) == 1:
        yield from _added(flow, "without_labels", tuple(known.labels))
    if known.reopened and "reopened" not in asks:
        yield "reopened", False


def _added(flow: Flow, key: str, values: Any) -> Iterator[tuple[str, Any]]:
    written = flow.when and getattr(flow.when, key)
    if not written:
        yield key, frozenset(values) if isinstance(values, set) else values
    elif isinstance(values, set):
        yield key, written | values
    else:
        yield key, (*written, *values)


def _other_hours(flow: Flow, now: Occasion) -> Iterator[tuple[str, Any]]:
    """Outside the hours that run, or during those of the workspace if it has but one and they do not."""
    running = hours_at(now)
    asks = flow.when.lines if flow.when else ()
    if len(running) == 1:
        yield from _added(flow, "outside_hours", tuple(running))
    elif len(now.config.hours) == 1 and not running and "during_hours" not in asks:
        yield "during_hours", (now.config.hours[0].id,)
