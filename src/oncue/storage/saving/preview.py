"""What a save would write, and what earlier saves replaced: to be read, without changing anything.

The plan of a preview is the plan of the save itself, so what is shown is what is written, comments and layout
included.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from oncue.domain.flows import Flow
from oncue.domain.paths import flow_file, id_of, is_of_flows
from oncue.editing.session import Session
from oncue.errors import SaveError, UnreadableError
from oncue.storage.codec import decode_flow
from oncue.storage.files import read_regular
from oncue.storage.loader import Loaded
from oncue.storage.saving import history
from oncue.storage.saving.on_disk import OnDisk
from oncue.storage.saving.plan import plan
from oncue.storage.toml.read import MAX_FILE
from oncue.storage.user.states import state_or_none


class Pending(NamedTuple):
    """What a save would do to one file: its text before and after, ``None`` where there is none.

    ``was`` is the file that the flow had before it was renamed, ``why_not`` the reason why it cannot be saved.
    """

    file: str
    before: str | None
    after: str | None
    was: str = ""
    why_not: str = ""

    @property
    def flow_id(self) -> str:
        """The flow whose file it is; none for a scenario, which is changed where it expects a flow that was renamed."""
        return id_of(self.file) if is_of_flows(self.file) else ""


class Version(NamedTuple):
    """A text of ``file`` that a save replaced or removed at ``until``."""

    file: str
    until: datetime
    text: str
    flow: Flow | None


def pending(loaded: Loaded, session: Session) -> list[Pending]:
    """What saving ``session`` would do, a renamed flow as one."""
    changes, errors = plan(loaded, session, state_or_none(loaded.folder))
    renames = {flow_file(new): flow_file(old) for new, old in session.renames.items()}
    texts = {change.file: (_text(change.on_disk.data), _text(change.after)) for change in changes}
    found = []
    for file, (before, after) in texts.items():
        if after is None and file in renames.values():
            continue
        was = renames.get(file, "")
        found.append(Pending(file, texts[was][0] if was in texts else before, after, was))
    for error in errors:
        found.append(Pending(error.file, _read(loaded.folder, error.file), None, why_not=str(error.reason)))
    return sorted(found, key=lambda each: each.file)


def text_as_saved(loaded: Loaded, session: Session, flow_id: str) -> str:
    """The text of a flow's file as it would be after a save. Raises `SaveError`."""
    file = flow_file(flow_id)
    if not session.is_dirty(flow_id):
        return _read(loaded.folder, file) or ""
    for each in pending(loaded, session):
        if each.file == file:
            if each.why_not:
                raise SaveError(file, each.why_not)
            return each.after or ""
    return ""


def versions(folder: Path, flow_ids: Iterable[str] | None = None) -> list[Version]:
    """What saves of the workspace ``folder`` replaced, the last first: of these flows, or of all there ever were."""
    state = state_or_none(folder)
    if state is None:
        return []
    files = history.files(state) if flow_ids is None else [flow_file(each) for each in flow_ids]
    found = []
    for file in filter(is_of_flows, files):
        for path in history.paths(state, file):
            text = _text(_data(path))
            until = datetime.fromtimestamp(history.moment(path) / 1e9, UTC).astimezone()
            found.append(Version(file, until, text or "", _flow(id_of(file), text)))
    return sorted(found, key=lambda version: version.until, reverse=True)


def _flow(flow_id: str, text: str | None) -> Flow | None:
    try:
        return None if text is None else decode_flow(flow_id, text.encode())
    except UnreadableError:
        return None


def _data(path: Path) -> bytes | None:
    try:
        return read_regular(str(path), MAX_FILE)[0]
    except (OSError, ValueError):
        return None


def _read(folder: Path, file: str) -> str | None:
    try:
        return _text(OnDisk.read(folder, file).data)
    except SaveError:
        return None


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "replace")
