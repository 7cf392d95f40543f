"""Which channel a platform's word means, and which message a media type.

A word that a table does not have is a channel of its own if it can be one: a platform that adds a channel states it all
the same. A word that may mean several channels is ``None`` in the table: it states nothing.
"""

from collections.abc import Mapping

from oncue.domain.rules import is_slug
from oncue.domain.vocabulary import MessageType

Words = Mapping[str, str | None]


def channel_of(word: str, words: Words) -> str | None:
    """The channel that ``word``, in lower case, is in the table ``words``."""
    if word in words:
        return words[word]
    return word if is_slug(word) else None


def media(content_type: str) -> MessageType:
    """What a message with an attachment of this media type is."""
    if content_type.startswith("image/gif"):
        return "gif"
    return "image" if content_type.startswith("image/") else "file"
