from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.importers.samples import AGENT, CONTACT, bird, who

from oncue.importers.catalogue import IMPORTERS
from oncue.importers.recorded import RecordedEvent, RecordedMessage, RecordedParticipant
from oncue.importers.redaction import Redaction


def redacted(event: RecordedEvent, key: bytes = b"k") -> RecordedEvent:
    Redaction(key).redact(event)
    return event


def test_the_kind_of_an_address_stays_and_made_up_ids_of_instances() -> None:
    for stated in ("whatsapp:+31200000000", "+31200000000", "mail@example.com", "0031 20 0000000"):
        made = redacted(RecordedEvent("participant_added", None, stated)).instance
        assert made is not None
        assert made != stated
        assert made.startswith("whatsapp:") == stated.startswith("whatsapp:")
    for stated in ("T0001", "3", "5f0c3d1e-7a2b-4c3d-9e8f-0123456789ab", "MG0123456789abcdef0123456789abcdef"):
        assert redacted(RecordedEvent("participant_added", None, stated)).instance == stated


@given(st.text(min_size=1, max_size=30), st.binary(max_size=100))
def test_the_same_for_the_same_and_nothing_of_it_is_left(text: str, key: bytes) -> None:
    def event() -> RecordedEvent:
        who = RecordedParticipant("contact", text, text)
        return RecordedEvent("message_created", "sms", None, text, who, RecordedMessage("text", text), None, text)

    first = redacted(event(), key)
    assert first == redacted(event(), key)
    assert first != redacted(event(), key + b"!")
    assert first.participant is not None
    assert first.participant.name != text
    assert (first.event, first.channel, first.participant.type) == ("message_created", "sms", "contact")


def test_what_an_importer_remembers_is_not_redacted() -> None:
    parse, redaction = IMPORTERS["bird"].begin(), Redaction(b"k")
    names = []
    both: dict[str, Any] = {"featuredParticipants": [CONTACT, AGENT], "activeParticipantCount": 2}
    for payload in (bird("created"), bird("updated", **both), bird("updated", "2025-11-22T09:00:00Z")):
        for each in parse(payload):
            assert isinstance(each, RecordedEvent)
            redaction.redact(each)
            names.append(who(each)[2])
    assert names[1] == names[2]  # Sam who joined is Sam who left
