"""The sparse compositor draws what Textual's draws, and less; the canaries name what it needs of Textual."""

import inspect
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pyte
import pytest
from rich.style import Style
from tests.tui.hands import Hands, designer
from textual import events
from textual._compositor import ChopsUpdate, Compositor, CompositorMap
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.dom import NoScreen
from textual.geometry import Region
from textual.map_geometry import MapGeometry
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from oncue.tui.framework.compositor import Arranged, SparseCompositor, draw_sparsely, redraw


class Watch:
    """Draws every partial update in both ways, and keeps what came out and how many lines were drawn for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.updates: list[tuple[str, str]] = []
        self.drawn: list[tuple[int, int]] = []
        self.lines = {Compositor: 0, SparseCompositor: 0}
        self._drawing: type[Compositor] | None = None
        updates = {kind: kind.render_partial_update for kind in (Compositor, SparseCompositor)}
        draw = Widget.render_lines

        def both(compositor: SparseCompositor) -> ChopsUpdate | None:
            dirty = compositor._dirty_regions.copy()
            drawn: dict[type[Compositor], ChopsUpdate | None] = {}
            # The first drawing may still find places of widgets that came into view: it is not compared.
            for kind, update in [(SparseCompositor, updates[SparseCompositor]), *updates.items()]:
                compositor._dirty_regions = dirty.copy()
                self._drawing, self.lines[kind] = kind, 0
                drawn[kind] = update(compositor)
            self._drawing = None
            if dirty:
                assert compositor.root is not None
                console = compositor.root.app.console
                sparse, whole = (each.render_segments(console) if each else "" for each in drawn.values())
                self.updates.append((sparse, whole))
                self.drawn.append((self.lines[SparseCompositor], self.lines[Compositor]))
            return drawn[SparseCompositor]

        def render_lines(widget: Widget, crop: Region) -> list[Strip]:
            if self._drawing is not None:
                self.lines[self._drawing] += crop.height
            return draw(widget, crop)

        monkeypatch.setattr(SparseCompositor, "render_partial_update", both)
        monkeypatch.setattr(Widget, "render_lines", render_lines)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_change_is_drawn_as_textual_draws_it(
    sample: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch(monkeypatch)
    async with designer(sample, size, paint=True) as hands:
        await hands.press("down", "tab", "tab", "down", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await hands.type("/welcome")
        await hands.press("escape", "2", "tab", "tab", "right", "space", "space")
        await hands.press(
            "4", "c", "m", "m", "m", "m", "up", "w", "3", "enter", "escape", "ctrl+p", "escape", "f1", "escape"
        )
    assert len(watch.updates) > 20
    screen = pyte.Screen(*size)
    terminal = pyte.Stream(screen)
    for number, (sparse, whole) in enumerate(watch.updates):
        assert len(sparse) <= len(whole), number
        terminal.feed(sparse)
        seen = deepcopy(screen.buffer)
        terminal.feed(whole)
        assert screen.buffer == seen, number
    assert all(sparse <= whole for sparse, whole in watch.drawn)


async def test_moving_the_focus_draws_what_changes(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(sample, paint=True) as hands:
        await hands.press("tab", "shift+tab")
        watch = Watch(monkeypatch)
        await hands.press("tab", "tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
    sparse, whole = (sum(lines) for lines in zip(*watch.drawn, strict=True))
    assert sparse < whole / 2


def cells(hands: Hands) -> list[list[tuple[str, Style | None]]]:
    """Every character on the screen with its looks."""
    return [[(letter, part.style) for part in row for letter in part.text] for row in hands.rows()]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_nothing_old_stays_on_the_screen(sample: Path, size: tuple[int, int]) -> None:
    """Widgets redraw only what they think has changed; the screen is as if they had redrawn all of it."""
    async with designer(sample, size) as hands:
        story = (
            "down down enter right space tab n tab x shift+tab 1 e d escape 1 ctrl+z / m e n u escape pagedown end up "
            "4 o enter p up up enter left left w d c m x x home end b 2 tab tab tab right space 4 1 home x enter "
            "3 a enter h i escape J ctrl+s f9 down down enter 5 1 end r - x enter ctrl+z"
        )
        for key in story.split():
            await hands.press(key)
            seen = cells(hands)
            for widget in hands.app.screen.walk_children(Widget):
                widget.refresh()
            assert cells(hands) == seen, f"after {key}"
            await hands.settle()


def in_sight(places: CompositorMap) -> dict[Widget, MapGeometry]:
    """The places, where one clip with no cells in it is as good as another."""
    return {widget: place if place.clip else place._replace(clip=Region()) for widget, place in places.items()}


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (120, 60)])
async def test_what_is_arranged_alone_is_where_it_would_be_with_all_others(
    sample: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    arranged: list[str | None] = []
    arrange = SparseCompositor.arrange_inside

    def counted(compositor: SparseCompositor, box: Widget) -> Arranged | None:
        arranged.append(box.id)
        return arrange(compositor, box)

    monkeypatch.setattr(SparseCompositor, "arrange_inside", counted)
    async with designer(sample, size) as hands:
        compositor = hands.app.screen._compositor
        story = (
            "down down down down down end up up up 2 tab tab tab space c enter 1 enter b x ctrl+z pagedown "
            "1 d e w 1 home down down"
        )
        for key in story.split():
            await hands.press(key)
            places, widgets = compositor._arrange_root(hands.app.screen, compositor.size, visible_only=False)
            assert in_sight(compositor.full_map) == in_sight(places), f"after {key}"
            assert compositor.widgets <= widgets, f"after {key}"  # after scrolling, those in sight
    assert arranged.count("trigger-form") > (5 if size[0] == 120 else 0)


class Boxes(Screen[None]):
    """A box of boxes that scroll, one of which may lie over all others."""

    CSS = """
    #outer { height: 10; margin: 2; border: round red; }
    #inner { height: 4; overflow-y: scroll; margin: 1 0 0 3; }
    #text { height: auto; offset: 1 0; }
    #above { layer: above; height: 1; }
    #outer { layers: below above; }
    .over { overlay: screen; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="outer"):
            yield Static("above", id="above")
            yield Static("first\nsecond")
            with VerticalScroll(id="inner"):
                yield Static("a", id="text")
                yield Static("b", id="last")
            yield Static("hidden", id="hidden")


@pytest.mark.parametrize("box", ["outer", "inner"])
async def test_boxes_in_boxes_are_arranged_alone_too(box: str) -> None:
    class Shows(App[None]):
        CSS = Boxes.CSS

        def get_default_screen(self) -> Boxes:
            screen = Boxes()
            draw_sparsely(screen)
            return screen

    async with Shows().run_test(size=(40, 12)) as pilot:
        screen, compositor = pilot.app.screen, pilot.app.screen._compositor
        assert isinstance(compositor, SparseCompositor)
        widget = screen.query_one(f"#{box}")

        def change(of: Callable[[], object]) -> Arranged | None:
            """Change something, arrange the box alone, and hold it against all."""
            of()
            for each in widget.walk_children(Widget, with_self=True):
                each._clear_arrangement_cache()
            found = compositor.arrange_inside(widget)
            places, widgets = compositor._arrange_root(screen, compositor.size, visible_only=False)
            if found is not None:
                assert in_sight(compositor.full_map) == in_sight(places)
                assert compositor.widgets <= widgets
            return found

        text, last = screen.query_one("#text", Static), screen.query_one("#last", Static)
        found = change(lambda: text.update("1\n2\n3\n4\n5"))
        assert found is not None and {text} <= found.resized and not found.shown | found.hidden
        found = change(lambda: last.set_styles("display: none;"))
        assert found is not None and found.hidden == {last}
        found = change(lambda: last.set_styles("display: block;"))
        assert found is not None and found.shown == {last}
        change(lambda: widget.scroll_to(y=2, animate=False))
        assert change(lambda: last.add_class("over")) is None, "it may be anywhere"


def parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(function).parameters)


def test_compositor_get_renders_and_dirty_regions() -> None:
    assert parameters(Compositor._get_renders) == ["self", "crop"]
    assert parameters(Compositor.render_partial_update) == ["self"]
    assert Compositor()._dirty_regions == set()


def test_screen_compositor() -> None:
    screen: Screen[None] = Screen()
    assert isinstance(screen._compositor, Compositor)
    draw_sparsely(screen)
    assert isinstance(screen._compositor, SparseCompositor)


@pytest.mark.parametrize("kind", [events.MouseMove, events.MouseDown, events.MouseUp, events.MouseScrollDown])
async def test_the_pointer_on_a_widget_that_was_just_removed_ends_nothing(
    acme: Path, monkeypatch: pytest.MonkeyPatch, kind: type[events.MouseEvent]
) -> None:
    async with designer(acme, (120, 60)) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "e")
        area = hands.find("#step-form TextArea", Widget)
        x, y = area.region.offset
        monkeypatch.setattr(hands.app.screen, "_refresh_layout", lambda *_args, **_options: None)
        await area.remove()
        assert area in [found[0] for found in hands.app.screen._compositor.layers_visible[y]], "it is still seen"
        assert hands.app.get_widget_at(x, y)[0] is not area

        async def meet() -> None:
            await hands.app.on_event(kind(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y))

        await meet()
        monkeypatch.setattr(SparseCompositor, "get_widget_at", Compositor.get_widget_at)
        if kind in (events.MouseMove, events.MouseDown):
            with pytest.raises((KeyError, NoScreen)):
                await meet()


async def test_a_widget_that_was_just_removed_is_not_drawn_again(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with designer(acme, (120, 60)) as hands:
        await hands.open_flow("welcome")
        await hands.press("3", "e")
        area = hands.find("#step-form TextArea", Widget)
        monkeypatch.setattr(hands.app.screen, "_refresh_layout", lambda *_args, **_options: None)
        await area.remove()
        compositor = hands.app.screen._compositor
        assert area in compositor.visible_widgets
        with monkeypatch.context() as patch:
            patch.setattr(SparseCompositor, "_get_renders", Compositor._get_renders)
            with pytest.raises(KeyError):
                redraw(hands.app)
        redraw(hands.app)
        assert area not in compositor.visible_widgets
