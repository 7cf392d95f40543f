"""Save what is unsaved: from a session and what was loaded, decide which files change, and to what.

Deciding is here, doing is in `oncue.storage.saving.transaction`. A flow that was renamed is a new file and a removed
one; the new one starts from the text of the old, so that its comments come along, and the two go together.
Files that changed on disk since they were loaded are never replaced here; `overwrite` and `save_copy` are what
the user may choose then.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of, is_of_flows, scenario_file
from oncue.domain.rules import flow_id_from
from oncue.domain.scenarios import Scenario
from oncue.domain.values import replaced
from oncue.editing.session import Session
from oncue.errors import SaveError, UnreadableError
from oncue.storage.codec import decode_flow
from oncue.storage.files import FileState, digest
from oncue.storage.flow_text import flow_bytes, scenario_bytes
from oncue.storage.loader import Loaded
from oncue.storage.saving import transaction
from oncue.storage.saving.transaction import Change, Outcome, recover
from oncue.storage.saving.writer import current_bytes, target_of

__all__ = ["Choice", "Saved", "overwrite", "recover", "save_copy", "save_scenario", "save_session", "text_to_save"]

Saved = tuple[Loaded, Session, tuple[SaveError, ...]]
Choice = Callable[[Loaded, Session, str], tuple[Loaded, Session]]
"""`overwrite` or `save_copy`: what the user may choose after a conflict."""


def save_session(loaded: Loaded, session: Session, renames: Mapping[str, str] | None = None) -> Saved:
    """Save every unsaved flow of ``session``.

    Returns what is loaded now, the session with the saved flows marked so, and an error for each flow that was
    not saved. ``renames`` (new id: old id) says which new flow is which removed one; without it, they are the
    same if they differ in nothing but the id.
    """
    pairs = _renames(session) if renames is None else renames
    changes, errors = [], []
    for flow_id in sorted(session.dirty):
        try:
            changes.append(_change(loaded, session, flow_id, pairs))
        except SaveError as error:
            errors.append(error)
    changes = _whole_groups(changes, errors)
    outcome = transaction.save(loaded.folder, changes)
    after = _with_files(loaded, session, outcome)
    return after, session.mark_saved(_ids(outcome.saved)), (*errors, *outcome.errors)


def overwrite(loaded: Loaded, session: Session, file: str) -> tuple[Loaded, Session]:
    """Save one flow over whatever is on disk now; that goes to the history first. Raises `SaveError`."""
    flow_id = id_of(file)
    flow = session.workspace.flows.get(flow_id)
    on_disk = current_bytes(target_of(loaded.folder, file), file)
    change = Change(file, None, None if flow is None else _over(flow, on_disk), force=True)
    return _only(loaded, session, transaction.save(loaded.folder, [change]))


def save_copy(loaded: Loaded, session: Session, flow_id: str) -> tuple[Loaded, Session]:
    """Save the flow as a new one beside the file that changed, under a free id. Raises `SaveError`.

    The returned session has the copy, saved, and the flow itself as it was: still unsaved.
    """
    flow = session.workspace.flows.get(flow_id)
    if flow is None:
        raise SaveError(flow_file(flow_id), "there is nothing to copy: the flow was deleted here")
    taken = {*session.workspace.flows, *session.saved.flows, *loaded.reserved, *_ids(loaded.files)}
    copy = replaced(flow, id=flow_id_from(f"{flow_id} mine", taken))
    base = _loaded_text(loaded, flow_id)
    change = Change(flow_file(copy.id), None, flow_bytes(copy, base))
    outcome = transaction.save(loaded.folder, [change])
    workspace = session.workspace.with_flow(copy)
    return _only(loaded, session.edit(f"Keep {flow_id} as a copy", workspace, [copy.id]), outcome)


def save_scenario(loaded: Loaded, scenario: Scenario) -> Loaded:
    """Save a new scenario. Raises `SaveError`, also if there is one of its id."""
    file = scenario_file(scenario.id)
    outcome = transaction.save(loaded.folder, [Change(file, None, scenario_bytes(scenario))])
    _raise_first(outcome)
    scenarios = dict(sorted({**loaded.workspace.scenarios, scenario.id: scenario}.items()))
    files = {**loaded.files, **{name: state for name, state in outcome.saved.items() if state is not None}}
    return replace(loaded, workspace=replace(loaded.workspace, scenarios=scenarios), files=files, at=time.time_ns())


def text_to_save(loaded: Loaded, session: Session, flow_id: str) -> str | None:
    """What saving would write for the flow, to show beside what is on disk; ``None`` if it was deleted."""
    flow = session.workspace.flows.get(flow_id)
    if flow is None:
        return None
    try:
        return flow_bytes(flow, _loaded_text(loaded, flow_id)).decode()
    except SaveError:
        return flow_bytes(flow).decode()


def _change(loaded: Loaded, session: Session, flow_id: str, renames: Mapping[str, str]) -> Change:
    file, flow = flow_file(flow_id), session.workspace.flows.get(flow_id)
    state = loaded.files.get(file)
    before = None if state is None else state.sha256
    group = renames.get(flow_id, flow_id if flow_id in renames.values() else "")
    if flow is None:
        return Change(file, before, None, group)
    if state is not None and flow_id not in loaded.workspace.flows:
        raise SaveError(file, "the file there is broken; mend or remove it first, it is not replaced")
    if (same := _on_disk_already(loaded, flow)) is not None:
        return Change(file, before, same, group)
    return Change(file, before, flow_bytes(flow, _loaded_text(loaded, renames.get(flow_id, flow_id))), group)


def _on_disk_already(loaded: Loaded, flow: Flow) -> bytes | None:
    """What is on disk, if somebody (or an interrupted save of ours) has made the same edit there."""
    file = flow_file(flow.id)
    data = current_bytes(target_of(loaded.folder, file), file)
    try:
        return data if data is not None and decode_flow(flow.id, data) == flow else None
    except UnreadableError:
        return None


def _loaded_text(loaded: Loaded, flow_id: str) -> bytes | None:
    """The text of the flow's file if it is still what was loaded, to start the new text from."""
    file = flow_file(flow_id)
    state = loaded.files.get(file)
    if state is None:
        return None
    data = current_bytes(target_of(loaded.folder, file), file)
    return data if data is not None and digest(data) == state.sha256 else None


def _over(flow: Flow, on_disk: bytes | None) -> bytes:
    """The flow's text, keeping what can be kept of what is on disk."""
    try:
        return flow_bytes(flow, on_disk)
    except SaveError:
        return flow_bytes(flow)


def _renames(session: Session) -> dict[str, str]:
    """New ids with the old ids that they took the place of.

    The session knows what was renamed in it. A restored draft does not: there the flows are equal but for the id.
    """
    before, now = session.saved.flows, session.workspace.flows
    gone = {flow_id for flow_id in session.dirty if flow_id not in now}
    pairs = {
        new_id: old_id
        for new_id, old_id in session.origins.items()
        if new_id in now and new_id not in before and old_id in gone
    }
    gone -= set(pairs.values())
    for new_id in sorted(flow_id for flow_id in session.dirty if flow_id not in before and flow_id not in pairs):
        flow = now[new_id]
        for old_id in sorted(gone):
            if replaced(flow, id=old_id) == before[old_id]:
                pairs[new_id] = old_id
                gone.discard(old_id)
                break
    return pairs


def _whole_groups(changes: list[Change], errors: list[SaveError]) -> list[Change]:
    """Only groups that are complete: without its new file, a renamed flow must not lose the old one."""
    groups = Counter(change.group for change in changes)
    broken = {group for group, count in groups.items() if group and count < 2}
    for change in changes:
        if change.group in broken:
            errors.append(SaveError(change.file, "not saved, because a file that belongs to it could not be"))
    return [change for change in changes if change.group not in broken]


def _only(loaded: Loaded, session: Session, outcome: Outcome) -> tuple[Loaded, Session]:
    _raise_first(outcome)
    return _with_files(loaded, session, outcome), session.mark_saved(_ids(outcome.saved))


def _raise_first(outcome: Outcome) -> None:
    if outcome.errors:
        raise outcome.errors[0]


def _with_files(loaded: Loaded, session: Session, outcome: Outcome) -> Loaded:
    """What is loaded after these files were saved with what the session has in them."""
    files: dict[str, FileState] = dict(loaded.files)
    flows = dict(loaded.workspace.flows)
    for file, state in outcome.saved.items():
        flow_id = id_of(file)
        if state is None:
            files.pop(file, None)
            flows.pop(flow_id, None)
        else:
            files[file] = state
            flows[flow_id] = session.workspace.flows[flow_id]
    workspace = replace(loaded.workspace, flows=dict(sorted(flows.items())))
    return replace(loaded, workspace=workspace, files=files, at=time.time_ns())


def _ids(files: Iterable[str]) -> list[str]:
    return [id_of(file) for file in files if is_of_flows(file)]
