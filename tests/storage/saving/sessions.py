"""What the tests of saving share: a session on a small workspace, edits of it, and what is on disk afterwards."""

from pathlib import Path

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.storage.dot_folder import DOT_FOLDER
from oncue.storage.loader import Loaded, load
from oncue.storage.user.states import state_folder

WELCOME = "flows/welcome-whatsapp.toml"
ONE, TWO = "welcome-whatsapp", "note-for-new-agent"


def opened(folder: Path) -> tuple[Loaded, Session]:
    loaded = load(folder)
    return loaded, Session.start(loaded.workspace, ONE)


def renamed(session: Session, flow_id: str, name: str) -> Session:
    return session.edit("Name", edits.set_name(session.workspace, flow_id, name), [flow_id])


def three_edits(session: Session) -> Session:
    """A changed, a new and a removed flow."""
    session = renamed(session, ONE, "Changed")
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    session = session.edit("New", workspace, [new_id])
    return session.edit("Delete", edits.delete_flow(session.workspace, TWO), [TWO])


def contents(folder: Path) -> dict[str, bytes]:
    """The files of the workspace, without those that only oncue needs."""
    files = (path for path in folder.rglob("*") if path.is_file() and DOT_FOLDER not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def kept(folder: Path, file: str) -> list[bytes]:
    """The contents of ``file`` in the history, newest first."""
    return [path.read_bytes() for path in sorted((state_folder(folder) / "history" / file).iterdir(), reverse=True)]
