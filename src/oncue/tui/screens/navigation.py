"""The screen of all panes, and finding the way among them: panes, palette, help, jump mode, filter, goto, themes.

The shortcuts of the context ``app`` are bound on this screen and not on the app, so a dialog above it has only its own
keys. They do nothing before the workspace is read.
"""

from collections.abc import Awaitable, Callable, Mapping

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from oncue.tui import jump
from oncue.tui.framework.bindings import bindings_of
from oncue.tui.framework.compositor import draw_sparsely
from oncue.tui.framework.focus import focused_reactive
from oncue.tui.host import host
from oncue.tui.keymap import remap
from oncue.tui.messages import Open, ShowPane
from oncue.tui.screens.command_screen import CommandScreen
from oncue.tui.screens.pane_grid import PaneGrid
from oncue.tui.shortcuts import BY_ID, bindings, in_use
from oncue.tui.widgets.footer import KeyFooter
from oncue.tui.widgets.header import HeaderLine
from oncue.tui.widgets.picker import Entry
from oncue.tui.widgets.tab_line import TabLine
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.header import Repository, scenario_parts
from oncue.workbench.said import Said
from oncue.workbench.state import State
from oncue.workbench.store import Store

TOO_SMALL = "This needs more room: at least 50 × 15. Nothing is lost; make the window larger."

_WIDTHS = [(0, "-tiny"), (50, "-narrow"), (110, "-wide")]
_HEIGHTS = [(0, "-flat"), (15, "-low"), (30, "-tall"), (50, "-high")]


class NavigationScreen(CommandScreen):
    """All panes, header and tabs above them, the footer below. ``begin`` is awaited before the first paint."""

    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS = bindings("app")
    focused = focused_reactive()
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(
        self, size: tuple[int, int], wanted_keys: Mapping[str, str], begin: Callable[[], Awaitable[None]]
    ) -> None:
        # The classes for the size are set from the start, as setting them later styles every widget again.
        width, height = _band(size[0], _WIDTHS), _band(size[1], _HEIGHTS)
        super().__init__(classes=f"{width} {height}")
        draw_sparsely(self)
        self.grid = PaneGrid(narrow=width == "-narrow")
        self._begin = begin
        self._store: Store | None = None
        self._fresh = True
        self._wanted_keys = wanted_keys
        remap(bindings_of(self), "app", wanted_keys)

    def compose(self) -> ComposeResult:
        yield HeaderLine(id="header")
        yield TabLine(id="tabs")
        yield self.grid
        yield KeyFooter(id="footer")
        yield TextBlock([(TOO_SMALL, "")], id="too-small")

    async def on_mount(self) -> None:
        await self._begin()
        self.grid.pane(1).enter()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        # Everything was styled by being mounted; Textual would do it again when the screen comes up first.
        if self._fresh:
            event.refresh_styles = self._fresh = False
        self.query_one(KeyFooter).update_keys()

    def on_screen_suspend(self) -> None:
        self.query_one(KeyFooter).update_keys()

    @property
    def store(self) -> Store:
        """Where the state is changed; there is none before `show_store`."""
        assert self._store is not None
        return self._store

    @property
    def state(self) -> State | None:
        """All that is shown; ``None`` until the workspace is read."""
        return self._store.state if self._store else None

    def show_store(self, store: Store) -> None:
        """Show the state of ``store``, now and whenever it changes."""

        def show(before: State, state: State) -> None:
            if before.session.open_identity != state.session.open_identity:
                self.close_picker()  # what it offers was meant for the flow that was open
            self.grid.show(state)
            self._show_tabs()
            self.query_one(HeaderLine).show(state)
            self.query_one(KeyFooter).show(state)

        def draw() -> None:
            if not host(self).hears_more:  # else what changes is drawn together with what that changes
                self.draw_now()

        self._store = store
        store.subscribe(show)
        store.when_told(draw)
        show(store.state, store.state)

    def say(self, said: Said) -> bool:
        """Show what was said; whether all of it is seen."""
        footer = next(iter(self.query(KeyFooter)), None)
        return footer is not None and footer.say(said)

    def show_repository(self, repository: Repository) -> None:
        """Show what git knows of the workspace."""
        self.query_one(HeaderLine).show_repository(repository)

    def show_pane(self, number: int) -> None:
        """Show a pane, and give it the focus."""
        if number > self.grid.last:
            self.notify("There are no problems.")
            return
        self.grid.see(number)
        self._show_tabs()
        self.grid.pane(number).enter()

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Override: mark the pane that has the focus, too."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if self.focused is not None:
            self.grid.focus_moved(self.focused)
            self._show_tabs()

    def on_show_pane(self, event: ShowPane) -> None:
        event.stop()
        self.show_pane(event.number)

    def on_open(self, event: Open) -> None:
        event.stop()
        if self._store is None:
            return
        if event.flow_id not in self._store.state.workspace.flows:
            self.notify("This file is no flow that can be edited here; mend it in a text editor, then press F8.")
            return
        self._store.open(event.flow_id)
        self.grid.focus_field(event.path)
        self._show_tabs()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Override: no letter is a command while somebody types, and none is before there is anything to act on."""
        if action == "plain" and (host(self).typing or self._is_text(str(parameters[0]))):
            return False
        if self._store is None:
            return parameters == ("app.quit",)
        return self.is_active  # a click that was made before a dialog came up does nothing any more

    def _is_text(self, shortcut_id: str) -> bool:
        """Whether the widget with the focus takes the capital letter of a shortcut, as chips do that begin with it."""
        keys = in_use(BY_ID[shortcut_id], self._wanted_keys).split(",")
        focused = self.focused
        return focused is not None and any(
            len(key) == 1 and key.isupper() and focused.check_consume_key(key, key) for key in keys
        )

    async def action_plain(self, shortcut_id: str) -> None:
        await self.run_action(BY_ID[shortcut_id].act)

    def action_pane(self, number: int) -> None:
        self.show_pane(number)

    def action_next_pane(self, by: int) -> None:
        self.show_pane((self.grid.seen - 1 + by) % self.grid.last + 1)

    def action_zoom(self) -> None:
        self.grid.zoom()

    async def action_back(self) -> None:
        before = self.focused
        self.grid.pane(self.grid.seen).enter()
        # The focus moves when this message is done.
        self.call_later(lambda: self.show_pane(1) if self.focused is before else None)

    def action_filter(self) -> None:
        self.grid.see(1)
        self.grid.flows.filter()

    async def action_jump(self) -> None:
        await jump.start_jump(self)

    def action_goto(self) -> None:
        if self.state is not None:
            flows = sorted(self.state.workspace.flows.values(), key=lambda flow: flow.id)
            entries = [Entry(flow.id, flow.name, flow.id) for flow in flows]
            self.pick(
                "Open a flow", entries, lambda flow_id: self.on_open(Open(flow_id, ("trigger", "event"))), table=True
            )

    def _show_tabs(self) -> None:
        if self.state is not None:
            unsaved = self.state.unsaved_count
            scenarios = scenario_parts(self.state.standings)
            self.query_one(TabLine).show(self.grid.seen, self.state.listed.counts, unsaved, scenarios)


def _band(size: int, bands: list[tuple[int, str]]) -> str:
    """The class of the band that ``size`` is in."""
    return next(name for least, name in reversed(bands) if size >= least)
