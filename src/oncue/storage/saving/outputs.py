"""Files that the user names for output: written whole, and never over a file of the workspace.

Both front ends write reports and exports by it. What cannot be written is an `OutputError` that says why.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS
from oncue.errors import OutputError
from oncue.storage.files import Found, find
from oncue.storage.saving.writer import describe_write_error, replace_file


def check_outputs(names: Iterable[str], workspace: str | Path) -> None:
    """Refuse files that must not be written. Raises `OutputError` for the first.

    None replaces a file of the folder ``workspace``, whatever the path to it looks like, nor is one put where it
    would be taken for one.
    """
    own: _Own | None = None
    for name in names:
        try:
            own = own or _Own(Path(workspace).resolve())
            target = _target(name)
            refused = not target.is_dir() and target in own
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
        target = _target(name)
        if target.exists() and not target.is_file():  # reading a pipe would never end
            raise OutputError(name, "is not a file, so nothing is written there")
        return target.read_bytes()
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


class _Own:
    """The files of a workspace, and the folders that are its own. All of them are looked at once."""

    def __init__(self, folder: Path) -> None:
        found = [
            Path(each.path) for name in (FLOWS, SCENARIOS) for each in find(folder, name) if isinstance(each, Found)
        ]
        # By what they are and not by their names: there are hard links, and systems that know no case.
        self._files = {_identity(each) for each in (folder / CONFIG_FILE, *found)} - {None}
        self._folders = [(folder / name).resolve() for name in (FLOWS, SCENARIOS)]
        self._places = {_identity(each) for each in self._folders} - {None}

    def __contains__(self, target: Path) -> bool:
        inside = any(target.is_relative_to(each) for each in self._folders)
        return inside or _identity(target) in self._files or _identity(target.parent) in self._places


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is, whatever it is called; ``None`` if there is none."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def _unwritable(name: str, error: Exception) -> OutputError:
    # RuntimeError: in a path it is a loop of links, or a ~ without a home to stand for.
    reason = str(error) if isinstance(error, RuntimeError) and name.startswith("~") else describe_write_error(error)
    return OutputError(name, f"cannot be written: {reason}")
