"""Conditions in words: as parts of the sentence about a flow, and each on its own for lists.

The words hold phrases and names as they were written: whoever prints them passes them through `oncue.text.visible`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from oncue.domain.conditions import NOBODY, ONCE_PER, SOMEBODY, When
from oncue.domain.durations import duration_words
from oncue.domain.phrases import WHO, attribute_text
from oncue.domain.vocabulary import PARTICIPANT_TYPES, ParticipantType, in_order
from oncue.text import listed


class ConditionWords(NamedTuple):
    """What ``[when]`` adds to a sentence: to what was written, as states, and as times and limits."""

    text: str
    states: tuple[str, ...]
    limits: tuple[str, ...]


def condition_words(when: When | None) -> ConditionWords:
    """The words of all conditions, for `oncue.domain.wording`."""
    if when is None:
        return ConditionWords("", (), ())
    lines = lines_in_words(when)
    return ConditionWords(
        " and ".join(filter(None, (_quoted(when.text_any, "or"), _quoted(when.text_all, "and")))),
        tuple(words for key, words in lines.items() if key in _STATES),
        tuple(words for key, words in lines.items() if key in _LIMITS),
    )


def lines_in_words(when: When) -> Mapping[str, str]:
    """Each condition that was written, by its key, in words that can stand alone."""
    return {key: words for key, words in _every_line(when) if getattr(when, key) is not None}


def state_words(key: str, when: When, holds: bool) -> str:
    """In which state of things a condition holds, or does not, behind *if*: ``nobody is responsible``."""
    return _held(key, when) if holds else _failing(key, when)


def _held(key: str, when: When) -> str:
    words = lines_in_words(when)[key]
    match key:
        case "labels" | "without_labels":
            return words.replace("it ", "the conversation ", 1)
        case "during_hours" | "outside_hours":
            return f"it happens {words}"
        case "once_per":
            return ONCE_PER[when.once_per] if when.once_per else words
        case "cooldown":
            return f"its last start is at least {duration_words(when.cooldown or '0s')} ago"
    return words


def _failing(key: str, when: When) -> str:
    match key:
        case "text_any":
            return f"the text does not have {_quoted(when.text_any, 'or')}"
        case "text_all":
            return f"the text lacks {_quoted(when.text_all, 'or')}"
        case "text_none":
            return f"the text has {_quoted(when.text_none, 'or')}"
        case "text_starts":
            return f"the text does not begin with {_quoted(when.text_starts, 'or')}"
        case "participants":
            return "it is somebody else"
        case "attributes":
            attributes = [f"{name} is not {attribute_text(each)}" for name, each in (when.attributes or {}).items()]
            return f"the contact's {_listed(attributes, 'or')}"
        case "started_by":
            return "somebody else started the conversation"
        case "present":
            return f"{_who(when.present, 'or')} is not there"
        case "absent":
            return f"{_who(when.absent, 'or')} is there"
        case "responsible":
            others = {NOBODY: "somebody is", SOMEBODY: "nobody is"}
            return f"{others.get(when.responsible or '', 'somebody else or nobody is')} responsible"
        case "labels":
            return f"the conversation lacks the {_label(when.labels, 'or')}"
        case "without_labels":
            return f"the conversation has the {_label(when.without_labels, 'or')}"
        case "first_message":
            return _first_message(not when.first_message)
        case "reopened":
            return _reopened(not when.reopened)
        case "during_hours":
            return f"it happens outside {_hours(when.during_hours, 'and')}"
        case "outside_hours":
            return f"it happens during {_hours(when.outside_hours, 'or')}"
        case "once_per":
            return _STARTED[when.once_per or ""]
    return f"its last start is less than {duration_words(when.cooldown or '0s')} ago"


_STATES = (
    "text_none",
    "text_starts",
    "participants",
    "attributes",
    "started_by",
    "present",
    "absent",
    "responsible",
    "labels",
    "without_labels",
    "first_message",
    "reopened",
)
_LIMITS = ("during_hours", "outside_hours", "once_per", "cooldown")
_ONCE = {"conversation": "once per conversation", "contact": "once per contact", "day": "once per day"}
_STARTED = {
    "conversation": "it has started before in the conversation",
    "contact": "it has started before for the contact, in whichever conversation",
    "day": "it has started before in the conversation on the same day",
}
_RESPONSIBLE = {NOBODY: "nobody is responsible", SOMEBODY: "somebody is responsible"}


def _every_line(when: When) -> Iterator[tuple[str, str]]:
    yield "text_any", f"the text has {_quoted(when.text_any, 'or')}"
    yield "text_all", f"the text has {_quoted(when.text_all, 'and')}"
    yield "text_none", f"the text does not have {_quoted(when.text_none, 'or')}"
    yield "text_starts", f"the text begins with {_quoted(when.text_starts, 'or')}"
    yield "participants", f"it is {_listed(when.participants, 'or')}"
    attributes = [f"{key} is {attribute_text(each)}" for key, each in (when.attributes or {}).items()]
    yield "attributes", f"the contact's {_listed(attributes, 'and')}"
    yield "started_by", f"{_who(when.started_by, 'or')} started the conversation"
    yield "present", f"{_who(when.present, 'and')} {'is' if len(when.present or ()) == 1 else 'are'} there"
    yield "absent", f"{_no(when.absent)} is there"
    yield "responsible", _RESPONSIBLE.get(when.responsible or "", f"{when.responsible} is responsible")
    yield "labels", f"it has the {_label(when.labels, 'and')}"
    yield "without_labels", f"it does not have the {_label(when.without_labels, 'or')}"
    yield "first_message", _first_message(when.first_message)
    yield "reopened", _reopened(when.reopened)
    yield "during_hours", f"during {_hours(when.during_hours, 'or')}"
    yield "outside_hours", f"outside {_hours(when.outside_hours, 'and')}"
    yield "once_per", _ONCE.get(when.once_per or "", "")
    yield "cooldown", f"at most every {duration_words(when.cooldown)}" if when.cooldown else ""


def _first_message(wanted: bool | None) -> str:
    return f"it is {'' if wanted else 'not '}the contact's first message"


def _reopened(wanted: bool | None) -> str:
    return f"the conversation was {'closed before' if wanted else 'never closed'}"


def _quoted(phrases: Collection[str] | None, last: str) -> str:
    return _listed([f"“{each}”" for each in phrases or ()], last)


def _listed(names: Collection[str] | None, last: str) -> str:
    return listed(list(names), last) if names else ""


def _who(types: frozenset[ParticipantType] | None, last: str) -> str:
    return _listed([WHO[kind] for kind in in_order(types or (), PARTICIPANT_TYPES)], last)


def _no(types: frozenset[ParticipantType] | None) -> str:
    nouns = [WHO[kind].split(" ", 1)[1] for kind in in_order(types or (), PARTICIPANT_TYPES)]
    return f"no {_listed(nouns, 'or')}"


def _label(labels: Collection[str] | None, last: str) -> str:
    return f"label{'s' if len(labels or ()) > 1 else ''} {_listed(labels, last)}"


def _hours(ids: Collection[str] | None, last: str) -> str:
    """``office hours``; the ids are what people call the hours."""
    words = _listed(ids, last)
    return words if words.endswith("hours") else f"{words} hours"
