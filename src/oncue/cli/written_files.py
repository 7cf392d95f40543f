"""Files that an option such as ``--junit`` names for output: refused before anything runs, and written whole."""

from pathlib import Path

from oncue.cli.diagnostics import UsageError


def check_written_file(name: str, workspace: str, option: str) -> None:
    """Refuse a file that ``option`` must not write, before anything runs. Raises `UsageError`.

    It never replaces a file of the folder ``workspace``, whatever the path to it looks like, nor is it put where
    it would be taken for one.
    """
    if name == "-":
        raise UsageError(f"{option}: stdout is taken by the other report; name a file (one called - is ./-)")
    try:
        target = _target(name)
        refused = not target.is_dir() and _belongs_to(target, Path(workspace).resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise unwritable(name, error, option) from None
    if refused:
        raise UsageError(f"{option}: {name} belongs to the workspace; name a file elsewhere")


def _target(name: str) -> Path:
    return Path(name).expanduser().resolve()  # a shell does not expand the ~ of --junit=~/report.xml


def _belongs_to(target: Path, folder: Path) -> bool:
    """Whether ``target`` is a file of the workspace, or is in one of the folders that are its own."""
    from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS
    from oncue.storage.files import Found, find

    found = [Path(each.path) for name in (FLOWS, SCENARIOS) for each in find(folder, name) if isinstance(each, Found)]
    if any(_same(target, path) for path in (folder / CONFIG_FILE, *found)):
        return True
    owned = ((folder / FLOWS).resolve(), (folder / SCENARIOS).resolve())
    return any(target.is_relative_to(each) or _same(target.parent, each) for each in owned)


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, also by a hard link or in another case."""
    return one.exists() and other.exists() and one.samefile(other)


def write_to(name: str, data: bytes, option: str) -> None:
    """Replace the file ``name``, or make it and its folders. Raises `UsageError`."""
    from oncue.storage.saving.writer import replace_file

    try:
        target = _target(name)
        if target.exists() and not target.is_file():
            raise UsageError(f"{option}: {name} is not a file, so nothing is written there")
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    except (OSError, RuntimeError, ValueError) as error:
        raise unwritable(name, error, option) from None


def unwritable(name: str, error: Exception, option: str) -> UsageError:
    """Why ``name`` cannot be written, to be raised."""
    from oncue.storage.saving.writer import describe_write_error

    # RuntimeError: in a path it is a loop of links, or a ~ without a home to stand for.
    reason = str(error) if isinstance(error, RuntimeError) and name.startswith("~") else describe_write_error(error)
    return UsageError(f"{option}: {name} cannot be written: {reason}")
