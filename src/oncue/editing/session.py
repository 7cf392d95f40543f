"""The editing session: the workspace as it is now, as it was last saved, and the way between.

A session is a value: every change returns a new one, so the app holds one reference and a widget can never
see a half-made edit. Undo and redo are chains of earlier and later workspaces, which share everything but the
flow that was edited; they have no limit. Edits to the same field in a row (typing) are one step of undo: they
carry the same ``merge`` key.

What is unsaved is found by comparing, not by flagging: an edit that is undone, by hand or by undo, is clean.
Only flows that were ever touched are compared.

Sessions are equal by identity and have no deep repr, because the chains are far longer than Python recurses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Moment:
    """A workspace before or after an edit: what the edit was, and which flow was open then."""

    label: str
    workspace: Workspace
    selected: str | None
    merge: str | None
    earlier: "Moment | None"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Session:
    """An immutable editing session. Start one with `Session.start`.

    ``workspace`` is what is edited, ``saved`` what is on disk as far as this session knows, ``selected`` the
    id of the open flow.
    """

    workspace: Workspace
    saved: Workspace
    selected: str | None
    touched: frozenset[str] = frozenset()
    undo_chain: Moment | None = None
    redo_chain: Moment | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    """Ids that flows were renamed to, and the ids that they were loaded or made under."""

    @classmethod
    def start(cls, workspace: Workspace, selected: str | None = None) -> "Session":
        """A session on a workspace as it was loaded."""
        return cls(workspace, workspace, selected)

    @property
    def flow(self) -> Flow | None:
        """The open flow."""
        return None if self.selected is None else self.workspace.flows.get(self.selected)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back; ``None`` if nothing."""
        return self.undo_chain.label if self.undo_chain else None

    @property
    def typing(self) -> str | None:
        """The merge key of the edit that was made just now, if it can go on; ``None`` after undo and redo."""
        return self.undo_chain.merge if self.undo_chain and self.redo_chain is None else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again; ``None`` if nothing."""
        return self.redo_chain.label if self.redo_chain else None

    @property
    def dirty(self) -> frozenset[str]:
        """Ids of the flows that differ from what is saved: changed, new or deleted."""
        return frozenset(flow_id for flow_id in self.touched if self.is_dirty(flow_id))

    def is_dirty(self, flow_id: str) -> bool:
        """Whether saving would write or remove this flow."""
        return self.workspace.flows.get(flow_id) != self.saved.flows.get(flow_id)

    def select(self, flow_id: str | None) -> "Session":
        """Open another flow. This is no edit, and undo does not take it back; it ends a run of typing."""
        if flow_id == self.selected:
            return self
        return replace(self.settle(), selected=flow_id)

    def edit(
        self,
        label: str,
        workspace: Workspace,
        touched: Iterable[str],
        selected: str | None = None,
        merge: str | None = None,
        renamed: tuple[str, str] | None = None,
    ) -> "Session":
        """The session after an edit that made ``workspace``; itself if nothing changed.

        ``touched`` are the ids of the flows that the edit may have changed, added or removed. ``selected`` is
        the flow to open afterwards, by default the one that is open. An edit with the same ``merge`` key as the
        one before it becomes one step of undo with it. ``renamed``: the id that a flow had, and the one it got.
        """
        if workspace is self.workspace:
            return self
        changed = frozenset(touched)
        last = self.undo_chain
        if merge is not None and last is not None and last.merge == merge and self.redo_chain is None:
            chain = last
        else:
            chain = Moment(label, self.workspace, self.selected, merge, last)
        opened = self.selected if selected is None else selected
        if opened not in workspace.flows:
            opened = None
        origins = self.origins
        if renamed is not None:
            origins = {**origins, renamed[1]: origins.get(renamed[0], renamed[0])}
        return Session(workspace, self.saved, opened, self.touched | changed, chain, None, origins)

    def settle(self) -> "Session":
        """End a run of typing: the next edit of the same field is a step of undo of its own."""
        if self.undo_chain is None or self.undo_chain.merge is None:
            return self
        return replace(self, undo_chain=replace(self.undo_chain, merge=None))

    def undo(self) -> "Session":
        """Take back the last edit; itself if there is none."""
        moment = self.undo_chain
        if moment is None:
            return self
        redo = Moment(moment.label, self.workspace, self.selected, None, self.redo_chain)
        return self._at(moment, undo_chain=moment.earlier, redo_chain=redo)

    def redo(self) -> "Session":
        """Do again what was taken back last; itself if there is nothing."""
        moment = self.redo_chain
        if moment is None:
            return self
        undo = Moment(moment.label, self.workspace, self.selected, None, self.undo_chain)
        return self._at(moment, undo_chain=undo, redo_chain=moment.earlier)

    def _at(self, moment: Moment, undo_chain: Moment | None, redo_chain: Moment | None) -> "Session":
        """The session with the flows of ``moment``; nothing else of a workspace is edited, or ever taken back."""
        workspace = moment.workspace
        if workspace.scenarios is not self.workspace.scenarios:
            workspace = replace(self.workspace, flows=workspace.flows)
        return replace(
            self, workspace=workspace, selected=moment.selected, undo_chain=undo_chain, redo_chain=redo_chain
        )

    def mark_saved(self, flows: Iterable[str]) -> "Session":
        """These flows, as they are now (or are gone now), are on disk."""
        saved = dict(self.saved.flows)
        for flow_id in flows:
            if flow_id in self.workspace.flows:
                saved[flow_id] = self.workspace.flows[flow_id]
            else:
                saved.pop(flow_id, None)
        settled = self.settle()
        return replace(settled, saved=replace(self.saved, flows=saved))

    def reloaded(self, fresh: Workspace, drop: str | None = None) -> "Session":
        """The session after the folder was read again: ``fresh`` is what is on disk.

        The edits of the flow ``drop`` are given up. Flows without unsaved edits follow the disk; unsaved edits
        stay as they are. The chain of undo starts anew, since its workspaces show files that are no more.
        """
        kept = self.dirty - {drop}
        flows = dict(fresh.flows)
        for flow_id in kept:
            if flow_id in self.workspace.flows:
                flows[flow_id] = self.workspace.flows[flow_id]
            else:
                flows.pop(flow_id, None)
        workspace = replace(fresh, flows=flows)
        selected = self.selected if self.selected in flows else None
        return Session(workspace, fresh, selected, kept)
