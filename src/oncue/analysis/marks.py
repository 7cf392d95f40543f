"""Find labels, attributes, and whether it is the first message or a reopened conversation, for lines about them."""

from itertools import product
from unicodedata import normalize

from oncue.analysis.literals import Facts, LineLiteral, Setting, wanted_of
from oncue.analysis.texts import MOST_CHOICES, UndecidedError
from oncue.domain.conversations import Attribute


def solve_labels(_: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The fewest labels that do."""
    required = {label for labels in _read(literals, "labels", True) for label in labels}
    forbidden = {label for labels in _read(literals, "without_labels", True) for label in labels}
    if required & forbidden:
        return None
    lacking = [set(labels) for labels in _read(literals, "labels", False)]
    having = [labels for labels in _read(literals, "without_labels", False) if required.isdisjoint(labels)]
    choices = [[label for label in labels if label not in forbidden] for labels in having]
    for number, chosen in enumerate(product(*choices)):
        if number > MOST_CHOICES:
            raise UndecidedError
        there = required.union(chosen)
        if not any(labels <= there for labels in lacking):
            return {"labels": frozenset(there)}
    return None


def _read(literals: list[LineLiteral], key: str, holds: bool) -> list[list[str]]:
    """The labels that lines name, however their accents are composed."""
    return [[normalize("NFC", label) for label in labels] for labels in wanted_of(literals, key, holds)]


def solve_attributes(_: Setting, literals: list[LineLiteral]) -> Facts | None:
    """The attributes that are asked for and no others: a line that must not hold fails where one is not set."""
    known: dict[str, Attribute] = {}
    for attributes in wanted_of(literals, "attributes", True):
        for key, value in attributes.items():
            if repr(known.setdefault(key, value)) != repr(value):
                return None
    for attributes in wanted_of(literals, "attributes", False):
        if all(key in known and repr(known[key]) == repr(value) for key, value in attributes.items()):
            return None
    return {"attributes": known}


def solve_first_message(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """Only a contact's message can be the first one; whether it is, is not known where nobody knows who wrote."""
    choices: tuple[bool | None, ...] = (False,)
    if setting.is_message and setting.who is None:
        choices = (None,)
    elif setting.is_message and setting.who == "contact":
        choices = (False, True)
    return _choice("first_message", choices, literals)


def solve_reopened(setting: Setting, literals: list[LineLiteral]) -> Facts | None:
    """A conversation that has only just started was not closed before."""
    return _choice("reopened", (False,) if setting.is_start else (False, True), literals)


def _choice(field: str, choices: tuple[bool | None, ...], literals: list[LineLiteral]) -> Facts | None:
    for value in choices:
        if all((value == each.wanted) is each.holds for each in literals):
            return {field: value}
    return None
