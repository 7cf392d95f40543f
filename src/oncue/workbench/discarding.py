"""Discarding what is unsaved of one flow, and bringing back what it was: edits like any other, so undo has them."""

from dataclasses import replace

from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.workbench.store import Store


def discard(store: Store, flow_id: str, was: str = "") -> None:
    """Make a flow as it is saved; with ``was``, the id that it was renamed from, that one, too."""
    session = store.session
    saved = {each: session.saved.flows.get(each) for each in filter(None, (flow_id, was))}
    name = next((flow.name for flow in (session.workspace.flows.get(flow_id), *saved.values()) if flow), flow_id)
    opened = was if session.selected == flow_id and was else session.selected
    for each in store.state.unfinished:
        if each.flow_id == flow_id:
            store.keep_text(flow_id, each.at, "")
    store.edit(f"Discard the edits of {name}", lambda workspace: _with(workspace, saved), saved, selected=opened)


def restore(store: Store, flow: Flow) -> None:
    """Make a flow as it was, also if it is gone, and open it."""
    store.edit(
        f"Restore {flow.name}",
        lambda workspace: _with(workspace, {flow.id: flow}),
        [flow.id],
        selected=flow.id,
    )


def _with(workspace: Workspace, wanted: dict[str, Flow | None]) -> Workspace:
    flows = {each: flow for each, flow in workspace.flows.items() if each not in wanted}
    flows |= {each: flow for each, flow in wanted.items() if flow is not None}
    return replace(workspace, flows=dict(sorted(flows.items())))
