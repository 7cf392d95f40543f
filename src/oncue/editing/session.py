"""The editing session: the workspace as it is now and as it was last saved, with undo and redo.

A session is an immutable value: every change returns a new one, so the app holds one reference and a widget never
sees a half-made edit. Undo and redo are linked lists of earlier and later workspaces, which share everything but the
flow that was edited; they have no limit. Consecutive edits of the same field (typing) are one step of undo: they carry
the same ``merge`` key, which is the field and the run of typing in it: a new word or a pause begins another one.

What is unsaved is found by comparing and not by a flag: after an edit was undone, by hand or by undo, nothing is
unsaved. Only flows that were ever touched are compared. Which flow and which step is which, saving learns from
`oncue.editing.identities`, which are kept beside both workspaces.

Sessions are compared by identity and have no deep repr, because the lists are far longer than Python's recursion limit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from oncue.domain.flows import Flow
from oncue.domain.workspace import Workspace
from oncue.editing.identities import Identities, after_edit, identity_of, new_identity
from oncue.editing.renames import followed, renames

RUN = "#"
"""What stands in a merge key between the field and the number of the run."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Moment:
    """A workspace before or after an edit, with the edit's label and the flow that was open."""

    label: str
    workspace: Workspace
    selected: str | None
    merge: str | None
    earlier: "Moment | None"
    identities: Identities


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Session:
    """An immutable editing session. Start one with `Session.start`.

    ``workspace`` is what is edited, ``saved`` what is on disk as far as this session knows, ``selected`` the id of the
    open flow.
    """

    workspace: Workspace
    saved: Workspace
    selected: str | None
    touched: frozenset[str] = frozenset()
    undo_chain: Moment | None = None
    redo_chain: Moment | None = None
    identities: Identities = field(default_factory=dict)
    saved_identities: Identities = field(default_factory=dict)

    @classmethod
    def start(cls, workspace: Workspace, selected: str | None = None) -> "Session":
        """A session on a workspace that was loaded."""
        return cls(workspace, workspace, selected)

    @property
    def flow(self) -> Flow | None:
        """The open flow."""
        return None if self.selected is None else self.workspace.flows.get(self.selected)

    @property
    def open_identity(self) -> object:
        """What tells the open flow from all others, also after it was renamed; ``None`` if none is open."""
        return None if self.flow is None else identity_of(self.flow, self.identities).flow

    @property
    def undo_label(self) -> str | None:
        """The label of the edit that undo would undo; ``None`` if there is none."""
        return self.undo_chain.label if self.undo_chain else None

    @property
    def typing(self) -> str | None:
        """The field of the last edit, if the next one can merge with it; ``None`` after undo and redo."""
        merge = self.typing_run
        return None if merge is None else merge.partition(RUN)[0]

    @property
    def typing_run(self) -> str | None:
        """The whole merge key of that edit."""
        return self.undo_chain.merge if self.undo_chain and self.redo_chain is None else None

    @property
    def redo_label(self) -> str | None:
        """The label of the edit that redo would repeat; ``None`` if there is none."""
        return self.redo_chain.label if self.redo_chain else None

    @property
    def dirty(self) -> frozenset[str]:
        """The ids of the flows with unsaved changes: edited, new or deleted."""
        return frozenset(flow_id for flow_id in self.touched if self.is_dirty(flow_id))

    def is_dirty(self, flow_id: str) -> bool:
        """Whether saving would write or remove the flow's file."""
        return self.workspace.flows.get(flow_id) != self.saved.flows.get(flow_id)

    @property
    def renames(self) -> Mapping[str, str]:
        """The new ids of flows that were renamed, each with the old id that it took the place of."""
        before, now = self.saved.flows, self.workspace.flows
        return renames(before, now, self.dirty, self.identities, self.saved_identities)

    def _followed(self) -> "Session":
        """The session in which scenarios, which are never edited here, expect renamed flows under their new ids."""
        scenarios = self.saved.scenarios
        if self.workspace.flows.keys() != self.saved.flows.keys():
            scenarios = followed(scenarios, self.renames)
        if scenarios is self.workspace.scenarios or scenarios == self.workspace.scenarios:
            return self
        return replace(self, workspace=replace(self.workspace, scenarios=scenarios))

    def select(self, flow_id: str | None) -> "Session":
        """Open another flow. This is not an edit and cannot be undone; it ends a run of typing."""
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
        derived: tuple[str, str] | None = None,
    ) -> "Session":
        """The session after an edit whose result is ``workspace``; the same session if nothing changed.

        ``touched`` are the ids of the flows that the edit may have changed, added or removed. ``selected`` is the flow
        to open afterwards, by default the one that is open. An edit with the same ``merge`` key as the one before it
        is one step of undo with it. ``derived`` is the old and the new id of a flow that was renamed or copied.
        """
        if workspace is self.workspace:
            return self
        changed = frozenset(touched)
        last = self.undo_chain
        if merge is not None and last is not None and last.merge == merge and self.redo_chain is None:
            chain = last
        else:
            chain = Moment(label, self.workspace, self.selected, merge, last, self.identities)
        opened = self.selected if selected is None else selected
        if opened not in workspace.flows:
            opened = None
        identities = self._identities_after(workspace, changed, derived)
        return Session(
            workspace, self.saved, opened, self.touched | changed, chain, None, identities, self.saved_identities
        )._followed()

    def _identities_after(
        self, workspace: Workspace, changed: frozenset[str], derived: tuple[str, str] | None
    ) -> Identities:
        before, after = self.workspace.flows, workspace.flows
        identities = {flow_id: what for flow_id, what in self.identities.items() if flow_id in after}
        for flow_id in changed & after.keys():
            origin = derived[0] if derived is not None and derived[1] == flow_id else flow_id
            identities[flow_id] = after_edit(self.identities, before.get(origin), after[flow_id], after)
        return identities

    def settle(self) -> "Session":
        """End a run of typing: the next edit of the same field is a separate step of undo."""
        if self.undo_chain is None or self.undo_chain.merge is None:
            return self
        return replace(self, undo_chain=replace(self.undo_chain, merge=None))

    def undo(self) -> "Session":
        """Undo the last edit; the same session if there is none."""
        moment = self.undo_chain
        if moment is None:
            return self
        redo = Moment(moment.label, self.workspace, self.selected, None, self.redo_chain, self.identities)
        return self._at(moment, undo_chain=moment.earlier, redo_chain=redo)

    def redo(self) -> "Session":
        """Redo the edit that was undone last; the same session if there is none."""
        moment = self.redo_chain
        if moment is None:
            return self
        undo = Moment(moment.label, self.workspace, self.selected, None, self.undo_chain, self.identities)
        return self._at(moment, undo_chain=undo, redo_chain=moment.earlier)

    def _at(self, moment: Moment, undo_chain: Moment | None, redo_chain: Moment | None) -> "Session":
        """The session with the flows of ``moment``; nothing else of a workspace is ever edited or undone."""
        workspace = moment.workspace
        if workspace.scenarios is not self.workspace.scenarios:
            workspace = replace(self.workspace, flows=workspace.flows)
        return replace(
            self,
            workspace=workspace,
            selected=moment.selected,
            undo_chain=undo_chain,
            redo_chain=redo_chain,
            identities=moment.identities,
        )._followed()

    def mark_saved(self, flows: Iterable[str]) -> "Session":
        """Mark these flows as saved: as they are now, or deleted, they are on disk."""
        saved, identities = dict(self.saved.flows), dict(self.saved_identities)
        for flow_id in flows:
            if (flow := self.workspace.flows.get(flow_id)) is not None:
                saved[flow_id], identities[flow_id] = flow, identity_of(flow, self.identities)
            else:
                saved.pop(flow_id, None)
                identities.pop(flow_id, None)
        written = {new: old for new, old in self.renames.items() if new in saved and old not in saved}
        scenarios = followed(self.saved.scenarios, written)
        after = replace(self.saved, flows=saved, scenarios=scenarios)
        return replace(self.settle(), saved=after, saved_identities=identities)._followed()

    def adopted(self, saved: "Session") -> "Session":
        """This session with what is saved in ``saved``, an earlier moment of it that was saved meanwhile."""
        return replace(self, saved=saved.saved, saved_identities=saved.saved_identities)._followed()

    def reloaded(self, fresh: Workspace, drop: str | None = None, keep: Iterable[str] = ()) -> "Session":
        """The session after the folder was read again: ``fresh`` is what is on disk.

        Unsaved edits are kept, except for those of the flow ``drop``, and so are the flows ``keep``; all other flows
        follow the disk. So do they in every workspace of undo and redo, which go on over what another program changed:
        they take back edits that were made here, and nothing else.
        """
        asked = frozenset(keep)
        kept = (self.dirty | asked) - {drop}
        there = self.saved.flows.keys() & fresh.flows.keys()
        read = {flow_id for flow_id in there if fresh.flows[flow_id] != self.saved.flows[flow_id]} - kept
        saved = {each: what for each, what in self.saved_identities.items() if each in there - read}
        # What another program wrote is another flow: its steps are none of those that were there before.
        saved |= {each: new_identity(fresh.flows[each]) for each in read}
        changed = read | ((self.saved.flows.keys() ^ fresh.flows.keys()) - kept)
        follow = _Following(
            fresh,
            frozenset(changed if drop is None else {*changed, drop}),
            {flow_id: self.saved.flows.get(flow_id) for flow_id in kept & self.dirty},
            saved,
        )
        now = follow.moment(Moment("", self.workspace, self.selected, None, None, self.identities))
        return replace(
            self,
            workspace=now.workspace,
            saved=fresh,
            selected=now.selected,
            touched=self.touched | asked,
            undo_chain=follow.chain(self.undo_chain, now.workspace),
            redo_chain=follow.chain(self.redo_chain, now.workspace),
            identities=now.identities,
            saved_identities=saved,
        )._followed()


class _Following:
    """Moments of undo and redo after the folder was read again.

    The flows ``ids`` are as they are on disk in all moments. Those that are edited here are so where nothing of the
    edits is left: where they are as in ``unedited``, what was on disk before.
    """

    def __init__(
        self, fresh: Workspace, ids: frozenset[str], unedited: Mapping[str, Flow | None], saved: Identities
    ) -> None:
        self._fresh, self._ids, self._unedited, self._saved = fresh, ids, unedited, saved

    def moment(self, moment: Moment) -> Moment:
        """The moment with those flows, and with all that is no flow, as they are on disk."""
        before = moment.workspace.flows
        ids = self._ids | {each for each, flow in self._unedited.items() if before.get(each) == flow}
        followed = ids & self._fresh.flows.keys()
        flows = {each: flow for each, flow in before.items() if each not in ids}
        flows |= {each: self._fresh.flows[each] for each in followed}
        known = {each: what for each, what in moment.identities.items() if each not in ids}
        return replace(
            moment,
            workspace=replace(self._fresh, flows=dict(sorted(flows.items()))),
            selected=moment.selected if moment.selected in flows else None,
            identities=known | {each: self._saved[each] for each in followed & self._saved.keys()},
            earlier=None,
        )

    def chain(self, last: Moment | None, now: Workspace) -> Moment | None:
        """The moments from ``last`` on, without those of edits that are no edits any more."""
        moments = []
        while last is not None:
            moment = self.moment(last)
            if moment.workspace.flows != now.flows:
                moments.append(moment)
                now = moment.workspace
            last = last.earlier
        chain = None
        for moment in reversed(moments):
            chain = replace(moment, earlier=chain)
        return chain
