"""What a key is called, and which keys are meant by what a terminal sends."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import product
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key

from oncue.tui.framework.layouts import at_same_place
from oncue.tui.framework.text_keys import TextKeys

# In the protocol of kitty these are keys of their own; elsewhere terminals send the plain ones.
_TWINS = {
    "shift+backspace": "backspace",
    "shift+delete": "delete",
    "shift+enter": "enter",
    "shift+escape": "escape",
    "shift+space": "space",
    "alt+enter": "enter",
    "alt+delete": "ctrl+delete",
}


_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}
_ALT = re.compile("alt[+](shift[+])?[^+]+")


def key_name(character: str) -> str:
    """What the key is called that types ``character``."""
    return str(_character_to_key(character))


def is_key_name(name: str) -> bool:
    """Whether a key that types one character is called ``name``."""
    return key_name(name) == name if len(name) == 1 else sign_of(name) != name


@lru_cache(256)
def sign_of(name: str) -> str:
    """The sign that the key called ``name`` types, if it is called by words; else ``name``."""
    words = REPLACED_KEYS.get(name, name).split("_")
    # A name of Unicode has hyphens and blanks, and Textual makes the same of both.
    for signs in product(" -", repeat=min(len(words), 8) - 1):
        with suppress(KeyError):
            sign = unicodedata.lookup("".join(map(str.__add__, words, [*signs, ""])))
            if key_name(sign) == name:
                return sign
    return name


def as_meant(event: events.Key, app: App[Any]) -> Iterator[events.Key]:
    """The keys that were meant by the one that the terminal sent.

    Escape and the letter that follows it come as alt and that letter from tmux, which holds Escape back for half a
    second. Unless something is bound to that, it is taken for the two keys, as Vim does. A letter that is no text, or
    comes with ctrl, is the key at its place; `oncue.tui.framework.layouts`.
    """
    if (event.key.isascii() and "+" not in event.key) or _is_bound(event.key, app):
        yield event
    elif event.key in _TWINS:
        twin = _TWINS[event.key]
        yield events.Key(twin, _CHARACTERS.get(twin))
    elif latin := _latin(event, app):
        yield latin
    elif event.is_printable and _ALT.fullmatch(event.key):
        assert event.character is not None
        yield events.Key("escape", "\x1b")
        yield events.Key(key_name(event.character), event.character)
    else:
        yield event


def _is_bound(key: str, app: App[Any]) -> bool:
    return any(key in known.key_to_bindings for _, known in app.screen._binding_chain)


def _latin(event: events.Key, app: App[Any]) -> events.Key | None:
    """The key of the American layout at the place of that of ``event``, unless it types a text."""
    ctrl, letter = event.key[:5] == "ctrl+", event.key.removeprefix("ctrl+")
    place = at_same_place(letter)
    if not place or (not ctrl and isinstance(app.focused, TextKeys)):
        return None
    return events.Key(f"ctrl+{place.lower()}", None) if ctrl else events.Key(key_name(place), place)
