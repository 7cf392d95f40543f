"""The few colours of the app, made from any theme so that everything stays readable.

The app draws in roles and not in colours: muted, accent, success, error, warning, and the highlight under the
cursor. Each role takes its hue from the theme and is moved towards black or white until its contrast with the
theme's background and with the highlight is at least `CONTRAST` (WCAG 2 AA). Themes of the terminal's own palette
cannot be measured; for these the roles are plain colours of the palette, and the highlight is reverse video.
"""

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

CONTRAST = 4.5
ROLES = ("muted", "accent", "success", "error", "warning", "strong")

_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)
_ANSI = {
    "muted": "ansi_default",
    "accent": "ansi_cyan",
    "success": "ansi_green",
    "error": "ansi_red",
    "warning": "ansi_yellow",
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
        return {**_ANSI, "background": "ansi_default", "foreground": "ansi_default", "highlight": "ansi_default"}
    background = Color(*Color.parse(variables["background"]).rgb)
    foreground = readable(Color.parse(variables["foreground"]), background, ratio=7)
    primary = Color.parse(variables["primary"])
    # The highlight has to stand out from the background, and all text on it has to stay readable.
    highlight = background.blend(primary, 0.3)
    hues = {
        "accent": Color.parse(variables["accent"]),
        "success": Color.parse(variables["success"]),
        "error": Color.parse(variables["error"]),
        "warning": Color.parse(variables["warning"]),
        "muted": foreground.blend(background, 0.35),
    }
    roles = {role: readable(hue, background, highlight).hex for role, hue in hues.items()}
    return {
        **roles,
        "background": background.hex,
        "foreground": readable(foreground, background, highlight).hex,
        "highlight": highlight.hex,
    }


def role_styles(theme: Theme, colors: Mapping[str, str]) -> dict[str, Style]:
    """The style of every role, and of what lies under it: highlight, cursor and selection.

    ``colors`` is the `palette` of ``theme``.
    """
    if theme.ansi:
        plain = {role: Style(color=name.removeprefix("ansi_")) for role, name in _ANSI.items()}
        under = {"highlight": Style(reverse=True), "cursor": Style(reverse=False), "selection": plain["accent"]}
        return {**plain, **under, "": Style(), "strong": Style(bold=True)}
    styles = {role: Style(color=colors[role]) for role in ROLES if role != "strong"}
    strong = Style(color=colors["foreground"], bold=True)
    under = {
        "highlight": Style(bgcolor=colors["highlight"]),
        "cursor": Style(color=colors["background"], bgcolor=colors["foreground"]),
        "selection": Style(color=colors["background"], bgcolor=colors["accent"]),
    }
    return {**styles, **under, "": Style(color=colors["foreground"]), "strong": strong}
