"""What is not there, and where it may be instead: a folder without flows, or one that is no workspace.

Nothing is read silently from other places than those that docs/flow-files.md names, and nothing is silently left out
either. `look_around` collects facts, `not_found` and `advice_without_config` make one sentence of them.
"""

import os
from pathlib import Path
from typing import NamedTuple

from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS
from oncue.text import first, shell_command

_ENDING = ".toml"
_OTHER_FORMATS = (".yaml", ".yml", ".json")
_OTHER_NAMES = {FLOWS: ("flow", "flows"), SCENARIOS: ("scenario", "scenarios", "tests")}
_MOST, _DEEPEST = 1_000, 3


class Surroundings(NamedTuple):
    """What looks as if it belonged into the folder ``name`` of a workspace, as paths relative to the workspace."""

    name: str
    nested: tuple[str, ...] = ()
    """TOML files in folders below it."""
    hidden_ending: tuple[str, ...] = ()
    """Files that end in ``.toml.txt``, which some systems show as ``.toml``."""
    other_formats: tuple[str, ...] = ()
    """YAML and JSON in it."""
    other_folders: tuple[str, ...] = ()
    """Folders beside it whose names are nearly its own."""


def look_around(folder: Path, name: str) -> Surroundings:
    """What looks as if it belonged into the sub-folder ``name`` of the workspace ``folder``; reads no file."""
    inside = _entries(folder / name)
    nested: list[str] = []
    for entry in inside:
        if _is_folder(entry):
            _collect(Path(entry.path), f"{name}/{entry.name}", nested, _DEEPEST)
    names = [f"{name}/{entry.name}" for entry in inside if not _is_folder(entry)]
    beside = [each.name for each in _entries(folder) if each.name != name and _is_folder(each)]
    return Surroundings(
        name,
        tuple(sorted(nested)),
        tuple(sorted(each for each in names if each.casefold().endswith(f"{_ENDING}.txt"))),
        tuple(sorted(each for each in names if each.casefold().endswith(_OTHER_FORMATS))),
        tuple(sorted(each for each in beside if each.casefold() in _OTHER_NAMES[name])),
    )


def not_found(folder: Path, name: str, is_empty: bool) -> str | None:
    """What a user is told of files that are not read, and that there are none, if so; ``None`` if there is nothing.

    ``folder`` is the workspace as the user calls it, ``is_empty`` whether nothing was found in its sub-folder ``name``.
    """
    around = look_around(folder, name)
    advice = []
    if around.nested:
        advice.append(f"folders below {name} are not searched: move {first(list(around.nested), 3)} up")
    if around.hidden_ending:
        advice.append(f"the ending is {_ENDING}: rename {first(list(around.hidden_ending), 3)}")
    if is_empty and around.other_folders:
        advice.append(f"the folder is called {name}: rename {first(list(around.other_folders), 3)}")
    if is_empty and around.other_formats:
        advice.append(f"{name} are TOML, in files that end in {_ENDING}: {first(list(around.other_formats), 3)} is not")
    if is_empty:
        looked = f"there are no {name} in {folder / name}, where files that end in {_ENDING} are looked for"
        return "; ".join([looked, *advice])
    return f"{folder}: not everything is read; {'; '.join(advice)}" if advice else None


def advice_without_config(folder: Path) -> str:
    """What to do about a folder in which there is no ``workspace.toml``."""
    for entry in _entries(folder):
        if entry.name != CONFIG_FILE and entry.name.casefold() in (CONFIG_FILE, f"{CONFIG_FILE}.txt"):
            return f"rename {entry.name} to {CONFIG_FILE}"
        if entry.name.casefold() in [f"workspace{ending}" for ending in _OTHER_FORMATS]:
            return f"{entry.name} is no TOML; write it as {CONFIG_FILE}"
    for above in folder.absolute().parents:
        if (above / CONFIG_FILE).is_file():
            return f"the workspace is {above}; name that folder"
    below = [entry.path for entry in _entries(folder) if _is_folder(entry) and Path(entry.path, CONFIG_FILE).is_file()]
    if below:
        return f"there is one in {first(sorted(below), 3)}"
    if folder.name in (FLOWS, SCENARIOS):
        above = folder.absolute().parent
        command = shell_command("oncue init", str(above))
        return f"a workspace is the folder around {folder.name}; to make one, run: {command}"
    return f"to make one, run: {shell_command('oncue init', str(folder))}"


def _entries(folder: Path) -> "list[os.DirEntry[str]]":
    """What is visible in ``folder``; nothing if it cannot be read, which is reported where it is read."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".") and entry.name.isprintable()]
    except OSError:
        return []


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _collect(folder: Path, shown: str, found: list[str], depth: int) -> None:
    for entry in _entries(folder):
        if len(found) >= _MOST:
            return
        if not _is_folder(entry):
            if entry.name.casefold().endswith(_ENDING):
                found.append(f"{shown}/{entry.name}")
        elif depth:
            _collect(Path(entry.path), f"{shown}/{entry.name}", found, depth - 1)
