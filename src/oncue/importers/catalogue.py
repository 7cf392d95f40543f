"""The importers that oncue brings, by name. Others are found by their entry point, where files may be read."""

from collections.abc import Iterable, Mapping

from oncue.importers import bird, chatwoot, intercom, matrix, own, slack, sunshine, twilio, twilio_events
from oncue.importers.found import Importer, Payload

IMPORTERS: Mapping[str, Importer] = {
    each.IMPORTER.name: each.IMPORTER
    for each in (own, twilio, twilio_events, sunshine, chatwoot, intercom, slack, matrix, bird)
}


def importer_of(payload: Payload, importers: Iterable[Importer]) -> Importer | None:
    """The first of ``importers`` that recognises ``payload``."""
    return next((importer for importer in importers if importer.detect(payload)), None)
