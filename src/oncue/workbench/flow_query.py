"""The language of the flows' filter: words, which may stand anywhere, and terms that say where.

``tag:vip channel:sms event:joined step:note`` look in one place each; ``unsaved``, ``problem`` and ``off`` are states.
All of it has to hold. What was only half typed (``tag:``) asks for nothing yet, so the list does not jump.
"""

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple, get_args

from oncue.domain.flows import Flow
from oncue.domain.steps import STEP_TYPES
from oncue.domain.values import fields_of
from oncue.domain.vocabulary import EVENT_KINDS
from oncue.domain.workspace import WorkspaceConfig
from oncue.workbench.event_look import EVENT_LOOKS

Place = Literal["tag", "channel", "event", "step"]
State = Literal["unsaved", "problem", "off"]

_STATES: Mapping[str, State] = {
    "unsaved": "unsaved",
    "problem": "problem",
    "problems": "problem",
    "off": "off",
    "disabled": "off",
}

HELP = "words, tag: channel: event: step: unsaved problem off"
"""What can be written, in a line."""


class Query(NamedTuple):
    """What a filter asks for; all of it in lower case."""

    words: tuple[str, ...] = ()
    places: tuple[tuple[Place, str], ...] = ()
    states: frozenset[State] = frozenset()


def parse_query(text: str) -> Query:
    """The query that ``text`` spells; a word that is no term is a word to find, whatever it looks like."""
    words: list[str] = []
    places: list[tuple[Place, str]] = []
    states: set[State] = set()
    for word in text.casefold().split():
        place, colon, wanted = word.partition(":")
        known = next((each for each in get_args(Place) if each == place), None)
        if word in _STATES:
            states.add(_STATES[word])
        elif colon and known is not None:
            places += [(known, wanted)] if wanted else []
        else:
            words.append(word)
    return Query(tuple(words), tuple(places), frozenset(states))


class Texts(NamedTuple):
    """What a filter looks through of one flow, in lower case."""

    everything: str
    tag: str
    channel: str
    event: str
    step: str


def texts_of(flow: Flow, config: WorkspaceConfig) -> Texts:
    """The texts of ``flow``, its description and its steps included."""
    trigger = flow.trigger
    instance = config.by_id.get(trigger.instance) if trigger.instance else None
    channel = (trigger.channel, config.channel_label(trigger.channel), trigger.instance or "")
    look = EVENT_LOOKS[trigger.event]
    places = (
        " ".join(f"#{tag}" for tag in flow.tags),
        " ".join((*channel, instance.name if instance else "")),
        f"{trigger.event} {EVENT_KINDS[trigger.event].label} {look.word}",
        " ".join(_step_words(flow)),
    )
    everything = (flow.id, flow.name, flow.description, *places)
    return Texts(*(each.casefold() for each in (" ".join(everything), *places)))


def holds(query: Query, flow: Flow, texts: Texts, unsaved: Collection[str], wrong: Collection[str]) -> bool:
    """Whether ``flow`` is asked for. ``unsaved`` and ``wrong`` are the ids of flows that are, or have problems."""
    states = query.states
    return (
        all(word in texts.everything for word in query.words)
        and all(wanted in getattr(texts, place) for place, wanted in query.places)
        and ("off" not in states or not flow.enabled)
        and ("unsaved" not in states or flow.id in unsaved)
        and ("problem" not in states or flow.id in wrong)
    )


def _step_words(flow: Flow) -> list[str]:
    """The types of the steps, what they are called, and all that is written in them."""
    found: list[str] = []
    for step in flow.steps:
        found += (step.type, STEP_TYPES[step.type].label)
        for name, value in fields_of(step).items():
            if name != "type":
                found += _written(value)
    return found


def _written(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{name} {each}" for name, each in value.items()]
    if isinstance(value, frozenset | tuple):
        return sorted(map(str, value))
    return [str(value)] if isinstance(value, str) else []
