"""Which files a save of a session changes, and to what.

A flow that was renamed is a new file and a removed one; the new one starts from the text of the old, so that its
comments come along, and the two are changed together; scenarios that expect it are changed with them. A flow's file
that changed on disk since it was loaded is a conflict, unless it holds what is to be saved already: somebody, or an
interrupted save, made the same edit.

What is wrong with one flow, such as a conflict, leaves out that flow and what belongs to it. A file that the system
refuses to read is no matter of its flow but of the disk or of permissions, like one that it refuses to write: nothing
is saved then.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of, scenario_file
from oncue.editing.identities import step_sources, text_source
from oncue.editing.renames import following
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError, SaveWarning, UnreadableError
from oncue.storage.codec import decode_flow, decode_scenario
from oncue.storage.flow_text import flow_bytes
from oncue.storage.loader import Loaded
from oncue.storage.saving import history
from oncue.storage.saving.on_disk import NotReadError, OnDisk
from oncue.storage.saving.transaction import Change, not_saved_with
from oncue.storage.scenario_text import scenario_bytes

Reader = Callable[[str], OnDisk]

_MOST_VERSIONS = 10  # of a file that are looked at for one that is wanted back


def plan(loaded: Loaded, session: Session, state: Path | None = None) -> tuple[list[Change], list[SaveError]]:
    """The changes that save every unsaved flow, and an error for each flow that cannot be saved.

    With the folder ``state``, a flow as it was before an earlier save gets its text from before that save.
    """
    read = cache(partial(OnDisk.read, loaded.folder))  # a renamed flow's old file is edited and removed: read once
    renames = session.renames
    changes: list[Change] = []
    errors: list[SaveError] = []
    for flow_id in sorted(session.dirty):
        try:
            changes.append(_change(loaded, session, flow_id, renames, read, state))
        except NotReadError as error:
            return [], [error, *not_saved_with(error, map(flow_file, sorted(session.dirty)))]
        except SaveError as error:
            errors.append(error)
    changes = _whole_groups(changes, errors)
    written = {id_of(change.file) for change in changes}
    try:
        of_scenarios, warnings = _scenario_changes(
            loaded, session, {new: old for new, old in renames.items() if new in written}, read
        )
    except NotReadError as error:
        return [], [error, *not_saved_with(error, map(flow_file, sorted(session.dirty)))]
    return [*changes, *of_scenarios], [*errors, *warnings]


def _change(
    loaded: Loaded, session: Session, flow_id: str, renames: Mapping[str, str], read: Reader, state: Path | None
) -> Change:
    file, flow = flow_file(flow_id), session.workspace.flows.get(flow_id)
    if flow is not None and file in loaded.files and flow_id not in loaded.workspace.flows:
        raise SaveError(file, "the file there is broken; mend or remove it first, it is not replaced")
    group = renames.get(flow_id, flow_id if flow_id in renames.values() else "")
    on_disk = read(file)
    if on_disk.digest != loaded.digest_of(file):
        if not _holds(on_disk, flow):
            raise ConflictError(file, on_disk.data)
        return Change(on_disk, on_disk.data, group)
    if flow is None:
        return Change(on_disk, None, group)
    text = None if state is None or group else _text_before(state, session, flow, on_disk)
    return Change(on_disk, text or _text_of(loaded, session, flow, renames, read), group)


def _text_before(state: Path, session: Session, flow: Flow, on_disk: OnDisk) -> bytes | None:
    """The text that the flow had when it was as it is again now, if nobody edited the file after that but oncue.

    So undoing an edit that was saved brings back the comments that went with it.
    """
    saved = session.saved.flows.get(flow.id)
    sources = None if saved is None else step_sources(saved, session.saved_identities, flow, session.identities)
    for text in history.newest(state, on_disk.file, _MOST_VERSIONS):
        if _decodes_to(text, flow):
            if on_disk.data is None:
                return text
            with suppress(SaveError):
                if saved is not None and flow_bytes(saved, text, sources) == on_disk.data:
                    return text
        if on_disk.data is None:
            return None  # only what was removed last can be what is wanted back
    return None


def _text_of(loaded: Loaded, session: Session, flow: Flow, renames: Mapping[str, str], read: Reader) -> bytes:
    """The new content of the flow's file: an edit of its own, of the one it was renamed from or is a copy of."""
    known = text_source(flow, session.identities, session.saved.flows, session.saved_identities)
    source = known or renames.get(flow.id, flow.id)
    origin = read(flow_file(source))
    if origin.data is None or origin.digest != loaded.digest_of(origin.file):
        return flow_bytes(flow)
    if known is None:
        return flow_bytes(flow, origin.data)
    saved = session.saved.flows[source]
    return flow_bytes(flow, origin.data, step_sources(flow, session.identities, saved, session.saved_identities))


def _holds(on_disk: OnDisk, flow: Flow | None) -> bool:
    """Whether the file already is what is to be saved: a file of exactly ``flow``, or none."""
    if flow is None or on_disk.data is None:
        return flow is None and on_disk.data is None
    return _decodes_to(on_disk.data, flow)


def _decodes_to(data: bytes, flow: Flow) -> bool:
    try:
        return decode_flow(flow.id, data) == flow
    except UnreadableError:
        return False


def _scenario_changes(
    loaded: Loaded, session: Session, renames: Mapping[str, str], read: Reader
) -> tuple[list[Change], list[SaveError]]:
    """The changes of the scenarios that expect flows which were renamed, and a warning for each that stays as it is."""
    new_ids = {old: new for new, old in renames.items()}
    changes: list[Change] = []
    errors: list[SaveError] = []
    for scenario_id, scenario in session.saved.scenarios.items():
        file = scenario_file(scenario_id)
        if following(scenario, new_ids) is scenario:
            continue
        on_disk = read(file)
        try:
            if on_disk.data is None:
                continue
            # A rename is the same edit in whatever another program has made of the file.
            there = scenario if on_disk.digest == loaded.digest_of(file) else decode_scenario(scenario_id, on_disk.data)
            changes.append(Change(on_disk, scenario_bytes(following(there, new_ids), on_disk.data)))
        except (SaveError, UnreadableError) as error:
            errors.append(SaveWarning(file, f"it still expects a flow that was renamed: {error}"))
    return changes, errors


def _whole_groups(changes: list[Change], errors: list[SaveError]) -> list[Change]:
    """Only groups that are complete: without its new file, a renamed flow must not lose the old one."""
    counts = Counter(change.group for change in changes)
    broken = {group for group, count in counts.items() if group and count < 2}
    for change in changes:
        if change.group in broken:
            errors.append(SaveError(change.file, "not saved, because a file that belongs to it could not be"))
    return [change for change in changes if change.group not in broken]
