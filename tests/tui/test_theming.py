"""Everything that is read is readable, in every theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from oncue.tui.theming import ROLES, contrast, luminance, palette, readable, role_styles

CONTRAST = 4.5
"""WCAG 2 AA, for text of ordinary size."""

THEMES = {name: theme for name, theme in BUILTIN_THEMES.items() if not theme.ansi}
ANSI = {name: theme for name, theme in BUILTIN_THEMES.items() if theme.ansi}


def colors(theme: Theme) -> dict[str, str]:
    app: App[None] = App()
    app.register_theme(theme)
    app.theme = theme.name
    return palette(theme, app.get_css_variables())


def test_the_themes_of_textual_are_all_there() -> None:
    assert len(THEMES) >= 15
    assert ANSI, "the terminal's own colours are among them"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_role_can_be_read_on_the_ground_and_on_the_band(theme: Theme) -> None:
    found = colors(theme)
    ground, band = Color.parse(found["background"]), Color.parse(found["highlight"])
    for role in ("foreground", *(role for role in ROLES if role != "strong")):
        for place, behind in (("background", ground), ("highlight", band)):
            ratio = contrast(Color.parse(found[role]), behind)
            assert ratio >= CONTRAST, f"{theme.name}: {role} on the {place} is {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_band_stands_out(theme: Theme) -> None:
    found = colors(theme)
    assert contrast(Color.parse(found["background"]), Color.parse(found["highlight"])) >= 1.2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_is_inverted_can_be_read_too(theme: Theme) -> None:
    """Jump letters, selections and the cursor are drawn in the background's colour on the accent or the foreground."""
    found = colors(theme)
    ground = Color.parse(found["background"])
    for role in ("accent", "foreground"):
        assert contrast(ground, Color.parse(found[role])) >= CONTRAST


@pytest.mark.parametrize("theme", [*THEMES.values(), *ANSI.values()], ids=[*THEMES, *ANSI])
def test_every_role_has_a_style(theme: Theme) -> None:
    styles = role_styles(theme, colors(theme))
    assert styles.keys() == {"", "highlight", "cursor", "selection", *ROLES}
    assert styles["strong"].bold, "not by colour alone"
    if theme.ansi:
        assert styles["highlight"].reverse
        looks = [styles["highlight"] + styles[on_it] for on_it in ("", "cursor", "selection")]
        assert len(set(looks)) == 3, "the cursor and what is selected can be told from the band"
        for role in ROLES:
            color = styles[role].color
            assert color is None or color.triplet is None, "the terminal's own colours"


channels = st.integers(0, 255)
any_color = st.builds(Color, channels, channels, channels)


@given(any_color, any_color)
def test_contrast_is_a_ratio(one: Color, other: Color) -> None:
    ratio = contrast(one, other)
    assert 1 <= ratio <= 21.0001
    assert ratio == contrast(other, one)
    assert contrast(one, one) == 1
    assert 0 <= luminance(one) <= 1


@given(any_color, any_color)
def test_anything_can_be_made_readable_on_one_ground(color: Color, ground: Color) -> None:
    made = readable(color, ground)
    assert contrast(made, ground) >= CONTRAST
    if contrast(color, ground) >= CONTRAST:
        assert made == color, "what is readable stays as it is"


def test_known_ratios() -> None:
    white, black, grey = Color(255, 255, 255), Color(0, 0, 0), Color(119, 119, 119)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.48, abs=0.01)
