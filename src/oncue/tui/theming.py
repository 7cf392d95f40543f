"""The few colours of the app, made from any theme so that everything stays readable.

The app draws in roles and not in colours: muted, accent, success, error, warning, one for each event, and grounds
to draw on. A role takes its hue from the theme, that of an event is its own, and both are moved towards black or
white until their contrast with every ground is at least `CONTRAST` (WCAG 2 AA). Themes of the terminal's own palette
cannot be measured; for these the roles are plain colours of the palette, and what is a ground elsewhere is reverse
video or an underline, which monochrome terminals have, too.
"""

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

CONTRAST = 4.5
EVENTS: Mapping[str, Color] = {
    "created": Color(95, 215, 135),
    "joined": Color(95, 175, 255),
    "left": Color(255, 125, 190),
    "message": Color(240, 200, 80),
}
"""The hues of the events (`oncue.workbench.event_look`): green, blue, pink and yellow in every theme."""

ROLES = ("muted", "accent", "success", "error", "warning", "strong", *EVENTS)
"""What text is drawn in, on any ground."""

GROUNDS = ("highlight", "row", "cursor", "selection", "surface", "field", "bubble")
"""What text is drawn on: the band under the cursor, where the cursor of a pane without the focus stands, the cursor in
a text, a selection, bars, fields, and what was written in a conversation."""

CHIPS = ("chip", "chip here", "quiet chip", "quiet chip here")
"""Chips, which bring their own ground: those that are on, those that are off, and both under the cursor."""

_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)
_ANSI = {
    "muted": "ansi_default",
    "accent": "ansi_cyan",
    "success": "ansi_green",
    "error": "ansi_red",
    "warning": "ansi_yellow",
    "created": "ansi_green",
    "joined": "ansi_blue",
    "left": "ansi_magenta",
    "message": "ansi_yellow",
}


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""

    def linear(channel: int) -> float:
        share = channel / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio as WCAG 2 defines it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: Color, *grounds: Color, ratio: float = CONTRAST) -> Color:
    """``color``, moved as little as needed towards white or black to be readable on all of ``grounds``."""
    target = max((_WHITE, _BLACK), key=lambda end: min(contrast(end, ground) for ground in grounds))
    for share in range(0, 101, 5):
        moved = color.blend(target, share / 100)
        if all(contrast(moved, ground) >= ratio for ground in grounds):
            return moved
    return target


def palette(theme: Theme, variables: Mapping[str, str]) -> dict[str, str]:
    """The CSS variables of the roles for ``theme``, whose own variables are ``variables``."""
    if theme.ansi:
        default = dict.fromkeys(("background", "foreground", "highlight", "surface"), "ansi_default")
        return {**_ANSI, **default}
    background = Color(*Color.parse(variables["background"]).rgb)
    foreground = readable(Color.parse(variables["foreground"]), background, ratio=7)
    primary = Color.parse(variables["primary"])
    # The grounds have to stand out from the background, and all text on them has to stay readable.
    highlight = background.blend(primary, 0.3)
    surface = background.blend(foreground, 0.1)
    hues = {
        "accent": Color.parse(variables["accent"]),
        "success": Color.parse(variables["success"]),
        "error": Color.parse(variables["error"]),
        "warning": Color.parse(variables["warning"]),
        "muted": foreground.blend(background, 0.35),
        "foreground": foreground,
        **EVENTS,
    }
    roles = {role: readable(hue, background, highlight, surface).hex for role, hue in hues.items()}
    return {**roles, "background": background.hex, "highlight": highlight.hex, "surface": surface.hex}


def role_styles(theme: Theme, colors: Mapping[str, str]) -> dict[str, Style]:
    """The style of every role, ground and chip. ``colors`` is the `palette` of ``theme``."""
    if theme.ansi:
        plain = {role: Style(color=name.removeprefix("ansi_")) for role, name in _ANSI.items()}
        band = Style(reverse=True)
        under = {
            "highlight": band,
            "row": Style(underline=True),
            "cursor": Style(reverse=False),
            "selection": plain["accent"],
            "surface": Style(),
            "field": Style(underline=True),
            "bubble": Style(bold=True),
        }
        chips = (plain["success"] + band, plain["accent"] + band, Style(), Style(bold=True))
        return {**plain, **under, **dict(zip(CHIPS, chips, strict=True)), "": Style(), "strong": Style(bold=True)}
    ground, bars = colors["background"], colors["surface"]
    styles = {role: Style(color=colors[role]) for role in ROLES if role != "strong"}
    under = {
        "highlight": Style(bgcolor=colors["highlight"]),
        "row": Style(bgcolor=bars),
        "cursor": Style(color=ground, bgcolor=colors["foreground"]),
        "selection": Style(color=ground, bgcolor=colors["accent"]),
        "surface": Style(bgcolor=bars),
        "field": Style(bgcolor=bars),
        "bubble": Style(color=colors["foreground"], bgcolor=bars),
    }
    chips = (
        Style(color=ground, bgcolor=colors["success"]),
        Style(color=ground, bgcolor=colors["accent"]),
        Style(color=colors["muted"], bgcolor=bars),
        Style(color=colors["accent"], bgcolor=colors["highlight"]),
    )
    strong = Style(color=colors["foreground"], bold=True)
    plain = {"": Style(color=colors["foreground"]), "strong": strong}
    return {**styles, **under, **dict(zip(CHIPS, chips, strict=True)), **plain}
