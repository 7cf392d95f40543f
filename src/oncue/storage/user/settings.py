"""The user's own settings: the theme and other keys, in ``config.toml`` of the config folder.

They belong to the user and never to a workspace, so nothing in a shared folder can change what a key does. A broken
file is complained about and otherwise treated as absent: settings must not keep anybody from working.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_config_path

from oncue.errors import SaveError, UnreadableError, did_you_mean
from oncue.storage.files import reason
from oncue.storage.toml.read import MAX_FILE, read_toml

THEME = "textual-dark"


@dataclass(frozen=True)
class Settings:
    """What the user has set. ``keys`` is as written: key id to a comma list of keys."""

    file: Path
    theme: str = THEME
    keys: Mapping[str, str] = field(default_factory=dict)
    complaints: tuple[str, ...] = ()


def settings_file() -> Path:
    """Where the settings are; the folder can be set by ``ONCUE_CONFIG_DIR``."""
    own = os.environ.get("ONCUE_CONFIG_DIR")
    return (Path(own) if own else user_config_path("oncue")) / "config.toml"


def read_settings() -> Settings:
    """The settings as far as they can be read."""
    file = settings_file()
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        data = read_toml(content, file.name).values
    except FileNotFoundError:
        return Settings(file)
    except UnreadableError as error:
        return Settings(file, complaints=(str(error),))
    except (OSError, ValueError, RecursionError) as error:
        return Settings(file, complaints=(reason(error),))
    return _settings(file, data)


def _settings(file: Path, data: Mapping[str, object]) -> Settings:
    complaints = [
        f"{key}: no such setting; {did_you_mean(key, ('theme', 'keys'))}" for key in data.keys() - {"theme", "keys"}
    ]
    theme, keys = data.get("theme", THEME), data.get("keys", {})
    if not isinstance(theme, str):
        complaints.append("theme: expected the name of a theme in quotes")
        theme = THEME
    if not isinstance(keys, dict):
        complaints.append('keys: expected a table, such as [keys] with "app.save" = "f2"')
        keys = {}
    usable = {key: value for key, value in keys.items() if isinstance(value, str)}
    complaints += [f'keys.{key}: expected keys in quotes, such as "f2"' for key in keys.keys() - usable.keys()]
    return Settings(file, theme, usable, tuple(sorted(complaints)))


def save_theme(settings: Settings, theme: str) -> None:
    """Keep the chosen theme; everything else in the file stays as it is. Raises `SaveError`."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from oncue.storage.saving.writer import replace_file

    file = settings.file
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        document = tomlkit.parse(file.read_text("utf-8")) if file.exists() else tomlkit.document()
        document["theme"] = theme
        replace_file(file, tomlkit.dumps(document).encode())
    except (OSError, ValueError, TOMLKitError) as error:
        raise SaveError(str(file), str(error)) from None
