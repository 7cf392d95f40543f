"""Reading fields of payloads: what is stated, ``None`` for what is not, an error for what is of another type.

``null`` and an empty text state nothing. An id may be a number and becomes a text. Words that platforms choose from a
list are compared in lower case. A value of another type than documented is a `MalformedError` and never converted:
whatever it means, it is not what an importer was written for.
"""

from datetime import UTC, datetime
from typing import Any

from oncue.importers.found import MalformedError

NOTHING: dict[str, Any] = {}
"""What stands for an object that is not there. Nobody writes to it."""
_NONE: list[Any] = []
_LARGEST = 1 << 63
_MILLISECONDS = 100_000_000_000
"""Seconds that would be in the year 5138: a larger number counts milliseconds."""


def table(of: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under ``key``; an empty one if there is none."""
    found = of.get(key)
    if found is None:
        return NOTHING
    if type(found) is not dict:
        raise _misfit(of, key, "an object", found)
    return found


def rows(of: dict[str, Any], key: str) -> list[Any]:
    """The list under ``key``; an empty one if there is none."""
    found = of.get(key)
    if found is None:
        return _NONE
    if type(found) is not list:
        raise _misfit(of, key, "a list", found)
    return found


def tables(of: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in the list under ``key``."""
    found = rows(of, key)
    for number, row in enumerate(found):
        if type(row) is not dict:
            raise _misfit(found, number, "an object", row)
    return found


def text(of: dict[str, Any], key: str) -> str | None:
    """The text under ``key``."""
    found = of.get(key)
    if found is None or type(found) is str:
        return found or None
    raise _misfit(of, key, "text", found)


def word(of: dict[str, Any], key: str) -> str:
    """The text under ``key`` in lower case; an empty one if there is none."""
    found = of.get(key)
    if found is None:
        return ""
    if type(found) is not str:
        raise _misfit(of, key, "text", found)
    return found.lower()


def identifier(of: dict[str, Any], key: str) -> str | None:
    """The id under ``key``, which may be a whole number."""
    found = of.get(key)
    if found is None or type(found) is str:
        return found or None
    if type(found) is int and -_LARGEST < found < _LARGEST:
        return str(found)
    raise _misfit(of, key, "an id, which is text or a whole number", found)


def flag(of: dict[str, Any], key: str) -> bool:
    """Whether ``key`` is true."""
    found = of.get(key)
    if found is None or type(found) is bool:
        return bool(found)
    raise _misfit(of, key, "true or false", found)


def moment(of: dict[str, Any], key: str) -> datetime | None:
    """The time under ``key``: as ISO 8601 has it, or in seconds or milliseconds since 1970.

    A date and time without a zone is not a moment, and counts as not stated.
    """
    found = of.get(key)
    if found is None or found == "" or found == 0:
        return None
    try:
        if type(found) is str:
            if not found.isascii():
                raise ValueError
            if "-" not in found and found.replace(".", "", 1).isdigit():
                return _since_1970(float(found))
            at = datetime.fromisoformat(found)
            return at if at.tzinfo is UTC else None if at.tzinfo is None else at.astimezone(UTC)
        if type(found) is int or type(found) is float:
            return _since_1970(found)
    except (ValueError, OverflowError, OSError):
        raise _misfit(of, key, "a date and time", found) from None
    raise _misfit(of, key, "a date and time", found)


def _since_1970(number: float) -> datetime:
    return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC)


def required(of: dict[str, Any], key: str) -> dict[str, Any]:
    """The object under ``key``, without which nothing can be said."""
    found = of.get(key)
    if type(found) is not dict:
        raise _misfit(of, key, "an object", found)
    return found


def _misfit(of: object, key: str | int, expected: str, found: object) -> MalformedError:
    return MalformedError(of, key, f"found {_shown(found)}, expected {expected}")


def _shown(found: object) -> str:
    if isinstance(found, dict):
        return "an object"
    if isinstance(found, list):
        return "a list"
    if found is None:
        return "nothing"
    if isinstance(found, bool):
        return "true" if found else "false"
    if isinstance(found, int) and not -_LARGEST < found < _LARGEST:
        return "a number of many digits"
    shown = repr(found)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
