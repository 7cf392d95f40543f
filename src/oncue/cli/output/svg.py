"""A few shapes of SVG, for pictures that are looked at in a browser, a wiki or a pull request.

Colours are those of a light page, which the picture brings with it. Text is escaped here and nowhere else.
"""

from collections.abc import Iterable, Iterator

from oncue.workbench.escaping import xml_text

INK, FAINT, PAPER, LINE = "#1b2530", "#57636f", "#ffffff", "#c5ced6"
FONT = "ui-sans-serif, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
LETTER = 0.58
"""Width of a letter on average, in sizes of the font."""


def document(width: float, height: float, title: str, shapes: Iterable[str]) -> Iterator[str]:
    """A whole picture, line by line, with a title for those who cannot see it."""
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" font-family="{FONT}" font-size="12">'
    )
    yield f"<title>{xml_text(title)}</title>"
    yield f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    yield from shapes
    yield "</svg>"


def text(
    x: float, y: float, words: str, *, size: float = 12, fill: str = INK, anchor: str = "start", bold: bool = False
) -> str:
    """A line of text whose baseline begins, has its middle or ends at a point."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{weight}>'
        f"{xml_text(words)}</text>"
    )


def shortened(words: str, width: float, size: float = 12) -> str:
    """``words`` cut to about ``width``."""
    most = max(1, int(width / (size * LETTER)))
    return words if len(words) <= most else f"{words[: most - 1]}…"
