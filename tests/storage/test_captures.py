import json
import tracemalloc
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.samples import OWN, SAMPLES, chatwoot_message, form_of, lines_of, slack, twilio_message

from oncue.domain.events import Event
from oncue.domain.problems import Problem
from oncue.errors import UnreadableError
from oncue.importers.found import Importer, Skipped
from oncue.importers.recorded import RecordedEvent
from oncue.storage import captures
from oncue.storage.captures import Capture, Converted, importers
from oncue.storage.recorded_texts import MAX_EVENT

EVERYTHING = lines_of(payload for payloads in SAMPLES.values() for payload in payloads)


def read(data: bytes, provider: str = "auto") -> list[Converted]:
    return list(Capture(provider).read([data], "capture"))


def test_every_layout_is_read() -> None:
    payloads = [chatwoot_message(), slack("message", user="U1", channel="C1", text="x")]
    one = read(lines_of(payloads))
    assert len(one) == 2
    for other in (
        json.dumps(payloads),
        json.dumps(payloads, indent=1),
        "\n".join(json.dumps([each]) for each in payloads),
    ):
        assert read(other.encode()) == one
    mixed = lines_of([{"event": "participant_added"}]) + json.dumps(payloads).encode()
    assert read(mixed)[1:] == one
    assert read(json.dumps(form_of(twilio_message())).encode()) == read(form_of(twilio_message()).encode())


@given(st.integers(1, 300))
def test_how_it_is_cut_into_pieces_does_not_matter(size: int) -> None:
    pieces = (EVERYTHING[at : at + size] for at in range(0, len(EVERYTHING), size))
    assert list(Capture().read(pieces, "capture")) == read(EVERYTHING)


@given(st.data())
def test_a_capture_that_was_cut_off_or_damaged(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EVERYTHING)))
    damage = data.draw(st.binary(max_size=5))
    whole = EVERYTHING[:start] + damage + EVERYTHING[start + data.draw(st.integers(0, 30)) :]
    for found in read(whole[: data.draw(st.integers(0, len(whole)))]):
        assert isinstance(found, Event | RecordedEvent | Skipped | Problem)


@given(st.binary(max_size=80))
def test_any_bytes(data: bytes) -> None:
    for provider in ("auto", "twilio", "oncue"):
        for found in read(data, provider):
            assert isinstance(found, Event | RecordedEvent | Skipped | Problem)


def test_what_is_deep_or_huge() -> None:
    deep = b'{"EventType": ' * 100_000
    long = b'{"type": "event_callback", "event": "' + b"x" * MAX_EVENT + b'"}'
    number = b'{"type": "event_callback", "event_id": ' + b"9" * 5_000 + b', "event": {"type": "message"}}'
    for bad in (deep, long, number):
        problem, good = read(bad + b"\n" + json.dumps(OWN).encode())
        assert isinstance(problem, Problem)
        assert problem.line == 1
        assert isinstance(good, RecordedEvent)


def test_a_given_provider_reads_nothing_else() -> None:
    problem, event = read(lines_of([chatwoot_message(), twilio_message()]), "twilio")
    assert str(problem) == "capture:1: this is no delivery of Twilio Conversations"
    assert isinstance(event, RecordedEvent)


def test_memory_does_not_grow_with_the_capture() -> None:
    def deliveries(count: int) -> Iterator[bytes]:
        for number in range(count):
            yield lines_of([twilio_message(MessageSid=f"IM{number}", ConversationSid=f"CH{number % 50}")])

    def peak(count: int) -> int:
        tracemalloc.start()
        for _ in Capture("twilio").read(deliveries(count), "capture"):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(200)
    assert peak(4_000) < peak(400) * 1.5


def test_other_packages_add_importers(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(value: str) -> None:
        points = [EntryPoint("acme", value, captures.GROUP)]
        monkeypatch.setattr(captures, "entry_points", lambda group: points if group == captures.GROUP else [])

    found("tests.storage.test_captures:ACME")
    assert list(importers())[-1] == "acme"
    (skipped,) = read(b'{"acme": 1}')
    assert skipped == Skipped("none of the four events")
    for value, reason in (("tests.storage.test_captures:read", "it is no Importer"), ("nowhere_at_all:x", "ModuleNot")):
        found(value)
        with pytest.raises(UnreadableError, match=f"the entry point acme of oncue.importers: {reason}"):
            importers()


ACME = Importer(
    "acme", "Acme", lambda payload: "acme" in payload, lambda: lambda _: [Skipped("none of the four events")]
)
