"""The saves that are killed and made to fail: what is there before, and what each does.

What a save needs is read first, in `Save.opened`, and not disturbed. Below ``home`` are the workspace, the state and
the settings, each a folder.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from tests.storage.saving.sessions import ONE, TWO, opened, renamed, three_edits

from oncue.editing import edits
from oncue.editing.session import Session
from oncue.errors import SaveWarning
from oncue.storage.loader import Loaded
from oncue.storage.saving.save import save_scenario, save_session
from oncue.storage.starter import init
from oncue.storage.user.settings import read_settings, save_theme

Edit = Callable[[Session], Session]


class Save(NamedTuple):
    """``act`` saves what ``opened`` read, and returns what it tells the user. ``judged`` are the files that matter.

    ``whole``: all of them are as before, or all as afterwards.
    """

    opened: Callable[[Path], Any]
    act: Callable[[Any], list[str]]
    judged: str = "ws/**/*"
    whole: bool = True


def prepared(home: Path, name: str) -> None:
    """What is there before the save."""
    (home / "config").mkdir(parents=True)
    (home / "config/config.toml").write_text('# mine\ntheme = "nord"   # dark\n\n[keys]\n"app.save" = "f2"\n')
    (home / "state").mkdir()
    if name != "init":
        init(home / "ws")


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


SAVES = {
    "edit": Save(partial(_open, _named), _save),
    "three": Save(partial(_open, three_edits), _save),
    "rename": Save(partial(_open, _new_id), _save),
    "delete": Save(partial(_open, _deleted), _save),
    "new": Save(partial(_open, _new), _save),
    "scenario": Save(partial(_open, _named), _record),
    "settings": Save(lambda home: read_settings(), _set_theme, "config/*"),
    "init": Save(lambda home: home, _init, whole=False),
}
