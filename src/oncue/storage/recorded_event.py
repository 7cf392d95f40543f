"""The fast way from a line of JSON to a recorded event: decoded and validated in one pass in C.

It is a filter and never an authority: `decode` answers only for lines that it understands fully.
`oncue.storage.event_line` reads every other line carefully, and says what is wrong with it. A property test holds the
two to the same answers.

Importing this imports msgspec; only what reads recordings does.
"""

import msgspec

from oncue.importers.recorded import RecordedEvent, encode

_BACKSLASH = ord("\\")  # looked for as a number: for a byte as ``bytes``, `in` takes ten times as long

_decode = msgspec.json.Decoder(RecordedEvent).decode
_decode_any = msgspec.json.Decoder().decode


def decode(line: bytes) -> RecordedEvent | None:
    """The event in ``line``, or ``None`` if only careful reading can tell what is there."""
    try:
        event = _decode(line)
    except (msgspec.MsgspecError, ValueError):  # the second is for text that is not UTF-8
        return None
    if event.message is not None and event.event != "message_created":
        return None
    return None if has_repeated_key(line, event) else event


def has_repeated_key(line: bytes, event: RecordedEvent) -> bool:
    """Whether an object in ``line`` has the same key twice. ``event`` was decoded from it.

    A decoder keeps one of the two. So what it decoded, written again, lacks the other, and with it at least the two
    quotes around the key; everything else has as many quotes as before. Written again, the event lacks keys with
    ``null`` as well: if it has other quotes than the line, the plain decoder, which keeps those keys, decides.
    """
    return not has_same_quotes(line, encode(event)) and not has_same_quotes(line, encode(_decode_any(line)))


def has_same_quotes(one: bytes, other: bytes) -> bool:
    """Whether as many quotes begin and end keys and strings in ``one`` as in ``other``, which are valid JSON.

    These are the quotes that are not escaped. Backslashes occur in strings only, and each begins an escape. With the
    escaped backslashes taken out, from left to right, every backslash before a quote escapes it.
    """
    if _BACKSLASH in one or _BACKSLASH in other:
        one = one.replace(b"\\\\", b"").replace(b'\\"', b"")
        other = other.replace(b"\\\\", b"").replace(b'\\"', b"")
    return one.count(b'"') == other.count(b'"')
