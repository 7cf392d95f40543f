"""What a front end calls to save: a session, one flow after a conflict, a new scenario.

Which files change is decided in `oncue.storage.saving.plan`, how they change in `oncue.storage.saving.transaction`.
`save_session` never replaces a file that changed on disk since it was loaded; `overwrite` and `save_copy` are what the
user may choose then.
"""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of, is_of_flows, scenario_file
from oncue.domain.rules import flow_id_from
from oncue.domain.scenarios import Scenario
from oncue.domain.values import replaced
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError, SaveWarning
from oncue.storage.files import FileState
from oncue.storage.flow_text import flow_bytes
from oncue.storage.loader import Loaded
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.plan import plan
from oncue.storage.saving.transaction import Change, Outcome, carry_out, exclusive
from oncue.storage.scenario_text import scenario_bytes

Saved = tuple[Loaded, Session, tuple[SaveError, ...]]


def save_session(loaded: Loaded, session: Session) -> Saved:
    """Save every unsaved flow of ``session``.

    Returns what is loaded now, the session with the saved flows marked as saved, and an error for each other flow,
    or a `SaveWarning` for one that was saved.
    """
    dirty = sorted(session.dirty)
    if not dirty:
        return loaded, session, ()
    try:
        with exclusive(loaded.folder) as safety:
            changes, errors = plan(loaded, session, safety.state)
            outcome = carry_out(loaded.folder, safety, changes)
    except SaveError as error:
        return loaded, session, tuple(SaveError(flow_file(flow_id), error.reason) for flow_id in dirty)
    after = _with_files(loaded, session, outcome)
    return after, session.mark_saved(_flow_ids(outcome.saved)), (*errors, *outcome.errors)


def overwrite(loaded: Loaded, session: Session, file: str) -> Saved:
    """Save one flow over whatever is on disk now, which the history keeps. Raises `SaveError`."""
    flow = session.workspace.flows.get(id_of(file))
    with exclusive(loaded.folder) as safety:
        on_disk = OnDisk.read(loaded.folder, file)
        after = None if flow is None else _text_over(flow, on_disk.data)
        outcome = carry_out(loaded.folder, safety, [Change(on_disk, after, unseen=True)])
    warnings = _warnings(outcome)
    return _with_files(loaded, session, outcome), session.mark_saved(_flow_ids(outcome.saved)), warnings


def save_copy(loaded: Loaded, session: Session, flow_id: str) -> tuple[Loaded, Flow, tuple[SaveError, ...]]:
    """Save the flow as a new one beside the file that changed, under a free id. Raises `SaveError`.

    Returns what is loaded now, the copy, for `with_copy`, and a `SaveWarning` for each thing to be said.
    """
    flow = session.workspace.flows.get(flow_id)
    if flow is None:
        raise SaveError(flow_file(flow_id), "there is nothing to copy: the flow was deleted here")
    taken = {*session.workspace.flows, *session.saved.flows, *loaded.reserved, *_flow_ids(loaded.files)}
    copy = replaced(flow, id=flow_id_from(f"{flow_id} mine", taken))
    with exclusive(loaded.folder) as safety:
        text = _text_over(copy, OnDisk.read(loaded.folder, flow_file(flow_id)).data)
        outcome = carry_out(loaded.folder, safety, [_new_file(loaded.folder, flow_file(copy.id), text)])
    warnings = _warnings(outcome)
    return _with_files(loaded, with_copy(session, flow_id, copy), outcome), copy, warnings


def with_copy(session: Session, flow_id: str, copy: Flow) -> Session:
    """``session`` with the ``copy`` of a flow that `save_copy` saved; the flow itself is as it was: still unsaved."""
    label, workspace = f"Keep {flow_id} as a copy", session.workspace.with_flow(copy)
    return session.edit(label, workspace, [copy.id], derived=(flow_id, copy.id)).mark_saved([copy.id])


def save_scenario(
    loaded: Loaded, scenario: Scenario, before: Scenario | None = None
) -> tuple[Loaded, tuple[SaveError, ...]]:
    """Save a scenario that is new, or in the place of the one ``before``; what is loaded now, and warnings.

    Raises `SaveError`, also if another one has its id, or has come into the place of the one ``before``.
    """
    file = scenario_file(scenario.id)
    with exclusive(loaded.folder) as safety:
        if before is None:
            change = _new_file(loaded.folder, file, scenario_bytes(scenario))
        else:
            on_disk = OnDisk.read(loaded.folder, file)
            if on_disk.data is None or on_disk.digest != loaded.digest_of(file):
                raise ConflictError(file, on_disk.data)
            change = Change(on_disk, scenario_bytes(scenario, on_disk.data))
        outcome = carry_out(loaded.folder, safety, [change])
    warnings = _warnings(outcome)
    scenarios = dict(sorted({**loaded.workspace.scenarios, scenario.id: scenario}.items()))
    workspace = replace(loaded.workspace, scenarios=scenarios)
    return replace(loaded, workspace=workspace, files=_files(loaded, outcome), at=time.time_ns()), warnings


def text_to_save(loaded: Loaded, session: Session, flow_id: str) -> str | None:
    """What `overwrite` would write for the flow, to compare with what is on disk; ``None`` if it was deleted."""
    flow = session.workspace.flows.get(flow_id)
    if flow is None:
        return None
    return _text_over(flow, OnDisk.read(loaded.folder, flow_file(flow_id)).data).decode()


def _text_over(flow: Flow, on_disk: bytes | None) -> bytes:
    """The flow's text, keeping what can be kept of what is on disk."""
    try:
        return flow_bytes(flow, on_disk)
    except SaveError:
        return flow_bytes(flow)


def _new_file(folder: Path, file: str, data: bytes) -> Change:
    on_disk = OnDisk.read(folder, file)
    if on_disk.data not in (None, data):
        raise ConflictError(file, on_disk.data)
    return Change(on_disk, data)


def _warnings(outcome: Outcome) -> tuple[SaveError, ...]:
    """What is to be said of something that was saved; raises the error of something that was not."""
    for error in outcome.errors:
        if not isinstance(error, SaveWarning):
            raise error
    return outcome.errors


def _with_files(loaded: Loaded, session: Session, outcome: Outcome) -> Loaded:
    """What is loaded after these files were saved with what the session has in them."""
    flows, scenarios = dict(loaded.workspace.flows), dict(loaded.workspace.scenarios)
    for file, state in outcome.saved.items():
        flow_id = id_of(file)
        if not is_of_flows(file):
            scenarios[flow_id] = session.workspace.scenarios[flow_id]
            continue
        if state is None:
            flows.pop(flow_id, None)
        else:
            flows[flow_id] = session.workspace.flows[flow_id]
    workspace = replace(loaded.workspace, flows=dict(sorted(flows.items())), scenarios=scenarios)
    return replace(loaded, workspace=workspace, files=_files(loaded, outcome), at=time.time_ns())


def _files(loaded: Loaded, outcome: Outcome) -> dict[str, FileState]:
    after = {**loaded.files, **outcome.saved}
    return {file: state for file, state in after.items() if state is not None}


def _flow_ids(files: Iterable[str]) -> list[str]:
    return [id_of(file) for file in files if is_of_flows(file)]
