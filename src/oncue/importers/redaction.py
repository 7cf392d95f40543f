"""Redaction: pseudonyms for names, addresses and texts, so that a capture can be shared and committed.

The same name has the same pseudonym wherever it stands, so conversations and people stay apart. Pseudonyms are made
with a secret key: without it nobody can try all telephone numbers to find whose they are. With the same key they are
the same in every run.

Which ids have a name or a number in them cannot be told, so those of people, conversations and events are all replaced.
An instance is replaced if it is an address, and keeps its kind: ``whatsapp:``.
"""

import re
from hashlib import blake2b

from oncue.importers.recorded import RecordedEvent

_NUMBER = re.compile(r"\+?[\d ()./-]{6,}\Z")


class Redaction:
    """Replaces what is private in events. ``key`` makes the pseudonyms; who has it can make them, too."""

    def __init__(self, key: bytes) -> None:
        self._key = blake2b(key, digest_size=32).digest()  # a key of any length

    def redact(self, event: RecordedEvent, keep_instance: bool = False) -> None:
        """Replace names, addresses, texts and ids in ``event``; its instance, unless it is one of the workspace's."""
        who, message = event.participant, event.message
        if who is not None:
            who.id, who.name = self._pseudonym("p", who.id), self._pseudonym("name", who.name)
        if message is not None:
            message.text = self._pseudonym("text", message.text)
        event.conversation, event.id = self._pseudonym("c", event.conversation), self._pseudonym("e", event.id)
        if event.instance is not None and not keep_instance:
            kind, colon, address = event.instance.rpartition(":")
            if "@" in address or _NUMBER.match(address):
                event.instance = f"{kind}{colon}{self._pseudonym('i', address)}"

    def _pseudonym(self, what: str, text: str | None) -> str | None:
        if text is None:
            return None
        return f"{what}-{blake2b(text.encode('utf-8', 'surrogatepass'), key=self._key, digest_size=6).hexdigest()}"
