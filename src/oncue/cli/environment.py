"""Environment variables are input: what Textual would make of some of them is decided here, before it is imported.

Textual takes its own variables as a developer's wish and fails on a wrong one, counts an empty ``NO_COLOR`` as set, and
believes ``COLUMNS`` for as long as it runs. So only the variables that concern users come through, and only if their
value is one of those it knows.
"""

from collections.abc import Mapping, MutableMapping

from oncue.cli.diagnostics import UsageError
from oncue.suggestions import did_you_mean

_COLOURED = ("xterm", "screen", "tmux", "linux", "rxvt", "alacritty", "foot", "kitty", "ghostty", "wezterm")
"""Terminals that have colours: to ask the system's list of terminals takes some milliseconds."""

_SWITCH = ("0", "1")
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "TEXTUAL_COLOR_SYSTEM": ("auto", "standard", "256", "truecolor"),
    "TEXTUAL_ANIMATIONS": ("none", "basic", "full"),
    "TEXTUAL_DISABLE_KITTY_KEY": _SWITCH,
    "TEXTUAL_SMOOTH_SCROLL": _SWITCH,
    "TEXTUAL_SPEEDUPS": _SWITCH,
}
"""Variables of Textual that reach it, with their values. Others run code, press keys, write files or end the app."""


def prepare_environment(environ: MutableMapping[str, str]) -> None:
    """Leave in ``environ`` what the app may be started with. Raises `UsageError` for a value that has no meaning."""
    for name in [name for name in environ if name.startswith("TEXTUAL_")]:
        known = _KNOWN.get(name)
        if known is None or not environ[name]:
            del environ[name]
        elif environ[name].lower() not in known:
            raise UsageError(f"{name}: {environ[name]!r} is not a known value; {did_you_mean(environ[name], known)}")
    # A shell exports these with the size that its window had once; the terminal knows the size that it has.
    for name in ("COLUMNS", "LINES"):
        environ.pop(name, None)
    if not environ.get("NO_COLOR"):  # https://no-color.org: "when present and not an empty string"
        environ.pop("NO_COLOR", None)
        if _is_monochrome(environ):
            environ["NO_COLOR"] = "1"


def _is_monochrome(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to have no colours, such as a VT100; Textual would send it some all the same."""
    term = environ.get("TERM", "")
    if not term or environ.get("COLORTERM") or "color" in term or term.startswith(_COLOURED):
        return False
    try:
        import curses
    except ImportError:  # Windows
        return False
    try:
        curses.setupterm(term, 2)
        return curses.tigetnum("colors") <= 0
    except (curses.error, TypeError, ValueError):  # a terminal that nobody knows
        return False
