"""Reading before and after saving: what would be written, what earlier saves replaced, what was said."""

import asyncio
from collections.abc import Sequence

from oncue.domain.paths import flow_file, id_of
from oncue.domain.problems import Problem
from oncue.errors import SaveError
from oncue.text import counted, visible_lines
from oncue.tui.disk import Disk
from oncue.tui.user import Action, Answer, User
from oncue.workbench import discarding
from oncue.workbench.problem_rows import page_lines
from oncue.workbench.said import SaidLog
from oncue.workbench.spans import Line, line
from oncue.workbench.store import Store
from oncue.workbench.text_diff import SHOWN, difference

_DISCARD = (
    Answer("discard", "d", "Discard them; undo brings them back"),
    Answer("keep", "esc", "Keep them"),
)
_REVIEW = (Action("save", "s", "Save all"), Action("discard", "d", "Discard its edits"))
_HISTORY = (Action("restore", "r", "Restore this one; undo takes it back"),)


async def review(store: Store, disk: Disk, user: User) -> bool:
    """Show what saving would write, until the user is done; whether it is to be saved."""
    from oncue.storage.saving.preview import Pending, pending

    def label(each: Pending) -> Line:
        edited, saved = store.session.workspace, store.session.saved
        known = edited.flows.get(each.flow_id) or saved.flows.get(each.flow_id)
        scenario = None if each.flow_id else saved.scenarios.get(id_of(each.file))
        named = known or scenario
        sign = ("! ", "error") if each.why_not else ("- ", "error") if each.after is None else ("* ", "warning")
        if each.before is None and not each.why_not:
            sign = ("+ ", "success")
        return line(sign, named.name if named else id_of(each.file))

    cursor = 0
    while True:
        found: list[Pending] = await asyncio.to_thread(pending, disk.loaded, store.session)
        texts = [_pending_lines(each) for each in found]
        unfinished = [each for each in store.state.unfinished if each.flow_id not in {one.flow_id for one in found}]
        found += [Pending(flow_file(each.flow_id), None, None, why_not=each.problem.message) for each in unfinished]
        texts += [[line((f"{each.problem.file}: {each.problem.message}.", "warning"))] for each in unfinished]
        if not found:
            user.notify("Everything is saved.")
            return False
        title = f"{counted(len(found), 'file')} to save"
        chosen = await user.browse(
            title, [label(each) for each in found], texts.__getitem__, _REVIEW, cursor, "- as saved  + as edited"
        )
        if chosen is None:
            return False
        if chosen[0] == "save":
            return True
        cursor = chosen[1]
        each = found[cursor]
        if not each.flow_id:
            user.notify(f"{each.file} follows the rename of a flow; discard that one.", severity="warning")
            continue
        question = [(f"Discard the unsaved edits of {each.file}?", "strong")]
        if await user.ask("Discard edits", question, _DISCARD) == "discard":
            discarding.discard(store, each.flow_id, each.was and id_of(each.was))


def _pending_lines(each: "object") -> Sequence[Line]:
    from oncue.storage.saving.preview import Pending

    assert isinstance(each, Pending)
    file = each.file
    if each.why_not:
        return [line((f"{file} cannot be saved: {each.why_not}.", "error"))]
    before = f"{each.was or file} as saved" if each.before is not None else "no file"
    after = f"{file} as edited" if each.after is not None else "no file"
    lines = [line(span) for span in difference(_shown(each.before), _shown(each.after), (before, after))]
    return lines or [line((f"{each.was} becomes {file}; its text stays as it is.", "muted"))]


async def browse_history(store: Store, disk: Disk, user: User) -> None:
    """Show what earlier saves replaced, that of the open flow first, and restore one of it."""
    from oncue.storage.saving.preview import text_as_saved, versions

    opened = store.session.selected
    found = await asyncio.to_thread(versions, disk.folder)
    own = opened and flow_file(opened)
    found.sort(key=lambda version: version.file != own)
    if not found:
        user.notify("No save has replaced anything yet.")
        return

    def now(flow_id: str) -> str:
        if flow_id not in store.session.workspace.flows:
            return ""
        try:
            return text_as_saved(disk.loaded, store.session, flow_id)
        except SaveError as error:
            return str(error)

    ids = {version.file: id_of(version.file) for version in found}
    present = await asyncio.to_thread(lambda: {file: now(flow_id) for file, flow_id in ids.items()})

    def text_of(index: int) -> Sequence[Line]:
        version = found[index]
        shown = _shown(version.text)
        # The list, which has the time and the flow, is not there if there is one of it.
        names = (f"{version.file} now", f"{version.file} restored, as it was until {version.until:%Y-%m-%d %H:%M:%S}")
        lines = [line(span) for span in difference(_shown(present[version.file]), shown, names)]
        same = line(("It is as it was then.", "muted"))
        broken = [line(("This is no flow any more that could be restored.", "error"))] if version.flow is None else []
        return [*broken, *(lines or [same]), line(), line(("The whole text:", "muted")), *map(line, shown.split("\n"))]

    labels = [line(f"{version.until:%Y-%m-%d %H:%M:%S} ", (ids[version.file], "muted")) for version in found]
    chosen = await user.browse(
        "History of saves: until when, and which flow", labels, text_of, _HISTORY, note="- now  + restored"
    )
    if chosen is None:
        return
    flow = found[chosen[1]].flow
    if flow is None:
        user.notify("That is no flow any more that could be restored.", severity="error")
    else:
        discarding.restore(store, flow)
        user.notify(f"{flow.name} is as it was before {found[chosen[1]].until:%Y-%m-%d %H:%M}; it is not saved yet.")


async def toml_of_open(store: Store, disk: Disk, user: User) -> str | None:
    """The file of the open flow as it would be saved; ``None`` if that cannot be said, which the user is told."""
    from oncue.storage.saving.preview import text_as_saved

    flow_id = store.session.selected
    if flow_id is None:
        user.notify("No flow is open.")
        return None
    try:
        return await asyncio.to_thread(text_as_saved, disk.loaded, store.session, flow_id)
    except SaveError as error:
        user.notify(f"{error}.", severity="error")
        return None


async def show_toml(store: Store, disk: Disk, user: User) -> str | None:
    """Show the file of the open flow as it would be saved; what is to be done with it."""
    flow_id, text = store.session.selected or "", await toml_of_open(store, disk, user)
    if text is None:
        return None
    lines = [toml_line(each) for each in _shown(text).split("\n")]
    actions = (Action("copy", "c", "Copy"), Action("editor", "e", "Edit in $EDITOR"))
    chosen = await user.browse(f"{flow_file(flow_id)} as it would be saved", [line(flow_id)], lambda _: lines, actions)
    return chosen and chosen[0]


def toml_line(text: str) -> Line:
    """A line of TOML, so coloured that comments, headers and keys differ."""
    bare = text.lstrip()
    if bare.startswith("#"):
        return line((text, "muted"))
    if bare.startswith("["):
        return line((text, "accent"))
    key, equals, value = text.partition(" = ")
    if equals and '"' not in key:
        return line((key, "strong"), equals, value)
    return line(text)


async def explain(store: Store, user: User, problem: Problem) -> None:
    """Show what a problem means, and what to write instead."""
    lines = page_lines(problem, store.session.workspace)
    await user.browse(f"Problem {problem.code}", [line(problem.file)], lambda _: lines)


async def list_messages(said: SaidLog, user: User) -> None:
    """Show what was said, the last first, each in full."""
    messages = said.messages
    if not messages:
        user.notify("Nothing was said yet.")
        return
    labels = [line((f"{each.at} ", "muted")) + each.spans for each in messages]
    await user.browse("Messages", labels, lambda index: [messages[index].spans], ())


def _shown(text: str | None) -> str:
    return visible_lines(text or "", SHOWN)
