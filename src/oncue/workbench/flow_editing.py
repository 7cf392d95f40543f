"""What can be done to whole flows: making, copying, switching, renaming and deleting them, by way of the store.

The id of a flow is the name of its file. Nobody chose the id of a new flow, so until it is saved its id follows the
name that is typed for it. ``reserved`` are the ids that no flow may get, because a file that cannot be read has them.
"""

from collections.abc import Callable
from functools import partial

from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.editing import edits
from oncue.errors import EditError
from oncue.workbench.store import Store


class FlowEditing:
    """Edits flows in ``store``. What makes or changes one is one edit, which can be undone."""

    def __init__(self, store: Store, reserved: Callable[[], frozenset[str]]) -> None:
        self._store, self._reserved = store, reserved
        self._following: dict[str, str] = {}
        """Ids of new flows that nobody chose, with the names that they were made from."""

    @property
    def open_flow(self) -> Flow | None:
        """The flow that is open."""
        return self._store.state.flow

    def new(self) -> str:
        """Make a flow and open it; returns its id. Raises `EditError`."""
        return self._add("New flow", edits.new_flow)

    def duplicate(self) -> str | None:
        """Copy the open flow and open the copy; returns its id, or ``None`` if no flow is open."""
        flow = self.open_flow
        if flow is None:
            return None
        return self._add("Duplicate a flow", partial(edits.duplicate_flow, flow_id=flow.id), source=flow.id)

    def toggle_enabled(self) -> None:
        """Switch the open flow on or off."""
        flow = self.open_flow
        if flow is not None:
            label = "Switch a flow off" if flow.enabled else "Switch a flow on"
            self._store.edit(label, partial(edits.toggle_enabled, flow_id=flow.id), {flow.id})

    def rename(self, flow_id: str, wanted: str) -> None:
        """Give a flow another id, which was chosen and follows no name. Raises `EditError`."""
        if wanted == flow_id:
            return
        self._store.edit(
            "Rename a flow",
            self._renaming(flow_id, wanted),
            {flow_id, wanted},
            selected=wanted,
            derived=(flow_id, wanted),
        )
        self._following.pop(flow_id, None)

    def problem_with(self, flow_id: str, wanted: str) -> str | None:
        """Why a flow cannot get the id ``wanted``; ``None`` if it can."""
        try:
            self._renaming(flow_id, wanted)(self._store.state.workspace)
        except EditError as error:
            return str(error)
        return None

    def delete(self, flow_id: str) -> None:
        """Remove a flow, and open its neighbour."""
        ids = sorted(self._store.state.workspace.flows)
        if flow_id not in ids:
            return  # its file was removed while the user was asked
        at = ids.index(flow_id)
        neighbour = next(iter([*ids[at + 1 : at + 2], *ids[max(0, at - 1) : at]]), None)
        self._store.edit("Delete a flow", partial(edits.delete_flow, flow_id=flow_id), {flow_id}, selected=neighbour)

    def follow_names(self) -> None:
        """Let the ids of new flows that are not saved yet follow their names."""
        for flow_id, name in sorted(self._following.items()):
            session = self._store.session
            flow = session.workspace.flows.get(flow_id)
            if flow is None or flow_id in session.saved.flows or flow.name == name:
                continue
            wanted = edits.id_from_name(session.workspace, flow_id, self._reserved())
            if wanted != flow_id:
                self._following[wanted] = flow.name
                opened = wanted if session.selected == flow_id else None
                change = self._renaming(flow_id, wanted)
                # With the merge key of the name's field, so that undo takes back the name and the id in one step.
                self._store.edit(
                    "Change the name",
                    change,
                    {flow_id, wanted},
                    selected=opened,
                    merge=session.typing_run if session.typing == "flow-name" else "flow-name",
                    derived=(flow_id, wanted),
                )

    def expecting(self, flow_id: str) -> list[str]:
        """The ids of the scenarios that expect a flow to run."""
        return self._store.state.workspace.scenarios_expecting(flow_id)

    def _add(self, label: str, make: Callable[..., tuple[Workspace, str]], source: str | None = None) -> str:
        workspace, flow_id = make(self._store.state.workspace, reserved=self._reserved())
        derived = None if source is None else (source, flow_id)
        self._store.edit(label, lambda _before: workspace, {flow_id}, selected=flow_id, derived=derived)
        self._following[flow_id] = workspace.flows[flow_id].name
        return flow_id

    def _renaming(self, flow_id: str, wanted: str) -> Callable[[Workspace], Workspace]:
        def change(workspace: Workspace) -> Workspace:
            if flow_id not in workspace.flows:  # its file was removed while the user was asked
                raise EditError(f"there is no flow {flow_id!r} any more")
            return edits.rename_flow(workspace, flow_id, wanted, self._reserved())

        return change
