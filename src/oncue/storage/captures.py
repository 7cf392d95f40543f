"""Captures: what webhooks delivered, as events of oncue; one after the other, however long the capture is.

A capture is JSON lines, lists, objects over several lines, or form-encoded bodies, one on each line. Where each
delivery is, `oncue.storage.recorded_texts` knows, and what it says, the importers. Most captures are of one platform,
so the importer of the delivery before is asked first whether this one is its, too.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from typing import Any

import msgspec

from oncue.domain.events import Event
from oncue.domain.problems import Code, Problem
from oncue.errors import UnreadableError
from oncue.importers.catalogue import IMPORTERS, importer_of
from oncue.importers.found import Importer, Malformed, Parse, Skipped
from oncue.importers.reasons import NO_EVENT
from oncue.importers.recorded import RecordedEvent
from oncue.importers.twilio import form
from oncue.storage.recorded_event import decode
from oncue.storage.recorded_texts import MAX_EVENT, texts
from oncue.storage.recordings import Foreign, read_carefully, too_long
from oncue.storage.webhooks import is_unheard, platform_of

AUTO = "auto"
GROUP = "oncue.importers"
"""The group of entry points that add importers: each leads to an `Importer`."""

Converted = Event | RecordedEvent | Skipped | Problem
_decode_any = msgspec.json.Decoder().decode
_JSON = frozenset(b'{["')


def importers() -> Mapping[str, Importer]:
    """Every importer by its name: those that oncue brings, and those of other packages."""
    found = dict(IMPORTERS)
    for entry in entry_points(group=GROUP):
        try:
            loaded = entry.load()
        except Exception as error:  # whatever another package does wrong
            raise _unusable(entry.name, f"{type(error).__name__}: {error}") from error
        if not isinstance(loaded, Importer):
            raise _unusable(entry.name, f"it is no {Importer.__name__}")
        found.setdefault(loaded.name, loaded)
    return found


def _unusable(name: str, reason: str) -> UnreadableError:
    return UnreadableError([Problem(f"the entry point {name} of {GROUP}", reason, Code.UNREADABLE)])


class Capture:
    """Deliveries in the order in which they came, in one file or several.

    ``provider`` is the name of an importer, or `AUTO`: each delivery is recognised by itself. What earlier deliveries
    said is remembered from file to file, as far as later ones leave it out.
    """

    def __init__(self, provider: str = AUTO, known: Mapping[str, Importer] | None = None) -> None:
        known = importers() if known is None else known
        self._importers = list(known.values()) if provider == AUTO else [known[provider]]
        self._parsers: dict[str, Parse] = {}
        self._last = self._importers[0]
        self._only = None if provider == AUTO else self._last

    def read(self, chunks: Iterable[bytes], name: str) -> Iterator[Converted]:
        """What the deliveries in ``chunks`` hold; problems call the source ``name``."""
        foreign = Foreign(name)
        for number, text in texts(chunks):
            if len(text) > MAX_EVENT:
                yield too_long(name, number)
            elif self._last.name == "oncue" and (event := decode(text)) is not None:
                yield event
            elif text and not text.isspace():
                payload = _payload(text)
                if type(payload) is dict and self._last.detect(payload):  # not by `_delivery`, for the sake of speed
                    for found in (self._parsers.get(self._last.name) or self._parser(self._last))(payload):
                        yield _problem(found, name, number) if isinstance(found, Malformed) else found
                else:
                    yield from self._delivery(payload, text, name, number, foreign)
        yield from foreign.rest()

    def _delivery(self, payload: object, text: bytes, name: str, number: int, foreign: Foreign) -> Iterator[Converted]:
        """What is in a delivery of several payloads, or of another importer than the one before."""
        for one in payload if isinstance(payload, list) else (payload,):
            if not isinstance(one, dict):
                yield read_carefully(text, name, number)
            elif (importer := self._importer_of(one)) is None:
                yield from self._unknown(one, text, name, number, foreign)
            else:
                for found in self._parser(importer)(one):
                    yield _problem(found, name, number) if isinstance(found, Malformed) else found

    def _importer_of(self, payload: dict[str, Any]) -> Importer | None:
        if not self._last.detect(payload):
            found = importer_of(payload, self._importers)
            if found is None:
                return None
            self._last = found
        return self._last

    def _parser(self, importer: Importer) -> Parse:
        parser = self._parsers.get(importer.name)
        if parser is None:
            parser = self._parsers[importer.name] = importer.begin()
        return parser

    def _unknown(
        self, payload: dict[str, Any], text: bytes, name: str, number: int, foreign: Foreign
    ) -> Iterator[Converted]:
        if self._only is not None and self._only.name != "oncue":
            message = f"this is no delivery of {self._only.label}"
            yield Problem(name, message, Code.WRONG_TYPE, line=number)
            return
        kind, platform = payload.get("event"), platform_of(payload)
        if isinstance(kind, str) and is_unheard(kind):
            yield Skipped(NO_EVENT, kind)
        elif platform is not None:
            which = ", ".join(importer.name for importer in self._importers)
            yield from foreign.seen(platform, number, f"what can be read is: {which}")
        else:
            yield read_carefully(text, name, number)


def _problem(found: Malformed, name: str, number: int) -> Problem:
    return Problem(name, found.message, Code.WRONG_TYPE, found.path, number)


def _payload(text: bytes) -> Any:
    """What ``text`` holds, as JSON or as a form; ``None`` if it is neither."""
    if text[0] not in _JSON and text.lstrip()[0] not in _JSON:
        try:
            return form(text.decode().strip())
        except UnicodeDecodeError:
            return None
    try:
        found = _decode_any(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return form(found) if isinstance(found, str) else found
