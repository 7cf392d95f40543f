"""Files that the user names for output: written whole, and never over a file of the workspace.

Both front ends write reports and exports by it. What cannot be written is an `OutputError` that says why.
"""

from collections.abc import Mapping
from pathlib import Path

from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS
from oncue.errors import OutputError
from oncue.storage.files import Found, find
from oncue.storage.saving.writer import describe_write_error, replace_file


def check_output(name: str, workspace: str | Path) -> None:
    """Refuse a file that must not be written. Raises `OutputError`.

    It never replaces a file of the folder ``workspace``, whatever the path to it looks like, nor is it put where
    it would be taken for one.
    """
    try:
        target = _target(name)
        refused = not target.is_dir() and _belongs_to(target, Path(workspace).resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None
    if refused:
        raise OutputError(name, "belongs to the workspace; name a file elsewhere")


def write_output(name: str, data: bytes, new: bool = False) -> None:
    """Replace the file ``name``, or make it and its folders; ``new``: only make it. Raises `OutputError`."""
    try:
        target = _target(name)
        if target.exists() and not target.is_file():
            raise OutputError(name, "is not a file, so nothing is written there")
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data, new=new)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None


def content_of(name: str) -> bytes | None:
    """What is in the file ``name`` now; ``None`` if there is none. Raises `OutputError`."""
    try:
        return _target(name).read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None


def places(files: Mapping[str, str], name: str, several: bool) -> dict[str, bytes]:
    """Where each of ``files`` goes: to ``name``, unless that is a folder, as it is for a target of ``several``."""
    try:
        folder = Path(name).expanduser()
        is_folder = several or folder.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None
    return {str(folder / each) if is_folder else name: text.encode() for each, text in files.items()}


def _target(name: str) -> Path:
    return Path(name).expanduser().resolve()  # a shell does not expand the ~ of --junit=~/report.xml


def _belongs_to(target: Path, folder: Path) -> bool:
    """Whether ``target`` is a file of the workspace, or is in one of the folders that are its own."""
    found = [Path(each.path) for name in (FLOWS, SCENARIOS) for each in find(folder, name) if isinstance(each, Found)]
    if any(_same(target, path) for path in (folder / CONFIG_FILE, *found)):
        return True
    owned = ((folder / FLOWS).resolve(), (folder / SCENARIOS).resolve())
    return any(target.is_relative_to(each) or _same(target.parent, each) for each in owned)


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, also by a hard link or in another case."""
    return one.exists() and other.exists() and one.samefile(other)


def _unwritable(name: str, error: Exception) -> OutputError:
    # RuntimeError: in a path it is a loop of links, or a ~ without a home to stand for.
    reason = str(error) if isinstance(error, RuntimeError) and name.startswith("~") else describe_write_error(error)
    return OutputError(name, f"cannot be written: {reason}")
