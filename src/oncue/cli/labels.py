"""What a word on the command line names: a key as files have it, or the label that the app and the documents show.

People type what they read: *API key* and not ``access_key``. So the options that take events, types, channels and
instances understand both, in any case and with blanks, hyphens or underscores between the words. A key is never taken
for the label of another one, and a label that several have names none of them.
"""

import re
from collections.abc import Mapping

from oncue.suggestions import advice, likely
from oncue.text import first, listed

_MOST = 12


def keys_meant(word: str, labels: Mapping[str, str]) -> list[str]:
    """The keys of ``labels`` that ``word`` names: one, or none, or several, and then it is not clear which."""
    if word in labels:
        return [word]
    form = _form(word)
    if not form:
        return []
    of_keys = [key for key in labels if _form(key) == form]
    return of_keys or [key for key, label in labels.items() if _form(label) == form]


def with_labels(labels: Mapping[str, str]) -> str:
    """Each key with its label: ``contact, access_key (API key)``. What the label only repeats is left out."""
    return first([f"{key}{_in_brackets(key, labels)}" for key in labels], _MOST)


def label_hint(word: str, labels: Mapping[str, str]) -> str:
    """What to say after a ``word`` that names nothing, or several: what was meant, or what there is."""
    if not labels:
        return "there are none"
    if several := keys_meant(word, labels):
        return f"it may be {_listed(several, labels)}; give one of these"
    said = advice(word, labels)
    spelt = likely(word, labels.values()) if said is None else []
    if near := likely(word, labels) or [key for key, label in labels.items() if label in spelt]:
        return f"did you mean {_listed(near, labels)}?"
    return f"{f'{said}; ' if said else ''}expected one of: {with_labels(labels)}"


def _listed(keys: list[str], labels: Mapping[str, str]) -> str:
    return listed([f"{key!r}{_in_brackets(key, labels)}" for key in keys], "or")


def _in_brackets(key: str, labels: Mapping[str, str]) -> str:
    return "" if _form(labels[key]) == _form(key) else f" ({labels[key]})"


def _form(word: str) -> str:
    """``word`` in small letters, and with one blank for whatever stands between its parts."""
    return " ".join(re.findall(r"[^\W_]+", word.casefold()))
