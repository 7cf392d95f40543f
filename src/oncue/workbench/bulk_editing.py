"""What can be done to many flows at once. Each is one edit, so one undo takes all of it back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.text import counted
from oncue.workbench.store import Store


def switch(store: Store, flow_ids: Collection[str]) -> None:
    """Switch flows off; or on, if all of them are off."""
    flows = _flows(store, flow_ids)
    on = not any(flow.enabled for flow in flows)
    label = f"Switch {counted(len(flows), 'flow')} {'on' if on else 'off'}"
    _put(store, label, (replaced(flow, enabled=on) for flow in flows if flow.enabled != on))


def tag(store: Store, flow_ids: Collection[str], tags: Iterable[str]) -> None:
    """Add tags to flows; ``-vip`` takes the tag ``vip`` away."""
    given = [each for each in tags if each]
    gone = {each[1:] for each in given if each.startswith("-")}
    added = [each for each in given if not each.startswith("-")]
    changed = []
    for flow in _flows(store, flow_ids):
        after = tuple(dict.fromkeys(each for each in (*flow.tags, *added) if each not in gone))
        if after != flow.tags:
            changed.append(replaced(flow, tags=after))
    _put(store, f"Tag {counted(len(changed), 'flow')}", changed)


def delete(store: Store, flow_ids: Collection[str]) -> None:
    """Remove flows, and open the one that follows them."""
    before = store.state.workspace.flows
    gone = [flow.id for flow in _flows(store, flow_ids)]
    if not gone:
        return
    left = {flow_id: flow for flow_id, flow in before.items() if flow_id not in set(gone)}
    opened = store.session.selected
    if opened not in left:
        opened = min((each for each in left if each > max(gone)), default=max(left, default=None))
    workspace = replace(store.state.workspace, flows=left)
    store.edit(f"Delete {counted(len(gone), 'flow')}", lambda _before: workspace, gone, selected=opened)


def duplicate(store: Store, flow_ids: Collection[str], reserved: Iterable[str] = ()) -> list[str]:
    """Copy flows where they are; returns the ids of the copies, which are off."""
    return _copy(store, flow_ids, reserved, lambda workspace, _copy_id: workspace)


def duplicate_to(
    store: Store, flow_ids: Collection[str], channel: str, instance: str | None, reserved: Iterable[str] = ()
) -> list[str]:
    """Copy flows to a channel, or to one instance of it; returns the ids of the copies, which are off."""

    def move(workspace: Workspace, copy_id: str) -> Workspace:
        return edits.set_instance(edits.set_channel(workspace, copy_id, channel), copy_id, instance)

    return _copy(store, flow_ids, reserved, move)


def _copy(
    store: Store, flow_ids: Collection[str], reserved: Iterable[str], move: Callable[[Workspace, str], Workspace]
) -> list[str]:
    workspace, made = store.state.workspace, list[str]()
    for flow in _flows(store, flow_ids):
        workspace, copy_id = edits.duplicate_flow(workspace, flow.id, reserved)
        workspace = move(workspace, copy_id)
        made.append(copy_id)
    if made:
        _edit(store, f"Duplicate {counted(len(made), 'flow')}", workspace, made, made[0])
    return made


def _flows(store: Store, flow_ids: Collection[str]) -> list[Flow]:
    """The flows that are still there, in order of id."""
    flows = store.state.workspace.flows
    return [flows[flow_id] for flow_id in sorted(flow_ids) if flow_id in flows]


def _put(store: Store, label: str, flows: Iterable[Flow]) -> None:
    changed = {flow.id: flow for flow in flows}
    if changed:
        before = store.state.workspace
        _edit(store, label, replace(before, flows={**before.flows, **changed}), changed)


def _edit(store: Store, label: str, workspace: Workspace, touched: Iterable[str], selected: str | None = None) -> None:
    store.edit(label, lambda _before: workspace, touched, selected=selected)
