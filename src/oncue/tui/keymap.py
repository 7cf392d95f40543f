"""The user's own keys: which of them can be used, and how Textual is told.

What terminals cannot send, or what would do two things in one place, is left out with one complaint each.
"""

import re
from collections.abc import Mapping

from textual.binding import Binding, BindingsMap

from oncue.suggestions import did_you_mean
from oncue.tui.framework.key_names import is_key_name, key_name
from oncue.tui.shortcuts import BY_ID, SHORTCUTS, bindings

# Keys that terminals send as something else, or never: what a user's config may not ask for.
_UNSENT = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+left_square_bracket": "escape",
}
_LETTER = re.compile("[a-z]|backslash|right_square_bracket|circumflex_accent|underscore|at")
"""What ctrl can be pressed with in any terminal."""

_NAMED = frozenset(
    (
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "space"),
        *("backspace", "delete", "insert"),
        *(f"f{number}" for number in range(1, 13)),
    )
)


def check_keymap(wanted: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The usable entries of a user's keymap (id to comma list of keys), and a complaint for each of the others."""
    good: dict[str, str] = {}
    complaints: list[str] = []
    for key_id, keys in wanted.items():
        if key_id not in BY_ID:
            complaints.append(f"keys.{key_id}: no such key id; {did_you_mean(key_id, BY_ID)}")
            continue
        named = [_named(one) for one in _listed(keys)]
        reason = next(filter(None, map(_unusable, named)), None) if named else "no key given"
        if reason:
            complaints.append(f"keys.{key_id}: {reason}")
            continue
        good[key_id] = ",".join(named)
    return good, complaints + _clashes(good)


def _clashes(wanted: dict[str, str]) -> list[str]:
    """Drop the entries whose keys would do two things in one context; returns a complaint for each."""
    complaints = []
    for key_id in list(wanted):
        here = BY_ID[key_id].context
        for other in SHORTCUTS:
            shares = here == other.context or "app" in (here, other.context)
            taken = wanted.get(other.id, other.keys).split(",")
            both = [one for one in wanted[key_id].split(",") if one in taken]
            if other.id != key_id and shares and both:
                complaints.append(f"keys.{key_id}: {both[0]!r} is taken by {other.id}")
                del wanted[key_id]
                break
    return complaints


def _listed(keys: str) -> list[str]:
    """The keys of a list with commas between; a comma that stands where a key is expected is the key."""
    found: list[str] = []
    rest = keys.strip()
    while rest:
        if rest.startswith(","):
            one, rest = ",", rest[1:].lstrip().removeprefix(",")
        else:
            one, _, rest = rest.partition(",")
        found.append(one.strip())
        rest = rest.strip()
    return found


def _named(key: str) -> str:
    """``key`` as Textual calls it, however it was written: ``Ctrl+T``, ``F2``, ``.``, ``Space``."""
    *modifiers, last = key.split("+") if not key.endswith("+") else [*key[:-1].removesuffix("+").split("+"), "+"]
    modifiers = [modifier.strip().lower() for modifier in modifiers if modifier.strip()]
    last = last.strip()
    if len(last) == 1:
        if modifiers == ["alt"] and last.isupper():
            modifiers.append("shift")  # so terminals say it
        last = key_name(last.lower() if modifiers else last)
    else:
        last = last.lower()
    return "+".join([*sorted(modifiers), last])


def _unusable(key: str) -> str | None:
    """Why terminals cannot send ``key``, which is as `_named` has it; ``None`` if they can."""
    if key in _UNSENT:
        return f"terminals send {key!r} as {_UNSENT[key]}"
    *modifiers, last = key.split("+")
    if not last or any(modifier not in ("ctrl", "shift", "alt") for modifier in modifiers):
        return f"{key!r} is not a key"
    if not is_key_name(last) and last not in _NAMED:
        return f"{key!r} is not a key"
    typed = last not in _NAMED
    if modifiers == ["shift"] and typed:
        return f"terminals send what shift makes of it; write {last.upper()!r} instead of {key!r}"
    if "ctrl" in modifiers and (
        len(modifiers) > 1 or last in ("enter", "space", "tab") or (typed and not _LETTER.fullmatch(last))
    ):
        return f"many terminals do not send {key!r}"
    return None


def widget_keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """``wanted`` (which is valid) as Textual's keymap, for the bindings of widgets: one entry for each binding."""
    result: dict[str, str] = {}
    for key_id, keys in wanted.items():
        if BY_ID[key_id].context == "app":
            continue
        defaults = BY_ID[key_id].keys.split(",")
        result[key_id] = keys
        for number in range(2, len(defaults) + 1):
            result[f"{key_id}#{number}"] = keys
    return result


def remap(known: BindingsMap, context: str, wanted: Mapping[str, str]) -> None:
    """Give the shortcuts of ``context`` among the bindings ``known`` the keys that are ``wanted``.

    Unlike Textual's keymap this decides again which of the keys work while typing: a letter must not.
    """
    for one in list(known.key_to_bindings):
        rest = [each for each in known.key_to_bindings[one] if (each.id or "").split("#")[0] not in BY_ID]
        known.key_to_bindings[one] = rest
    for binding in bindings(context, wanted):
        assert isinstance(binding, Binding)
        known.key_to_bindings.setdefault(binding.key, []).insert(0, binding)
    for one in [one for one, found in known.key_to_bindings.items() if not found]:
        del known.key_to_bindings[one]
