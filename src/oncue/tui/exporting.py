"""Exporting from the app: the flows as they are edited, looked at and then copied or written to a file.

Exporters are imported when they are asked for, as no start needs them, and in a thread.
"""

import asyncio
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from oncue.errors import OutputError
from oncue.text import counted
from oncue.tui.user import Answer, User
from oncue.workbench.state import State

if TYPE_CHECKING:
    from oncue.exporters.preview import Preview

_REPLACE = (
    Answer("replace", "r", "Replace what is there"),
    Answer("keep", "esc", "Leave it as it is"),
)


async def show_export(app: App[int], state: State, folder: Path, user: User) -> None:
    """Show what exports would write, and write them where the user says. To be called from a worker."""
    targets = await asyncio.to_thread(_targets)
    from oncue.exporters.preview import Preview, preview
    from oncue.tui.modals.export import ExportDialog

    flow = state.flow
    for each in state.unfinished[:1]:
        problem = each.problem
        user.notify(f"{problem.file}: {problem.key}: {problem.message}; it is exported as it was.", severity="warning")

    @cache
    def compute(target: str, only_open: bool) -> Preview:
        return preview(target, state.workspace, flow.id if only_open and flow is not None else None)

    said = ""

    async def write(found: Preview) -> bool:
        nonlocal said
        said = await write_export(found, folder, user)
        return bool(said)

    await app.push_screen_wait(ExportDialog(targets, None if flow is None else flow.name, compute, write))
    if said:  # only now, as the status line cannot be read below a dialog
        user.notify(said)


def _targets() -> dict[str, str]:
    # The preview imports all that exports need, so it is imported here, in the thread.
    from oncue.exporters.preview import targets

    return targets()


async def write_export(found: "Preview", folder: Path, user: User) -> str:
    """Ask where the files go, and write them; what was done, nothing if the user gave up.

    ``folder`` is that of the workspace.
    """
    from oncue.storage.saving.outputs import places
    from oncue.storage.typed_paths import completed

    name, hint = found.file or found.target, _hint(found)
    while True:
        given = await user.prompt(f"Write {found.label}", hint, name, _check_name, partial(completed, base=Path()))
        if given is None:
            return ""
        name = given.strip()
        try:
            wanted = await asyncio.to_thread(places, found.files, name, not found.file)
            before = await asyncio.to_thread(_look, wanted, folder)
            if await _may_replace(wanted, before, user):
                await asyncio.to_thread(_write, wanted, before)
                return _written(wanted, before)
            hint = _hint(found)
        except OutputError as error:
            hint = f"{error}."  # the prompt is asked again and says why


def _hint(found: "Preview") -> str:
    what = "A file" if found.file else f"A folder, for {counted(len(found.files), 'file')}"
    try:
        return f"{what}, from {Path.cwd()} on; tab completes."
    except OSError:  # somebody removed the folder that the app was started in
        return f"{what}."


def _check_name(name: str) -> str | None:
    return None if name.strip() else "it has to have a name"


def _look(wanted: dict[str, bytes], folder: Path) -> dict[str, bytes | None]:
    """What is in the files now. Raises `OutputError` if one of them must not be written."""
    from oncue.storage.saving.outputs import check_outputs, content_of

    check_outputs(wanted, folder)
    return {name: content_of(name) for name in wanted}


async def _may_replace(wanted: dict[str, bytes], before: dict[str, bytes | None], user: User) -> bool:
    others = [name for name, content in before.items() if content not in (None, wanted[name])]
    if not others:
        return True
    more = f" and {counted(len(others) - 1, 'more file')}" if len(others) > 1 else ""
    question = [(f"{others[0]}{more} exists already and has other content.", "strong")]
    return await user.ask("Replace", question, _REPLACE) == "replace"


def _write(wanted: dict[str, bytes], before: dict[str, bytes | None]) -> None:
    from oncue.storage.saving.outputs import write_output

    for name, content in wanted.items():
        if before[name] != content:
            write_output(name, content, new=before[name] is None)


def _written(wanted: dict[str, bytes], before: dict[str, bytes | None]) -> str:
    names = list(wanted)
    if all(before[name] == content for name, content in wanted.items()):
        return f"{names[0]} is up to date." if len(names) == 1 else "All files are up to date."
    return f"Written: {names[0]}." if len(names) == 1 else f"Written: {counted(len(names), 'file')}, first {names[0]}."
