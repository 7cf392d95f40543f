"""The user's own settings: the theme and other keys, in ``config.toml`` of the config folder.

They belong to the user and never to a workspace, so nothing in a shared folder can change what a key does. A broken
file is reported and otherwise ignored: settings must not keep anybody from working.

The file is changed as carefully as a file of a workspace: only the value that was set, as a whole or not at all. Many
users keep it in a repository of dotfiles and have a link in the config folder. Such a link stays, and what it leads
to is replaced, wherever that is: unlike a workspace, the config folder is the user's own. What somebody else writes
into the file at the same moment stays: the value is set once more, in what is there then.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import fspath
from pathlib import Path
from typing import Any

from oncue.errors import SaveError, StateError, UnreadableError
from oncue.storage.files import describe_os_error, read_regular
from oncue.storage.toml.read import BOM, MAX_FILE, read_toml, too_large
from oncue.storage.user.folders import config_folder
from oncue.suggestions import did_you_mean

THEME = "textual-dark"
_FILE = "config.toml"
_KEYS = ("theme", "keys")
_TRIES = 5


@dataclass(frozen=True)
class Settings:
    """What the user has set. ``keys`` is as written: key id to a comma list of keys.

    ``file`` is where they are kept, ``complaints`` what is wrong with it.
    """

    file: Path
    theme: str = THEME
    keys: Mapping[str, str] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()
    theme_chosen: bool = False
    """Whether the user chose a theme at all."""


def settings_file() -> Path:
    """Where the settings are kept; `StateError` if the system does not say where."""
    return config_folder() / _FILE


def read_settings() -> Settings:
    """The settings as far as they can be read."""
    try:
        file = settings_file()
    except StateError as error:
        return Settings(Path(_FILE), complaints=(str(error),))
    try:
        data, status = read_regular(fspath(file.resolve()), MAX_FILE)
        if len(data) > MAX_FILE:
            raise too_large(_FILE, max(status.st_size, len(data)))
        values = read_toml(data, _FILE).values
    except FileNotFoundError:
        return Settings(file)
    except UnreadableError as error:
        # Whoever shows them names the file.
        problems = error.problems
        said = (each.message if each.line is None else f"line {each.line}: {each.message}" for each in problems)
        return Settings(file, complaints=tuple(said))
    except (OSError, ValueError, RuntimeError) as error:
        return Settings(file, complaints=(describe_os_error(error),))
    return _settings(file, values)


def _settings(file: Path, values: Mapping[str, object]) -> Settings:
    complaints = [f"{key}: no such setting; {did_you_mean(key, _KEYS)}" for key in values.keys() - set(_KEYS)]
    theme, keys = values.get("theme", THEME), values.get("keys", {})
    if not isinstance(theme, str):
        complaints.append("theme: expected the name of a theme in quotes")
        theme = THEME
    if not isinstance(keys, dict):
        complaints.append('keys: expected a table, such as [keys] with "app.save" = "f2"')
        keys = {}
    usable = {key: value for key, value in keys.items() if isinstance(value, str)}
    complaints += [f'keys.{key}: expected keys in quotes, such as "f2"' for key in keys.keys() - usable.keys()]
    return Settings(file, theme, usable, tuple(sorted(complaints)), "theme" in values)


def save_theme(settings: Settings, theme: str) -> None:
    """Keep the chosen theme. Raises `SaveError`."""
    save_setting(settings, ("theme",), theme)


def save_setting(settings: Settings, path: tuple[str, ...], value: str) -> None:
    """Set one value, ``("keys", "app.save")`` for example; everything else in the file stays as it is.

    Raises `SaveError`, also if the file is broken: it is for the user to mend, and nothing is written to it.
    """
    from oncue.storage.saving.writer import OLD, describe_write_error, remove_strays  # most sessions save no setting

    shown = fspath(settings.file)
    try:
        target = settings.file.resolve()
        remove_strays(target.parent, older_than=OLD)
        for _ in range(_TRIES):
            if _set(settings.file, target, path, value):
                return
        raise FileExistsError(errno.EEXIST, "another program keeps writing it; try again")
    except UnreadableError as error:
        raise SaveError(shown, f"nothing is written to it, because it is broken: {error}") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise SaveError(shown, describe_write_error(error)) from None


def _set(file: Path, target: Path, path: tuple[str, ...], value: str) -> bool:
    """Set the value in the file as it is now; ``False`` if another program wrote it meanwhile."""
    from oncue.storage.saving.writer import replace_file

    before = _current(target)
    if before is None and file.is_symlink():
        raise ValueError("it is a link to nothing; remove the link first")
    after = _edited(before or b"", path, value)
    if after == before:
        return True
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        replace_file(target, after, new=before is None, expected=before)
    except FileExistsError:
        return False
    return True


def _current(target: Path) -> bytes | None:
    try:
        data, _ = read_regular(fspath(target), MAX_FILE)
    except FileNotFoundError:
        return None
    return data


def _edited(before: bytes, path: tuple[str, ...], value: str) -> bytes:
    from oncue.storage.toml.edit import TableStyle, edit_table
    from oncue.storage.toml.write import exact

    document = read_toml(before, _FILE)
    wanted = _with_value(document.values, path, value)
    text = edit_table(document.text, (), document.values, wanted, TableStyle(order=_KEYS))
    after = (BOM if before.startswith(BOM) else b"") + text.encode()
    if exact(read_toml(after, _FILE).values) != exact(wanted):
        raise ValueError("its layout is too unusual; edit it in a text editor")
    return after


def _with_value(values: Mapping[str, Any], path: tuple[str, ...], value: str) -> dict[str, Any]:
    key, *below = path
    if not below:
        return {**values, key: value}
    inner = values.get(key, {})
    if not isinstance(inner, dict):
        raise ValueError(f"{key} is not a table there; mend it first")
    return {**values, key: _with_value(inner, tuple(below), value)}
