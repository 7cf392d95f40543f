"""Whether a value fits an annotation, decided in plain Python: what the constructors of all values go through.

A check is compiled from the annotation of a field when a value of its class is made first, because most programs make
values of a few classes only. It converts what a file has to what a value holds (a list to a tuple or a set, a table
to a value) and nothing else: ``"yes"`` is no flag, ``1`` is no text. The first misfit is raised as a `RuleError`.

This is the quick half. Pydantic reads the same annotations when all that is wrong has to be said
(`oncue.validation`), which is why it need not be imported before; a property test holds the two equal.
"""

import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from oncue.domain.oncue_error import OncueError

Fit = Callable[[Any], Any]
"""Takes a value and returns it as the annotation has it; raises ``ValueError`` if it does not fit."""

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()
"""What stands for a field that was not given and has no default."""

TEXT, FLAG, WHOLE_NUMBER = "text in quotes", "true or false", "a whole number"
A_LIST, A_TABLE = "a list", "a table"
MOMENT = 'a date and time such as "2026-11-22T10:00:00Z"'
DAY = "a date such as 2026-12-25"
ATTRIBUTE = "text, a number, true or false"

# RFC 3339, and what pydantic reads besides: no time, no seconds, no zone, a blank for the T.
_WRITTEN = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:([Zz+−-])(?:(?<=[+−-])(\d\d):?([0-5]\d)|(?<=[Zz])))?)?\Z",
    re.ASCII,
)
_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_SCALARS = frozenset({str, int, float, bool})


class RuleError(OncueError, ValueError):
    """A value that does not fit. ``path`` is the field to mend, empty where it is the value as a whole."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message, *path)
        self.message, self.path = message, path

    def __str__(self) -> str:
        from oncue.domain.problems import dotted

        return f"{dotted(self.path)}: {self.message}" if self.path else self.message


class ContradictionError(RuleError):
    """Fields of one value that cannot be together; the message names them itself."""

    def __str__(self) -> str:
        return self.message


class Rule:
    """What narrows a type beyond what Python's annotations say; stands in ``Annotated``."""

    passes: Callable[[Any], object]
    """Whether a value of the right type keeps the rule: a quick look, true or false."""

    def check(self, value: Any) -> Any:
        """The value, or ``ValueError`` with the rule in words."""
        raise NotImplementedError


class Tagged:
    """Marks a union of values that are told apart by the key ``type``; stands in ``Annotated``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic import Field

        return handler.generate_schema(Annotated[source, Field(discriminator="type")])


def fit_for(annotation: Any) -> Fit:
    """The check of an annotation."""
    if annotation in _SCALAR_FITS:
        return _SCALAR_FITS[annotation]
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return _annotated(arguments[0], arguments[1:])
        case origin if origin is Literal:
            return _literal(arguments)
        case origin if origin in (Union, types.UnionType):
            return _union(arguments)
        case origin if origin is tuple:
            return _tuple(fit_for(arguments[0]))
        case origin if origin is frozenset:
            return _frozenset(arguments[0])
        case origin if origin is Mapping:
            return _mapping(*map(fit_for, arguments))
    return _value(annotation)


def found(value: object) -> str:
    """``value`` in a few words."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case int() | float():
            return str(value)[:40]
        case list() | tuple() | set() | frozenset():
            return "a list"
        case dict():
            return "a table"
        case date() | time():
            return value.isoformat()
        case None:
            return "null"
    return "something else"


def misfit(value: object, expected: str) -> RuleError:
    """The error that ``value`` was found where something else is expected."""
    if value is MISSING:
        return RuleError("missing; it is required")
    return RuleError(f"found {found(value)}, expected {expected}")


def condition(annotation: Any, name: str, known: dict[str, Any]) -> str:
    """A Python expression: whether the variable ``name`` surely fits as it is, so that no check need be called.

    ``known`` receives the values that the expression uses.
    """
    arguments = get_args(annotation)
    match get_origin(annotation):
        case None if isinstance(annotation, type):
            key = f"{annotation.__name__}_"
            known[key] = annotation
            return f"{name}.__class__ is {key}"
        case origin if origin is Literal:
            known[f"{name}_terms"] = frozenset(arguments)
            return f"{name}.__class__ is str and {name} in {name}_terms"
        case origin if origin in (Union, types.UnionType) and len(arguments) == 2 and types.NoneType in arguments:
            (only,) = (each for each in arguments if each is not types.NoneType)
            return f"{name} is None or {condition(only, name, known)}"
        case origin if origin is Annotated and isinstance(arguments[1], Rule):
            known[f"{name}_passes"] = arguments[1].passes
            return f"{condition(arguments[0], name, known)} and {name}_passes({name})"
        case origin if origin is tuple:
            known["nothing_"] = ()
            return f"{name} is nothing_"
    return "False"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise misfit(value, TEXT)
    return str(value)


def _flag(value: Any) -> bool:
    if value is not True and value is not False:
        raise misfit(value, FLAG)
    return value


def _whole_number(value: Any) -> int:
    if type(value) is not int:
        raise misfit(value, WHOLE_NUMBER)
    return value


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    written = _WRITTEN.match(value) if isinstance(value, str) else None
    if written is None:
        raise misfit(value, MOMENT)
    day, hour, minute, second, fraction, sign, hours, minutes = written.groups("0")
    zone = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if sign in "-−" else 1)
    numbers = map(int, (*day.split("-"), hour, minute, second, fraction[:6].ljust(6, "0")))
    try:
        at = datetime(*numbers)  # type: ignore[arg-type]  # seven numbers, and so no zone
        return at if sign == "0" else at.replace(tzinfo=timezone(zone))
    except ValueError:
        raise misfit(value, MOMENT) from None


def _day(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        if isinstance(value, str) and _WRITTEN_DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise misfit(value, DAY)


_SCALAR_FITS: Mapping[Any, Fit] = {str: _text, bool: _flag, int: _whole_number, datetime: _moment, date: _day}


def _annotated(annotation: Any, marks: tuple[Any, ...]) -> Fit:
    if any(isinstance(mark, Tagged) for mark in marks):
        return _tagged(get_args(annotation))
    inner, rules = fit_for(annotation), [mark for mark in marks if isinstance(mark, Rule)]
    if not rules:
        return inner
    (rule,) = rules

    def fit(value: Any) -> Any:
        right = inner(value)
        try:
            return rule.check(right)
        except RuleError:
            raise
        except ValueError as error:
            raise RuleError(f"found {found(value)}, {error}") from None

    return fit


def _literal(terms: tuple[str, ...]) -> Fit:
    known = frozenset(terms)

    def fit(value: Any) -> Any:
        if isinstance(value, str) and value in known:
            return value
        raise _unknown(value, terms)

    return fit


def _unknown(value: object, terms: tuple[str, ...], what: str = "value") -> RuleError:
    from oncue.suggestions import did_you_mean

    if not isinstance(value, str):
        return misfit(value, f"one of: {', '.join(terms)}")
    return RuleError(f"{found(value)} is not a known {what}; {did_you_mean(value, terms)}")


def _union(choices: tuple[Any, ...]) -> Fit:
    """Of a type and ``None``, or of scalars, each of which stays what it is."""
    if types.NoneType in choices:
        (only,) = (each for each in choices if each is not types.NoneType)
        inner = fit_for(only)
        return lambda value: None if value is None else inner(value)
    assert frozenset(choices) == _SCALARS

    def fit(value: Any) -> Any:
        if type(value) not in _SCALARS:
            raise misfit(value, ATTRIBUTE)
        return value

    return fit


def _tuple(inner: Fit) -> Fit:
    def fit(values: Any) -> Any:
        if not isinstance(values, list | tuple):
            raise misfit(values, A_LIST)
        try:
            return tuple(map(inner, values))
        except ValueError:
            raise _first_misfit(inner, enumerate(values)) from None

    return fit


def _frozenset(annotation: Any) -> Fit:
    known, inner = frozenset(get_args(annotation)), fit_for(annotation)

    def fit(values: Any) -> Any:
        if not isinstance(values, list | tuple | set | frozenset):
            raise misfit(values, A_LIST)
        try:
            if (chosen := frozenset(values)) <= known:
                return chosen
        except TypeError:
            pass  # something in it that no set can hold, and so no term
        raise _first_misfit(inner, enumerate(values))

    return fit


def _mapping(key_fit: Fit, value_fit: Fit) -> Fit:
    def fit(values: Any) -> Any:
        if not isinstance(values, Mapping):
            raise misfit(values, A_TABLE)
        try:
            return {key_fit(key): value_fit(value) for key, value in values.items()}
        except ValueError:
            keys = _first_misfit(key_fit, ((key, key) for key in values))
            raise (keys if keys.path else _first_misfit(value_fit, values.items())) from None

    return fit


def _value(cls: Any) -> Fit:
    def fit(value: Any) -> Any:
        if value.__class__ is cls:
            return value
        if not isinstance(value, dict):
            raise misfit(value, A_TABLE)
        return _made(cls, value)

    return fit


def _made(cls: Any, table: dict[str, Any]) -> Any:
    """The value of a ``table``, which has keys: ``for``, and not the name that the field has in Python, ``for_``."""
    for name in table:
        if name.endswith("_") and name in cls.__dataclass_fields__:
            raise RuleError("unknown key", name)
    return cls(**table)


def _tagged(classes: tuple[Any, ...]) -> Fit:
    by_tag = {cls.__dataclass_fields__["type"].default: cls for cls in classes}
    kinds = frozenset(classes)

    def fit(value: Any) -> Any:
        if value.__class__ in kinds:
            return value
        if not isinstance(value, dict):
            raise misfit(value, A_TABLE)
        tag = value.get("type", MISSING)
        if not isinstance(tag, str) or tag not in by_tag:
            raise RuleError(_unknown(tag, tuple(by_tag), "step type").message, "type")
        return _made(by_tag[tag], value)

    return fit


def _first_misfit(inner: Fit, values: Any) -> RuleError:
    """The error of the first of ``values`` (with what leads to each) that does not fit, its place in front."""
    for place, value in values:
        try:
            inner(value)
        except RuleError as error:
            return RuleError(error.message, place, *error.path)
    return RuleError("it does not fit")
