"""Placeholders in the texts of steps: ``{{participant.name}}`` and its fixed set of siblings.

A placeholder is replaced by look-up and never evaluated. One that is not in the set is left as it was
written, and `oncue.domain.checks` reports it.
"""

import re
from collections.abc import Mapping

PLACEHOLDERS: Mapping[str, str] = {
    "participant.name": "name of who started, joined, left or wrote",
    "participant.type": "their participant type",
    "participant.id": "their id",
    "conversation.id": "id of the conversation",
    "conversation.channel": "label of the channel",
    "conversation.instance": "name of the channel instance",
    "conversation.assignee": "agent who is responsible",
    "message.text": "text of the message that started the flow",
    "message.type": "its message type",
    "flow.id": "id of the flow",
    "flow.name": "name of the flow",
}

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]{1,64})\s*\}\}")


def names_in(text: str) -> list[str]:
    """The placeholder names of ``text`` in order, known or not."""
    return _PLACEHOLDER.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with each placeholder that ``values`` knows replaced; values are not searched again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
