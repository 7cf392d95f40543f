"""Find who takes part, who is there and who is responsible, for lines about people."""

from collections.abc import Iterable
from itertools import combinations, product
from unicodedata import normalize

from oncue.analysis.literals import Facts, LineLiteral, Setting, wanted_of
from oncue.domain.conditions import NOBODY, SOMEBODY
from oncue.domain.conversations import same_text
from oncue.domain.vocabulary import PARTICIPANT_TYPES

_NAMES = ("Jane", "Alex", "Robin", "Kim")
"""What somebody is called, where that does not matter; with a number, if a line excludes all of them."""


def solve_person(_: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The name of the participant, and the id where lines ask for two."""
    wanted, unwanted = wanted_of(literals, "participants", True), wanted_of(literals, "participants", False)
    excluded = {normalize("NFC", name) for names in unwanted for name in names}

    def listed(name: str, names: tuple[str, ...], is_id: bool) -> bool:
        return name in names if is_id else any(same_text(name, each) for each in names)

    if not wanted:
        return {"participant_name": _other_name(excluded)}
    offered = [name for names in wanted for name in names]
    allowed = list(dict.fromkeys(name for name in offered if not any(listed(name, each, False) for each in unwanted)))
    for name in allowed:
        if all(listed(name, names, False) for names in wanted):
            return {"participant_name": name}
    ids = [name for name in dict.fromkeys(offered) if not any(name in names for names in unwanted)]
    for name, own_id in product((*allowed, None), ids):
        if all((name is not None and listed(name, names, False)) or own_id in names for names in wanted):
            return {"participant_name": name or _other_name(excluded), "participant_id": own_id}
    return None


def _other_name(excluded: set[str]) -> str:
    numbered = (f"Jane {number}" for number in range(2, len(excluded) + 3))
    return next(name for name in (*_NAMES, *numbered) if name not in excluded)


def solve_starter(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The type of who started the conversation: whoever the event is about, where it is that start."""
    choices = [setting.who] if setting.is_start else list(PARTICIPANT_TYPES)
    for kind in choices:
        if all((kind in each.wanted) is each.holds for each in literals):
            return {"started_by": kind}
    return None


def solve_presence(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The types of all who are there, and for which flows the contact has been served.

    Who is there is the fewest that it takes. How often a flow starts for a contact can only be known where it is clear
    who the contact is: the one whom the event is about, or else the only one there.
    """
    limits = {
        holds: {each.flow_id for each in literals if each.key == "once_per" and each.holds is holds}
        for holds in (True, False)
    }
    if limits[True] & limits[False]:
        return None
    required = {kind for types in wanted_of(literals, "present", True) for kind in types}
    if setting.is_there and setting.who is not None:
        required.add(setting.who)
    if limits[True] and setting.who != "contact":
        required.add("contact")
    forbidden = {kind for types in wanted_of(literals, "absent", True) for kind in types}
    if required & forbidden:
        return None
    lacking, having = wanted_of(literals, "present", False), wanted_of(literals, "absent", False)
    free = [kind for kind in PARTICIPANT_TYPES if kind not in required | forbidden]
    for count in range(len(free) + 1 if lacking or having else 1):
        for more in combinations(free, count):
            there = frozenset(required.union(more))
            if not any(types <= there for types in lacking) and all(types & there for types in having):
                return {"present": there, "served": frozenset(limits[False])}
    return None


def solve_responsible(_: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The name of who is responsible, and the id where lines ask for two; nothing if nobody is."""
    wanted, unwanted = wanted_of(literals, "responsible", True), wanted_of(literals, "responsible", False)
    names = _distinct(each for each in wanted if each not in (NOBODY, SOMEBODY))
    excluded = {normalize("NFC", each) for each in unwanted if each not in (NOBODY, SOMEBODY)}
    somebody = bool(names) or SOMEBODY in wanted or NOBODY in unwanted
    nobody = NOBODY in wanted or SOMEBODY in unwanted
    if (somebody and nobody) or len(names) > 2 or any(normalize("NFC", each) in excluded for each in names):
        return None
    return {"responsible": names or ((_other_name(excluded),) if somebody else ())}


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names that do not read the same."""
    by_reading: dict[str, str] = {}
    for each in names:
        by_reading.setdefault(normalize("NFC", each), each)
    return tuple(by_reading.values())
