"""The decision table: which events start which flow, in rows that a spreadsheet or a database can look up.

A row holds for all events that agree with it in every column; ``*`` agrees with everything, and ``?`` with what is not
stated. Where a flow has conditions that the key does not decide, its rows say *sometimes*.
"""

from collections.abc import Iterator
from typing import NamedTuple

from oncue.analysis.decisions import WHO
from oncue.domain.vocabulary import MESSAGE_TYPES, in_order
from oncue.exporters.job import Job
from oncue.exporters.rules import Narrowed

ANY, UNSTATED = "*", "?"


class Row(NamedTuple):
    """Events and the flow that they start."""

    flow: str
    event: str
    channel: str
    instance: str
    participant_type: str
    message_type: str
    decision: str


def rows(job: Job) -> Iterator[Row]:
    """The table, in order of flows."""
    for each in job.starting():
        yield from rows_of(each)


def rows_of(narrowed: Narrowed) -> Iterator[Row]:
    """The rows of one flow."""
    flow, decided = narrowed.flow, narrowed.decided
    trigger = flow.trigger
    messages = [ANY] if trigger.message_types is None else in_order(trigger.message_types, MESSAGE_TYPES)
    for decision, whos in (("always", decided.always), ("sometimes", decided.sometimes)):
        types = [who or UNSTATED for who in WHO if who in whos]
        if narrowed.whos is None and len(types) == len(WHO):
            types = [ANY]
        for who in types:
            for what in messages:
                yield Row(flow.id, trigger.event, trigger.channel, trigger.instance or ANY, who, what, decision)
