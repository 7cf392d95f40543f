"""Conditions of few words on few topics, and every state that can make a difference to them, for the laws of analysis.

The states are enumerated without any of the code that searches for them. A law compares: what is called impossible is
shown by none of these states, and what is called possible is shown by the state that comes with it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations, product
from math import prod
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from tests.strategies import CONFIG as INSTALLED

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.states import CONVERSATION, State, Witness, plain_state, witness
from oncue.domain.conditions import When
from oncue.domain.conversations import Conversation
from oncue.domain.events import EventKey, Participant
from oncue.domain.hours import Hours
from oncue.domain.pasts import ServedContacts
from oncue.domain.values import replaced
from oncue.domain.vocabulary import EVENT_KINDS, PARTICIPANT_TYPES
from oncue.matching.conditions import line_verdicts
from oncue.matching.occasions import Known, Occasion

thorough = settings(
    max_examples=int(os.environ.get("ONCUE_EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.too_slow],  # a shared machine has slow moments
)
"""How many examples of each law; ``ONCUE_EXAMPLES=10000`` for a long look."""

OFFICE = Hours(
    id="office",
    timezone="Europe/Amsterdam",
    days=frozenset({"mon", "tue"}),
    from_="09:00",
    to="17:00",
    closed_on=(date(2026, 1, 5),),
)
NIGHT = Hours(id="night", timezone="Europe/Amsterdam", from_="22:00", to="06:00")
TOKYO = Hours(id="tokyo", timezone="Asia/Tokyo", days=frozenset({"mon"}), from_="16:00", to="20:00")
NEVER_BOTH = Hours(id="weekend", timezone="Europe/Amsterdam", days=frozenset({"sat", "sun"}), from_="10:00", to="12:00")
CONFIG = replaced(INSTALLED, hours=(OFFICE, NIGHT, TOKYO, NEVER_BOTH))

TYPES = ("contact", "agent", "flow")
NAMES = ("Jane", "p-1", "Ånna")
some_types = st.frozensets(st.sampled_from(TYPES), min_size=1)
phrases = st.sampled_from(
    ["a", "b", "A b", "a*", "ab", "ab*", "b a", "a-b", "-", "c++", "退", "退*", "退款", "ß", "ss*"]
)


def several(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, min_size=1, max_size=most).map(tuple)


TOPICS: Mapping[str, Mapping[str, st.SearchStrategy[Any]]] = {
    "text": dict.fromkeys(("text_any", "text_all", "text_none", "text_starts"), several(phrases)),
    "person": {"participants": several(st.sampled_from(NAMES))},
    "attributes": {
        "attributes": st.dictionaries(st.sampled_from(["plan", "vip"]), st.sampled_from(["pro", 1, True]), min_size=1)
    },
    "starter": {"started_by": some_types},
    "presence": {"present": some_types, "absent": some_types, "once_per": st.just("contact")},
    "responsible": {"responsible": st.sampled_from(["nobody", "somebody", "Anna", "a-1", "Ben"])},
    "labels": dict.fromkeys(
        ("labels", "without_labels"), several(st.sampled_from(["vip", "spam", "\u00e9", "e\u0301"]))
    ),
    "first_message": {"first_message": st.booleans()},
    "reopened": {"reopened": st.booleans()},
    "time": {
        "during_hours": several(st.sampled_from(["office", "night", "tokyo", "weekend", "gone"])),
        "outside_hours": several(st.sampled_from(["office", "night", "tokyo", "weekend", "gone"])),
        "once_per": st.sampled_from(["conversation", "day"]),
        "cooldown": st.sampled_from(["30s", "2h", "23h", "24h", "25h"]),
    },
}
FLOWS = ("a", "b")

setting_of = st.builds(Setting, st.sampled_from(list(EVENT_KINDS)), st.sampled_from([*PARTICIPANT_TYPES, None]))
likely_settings = st.one_of(st.just(Setting("message_created", "contact")), setting_of)
topics = st.lists(st.sampled_from(list(TOPICS)), min_size=1, max_size=2, unique=True)


@st.composite
def whens(draw: st.DrawFn, about: Sequence[str]) -> When:
    """Conditions of at most four lines on these topics."""
    lines = {key: values for topic in about for key, values in TOPICS[topic].items()}
    keys = draw(st.lists(st.sampled_from(list(lines)), min_size=1, max_size=4, unique=True))
    return When(**{key: draw(lines[key]) for key in keys})


@st.composite
def conditions(draw: st.DrawFn, about: Sequence[str]) -> Conditions:
    return Conditions(draw(st.sampled_from(FLOWS)), draw(whens(about)), CONFIG)


def every_state(setting: Setting, about: Sequence[str], lines: Sequence[Conditions]) -> Iterator[State]:
    """States that are different in what these topics look at; of those that no line of ``lines`` tells apart, one.

    Two topics have millions of states together, and their parts only thousands.
    """
    seen_apart = [_told_apart(setting, topic, lines) for topic in about]
    for parts in product(*seen_apart):
        yield _joined(setting, parts)


def some_states(setting: Setting, about: Sequence[str], most: int) -> list[State]:
    """At most so many of all states, the same ones each time."""
    parts = [_every_part(topic, setting) for topic in about]
    count = prod(map(len, parts))
    found = []
    for number in sorted(Random(5).sample(range(count), min(most, count))):
        chosen = []
        for each in parts:
            number, at = divmod(number, len(each))
            chosen.append(each[at])
        found.append(_joined(setting, chosen))
    return found


def _joined(setting: Setting, parts: Sequence[Mapping[str, Any]]) -> State:
    return plain_state(setting)._replace(**{key: value for part in parts for key, value in part.items()})


def _told_apart(setting: Setting, topic: str, lines: Sequence[Conditions]) -> list[Mapping[str, Any]]:
    """The parts of which some line, of any topic, says something else than of each one before."""
    found: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for part, now in zip(_every_part(topic, setting), _occasions(topic, setting), strict=True):
        verdicts = [
            verdict
            for each in lines
            if each.when is not None
            for verdict in line_verdicts(each.when, now, each.flow_id).values()
        ]
        found.setdefault(tuple(verdicts), part)
    return list(found.values())


@cache
def _every_part(topic: str, setting: Setting) -> list[Mapping[str, Any]]:
    return list(_parts(topic, setting))


@cache
def _occasions(topic: str, setting: Setting) -> list[Occasion]:
    found = []
    for part in _every_part(topic, setting):
        event, known = witness(EventKey(setting.kind, participant_type=setting.who), _joined(setting, [part]))
        found.append(Occasion.of(event, CONFIG, known))
    return found


_TOKENS = ("a", "b", "ab", "abc", "x", "-", "c++", "退", "款", "ss")
TEXTS = tuple(
    dict.fromkeys(
        between.join(tokens) for count in range(4) for tokens in product(_TOKENS, repeat=count) for between in (" ", "")
    )
)
_START = datetime(2025, 12, 28, tzinfo=UTC)
_TIMES = tuple(_START + timedelta(minutes=30 * number) for number in range(48 * 12))
_LAST_START = [timedelta(0), *(timedelta(seconds=s) for s in (1, 29, 30, 7199, 7200, 82800, 86399, 86400, 90000))]


def _parts(topic: str, setting: Setting) -> Iterator[dict[str, Any]]:
    match topic:
        case "text":
            yield from ({"text": text} for text in TEXTS)
        case "person":
            for name, own_id in product((*NAMES, None), repeat=2):
                yield {"participant_name": name, "participant_id": own_id}
        case "attributes":
            values = (None, "pro", 1, True)
            for pair in product(values, repeat=2):
                found = zip(("plan", "vip"), pair, strict=True)
                yield {"attributes": {key: value for key, value in found if value is not None}}
        case "starter":
            kinds = [setting.who] if setting.is_start else list(PARTICIPANT_TYPES)
            yield from ({"started_by": kind} for kind in kinds)
        case "presence":
            there = {setting.who} if setting.is_there else set()
            for others, served in product(_subsets((*TYPES, "bot")), _subsets(FLOWS)):
                yield {"present": frozenset(there | set(others)), "served": frozenset(served)}
        case "responsible":
            people = ((), ("Anna",), ("a-1",), ("Ben",), ("Carl",), ("Anna", "a-1"), ("Ben", "Anna"), ("Ben", "a-1"))
            yield from ({"responsible": each} for each in people)
        case "labels":
            yield from ({"labels": frozenset(each)} for each in _subsets(("vip", "spam", "e\u0301", "x")))
        case "first_message":
            is_contact = setting.is_message and setting.who == "contact"
            unknown = setting.is_message and setting.who is None
            for first in (True, False) if is_contact else (None if unknown else False,):
                yield {"first_message": first}
        case "reopened":
            yield from ({"reopened": each} for each in ((False,) if setting.is_start else (False, True)))
        case "time":
            for number, at in enumerate(_TIMES):
                ago = _LAST_START[number % len(_LAST_START)], _LAST_START[number // 7 % len(_LAST_START)]
                for started in [()] if setting.is_start else _subsets(FLOWS):
                    past = {flow: at - each for flow, each in zip(FLOWS, ago, strict=True) if flow in started}
                    yield {"at": at, "started_before": past}


def _subsets(values: Sequence[str]) -> list[tuple[str, ...]]:
    return [chosen for count in range(len(values) + 1) for chosen in combinations(values, count)]


def conversation_of(witness: Witness) -> Conversation:
    """A conversation in which what the witness says of it is so."""
    event, known = witness.event, witness.known
    who = event.participant
    others = [Participant(type=kind) for kind in sorted(known.present, key=str) if who is None or kind != who.type]  # type: ignore[arg-type]
    itself = [who] if who is not None and who.type in known.present else []
    responsible = None
    if known.responsible:
        responsible = Participant(name=known.responsible[0], id=(*known.responsible, None)[1])
    return Conversation(
        CONVERSATION,
        event.channel or "",
        event.instance or "",
        started=True,
        open=True,
        participants=(*itself, *others),
        responsible=responsible,
        attributes=known.attributes or {},
        started_by=known.started_by,
        first_message=event if known.first_message else None,
        closed_before=bool(known.reopened),
        labels=tuple(known.labels or ()),
        past=known.past,
        served=ServedContacts(known.served),
    )


def is_as_in_a_conversation(witness: Witness) -> bool:
    return Known.of(conversation_of(witness), witness.event) == witness.known
