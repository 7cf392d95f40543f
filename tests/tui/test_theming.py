"""Everything that is read is readable, in every theme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from oncue.tui.theming import CHIPS, EVENTS, GROUNDS, ROLES, contrast, luminance, palette, readable, role_styles

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
    for role in ("foreground", *(role for role in ROLES if role != "strong")):
        for place in ("background", "highlight", "surface"):
            ratio = contrast(Color.parse(found[role]), Color.parse(found[place]))
            assert ratio >= CONTRAST, f"{theme.name}: {role} on the {place} is {ratio:.2f}"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_chips_can_be_read_and_told_apart(theme: Theme) -> None:
    found = colors(theme)
    styles = role_styles(theme, found)
    for chip in CHIPS:
        color, ground = styles[chip].color, styles[chip].bgcolor
        assert color is not None
        assert color.triplet is not None
        assert ground is not None
        assert ground.triplet is not None
        assert contrast(Color(*color.triplet), Color(*ground.triplet)) >= CONTRAST, chip
    assert len({styles[chip].bgcolor for chip in CHIPS}) == 4
    on, off = styles["chip"].bgcolor, styles["quiet chip"].bgcolor
    assert on is not None
    assert on.triplet is not None
    assert off is not None
    assert off.triplet is not None
    assert contrast(Color(*on.triplet), Color(*off.triplet)) >= 3, "what is on is seen at once"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_events_keep_their_hues(theme: Theme) -> None:
    """Green, blue, pink and yellow stay what they are, and can be told from each other, in dark and light themes."""
    found = colors(theme)
    hues = [Color.parse(found[role]).hsl.h * 360 for role in EVENTS]
    for hue, meant in zip(hues, EVENTS.values(), strict=True):
        assert abs(hue - meant.hsl.h * 360) < 12


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_band_stands_out(theme: Theme) -> None:
    found = colors(theme)
    grounds = [Color.parse(found[each]) for each in ("background", "surface", "highlight")]
    assert contrast(grounds[0], grounds[2]) >= 1.2
    assert contrast(grounds[0], grounds[1]) >= 1.1, "fields and bars have a ground of their own"
    assert grounds[1] != grounds[2]


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
    assert styles.keys() == {"", *ROLES, *GROUNDS, *CHIPS}
    assert styles["strong"].bold, "not by colour alone"
    if theme.ansi:
        assert styles["highlight"].reverse
        looks = [styles["highlight"] + styles[on_it] for on_it in ("", "cursor", "selection")]
        assert len(set(looks)) == 3, "the cursor and what is selected can be told from the band"
        assert styles["field"].underline, "monochrome terminals show fields, too"
        assert styles["chip"].reverse
        assert not styles["quiet chip"].reverse
        assert len({styles[role].color for role in EVENTS}) == 4
        for role in (*ROLES, *CHIPS):
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
