"""Make docs/recording.svg, the moving picture in the README: ``python docs/recording.py [FILE]``.

Plays keys in the real app on a copy of ``sample_workspace`` and keeps what is on the screen after each scene: a flow is
found, chips are switched, an event is fired, the nearest edit is taken. CSS shows one scene after the other, so the
picture needs no script and no player, and the same code gives the same bytes. What is the same in several scenes is in
the file once, which makes it a quarter as long.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import screenshot  # beside this file
from screenshot import SIZE, until

from oncue.storage.user.settings import Settings
from oncue.tui.app import OncueApp
from oncue.tui.opening import begin_opening

SECONDS = 2.4
"""How long each scene is seen."""

Scene = tuple[tuple[str, ...], Callable[[OncueApp], object]]


def _picked(app: OncueApp) -> bool:
    return bool(app.store and app.store.session.selected == "location-shared")


def _types(count: int) -> Callable[[OncueApp], object]:
    def chosen(app: OncueApp) -> bool:
        flow = app.store.state.flow if app.store else None
        return flow is not None and len(flow.trigger.message_types or ()) == count

    return chosen


def _events(count: int) -> Callable[[OncueApp], object]:
    def happened(app: OncueApp) -> bool:
        timeline = app.store.state.timeline if app.store else None
        return timeline is not None and len(timeline.events) == count

    return happened


SCENES: tuple[Scene, ...] = (
    ((), lambda _app: True),
    (("f", *"locat"), lambda _app: True),
    (("enter",), _picked),
    (("tab", "tab", "I", "space"), _types(2)),
    (("F", "space"), _types(3)),
    (("4", "c"), _events(1)),
    (("m", "c"), lambda _app: True),
    (("t",), _events(2)),
    (("t",), _types(4)),
)
"""The keys of each scene, and what is true when they have done what they are for."""


async def scenes(folder: Path) -> list[str]:
    """What is on the screen after each scene, as SVG."""
    app = OncueApp(begin_opening(folder), Settings(folder / "config.toml"))
    found = []
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda app: app.disk and app.disk.ready.is_set())
        await until(
            pilot, lambda app: app.store and app.store.state.standings.by_id and not app.store.state.standings.late
        )
        for keys, done in SCENES:
            for key in keys:
                await pilot.press(key)
            await until(pilot, done)
            await until(
                pilot, lambda app: app.store and app.store.state.standings.by_id and not app.store.state.standings.late
            )
            found.append(screenshot.tidy(app.export_screenshot(title="oncue sample_workspace")))
    return found


_RULE = re.compile(r"\.terminal-\d+-(r\d+) \{ (.*?) \}")
_TEXT = re.compile(r'<text class="terminal-\d+-(r\d+)"([^>]*?) clip-path="[^"]*">([^<]*)</text>')
_GROUND = re.compile(r'<rect fill="([^"]*)" x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"[^>]*/>')
_SCREEN = '<g transform="translate(9, 41)"'
"""Where the screen begins, inside the frame of a window."""


def grounds(screen: str) -> list[str]:
    """The grounds of the cells; neighbours of one colour are one."""
    found: list[list[str]] = []
    for fill, x, y, width, height in _GROUND.findall(screen):
        last = found[-1] if found else None
        if last and last[0] == fill and last[2] == y and abs(float(last[1]) + float(last[3]) - float(x)) < 0.2:
            last[3] = f"{float(x) + float(width) - float(last[1]):.1f}"
        else:
            found.append([fill, x, y, width, height])
    return ['<rect fill="{}" x="{}" y="{}" width="{}" height="{}"/>'.format(*each) for each in found]


def texts(picture: str, screen: str) -> list[str]:
    """The texts, each with its own style, so that equal ones are equal in all pictures."""
    rules = dict(_RULE.findall(picture))
    return [
        f'<text style="{rules[rule]}"{place}>{words}</text>'
        for rule, place, words in _TEXT.findall(screen)
        if words.strip()
    ]


def animated(pictures: list[str]) -> str:
    """One picture that shows ``pictures`` one after the other, for ever."""
    styles: dict[str, str] = {}
    drawn, groups = [], set()
    screens = [picture[picture.index(_SCREEN) :] for picture in pictures]
    for layer in ([grounds(each) for each in screens], list(map(texts, pictures, screens))):
        for numbers, pieces in _by_scenes(layer).items():
            groups.add(numbers)
            drawn.append(f'<g class="{_name(numbers)}">{"".join(pieces)}</g>')
    body = re.sub(
        'style="([^"]*)"', lambda style: f'class="{styles.setdefault(style[1], f"c{len(styles)}")}"', "\n".join(drawn)
    )
    head, window = pictures[0][: pictures[0].index("<style>")], pictures[0][: pictures[0].index(_SCREEN)]
    window = re.sub(r"terminal-\d+-", "", window[window.rindex("</defs>") + len("</defs>") :])
    rules = [
        "text { font-family: Fira Code, monospace; font-size: 20px; white-space: pre }",
        ".title { font-family: arial; font-size: 18px; font-weight: bold }",
        "g rect { shape-rendering: crispEdges }",
        *(f".{name} {{ {style} }}" for style, name in styles.items()),
        *(_rule(numbers, len(pictures)) for numbers in sorted(groups) if len(numbers) < len(pictures)),
    ]
    parts = [head.strip(), "<style>", *rules, "</style>", window.strip(), f"{_SCREEN}>", body, "</g>", "</svg>"]
    return "\n".join(parts) + "\n"


def _by_scenes(layer: list[list[str]]) -> dict[tuple[int, ...], list[str]]:
    """The pieces of all scenes, by the numbers of the scenes that they are in."""
    seen: dict[str, set[int]] = {}
    for number, pieces in enumerate(layer):
        for piece in pieces:
            seen.setdefault(piece, set()).add(number)
    groups: dict[tuple[int, ...], list[str]] = {}
    for piece, numbers in seen.items():
        groups.setdefault(tuple(sorted(numbers)), []).append(piece)
    return groups


def _name(numbers: tuple[int, ...]) -> str:
    return "s" + "-".join(map(str, numbers))


def _rule(numbers: tuple[int, ...], count: int) -> str:
    """When the pieces are seen that are in the scenes ``numbers``. Who wants no movement sees the last scene."""
    name, moments = _name(numbers), []
    for number in range(count):
        shown = number in numbers
        if number == 0 or shown != (number - 1 in numbers):
            moments.append(f"{100 * number / count:.2f}% {{ visibility: {'visible' if shown else 'hidden'} }}")
    last = "visible" if count - 1 in numbers else "hidden"
    return (
        f".{name} {{ visibility: {last} }} @keyframes {name} {{ {' '.join(moments)} }} "
        f"@media (prefers-reduced-motion: no-preference) "
        f"{{ .{name} {{ animation: {name} {count * SECONDS:.1f}s step-end infinite }} }}"
    )


def main() -> None:
    """Write the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else screenshot.ROOT / "docs" / "recording.svg"
    with tempfile.TemporaryDirectory() as temporary:
        folder = screenshot.prepared(Path(temporary))
        file.write_text(animated(asyncio.run(scenes(folder))), encoding="utf-8", newline="\n")
    print(file)


if __name__ == "__main__":
    main()
