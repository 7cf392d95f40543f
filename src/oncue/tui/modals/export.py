"""An export, looked at before it is written: the targets, what would be written for one of them, and what is lost.

Exports are made in a thread, one at a time; a target that the cursor only passes is not exported. A flow that the
target would start on more events is refused until that is allowed, with the events in sight.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from oncue.exporters.preview import Preview
from oncue.text import counted, visible_lines
from oncue.tui.background import in_background
from oncue.tui.modals.browser import Browser, TextLines
from oncue.tui.user import Action
from oncue.tui.widgets.text_block import TextBlock
from oncue.workbench.spans import Line, Span, line
from oncue.workbench.text_diff import SHOWN

Compute = Callable[[str, bool], Preview]
"""The export to a target, of the open flow only or of all; called in a thread."""

Write = Callable[[Preview], Awaitable[bool]]
"""Asks where to, and writes; whether that was done."""

_SHORT = 20
"""Lines of the terminal below which nothing stands between the parts."""

_MOST_LINES = 300
"""Lines of the loss report that are shown."""


class ExportDialog(Browser):
    """Shows the ``targets``, each with what it makes. ``flow_name`` is that of the open flow, if one is open."""

    KEYS = (*Browser.KEYS, ("[ ]", "scroll the loss report by a page"))
    DEFAULT_CSS = """
    ExportDialog #export-side { width: 1fr; height: 1fr; }
    ExportDialog #export-losses { height: auto; max-height: 40%; margin: 1 0 0 0; }
    ExportDialog #browser-list { width: 44; }
    ExportDialog TextBlock { margin: 0 0 1 0; }
    ExportDialog.-short #export-losses { min-height: 2; margin: 0; }
    ExportDialog.-short TextBlock, ExportDialog.-short #browser-list { margin: 0; }
    ExportDialog.-short #browser-actions { margin: 0; }
    """

    def __init__(self, targets: Mapping[str, str], flow_name: str | None, compute: Compute, write: Write) -> None:
        self._targets = tuple(targets.items())
        wide = max((len(name) for name, _ in self._targets), default=0)
        labels = [line(f"{name:<{wide}}  ", (_gist(about), "muted")) for name, about in self._targets]
        super().__init__("Export", labels, lambda _: (), ())
        self._flow_name, self._compute, self._write = flow_name, compute, write
        self._only_open = self._allowed = self._busy = False
        self._later: Callable[[Preview], object] | None = None
        self._shown: tuple[Preview, tuple[str, bool]] | None = None
        self._head, self._losses = TextBlock(id="export-head"), TextLines(id="export-report")

    def beside(self) -> ComposeResult:
        with Vertical(id="export-side"):
            yield self._head
            with VerticalScroll(can_focus=False, id="browser-scroll"):
                yield self.reader
            with VerticalScroll(can_focus=False, id="export-losses"):
                yield self._losses

    def on_mount(self) -> None:
        self.set_class(self.app.size.height < _SHORT, "-short")
        super().on_mount()

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self.set_class(self.app.size.height < _SHORT, "-short")

    # What is looked at

    @property
    def _wanted(self) -> tuple[str, bool]:
        return self._targets[self.items.cursor][0], self._only_open

    @property
    def _found(self) -> Preview | None:
        """The export that is looked at, once it is made."""
        return self._shown[0] if self._shown is not None and self._shown[1] == self._wanted else None

    def show_text(self) -> None:
        """Override: make the export of the target under the cursor, and show it from its beginning."""
        super().show_text()
        self._later = None
        self._draw()
        if self._found is None and not self._busy:
            self._busy = True
            in_background(self, self._follow, group="export")

    async def _follow(self) -> None:
        try:
            while self._found is None:
                wanted = self._wanted
                self._shown = (await asyncio.to_thread(self._compute, *wanted), wanted)
        finally:
            self._busy = False
        self._draw()
        if self._later is not None:
            self._soon(self._later)

    def _draw(self) -> None:
        found, about = self._found, self._targets[self.items.cursor][1]
        scope = "All flows" if not self._only_open else f"Only {self._flow_name}"
        self._head.show([(f"{scope} · {about}", "accent")])
        self.bar.show(self._offered())
        if found is None:
            self.reader.show([line(("Exporting…", "muted"))])
            self._losses.show(())
        else:
            self.reader.show(list(_shown(found)))
            self._losses.show(list(_report(found, self._allowed)))
        self.query_one("#export-losses", VerticalScroll).scroll_home(animate=False)

    def _offered(self) -> Sequence[Action]:
        scope = "All flows" if self._only_open else "Only the open flow"
        allow = "Refuse more events" if self._allowed else "Allow more events"
        return (
            Action("write", "w", "Write"),
            Action("copy", "c", "Copy"),
            Action("scope", "f", scope),
            Action("allow", "a", allow),
        )

    # What is done

    def press(self, key: str) -> bool:
        """Override: with the keys of exports."""
        losses = self.query_one("#export-losses", VerticalScroll)
        does: dict[str, Callable[[], object]] = {
            "w": lambda: self._soon(self._write_out),
            "enter": lambda: self._soon(self._write_out),
            "c": lambda: self._soon(self._copy),
            "f": self._change_scope,
            "a": self._change_allowed,
            "[": lambda: losses.scroll_page_up(animate=False),
            "]": lambda: losses.scroll_page_down(animate=False),
        }
        if (what := does.get(key)) is None:
            return super().press(key)
        what()
        return True

    def _change_scope(self) -> None:
        if self._flow_name is None:
            self.app.notify("No flow is open.")
            return
        self._only_open = not self._only_open
        self.show_text()

    def _change_allowed(self) -> None:
        self._allowed = not self._allowed
        self._draw()

    def _soon(self, act: Callable[[Preview], object]) -> None:
        """Do something with the export that is looked at, as soon as it is made, unless it may not leave the app."""
        self._later = act
        found = self._found
        if found is None:
            return
        self._later = None
        if found.refusal:
            losses = self.query_one("#export-losses", VerticalScroll)
            losses.scroll_home(animate=False)
            self.app.notify("Not exported; why is said first in the report.", severity="error")
        elif found.widening and not self._allowed:
            self.app.notify("Not exported: flows would start on more events there; a allows that.", severity="error")
        elif not found.files:
            self.app.notify("There is nothing to export.")
        else:
            act(found)

    def _copy(self, found: Preview) -> None:
        if len(found.files) != 1:
            self.app.notify(f"{found.label} makes {counted(len(found.files), 'file')}; w writes them into a folder.")
            return
        (text,) = found.files.values()
        self.app.copy_to_clipboard(text)
        self.app.notify(f"{found.label} sent to the terminal's clipboard: {counted(len(text), 'character')}.")

    def _write_out(self, found: Preview) -> None:
        async def work() -> None:
            if await self._write(found):
                self.end(None)

        in_background(self, work, group="write", exclusive=True)


def _gist(about: str) -> str:
    """What a target makes, in the few words that there is room for beside its name."""
    return re.split("[,:]", about, maxsplit=1)[0]


def _shown(found: Preview) -> Iterator[Line]:
    """The files, as much as can be read; what is copied and written is whole."""
    room = SHOWN
    for name, text in found.files.items():
        if len(found.files) > 1:
            yield line((name, "strong"))
        if room > 0:
            yield from (line(each) for each in visible_lines(text[:room], SHOWN).split("\n"))
        room -= len(text)
    if room < 0:
        yield line((f"… and {counted(-room, 'more character')}, which are copied and written, too", "muted"))


def _report(found: Preview, allowed: bool) -> Iterator[Line]:
    said: list[Span] = []
    if found.refusal:
        said.append((f"! Nothing can be exported: {found.refusal}.", "error"))
    if found.widening and allowed:
        said.append(("Flows start there on more events, which you allowed:", "warning"))
    elif found.widening and found.refusal:  # which allowing them would not change
        said.append(("Flows would start there on more events, too:", "warning"))
    elif found.widening:
        said.append(("! Refused, as flows would start there on more events; a allows it:", "error"))
    said += [(each, "warning") for each in found.widening]
    if found.losses:
        said.append(("What is lost:", "strong"))
    elif not said:
        said.append(("✓ Nothing is lost.", "success"))
    said += [(each, "") for each in found.losses]
    yield from map(line, said[:_MOST_LINES])
    if len(said) > _MOST_LINES:
        more = counted(len(said) - _MOST_LINES, "more line")
        yield line((f"… and {more}; oncue export --to {found.target} --report has them all", "muted"))
