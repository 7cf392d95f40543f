"""The careful way to a value: pydantic looks at everything, and all that is wrong is raised at once.

Whoever makes values of what others wrote tries the constructor first, which is quick and stops at the first misfit
(`oncue.domain.fitting`), and comes here only with what was refused. Importing pydantic takes longer than most
commands, so this module is imported then and not before.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from oncue.domain.problems import MOST_PROBLEMS, KeyPath
from oncue.errors import UnreadableError
from oncue.validation.problems import no_line, problems_of

T = TypeVar("T")

adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)
"""Pydantic's view of a class, made once."""


def validated(
    kind: type[T],
    values: object,
    file: str,
    line_of: Callable[[KeyPath], int | None] = no_line,
    hint: Callable[[KeyPath, str], str | None] | None = None,
    most: int = MOST_PROBLEMS,
) -> T:
    """The value of ``kind`` with ``values``; `UnreadableError` with the problems of ``file`` if there is none."""
    try:
        value: T = adapter(kind).validate_python(values)
    except ValidationError as error:
        raise UnreadableError(problems_of(error, kind, file, line_of, hint, most)) from None
    return value
