"""What depends on the inside of Textual: it is there as it is needed, and it does what it is for.

The canaries name the private part of Textual that they need, so that a new version of it fails by name.
"""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.style import Style
from tests.tui.hands import Hands, designer
from textual import events
from textual._compositor import ChopsUpdate, Compositor
from textual.app import App, ComposeResult
from textual.binding import BindingsMap
from textual.dom import NoScreen
from textual.drivers import linux_driver
from textual.geometry import Region, Size
from textual.messages import InBandWindowResize
from textual.notifications import Notification
from textual.reactive import Reactive
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from oncue.tui.framework import (
    GuardedApp,
    SparseCompositor,
    UnstyledFocus,
    bindings_of,
    decode_input_with,
    draw_sparsely,
    draw_with_focus,
    focused_reactive,
    forget_toasts,
    virtual_size_reactive,
)
from oncue.tui.widgets.chips import ChipBar
from oncue.tui.widgets.field import Field
from oncue.tui.widgets.rows import RowList


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
                whole, sparse = (each.render_segments(console) if each else "" for each in drawn.values())
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
        await hands.press("4", "c", "m", "m", "up", "w", "3", "enter", "escape", "ctrl+p", "escape", "f1", "escape")
    assert len(watch.updates) > 20
    for number, (sparse, whole) in enumerate(watch.updates):
        assert sparse == whole, number
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


# Canaries: what the framework's module needs of Textual


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


@pytest.mark.parametrize(
    ("name", "own", "stock"),
    [
        ("focused", focused_reactive(), vars(Screen)["focused"]),
        ("virtual_size", virtual_size_reactive(), vars(Widget)["virtual_size"]),
    ],
)
def test_reactives_declared_again(name: str, own: Reactive[object], stock: Reactive[object]) -> None:
    """They are as in Textual, but for what they draw and arrange; which can only be told by private names."""
    assert isinstance(stock, Reactive), name
    assert stock._layout or name == "focused", "Textual arranges on its own"
    assert stock._repaint
    assert not own._layout
    assert own._repaint == (name == "virtual_size")
    assert own._default == stock._default


def test_scroll_view_scroll_update() -> None:
    assert parameters(ScrollView._scroll_update) == ["self", "virtual_size"]


async def test_widget_set_dirty_and_screen_dirty_widgets() -> None:
    app = Bare()
    async with app.run_test():
        widget = app.query_one(Static)
        draw_with_focus(widget, Region(0, 0, 1, 1))
        assert widget in app.screen._dirty_widgets
        assert widget._exchange_repaint_regions(), "the next frame draws them"


def test_widget_watch_has_focus() -> None:
    assert parameters(Widget.watch_has_focus) == ["self", "_has_focus"]
    assert UnstyledFocus.watch_has_focus is RowList.watch_has_focus is Field.watch_has_focus


def test_app_handle_exception_and_fatal_error() -> None:
    assert parameters(App._handle_exception) == ["self", "error"]
    assert parameters(App._fatal_error) == ["self"]
    assert parameters(App.exit) == ["self", "result", "return_code", "message"]


def test_app_broker_event() -> None:
    assert parameters(App._broker_event) == ["self", "event_name", "event", "default_namespace"]


class Bare(GuardedApp[int]):
    """An app with one text, made by markup."""

    bug_status = 70

    def __init__(self) -> None:
        super().__init__()
        self.met: list[Exception] = []
        self.ran = 0

    def compose(self) -> ComposeResult:
        yield Static("[@click=app.ran]click me[/]")

    def bug_met(self, error: Exception) -> None:
        self.met.append(error)

    def action_ran(self) -> None:
        self.ran += 1

    def action_fail(self) -> None:
        raise ValueError("a bug")


async def test_a_click_on_a_text_runs_no_action() -> None:
    app = Bare()
    async with app.run_test() as pilot:
        await pilot.click(Static, offset=(1, 0))
        assert app.ran == 0
        with pytest.MonkeyPatch.context() as patch:
            patch.delattr(GuardedApp, "_broker_event")
            await pilot.click(Static, offset=(1, 0))
        assert app.ran == 1, "in Textual it does"


async def test_a_bug_is_told_once_and_ends_the_app_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    app = Bare()
    with pytest.raises(ValueError, match="a bug"):
        async with app.run_test() as pilot:
            app.call_later(app.action_fail)
            app.call_later(app.action_fail)
            await pilot.pause()
    assert len(app.met) == 1
    assert app.leaving
    assert app.return_code == 70
    assert "Traceback" not in capsys.readouterr().err


async def test_a_press_beside_all_widgets_ends_nothing() -> None:
    """With its selection of text, Textual asks for the region of the parent of the screen, which has none."""
    app = Bare()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.mouse_down(offset=(30, 8))
        await pilot.mouse_up(offset=(30, 8))
    assert not app.met


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


async def test_an_error_of_ours_under_the_pointer_is_a_bug(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ChipBar, value: str) -> None:
        raise KeyError(value)

    monkeypatch.setattr(ChipBar, "clicked", fail)
    with pytest.raises(KeyError):
        async with designer(acme) as hands:
            await hands.click("#trigger-participants", 14)
    assert isinstance(hands.app.crash, KeyError)


async def test_a_size_that_the_terminal_has_no_more_is_not_answered(sample: Path) -> None:
    async with designer(sample) as hands:
        for size, answered in ((Size(80, 24), False), (Size(120, 40), True)):
            event = events.Resize(size, size)
            hands.app.designer.on_resize(event)
            assert event._no_default_action is not answered


def test_app_notifications_and_unnotify() -> None:
    assert parameters(App._unnotify) == ["self", "notification", "refresh"]
    app: App[None] = App()
    for text in ("one", "two", "one", "three", "four"):
        app._notifications.add(Notification(text))
    forget_toasts(app, "one", 2)
    assert [note.message for note in app._notifications] == ["three", "four"]
    forget_toasts(app, "", 0)
    assert not list(app._notifications)


def test_node_bindings() -> None:
    found = bindings_of(Widget())
    assert isinstance(found, BindingsMap)
    assert isinstance(found.key_to_bindings, dict)


def test_linux_driver_getincrementaldecoder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "getincrementaldecoder" in inspect.getsource(linux_driver.LinuxDriver.run_input_thread), "it is used"
    monkeypatch.setattr(linux_driver, "getincrementaldecoder", None)

    def decoder(encoding: str) -> str:
        return encoding

    decode_input_with(decoder)
    assert vars(linux_driver)["getincrementaldecoder"] is decoder


async def test_linux_driver_mouse_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Textual turns on where the terminal reports sizes in the input is turned off with the rest of the mouse."""
    written: list[str] = []
    monkeypatch.setattr(linux_driver.LinuxDriver, "write", lambda self, data: written.append(data))
    app = GuardedApp[int]()
    assert issubclass(app.driver_class, linux_driver.LinuxDriver)
    driver = app.driver_class(app)
    driver._disable_mouse_support()
    assert "\x1b[?1016l" not in written
    driver.process_message(InBandWindowResize(True, False))
    assert "\x1b[?1016h" in written
    driver._disable_mouse_support()
    assert written[-1] == "\x1b[?1016l"


def test_click_style_meta() -> None:
    """Public, but everything that is clicked depends on it (`oncue.tui.widgets.lines`)."""
    style = Style(bold=True) + Style(meta={"target": "a"})
    assert style.meta == {"target": "a"}
    assert "style" in parameters(events.Click)
