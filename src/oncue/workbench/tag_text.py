"""Tags as a text that people edit: commas between, and quotes round a tag that has a comma itself."""

import json
from collections.abc import Iterable

_DECODER = json.JSONDecoder(strict=False)


def tags_text(tags: Iterable[str]) -> str:
    """The text that spells ``tags``."""
    return ", ".join(_spelled(tag) for tag in tags)


def parse_tags(text: str) -> list[str]:
    """The tags that ``text`` spells; a quote that is not closed is part of its tag."""
    found = []
    rest = text.lstrip()
    while rest:
        tag, rest = _first(rest)
        rest = rest.lstrip()
        if tag:
            found.append(tag)
    return found


def _spelled(tag: str) -> str:
    plain = tag == tag.strip() and "," not in tag and not tag.startswith('"')
    return tag if plain else json.dumps(tag, ensure_ascii=False)


def _first(text: str) -> tuple[str, str]:
    """The first tag of ``text``, and what follows the comma behind it."""
    if text.startswith('"'):
        try:
            tag, end = _DECODER.raw_decode(text)
        except ValueError:
            pass
        else:
            after = text[end:].lstrip()
            if not after or after.startswith(","):
                return tag, after[1:]
    tag, _, rest = text.partition(",")
    return tag.strip(), rest
