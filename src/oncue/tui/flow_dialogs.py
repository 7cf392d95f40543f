"""Renaming, tagging and deleting flows, which ask the user first and say afterwards what still expects a flow."""

from collections.abc import Collection
from functools import partial

from oncue.domain.paths import flow_file, scenario_file
from oncue.errors import EditError
from oncue.text import counted, first
from oncue.tui.user import Answer, User
from oncue.workbench import bulk_editing
from oncue.workbench.flow_editing import FlowEditing
from oncue.workbench.store import Store
from oncue.workbench.tag_text import parse_tags

_ID_HINT = "The id is the name of the flow's file; its name on screen is a field of the trigger."
_DELETE = (
    Answer("delete", "d", "Delete it; the file goes when you save, and undo brings it back"),
    Answer("keep", "esc", "Keep it"),
)

_KEEP_THEM = Answer("keep", "esc", "Keep them")


async def rename_flow(editing: FlowEditing, user: User) -> None:
    """Ask for another id of the open flow."""
    flow = editing.open_flow
    if flow is None:
        return
    check = partial(editing.problem_with, flow.id)
    wanted = await user.prompt(f"Rename {flow_file(flow.id)}", _ID_HINT, flow.id, check)
    if wanted is None or wanted == flow.id:
        return
    expecting = [scenario_file(each) for each in editing.expecting(flow.id)]
    try:
        editing.rename(flow.id, wanted)
    except EditError as error:  # something else has changed since it was typed
        user.notify(str(error), severity="error")
    else:
        if expecting:
            user.notify(f"Renamed in {first(expecting, 3)}, too; saving writes it all.")


async def delete_flow(editing: FlowEditing, user: User) -> None:
    """Ask whether to delete the open flow."""
    flow = editing.open_flow
    if flow is None:
        return
    text = [(f"Delete {flow.name} ({flow_file(flow.id)})?", "strong")]
    if await user.ask("Delete a flow", text, _DELETE) == "delete":
        editing.delete(flow.id)
        _tell_expected(flow.id, editing, user)


async def delete_flows(store: Store, flow_ids: Collection[str], user: User) -> None:
    """Ask whether to delete several flows."""
    flows = store.state.workspace.flows
    names = [flows[flow_id].name for flow_id in flow_ids if flow_id in flows]
    title = f"Delete {counted(len(names), 'flow')}"
    answers = (Answer("delete", "d", "Delete them; the files go when you save, and undo brings them back"), _KEEP_THEM)
    if await user.ask(title, [(f"{title}: {first(names, 8)}?", "strong")], answers) == "delete":
        bulk_editing.delete(store, flow_ids)
        expected = [each for each in flow_ids if store.state.workspace.scenarios_expecting(each)]
        if expected:
            user.notify(f"Scenarios still expect {first(expected, 3)}; change them, too.")


async def tag_flows(store: Store, flow_ids: Collection[str], user: User) -> None:
    """Ask which tags flows get, and which they lose."""
    hint = "Commas between tags; a minus before a tag takes it away."
    wanted = await user.prompt(f"Tag {counted(len(flow_ids), 'flow')}", hint, "", _problem_with_tags)
    if wanted is not None:
        bulk_editing.tag(store, flow_ids, parse_tags(wanted))


def _problem_with_tags(text: str) -> str | None:
    named = any(each != "-" for each in parse_tags(text))
    return None if named else "name a tag to give, or one with a minus before it to take away"


def _tell_expected(gone: str, editing: FlowEditing, user: User) -> None:
    """Say which scenarios expect a flow whose id is no more."""
    files = [scenario_file(each) for each in editing.expecting(gone)]
    if files:
        verb = "expects" if len(files) == 1 else "expect"
        user.notify(f"{first(files, 3)} still {verb} {gone}; change it there, too.")
