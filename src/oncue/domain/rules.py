"""The rules that texts, numbers and moments keep, and the names that things are known by.

A rule is written once: the quick check of the constructors, pydantic's validation and the JSON Schema all read it
from the annotation. Whatever is about pydantic is imported when pydantic asks for it and not before.
"""

import re
from collections.abc import Container
from datetime import date, datetime
from typing import Annotated, Any

from oncue.domain.fitting import MOMENT, Rule, misfit

FLOW_ID_RULE = "1 to 64 of a-z, 0-9 and '-', starting with a letter or digit"
SLUG_RULE = "1 to 64 of a-z, 0-9, '_' and '-', starting with a letter or digit"

_FLOW_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_MOMENT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt _][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?([Zz]|[+−-][0-9]{2}:?[0-5][0-9])?)?$"
)
# A flow's id is its file's name, and Windows opens a device under these, whatever the extension.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def check_flow_id(text: str) -> str:
    """``text`` if it may name a flow (and so a file); otherwise ``ValueError`` with the rule."""
    if not _FLOW_ID.match(text):
        raise ValueError(f"expected {FLOW_ID_RULE}")
    if text in _DEVICES:
        raise ValueError("this name is a device on Windows; choose another")
    return text


def check_slug(text: str) -> str:
    """``text`` if it may name a channel or an instance; otherwise ``ValueError`` with the rule."""
    if not is_slug(text):
        raise ValueError(f"expected {SLUG_RULE}")
    return text


def is_slug(text: str | None) -> bool:
    """Whether ``text`` may name a channel or an instance."""
    return text is not None and _SLUG.match(text) is not None


def flow_id_from(name: str, taken: Container[str] = ()) -> str:
    """A valid flow id made from ``name`` that is not in the container ``taken``.

    >>> flow_id_from("Welcome: on WhatsApp!", {"welcome-on-whatsapp"})
    'welcome-on-whatsapp-2'
    """
    stem = re.sub(r"[^a-z0-9]+", "-", _latin(name)).strip("-")[:56].rstrip("-") or "flow"
    if stem in _DEVICES:
        stem = f"{stem}-flow"
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate


def slug_from(name: str) -> str:
    """A valid slug made from ``name``, or nothing where there is none.

    >>> slug_from("Größe (1)")
    'grosse-1'
    """
    return re.sub(r"[^a-z0-9_]+", "-", _latin(name)).strip("-_")[:64]


def _latin(name: str) -> str:
    """``name`` in lower-case letters of ASCII, other scripts transliterated, as far as an id can use it."""
    name = name[:200]
    if name.isascii():
        return name.lower()
    from anyascii import anyascii  # 30 ms, for few names

    return anyascii(name).lower()


class Spelling(Rule):
    """A name that is spelt by a pattern, which JSON Schema can say, too."""

    pattern: re.Pattern[str]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {**handler(schema), "pattern": "^" + self.pattern.pattern.removesuffix(r"\Z") + "$"}


class _FlowIdSpelling(Spelling):
    pattern = _FLOW_ID
    passes = staticmethod(lambda text: _FLOW_ID.match(text) and text not in _DEVICES)

    def check(self, value: str) -> str:
        return check_flow_id(value)


class _SlugSpelling(Spelling):
    pattern = _SLUG
    passes = staticmethod(_SLUG.match)

    def check(self, value: str) -> str:
        return check_slug(value)


class _NotBlank(Spelling):
    pattern = re.compile(r"\S")
    passes = staticmethod(str.strip)

    def check(self, value: str) -> str:
        if not value.strip():
            raise ValueError("expected some text: it is empty" if not value else "expected some text: it is blank")
        return value

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {**handler(schema), "minLength": 1, "pattern": self.pattern.pattern}


class NotEmpty(Rule):
    """A list that has something in it."""

    passes = staticmethod(len)

    def check(self, value: Any) -> Any:  # noqa: D102
        if not value:
            raise ValueError("an empty list never holds; name something, or remove the line")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        shape = handler(schema)
        return {**shape, "minProperties" if shape.get("type") == "object" else "minItems": 1}


class _CheckCodeSpelling(Spelling):
    pattern = re.compile(r"OC[0-9]{0,3}\Z")
    passes = staticmethod(pattern.match)

    def check(self, value: str) -> str:
        if not self.passes(value):
            raise ValueError("expected the code of a check, such as OC406, or how several begin, such as OC4")
        return value


class Between(Rule):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high
        self.passes = lambda number: low <= number <= high

    def check(self, value: int) -> int:  # noqa: D102
        if value < self.low:
            raise misfit(value, f"{self.low:,} or more")
        if value > self.high:
            raise misfit(value, f"{self.high:,} or less")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), "strict": True, "ge": self.low, "le": self.high}


class _Strict:
    """Says to pydantic what the quick check does anyway: ``1`` is no flag."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return {**handler(source), "strict": True}


class _NoNumber:
    """A number is no moment: pydantic would take it for seconds or milliseconds, depending on its size."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_no_number, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> Any:
        return {"type": "string", "pattern": _MOMENT}  # the format date-time is narrower, and often not looked at


def _no_number(at: object) -> object:
    if (
        isinstance(at, int | float)
        or (isinstance(at, date) and not isinstance(at, datetime))
        or (isinstance(at, str) and "-" not in at[1:])
    ):
        raise ValueError(f"expected {MOMENT}")
    return at


FlowId = Annotated[str, _FlowIdSpelling()]
Slug = Annotated[str, _SlugSpelling()]
CheckCodes = Annotated[tuple[Annotated[str, _CheckCodeSpelling()], ...], NotEmpty()]
Name = Annotated[str, _NotBlank()]
Flag = Annotated[bool, _Strict()]
Moment = Annotated[datetime, _NoNumber()]
