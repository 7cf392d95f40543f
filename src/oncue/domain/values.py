"""What all values of the domain have in common: they are frozen, and checked when they are made.

A value is a standard dataclass with slots: equal by content, never changed. Its constructor refuses keys that it
does not know, checks every field against its annotation (`oncue.domain.fitting`) and converts nothing silently:
``enabled = "yes"`` is an error and not ``true``. Rules about several fields are in ``__post_init__``, as is what is
computed from other fields, which is a field with ``init=False``. Pydantic understands the same classes, but is
imported only where everything that is wrong has to be said, because its import takes longer than most commands.

The constructor is compiled from the fields when the first value is made, as dataclasses do for theirs, with the check
of what is usual written out: calling a function for each field would take twice as long.
"""

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, cast, dataclass_transform, get_args, get_origin

from oncue.domain.fitting import MISSING, Fit, RuleError, condition, fit_for

T = TypeVar("T")


def described(description: str, form: object = None, only_for: str = "", key: str = "", **options: Any) -> Any:
    """A field of a value with what it means, in the words that editors show.

    ``form`` says how it is filled in by hand, ``only_for`` to which event it is restricted, ``key`` what it is called
    in files, where that is a keyword of Python. ``options`` are those of a field of a dataclass.
    """
    metadata: dict[str, object] = {"description": description, "form": form}
    if key:
        metadata["alias"] = key  # as pydantic calls it
    if only_for:
        metadata["json_schema_extra"] = {"only_for": only_for}
    return dataclasses.field(metadata=metadata, **options)


def summary(cls: type) -> str:
    """What a value is, in the words that editors show: the first paragraph of its docstring."""
    return " ".join((cls.__doc__ or "").partition("\n\n")[0].split())


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(dataclasses.field, described))
def value(cls: type[T]) -> type[T]:
    """Class decorator: make ``cls`` a frozen value with keyword arguments."""
    # What all values share is written here once: dataclasses would compile it for each class, which is half of the
    # time that importing the domain takes.
    hashed = "__hash__" not in cls.__dict__
    made: Any = dataclasses.dataclass(init=False, repr=False, unsafe_hash=hashed, kw_only=True, slots=True)(cls)
    made.__pydantic_config__ = {"extra": "forbid"}
    made.__init__ = _compile_and_init
    made.__repr__ = _repr
    made.__setattr__ = made.__delattr__ = _refuse_change
    made.__reduce__ = _reduce
    made.__signature__ = _SIGNATURE
    return cast("type[T]", made)


def key_of(field: "dataclasses.Field[Any]") -> str:
    """What a field is called in files."""
    key: str = field.metadata.get("alias", field.name)
    return key


class _Signature:
    """``__signature__`` of all values, for ``help`` and ``inspect``: what the compiled constructor takes.

    It is made when it is asked for, as `inspect` takes longer to import than the domain.
    """

    def __get__(self, instance: object, cls: Any) -> Any:
        from inspect import Parameter, Signature

        def parameter(field: "dataclasses.Field[Any]") -> Parameter:
            default = Parameter.empty if (default := _default(field)) is MISSING else default
            return Parameter(field.name, Parameter.KEYWORD_ONLY, default=default, annotation=_plain_type(field.type))

        given = Signature([parameter(field) for field in dataclasses.fields(cls) if field.init])
        if cls.__init__ is _compile_and_init:
            cls.__init__ = _constructor(cls)
        itself = Parameter("self", Parameter.POSITIONAL_ONLY)
        cls.__init__.__signature__ = given.replace(parameters=[itself, *given.parameters.values()])
        return given


_SIGNATURE = _Signature()


def _plain_type(annotation: Any) -> Any:
    """``annotation`` without the rules that narrow it: what people expect to read."""
    if get_origin(annotation) is Annotated:
        return _plain_type(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return reduce(or_, map(_plain_type, get_args(annotation)))
    if get_origin(annotation) in (tuple, frozenset, Mapping):
        return get_origin(annotation)[tuple(map(_plain_type, get_args(annotation)))]
    return annotation


def _repr(self: Any) -> str:
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _reduce(self: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Copies and unpickled values go through the constructor, as setting attributes one by one is refused."""
    return _make, (type(self), fields_of(self))


def _make(cls: Any, fields: dict[str, Any]) -> Any:
    return cls(**fields)


def _refuse_change(self: Any, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} cannot be changed; values are frozen")


def fields_of(instance: object, /) -> dict[str, Any]:
    """The fields of a value by their keys, as the constructor takes them; what is computed is left out."""
    kind: Any = type(instance)
    return {key: getattr(instance, name) for name, key in _given(kind)}


def replaced(instance: T, /, **changes: Any) -> T:
    """A new value like ``instance`` but for ``changes``, by key, checked like any other. Raises `RuleError`."""
    return type(instance)(**(fields_of(instance) | changes))


@cache
def _given(cls: Any) -> list[tuple[str, str]]:
    """The name and the key of each field that the constructor takes."""
    return [(field.name, key_of(field)) for field in dataclasses.fields(cls) if field.init]


def _compile_and_init(self: Any, /, **values: Any) -> None:
    """The constructor until the first value of a class is made."""
    cls = type(self)
    cls.__init__ = _constructor(cls)
    cls.__init__(self, **values)


def _constructor(cls: Any) -> Callable[..., None]:
    fields = [field for field in dataclasses.fields(cls) if field.init]
    fits: dict[str, Fit] = {}
    known: dict[str, Any] = {"refuse_": lambda values, unknown: _refuse(fits, values, unknown)}
    parameters, checks, sets, renamed = [], [], [], []
    for field in fields:
        name, key = field.name, key_of(field)
        fits[key] = known[f"{name}_fit"] = fit_for(field.type)
        known[f"{name}_default"] = _default(field)
        known[f"{name}_set"] = cls.__dict__[name].__set__
        parameters.append(f"{name}={name}_default")
        if key != name:
            renamed.append(f"  if {key!r} in unknown_: {name} = unknown_.pop({key!r})")
        checks.append(f"  if not ({condition(field.type, name, known)}): {name} = {name}_fit({name})")
        sets.append(f" {name}_set(self, {name})")
    given = ", ".join(f"{key_of(field)!r}: {field.name}" for field in fields)
    source = "\n".join(
        (
            f"def __init__(self, /, *, {', '.join(parameters)}, **unknown_):",
            " try:",
            *renamed,
            "  if unknown_: raise ValueError",
            *checks,
            " except ValueError:",
            f"  refuse_({{{given}}}, unknown_)",
            *sets,
            " self.__post_init__()" if hasattr(cls, "__post_init__") else "",
        )
    )
    exec(source, known)
    return cast("Callable[..., None]", known["__init__"])


def _default(field: "dataclasses.Field[Any]") -> Any:
    """The default; what a factory makes is made once, as values are never changed."""
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return MISSING if field.default is dataclasses.MISSING else field.default


def _refuse(fits: dict[str, Fit], values: dict[str, Any], unknown: dict[str, Any]) -> None:
    """Raise the error of the first field that does not fit, or of a key that is unknown."""
    from oncue.suggestions import did_you_mean

    for name, fit in fits.items():
        try:
            fit(values[name])
        except RuleError as error:
            raise RuleError(error.message, name, *error.path) from None
    key = next(iter(unknown))
    raise RuleError(f"unknown key; {did_you_mean(key, fits, len(fits))}", key)
