"""A value as tables, lists and scalars: what is written to files, and to programs as JSON.

What is ``None`` is left out; sets are in the order of their vocabulary, times as RFC 3339 has them, fields in the
order of their declaration. It is the way back from a constructor: ``cls(**as_plain(value)) == value``.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin

from oncue.domain.values import key_of

_SCALARS = frozenset({str, int, float, bool})


def as_plain(value: Any, exclude_defaults: bool = False) -> Any:
    """``value`` as plain values. ``exclude_defaults``: without the fields that are at their default."""
    kind: Any = value.__class__
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return [as_plain(each, exclude_defaults) for each in value]
    if hasattr(kind, "__dataclass_fields__"):
        plain = {}
        for name, key, default, order in _fields(kind):
            content = getattr(value, name)
            if content is not None and not (exclude_defaults and content == default):
                plain[key] = as_plain(content, exclude_defaults) if order is None else order(content)
        return plain
    if isinstance(value, datetime):
        return _moment(value)
    return {key: as_plain(each, exclude_defaults) for key, each in value.items()}


@cache
def _fields(kind: Any) -> list[tuple[str, str, object, Callable[[Iterable[str]], list[str]] | None]]:
    """Name, key and default of each field that is given, and for a set what puts it in order."""
    given = (field for field in dataclasses.fields(kind) if field.init)
    return [(field.name, key_of(field), _default(field), _order(field.type)) for field in given]


def _default(field: "dataclasses.Field[Any]") -> object:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _order(annotation: Any) -> Callable[[Iterable[str]], list[str]] | None:
    terms = _terms(annotation)
    return None if terms is None else lambda chosen: [term for term in terms if term in chosen]


def _terms(annotation: Any) -> tuple[str, ...] | None:
    """The vocabulary of a set of its terms, in order."""
    arguments = get_args(annotation)
    if get_origin(annotation) is frozenset and get_origin(arguments[0]) is Literal:
        return get_args(arguments[0])
    if get_origin(annotation) in (tuple, Mapping):
        return None
    return next(filter(None, map(_terms, arguments)), None)


def _moment(at: datetime) -> str:
    written = at.isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written
