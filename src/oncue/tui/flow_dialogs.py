"""Renaming and deleting flows, which ask the user first and say afterwards what still expects the flow."""

from functools import partial

from oncue.domain.paths import flow_file, scenario_file
from oncue.errors import EditError
from oncue.text import first
from oncue.tui.user import Answer, User
from oncue.workbench.flow_editing import FlowEditing

_ID_HINT = "The id is the name of the flow's file; its name on screen is a field of the trigger."
_DELETE = (
    Answer("delete", "d", "Delete it; the file goes when you save, and undo brings it back"),
    Answer("keep", "esc", "Keep it"),
)


async def rename_flow(editing: FlowEditing, user: User) -> None:
    """Ask for another id of the open flow."""
    flow = editing.open_flow
    if flow is None:
        return
    check = partial(editing.problem_with, flow.id)
    wanted = await user.prompt(f"Rename {flow_file(flow.id)}", _ID_HINT, flow.id, check)
    if wanted is None or wanted == flow.id:
        return
    try:
        editing.rename(flow.id, wanted)
    except EditError as error:  # something else has changed since it was typed
        user.notify(str(error), severity="error")
    else:
        _tell_expected(flow.id, editing, user)


async def delete_flow(editing: FlowEditing, user: User) -> None:
    """Ask whether to delete the open flow."""
    flow = editing.open_flow
    if flow is None:
        return
    text = [(f"Delete {flow.name} ({flow_file(flow.id)})?", "strong")]
    if await user.ask("Delete a flow", text, _DELETE) == "delete":
        editing.delete(flow.id)
        _tell_expected(flow.id, editing, user)


def _tell_expected(gone: str, editing: FlowEditing, user: User) -> None:
    """Say which scenarios expect a flow whose id is no more."""
    files = [scenario_file(each) for each in editing.expecting(gone)]
    if files:
        verb = "expects" if len(files) == 1 else "expect"
        user.notify(f"{first(files, 3)} still {verb} {gone}; change it there, too.")
