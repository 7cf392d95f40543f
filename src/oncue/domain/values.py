"""What all values of the domain have in common, and the names they are known by.

A value is a frozen pydantic dataclass: validated when it is made, equal by content, never changed. It refuses
keys that it does not know and converts nothing silently: ``enabled = "yes"`` is an error and not ``true``.
Dataclasses rather than ``BaseModel``, because reading an attribute of a ``BaseModel`` goes through its
``__getattr__`` hook and costs several times as much, and matching and explaining do little else; with slots,
because an attribute is one step nearer then, which is a quarter of what `Matcher.match` costs. What is computed
from other fields is a field with ``init=False`` that ``__post_init__`` sets.
"""

import dataclasses
import re
from collections.abc import Container
from typing import Annotated, Any, TypeVar, cast, dataclass_transform

from pydantic import AfterValidator, ConfigDict, Field, StrictBool
from pydantic.dataclasses import dataclass

FLOW_ID_RULE = "1 to 64 of a-z, 0-9 and '-', starting with a letter or digit"
SLUG_RULE = "1 to 64 of a-z, 0-9, '_' and '-', starting with a letter or digit"

_FLOW_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
# A flow's id is its file's name, and Windows opens a device under these, whatever the extension.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


T = TypeVar("T")

_CONFIG = ConfigDict(extra="forbid", defer_build=True)


class RuleError(ValueError):
    """Fields of one value that cannot be together. ``path`` is the field to mend, empty where no single one is."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field, Field))
def value(cls: type[T]) -> type[T]:
    """Class decorator: make ``cls`` a frozen value with keyword arguments."""
    return cast("type[T]", dataclass(cls, frozen=True, kw_only=True, slots=True, config=_CONFIG))


def fields_of(instance: object, /) -> dict[str, Any]:
    """The fields of a value by name, as the constructor takes them; what is computed is left out."""
    return {field.name: getattr(instance, field.name) for field in dataclasses.fields(instance) if field.init}  # type: ignore[arg-type]


def replaced(instance: T, /, **changes: Any) -> T:
    """A new value like ``instance`` but for ``changes``, validated like any other.

    Raises pydantic's ``ValidationError``.
    """
    return type(instance)(**(fields_of(instance) | changes))


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


FlowId = Annotated[str, AfterValidator(check_flow_id)]
Slug = Annotated[str, AfterValidator(check_slug)]
Name = Annotated[str, Field(min_length=1)]
Flag = StrictBool


def flow_id_from(name: str, taken: Container[str] = ()) -> str:
    """A valid flow id made from ``name`` that is not in the container ``taken``.

    >>> flow_id_from("Welcome: on WhatsApp!", {"welcome-on-whatsapp"})
    'welcome-on-whatsapp-2'
    """
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:56].rstrip("-") or "flow"
    if stem in _DEVICES:
        stem = f"{stem}-flow"
    candidate, number = stem, 2
    while candidate in taken:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate
