"""Which files a save of a session changes, and to what.

A flow that was renamed is a new file and a removed one; the new one starts from the text of the old, so that its
comments come along, and the two are changed together. A file that changed on disk since it was loaded is a conflict,
unless it holds what is to be saved already: somebody, or an interrupted save, made the same edit.

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
from oncue.domain.paths import flow_file
from oncue.domain.values import replaced
from oncue.editing.identities import step_sources, text_source
from oncue.editing.session import Session
from oncue.errors import ConflictError, SaveError, UnreadableError
from oncue.storage.codec import decode_flow
from oncue.storage.flow_text import flow_bytes
from oncue.storage.loader import Loaded
from oncue.storage.saving import history
from oncue.storage.saving.on_disk import NotReadError, OnDisk
from oncue.storage.saving.transaction import Change, not_saved_with

Reader = Callable[[str], OnDisk]

_MOST_VERSIONS = 10  # of a file that are looked at for one that is wanted back


def plan(loaded: Loaded, session: Session, state: Path | None = None) -> tuple[list[Change], list[SaveError]]:
    """The changes that save every unsaved flow, and an error for each flow that cannot be saved.

    With the folder ``state``, a flow as it was before an earlier save gets its text from before that save.
    """
    read = cache(partial(OnDisk.read, loaded.folder))  # a renamed flow's old file is edited and removed: read once
    renames = renames_in(session)
    changes, errors = [], []
    for flow_id in sorted(session.dirty):
        try:
            changes.append(_change(loaded, session, flow_id, renames, read, state))
        except NotReadError as error:
            return [], [error, *not_saved_with(error, map(flow_file, sorted(session.dirty)))]
        except SaveError as error:
            errors.append(error)
    return _whole_groups(changes, errors), errors


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


def renames_in(session: Session) -> dict[str, str]:
    """The new ids of flows, each with the old id that it took the place of.

    The session knows what was renamed in it. A restored draft does not: there the flows are equal but for the id.
    """
    before, now = session.saved.flows, session.workspace.flows
    gone = {flow_id for flow_id in session.dirty if flow_id not in now}
    new = sorted(flow_id for flow_id in session.dirty if flow_id not in before)
    pairs: dict[str, str] = {}
    for new_id in new:
        source = text_source(now[new_id], session.identities, before, session.saved_identities)
        if source in gone:
            pairs[new_id] = source
            gone.discard(source)
    for new_id in new:
        if new_id in pairs:
            continue
        flow = now[new_id]
        for old_id in sorted(gone):
            if replaced(flow, id=old_id) == before[old_id]:
                pairs[new_id] = old_id
                gone.discard(old_id)
                break
    return pairs


def _whole_groups(changes: list[Change], errors: list[SaveError]) -> list[Change]:
    """Only groups that are complete: without its new file, a renamed flow must not lose the old one."""
    counts = Counter(change.group for change in changes)
    broken = {group for group, count in counts.items() if group and count < 2}
    for change in changes:
        if change.group in broken:
            errors.append(SaveError(change.file, "not saved, because a file that belongs to it could not be"))
    return [change for change in changes if change.group not in broken]
