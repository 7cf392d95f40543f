"""Text from files and events, made safe to show.

A name in a flow file or a message in a captured event may hold terminal escapes, control characters, text
direction overrides or half a surrogate pair. `visible` turns each into a picture of itself, so that it can be
seen and does nothing. It is for showing only: what is stored is what was written.
"""

import re

LIMIT = 2_000
"""Characters of one text that are ever shown."""

# C0, DEL, C1, blanks that nobody sees (soft hyphen, fillers), bidi controls (UAX #9), line and paragraph separators,
# surrogates, the byte order mark and tag characters: all that a terminal obeys or hides. Not among them are the
# joiners of scripts and emoji (U+200C, U+200D), which are harmless and mean something.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def visible(text: str, limit: int = LIMIT) -> str:
    """``text`` on one line with everything that a terminal would obey shown instead, capped at ``limit``.

    >>> visible("a\\x1b[2Jb\\n")
    'a␛[2Jb␊'
    """
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    shown = _UNSEEN.sub(_picture, text[: limit + 1])
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def masked(text: str) -> str:
    """As `visible`, but with exactly one character for each that is replaced, so that widths stay what they were."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "�"


def visible_lines(text: str, limit: int = LIMIT) -> str:
    """As `visible`, with line breaks kept as line breaks."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "\n".join(visible(line, limit) for line in cut.replace("\r\n", "\n").split("\n"))


def shell_command(program: str, path: str) -> str:
    """``program`` applied to ``path``, to be pasted into a shell. No message may put a command together otherwise.

    >>> shell_command("oncue init", "a b;id")
    "oncue init 'a b;id'"
    """
    import shlex  # for messages only

    return f"{program} {shlex.quote(f'./{path}' if path.startswith('-') else path)}"


_ESCAPED = re.compile("[\u2400-\u241f\u2421]|⟨(?=U\\+[0-9A-F]{4,6}⟩)")
"""Characters of a text that `from_editable` would take for a picture of another one."""

_PICTURE = re.compile("[\u2400-\u241f\u2421]|⟨U\\+([0-9A-F]{4,6})⟩")


def editable(text: str, keep: str = "") -> str:
    """``text`` for a field in which it is edited: as `visible`, but whole, and `from_editable` gives it back.

    The characters of ``keep``, such as a line feed, stay what they are.

    >>> editable("a\\nb␊")
    'a␊b⟨U+240A⟩'
    """
    if text.isascii() and text.isprintable():
        return text

    def picture(found: re.Match[str]) -> str:
        return found[0] if found[0] in keep else _picture(found)

    escaped = _ESCAPED.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
    return _UNSEEN.sub(picture, escaped)


def from_editable(shown: str) -> str:
    """The text that `editable` shows as ``shown``."""
    return shown if shown.isascii() else _PICTURE.sub(_pictured, shown)


def _pictured(found: re.Match[str]) -> str:
    if found[1] is None:
        return "\x7f" if found[0] == "␡" else chr(ord(found[0]) - 0x2400)
    code = int(found[1], 16)
    # What is no character is what somebody wrote.
    return found[0] if code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def counted(number: int, noun: str) -> str:
    """``1 flow``, ``2 flows``, ``1,000 flows``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(items: "list[str]", last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"


def first(items: "list[str]", most: int) -> str:
    """``a, b and 3 more``: the first of ``items``, and how many are left out."""
    return ", ".join(items[:most]) + (f" and {len(items) - most:,} more" if len(items) > most else "")
