"""The saves that are killed and made to fail: what is there before, what each does, and what is judged afterwards.

What a save needs is read first, in `Save.opened`, and not disturbed. Below ``home`` are the workspace, the state and
the settings, each a folder. Most saves are the first one of their workspace, so they make its hidden folder and its
state folder as well.
"""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.storage.saving.sessions import ONE, TWO, opened, renamed, three_edits

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import SaveWarning
from oncue.storage.dot_folder import DOT_FOLDER
from oncue.storage.loader import Loaded
from oncue.storage.saving.save import save_scenario, save_session
from oncue.storage.starter import init
from oncue.storage.user.drafts import DraftStore
from oncue.storage.user.settings import read_settings, save_theme

Edit = Callable[[Session], Session]
Files = dict[str, bytes]
TEMPORARY = re.compile(r".*\.(tmp|old)\Z")


class Save(NamedTuple):
    """``act`` saves what ``opened`` read, and returns what it tells the user. ``judged`` gives the files that matter.

    ``whole``: all of them are as before, or all as afterwards, or all as after ``halfway``, the first of two saves.
    """

    opened: Callable[[Path], Any]
    act: Callable[[Any], list[str]]
    judged: Callable[[Path], Files]
    whole: bool = True
    halfway: Callable[[Any], list[str]] | None = None


def _workspace(home: Path) -> Files:
    """The files of the workspace, without those of the hidden folder, which `wrong_in_dot_folder` is about."""
    return {file: data for file, data in _files(home, "ws/**/*").items() if f"/{DOT_FOLDER}/" not in file}


def _settings(home: Path) -> Files:
    return _files(home, "config/*")


def _drafts(home: Path) -> Files:
    """The drafts by what is in them, as their names are random; without the time at which they were written."""
    found = {}
    for file, data in _files(home, "state/workspaces/*/drafts/*").items():
        if file.endswith(".json"):
            content = json.loads(data)
            del content["written"]
            data = json.dumps(content, sort_keys=True).encode()
            file = f"draft {hashlib.sha256(data).hexdigest()[:8]}"
        if not file.endswith(".lock"):
            found[file] = data
    return found


def _files(home: Path, pattern: str) -> Files:
    paths = (path for path in sorted(home.glob(pattern)) if path.is_file())
    return {str(path.relative_to(home)): path.read_bytes() for path in paths}


def strays(home: Path) -> list[str]:
    """All temporary files, wherever they are."""
    return [str(path.relative_to(home)) for path in sorted(home.rglob(".*")) if TEMPORARY.match(path.name)]


def wrong_in_dot_folder(home: Path) -> str:
    """What is wrong with the hidden folder of a workspace of which no save is under way; "" if nothing is."""
    files = {file.rpartition("/")[2]: data for file, data in _files(home, f"ws/{DOT_FOLDER}/*").items()}
    whole = {
        "lock": rb"",
        "id": rb"[0-9a-f]{32}\n",
        ".gitignore": rb"#[^\n]*\n\*\n",
    }
    for name, data in files.items():
        if name not in whole:
            return f"{name} is left"
        if not re.fullmatch(whole[name], data):
            return f"{name} is {data!r}"
    return ""


def prepared(home: Path, name: str) -> None:
    """What is there before the save."""
    (home / "config").mkdir(parents=True)
    (home / "config/config.toml").write_text('# mine\ntheme = "nord"   # dark\n\n[keys]\n"app.save" = "f2"\n')
    (home / "state").mkdir()
    if name != "init":
        init(home / "ws")
    if name == "again":
        loaded, session = opened(home / "ws")
        save_session(loaded, renamed(session, TWO, "Before"))
    if name == "draft":
        _keep_draft(_open(_deleted, home), _named)


def _open(edit: Edit, home: Path) -> tuple[Loaded, Session]:
    loaded, session = opened(home / "ws")
    return loaded, edit(session)


def _save(ready: tuple[Loaded, Session]) -> list[str]:
    return [str(error) for error in save_session(*ready)[2] if not isinstance(error, SaveWarning)]


def _named(session: Session) -> Session:
    return renamed(session, ONE, "Changed")


def _new_id(session: Session) -> Session:
    workspace = edits.rename_flow(session.workspace, ONE, "renamed")
    return session.edit("Rename", workspace, [ONE, "renamed"], derived=(ONE, "renamed"))


def _deleted(session: Session) -> Session:
    return session.edit("Delete", edits.delete_flow(session.workspace, TWO), [TWO])


def _new(session: Session) -> Session:
    workspace, new_id = edits.new_flow(session.workspace, "Fresh")
    return session.edit("New", workspace, [new_id])


def _record(ready: tuple[Loaded, Session]) -> list[str]:
    loaded, _ = ready
    scenario = next(iter(loaded.workspace.scenarios.values()))
    save_scenario(loaded, replace(scenario, id="recorded"))
    return []


def _set_theme(settings: Any) -> list[str]:
    save_theme(settings, "gruvbox")
    return []


def _init(home: Path) -> list[str]:
    init(home / "ws")
    return []


def _keep_draft(ready: tuple[Loaded, Session], *edits: Edit) -> list[str]:
    """What a process leaves behind that keeps a draft after each of the edits, and is gone then."""
    loaded, session = ready
    store = DraftStore(loaded.folder)
    for edit in edits:
        session = edit(session)
        store.write(session, loaded.files)
    store.close()
    return []


SAVES = {
    "edit": Save(partial(_open, _named), _save, _workspace),
    "again": Save(partial(_open, three_edits), _save, _workspace),
    "three": Save(partial(_open, three_edits), _save, _workspace),
    "rename": Save(partial(_open, _new_id), _save, _workspace),
    "delete": Save(partial(_open, _deleted), _save, _workspace),
    "new": Save(partial(_open, _new), _save, _workspace),
    "scenario": Save(partial(_open, _named), _record, _workspace),
    "draft": Save(
        partial(_open, _new),
        lambda ready: _keep_draft(ready, _named, _new_id),
        _drafts,
        halfway=lambda ready: _keep_draft(ready, _named),
    ),
    "settings": Save(lambda home: read_settings(), _set_theme, _settings),
    "init": Save(lambda home: home, _init, _workspace, whole=False),
}
