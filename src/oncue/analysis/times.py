"""Find a time, and the flows' past, for which hours, *once per …* and *cooldown* hold or do not.

For a moment it is decided exactly whether each flow can have started when it must: every line asks that its last start
be so long ago, or less, or on the same day, or not, which leaves a range of seconds. Which moments there are is in
`oncue.analysis.calendars`.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta, tzinfo
from math import inf

from oncue.analysis.calendars import Moment, calendar
from oncue.analysis.literals import Facts, LineLiteral, Setting
from oncue.analysis.texts import UndecidedError
from oncue.domain.durations import duration_of
from oncue.domain.hours import Hours
from oncue.matching.conditions import zone_of

_USUAL = 60
"""Seconds since the last start of a flow, where that does not matter."""


def solve_time(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """A moment, and when flows started last in the conversation."""
    within = [each for each in literals if each.key in ("during_hours", "outside_hours")]
    past = [each for each in literals if each.key not in ("during_hours", "outside_hours")]
    hours = _hours_of(within)
    zones = tuple(dict.fromkeys(zone_of(each.config) for each in past if each.wanted == "day"))
    for moment in calendar(hours, zones):
        if all(_lies(each, moment, hours) is each.holds for each in within):
            starts = _past(setting, past, moment, zones)
            if starts is not None:
                return {"at": moment.at, "started_before": starts}
    if len(zones) > 1:
        raise UndecidedError  # days of two zones: no single moment is the earliest for both
    return None


def _hours_of(within: Iterable[LineLiteral]) -> tuple[Hours, ...]:
    """All hours that lines name, as they are in the workspace of each; an id may mean two different hours."""
    named = (each.config.hours_by_id.get(hours_id) for each in within for hours_id in each.wanted)
    return tuple(dict.fromkeys(hours for hours in named if hours is not None))


def _lies(line: LineLiteral, moment: Moment, hours: tuple[Hours, ...]) -> bool:
    """Whether the line holds. Hours that do not exist are not known, so that nothing lies surely outside of them."""
    named = [line.config.hours_by_id.get(each) for each in line.wanted]
    known = [each for each in named if each is not None]
    is_within = any(moment.within >> hours.index(each) & 1 for each in known)
    return is_within if line.key == "during_hours" else not is_within and len(known) == len(named)


def _past(
    setting: Setting, literals: list[LineLiteral], moment: Moment, zones: tuple[tzinfo, ...]
) -> Mapping[str, object] | None:
    """When each flow that must have started did so; ``None`` if one cannot have."""
    starts = {}
    for flow_id in dict.fromkeys(each.flow_id for each in literals):
        lines = [each for each in literals if each.flow_id == flow_id]
        if all(each.holds for each in lines):
            continue  # it has not started yet
        ago = None if setting.is_start else _ago(lines, moment, zones)
        if ago is None:
            return None
        starts[flow_id] = moment.at - timedelta(seconds=ago)
    return starts


def _ago(lines: list[LineLiteral], moment: Moment, zones: tuple[tzinfo, ...]) -> int | None:
    """How many seconds ago the flow started last, which it did."""
    least, most = 0, inf
    for line in lines:
        if line.key == "cooldown":
            length = int((duration_of(line.wanted) or timedelta()).total_seconds())
            least, most = (max(least, length), most) if line.holds else (least, min(most, length - 1))
        elif line.wanted == "day":
            passed = moment.passed[zones.index(zone_of(line.config))]
            least, most = (max(least, passed + 1), most) if line.holds else (least, min(most, passed))
        elif line.holds:
            return None
    return None if least > most else int(max(least, min(most, _USUAL)))
