"""What holds for every importer: it knows its own payloads and no others, and nothing makes it fail or guess."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.samples import SAMPLES, Payload, found

from oncue.domain.events import Event
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES
from oncue.importers.catalogue import IMPORTERS, importer_of
from oncue.importers.found import Malformed, Skipped
from oncue.importers.recorded import RecordedEvent

ALL = [(provider, payload) for provider, payloads in SAMPLES.items() for payload in payloads]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def test_every_importer_has_samples() -> None:
    assert SAMPLES.keys() == IMPORTERS.keys()


@pytest.mark.parametrize(("provider", "payload"), ALL)
def test_each_payload_is_recognised_by_its_importer_and_no_other(provider: str, payload: Payload) -> None:
    assert [name for name, importer in IMPORTERS.items() if importer.detect(payload)] == [provider]
    recognised = importer_of(payload, IMPORTERS.values())
    assert recognised is not None
    assert recognised.name == provider


@pytest.mark.parametrize(("provider", "payload"), ALL)
def test_what_a_platform_will_add_changes_nothing(provider: str, payload: Payload) -> None:
    if provider == "oncue":
        return  # its keys are ours
    more = copy.deepcopy(payload)
    for table in tables_in(more):
        table["added_in_2031"] = {"deep": [1, None]}
    before, after = found(provider, payload), found(provider, more)
    assert before == after or provider == "matrix"
    assert not any(isinstance(each, Malformed) for each in after) or "rooms" in payload


def tables_in(value: Any) -> list[Payload]:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [each for part in inside for each in tables_in(part)]


def check(result: list[RecordedEvent | Skipped | Malformed]) -> None:
    """What came out is what may come out: events of the right types, reasons, and places of what is wrong."""
    for each in result:
        if isinstance(each, RecordedEvent):
            assert each.event in EVENT_KINDS
            assert each.participant is None or each.participant.type in (None, *PARTICIPANT_TYPES)
            assert each.message is None or each.message.type in (None, *MESSAGE_TYPES)
            assert isinstance(each.as_event(), Event)  # which looks at every field
            assert json.loads(each.as_json())
        elif isinstance(each, Skipped):
            assert isinstance(each.reason, str)
            assert isinstance(each.kind, str)
        else:
            assert each.message


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Payload]:
    """A sample of which some values are others, some are missing, and some stand elsewhere."""
    provider, payload = draw(st.sampled_from(ALL))
    payload = copy.deepcopy(payload)
    for _ in range(draw(st.integers(1, 4))):
        tables = [table for table in tables_in(payload) if table]
        if not tables:
            break
        table = draw(st.sampled_from(tables))
        key = draw(st.sampled_from(sorted(table)))
        match draw(st.sampled_from(["replace", "remove", "swap"])):
            case "replace":
                table[key] = draw(anything)
            case "remove":
                del table[key]
            case _:
                other = draw(st.sampled_from(sorted(table)))
                table[key], table[other] = table[other], table[key]
    return provider, payload


@given(mutated())
def test_mutated_payloads_are_no_traceback_and_no_guess(mutant: tuple[str, Payload]) -> None:
    provider, payload = mutant
    for importer in IMPORTERS.values():
        importer.detect(payload)
    before = copy.deepcopy(payload)
    check(list(IMPORTERS[provider].parse(payload)))
    assert repr(payload) == repr(before)  # nothing was changed in it


@given(
    st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted({key for _, each in ALL for key in each})), anything)
)
def test_any_object_is_read_by_all(payload: Payload) -> None:
    for importer in IMPORTERS.values():
        importer.detect(payload)
        check(list(importer.parse(payload)))


@given(st.lists(mutated(), max_size=6))
def test_what_is_remembered_of_broken_deliveries_breaks_no_later_ones(mutants: list[tuple[str, Payload]]) -> None:
    for provider in IMPORTERS:
        parse = IMPORTERS[provider].begin()
        for _, payload in mutants:
            check(list(parse(payload)))


@pytest.mark.parametrize("provider", IMPORTERS)
def test_what_is_not_stated_is_unknown(provider: str) -> None:
    """Every value of a payload that is taken away makes something unknown, and nothing else."""
    for payload in SAMPLES[provider]:
        full = [each for each in IMPORTERS[provider].parse(payload) if isinstance(each, RecordedEvent)]
        for path in paths_in(payload):
            less = without(payload, path)
            for one, other in zip(full, IMPORTERS[provider].parse(less), strict=False):
                if isinstance(other, RecordedEvent) and other.event == one.event and other.id == one.id:
                    assert other.channel in (one.channel, None)
                    assert other.conversation in (one.conversation, None)
                    assert other.instance in (one.instance, None)


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for key, part in parts for each in ((*path, key), *paths_in(part, (*path, key)))]


def without(payload: Payload, path: tuple[Any, ...]) -> Payload:
    less: Any = copy.deepcopy(payload)
    inside = less
    for key in path[:-1]:
        inside = inside[key]
    del inside[path[-1]]
    return less  # type: ignore[no-any-return]
