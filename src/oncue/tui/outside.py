"""Editing outside: the flow's file, the text of a step, or a file that cannot be read, in the user's own editor.

A file is edited where it is, and read again afterwards as after any other program. So a flow with unsaved edits has to
be saved first: the editor would not see them. The text of a step is edited in a file of its own, which is gone then.
"""

import asyncio
import os
import tempfile
from functools import partial
from pathlib import Path

from oncue.domain.paths import flow_file
from oncue.domain.problems import Problem
from oncue.editing import edits
from oncue.storage.findings import placed
from oncue.text import visible_lines
from oncue.tui.disk import Disk
from oncue.tui.user import Action, Answer, User
from oncue.workbench.spans import Line, line
from oncue.workbench.store import Store
from oncue.workbench.text_diff import SHOWN

_SAVE_FIRST = (
    Answer("save", "s", "Save it, then edit its file"),
    Answer("stay", "esc", "Leave it as it is"),
)


async def edit_file(disk: Disk, user: User, file: str, at: int | None = None) -> None:
    """Edit a file of the workspace, and read it again."""
    if complaint := await user.edit_outside(disk.folder / file, at):
        user.notify(complaint, severity="error")
    await disk.refresh()


async def edit_problem(disk: Disk, user: User, problem: Problem) -> None:
    """Edit the file that a problem is in, at its line."""
    text = await asyncio.to_thread(_read, disk.folder / problem.file)
    await edit_file(disk, user, problem.file, placed(problem, text).line)


async def edit_flow(store: Store, disk: Disk, user: User, flow_id: str) -> None:
    """Edit the file of a flow. Its unsaved edits are saved before, if the user says so."""
    if flow_id in store.state.unsaved:
        question = [(f"{flow_file(flow_id)} has unsaved edits, which the editor would not see.", "strong")]
        if await user.ask("Edit outside", question, _SAVE_FIRST, cursor=0) != "save":
            return
        await disk.save()
        if store.session.is_dirty(flow_id):
            return
    await edit_file(disk, user, flow_file(flow_id))


async def edit_text(store: Store, user: User, flow_id: str, index: int) -> bool:
    """Edit the text of a step; whether it has one."""
    flow = store.session.workspace.flows.get(flow_id)
    before = getattr(flow.steps[index], "text", None) if flow is not None and index < len(flow.steps) else None
    if not isinstance(before, str):
        return False
    after = await _edited(user, before)
    if after is not None and after != before:
        change = partial(edits.change_step, flow_id=flow_id, index=index, text=after)
        store.edit(f"Change the text of step {index + 1}", change, [flow_id])
    return True


async def _edited(user: User, text: str) -> str | None:
    """``text`` as the user made it; ``None`` if that could not be done."""
    handle, name = tempfile.mkstemp(prefix="oncue-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        if complaint := await user.edit_outside(path, None):
            user.notify(complaint, severity="error")
            return None
        after = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        user.notify(f"The text could not be edited: {error}", severity="error")
        return None
    finally:
        path.unlink(missing_ok=True)
    # Editors end a file with a line feed.
    return after if text.endswith("\n") else after.removesuffix("\n")


async def show_problem(disk: Disk, user: User, problem: Problem) -> None:
    """Show all of a problem, and its file at the line; edit it if the user wants to."""
    text = await asyncio.to_thread(_read, disk.folder / problem.file)
    problem = placed(problem, text)
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    said: list[Line] = [
        line((f"! {place}", "error"), (f" {problem.key}" if problem.key else "", "accent")),
        line(f"{problem.message}."),
        line(),
    ]
    for number, each in enumerate(visible_lines(text, SHOWN).split("\n") if text else (), 1):
        here = number == problem.line
        said.append(
            line(
                (f"{'❯' if here else ' '}{number:>4} ", "accent" if here else "muted"), (each, "strong" if here else "")
            )
        )
    chosen = await user.browse("Problem", [line(place)], lambda _: said, (Action("edit", "e", "Edit in $EDITOR"),))
    if chosen is not None:
        await edit_file(disk, user, problem.file, problem.line)


def _read(path: Path) -> str:
    try:
        return path.read_bytes()[:SHOWN].decode("utf-8", "replace")
    except OSError:
        return ""
