"""The quick check of constructors and pydantic's are one: the same is refused, and the same values come out."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests import strategies

from oncue.domain.events import Event
from oncue.domain.fitting import RuleError
from oncue.domain.flows import Flow
from oncue.domain.plain import as_plain
from oncue.domain.scenarios import Scenario
from oncue.domain.triggers import Trigger
from oncue.domain.values import replaced
from oncue.domain.workspace import WorkspaceConfig

TRIGGER = Trigger(event="message_created", channel="sms")
ADAPTERS: Mapping[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (Flow, Scenario, Event, WorkspaceConfig)
}
MOMENTS = ["2026-11-22T10:00:00Z", "2026-11-22", "2026-11-22 10:00", "2026-11-22t23:59:59.1234567+05:30", "1700000000"]
WORDS = [
    "message_created",
    "contact",
    "text",
    "whatsapp",
    "send_message",
    "add_note",
    "S MS",
    "",
    "con",
    "once",
    *MOMENTS,
]

scalars = st.sampled_from(WORDS) | st.integers(-2, 200_000) | st.booleans() | st.floats(allow_nan=False)
wrong: st.SearchStrategy[Any] = scalars | st.none() | st.just(date(2026, 11, 22)) | st.lists(scalars, max_size=2)
wrong |= st.dictionaries(st.sampled_from(["type", "text", "event", "self", "x"]), scalars, max_size=2)


def places(values: Any) -> list[tuple[Any, Any]]:
    """Every container in ``values`` with each of its keys or indices."""
    if not isinstance(values, dict | list):
        return []
    inside = list(values.items()) if isinstance(values, dict) else list(enumerate(values))
    return [*((values, key) for key, _ in inside), *(place for _, inner in inside for place in places(inner))]


@st.composite
def mutated(draw: st.DrawFn, values: st.SearchStrategy[object]) -> tuple[type, dict[str, Any]]:
    """The tables of a value with up to two things changed, removed or added."""
    value = draw(values)
    tables: dict[str, Any] = as_plain(value)
    for _ in range(draw(st.integers(0, 2))):
        container, key = draw(st.sampled_from(places(tables)))
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "remove":
                del container[key]
            case "add" if isinstance(container, dict):
                container[draw(st.sampled_from(["x", "self", "type", "text", "message", "at", "name"]))] = draw(wrong)
            case _:
                container[key] = draw(wrong)
        if not places(tables):
            break
    return type(value), tables


@st.composite
def configs(draw: st.DrawFn) -> WorkspaceConfig:
    channels = draw(st.dictionaries(st.sampled_from(["a", "b-2"]), strategies.names, max_size=2))
    return WorkspaceConfig(name=draw(strategies.names), channels=channels, instances=strategies.CONFIG.instances)


zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@st.composite
def dated_events(draw: st.DrawFn) -> Event:
    event = draw(strategies.events())
    return Event(**{**as_plain(event), "at": draw(st.none() | st.datetimes(timezones=st.none() | zones))})


@given(mutated(st.one_of(strategies.flows(), strategies.scenarios(), dated_events(), configs())))
def test_quick_and_careful_accept_the_same_and_make_the_same(case: tuple[type, dict[str, Any]]) -> None:
    kind, tables = case
    try:
        quick = kind(**tables)
    except ValueError as error:
        assert isinstance(error, RuleError)
        with pytest.raises(ValidationError):
            ADAPTERS[kind].validate_python(tables)
    else:
        careful = ADAPTERS[kind].validate_python(tables)
        assert quick == careful
        assert repr(quick) == repr(careful) or "TzInfo" in repr(careful)
        assert as_plain(quick) == as_plain(careful)


@given(st.one_of(strategies.flows(), strategies.scenarios(), dated_events(), configs()))
def test_plain_values_are_those_that_pydantic_makes(value: Any) -> None:
    """But for the order in sets, which pydantic does not know."""
    plain = ADAPTERS[type(value)].dump_python(value, mode="json", exclude_none=True, by_alias=True)
    assert ordered(as_plain(value)) == ordered(plain)
    assert list(as_plain(value)) == list(plain)


def is_set(key: str) -> bool:
    return key.endswith("_types") or key in ("started_by", "present", "absent")


def ordered(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {key: sorted(each) if is_set(key) else ordered(each) for key, each in plain.items()}
    return [ordered(each) for each in plain] if isinstance(plain, list) else plain


@given(
    st.from_regex(
        re.compile(
            r"20\d\d-[01]\d-[0-3]\d([T _][0-2]\d:[0-6]\d(:[0-6]\d([.,]\d{1,10})?)?(Z|[+−-][0-2]\d:?[0-6]\d)?)?",
            re.ASCII,
        ),
        fullmatch=True,
    )
)
def test_moments_are_read_as_pydantic_reads_them(written: str) -> None:
    try:
        careful = TypeAdapter(datetime).validate_python(written)
    except ValidationError:
        with pytest.raises(RuleError, match="expected a date and time"):
            Event(event="message_created", at=written)  # type: ignore[arg-type]
    else:
        at = Event(event="message_created", at=written).at  # type: ignore[arg-type]
        assert at == careful
        assert at is not None
        assert at.utcoffset() == careful.utcoffset()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: replaced(TRIGGER, event="message_create"), "event: 'message_create' is not a known value; did you"),
        (lambda: Trigger(event="message_created"), "channel: missing; it is required"),  # type: ignore[call-arg]
        (lambda: Trigger(event="message_created", channel="S"), "channel: found 'S', expected 1 to 64 of a-z"),
        (lambda: Flow(id="a", name="", trigger={}), "name: "),  # type: ignore[arg-type]
        (lambda: Flow(id="a", name="A", trigger={}), "trigger.event: missing; it is required"),  # type: ignore[arg-type]
        (
            lambda: Flow(id="a", name="A", trigger=TRIGGER, steps=[{"type": "add_note"}]),  # type: ignore[arg-type]
            "steps[1].text: missing; it is required",
        ),
        (
            lambda: Flow(id="a", name="A", trigger=TRIGGER, steps=[{"type": "add_nte"}]),  # type: ignore[arg-type]
            "steps[1].type: 'add_nte' is not a known step type; did you mean 'add_note'?",
        ),
        (lambda: Event(event="message_created", at="soon"), "at: found 'soon', expected a date and time such as"),  # type: ignore[arg-type]
    ],
)
def test_a_misfit_names_field_and_value(make: Any, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_tables_of_a_file_make_a_value() -> None:
    tables = json.loads(
        '{"id": "a", "name": "A", "tags": ["x"], "trigger": {"event": "message_created", "channel": "sms",'
        ' "message_types": ["text", "gif"]}, "steps": [{"type": "update_contact", "attributes": {"vip": true}}]}'
    )
    flow = Flow(**tables)
    assert flow.tags == ("x",)
    assert flow.trigger.message_types == frozenset({"text", "gif"})
    assert as_plain(flow) == {**tables, "description": "", "enabled": True}
