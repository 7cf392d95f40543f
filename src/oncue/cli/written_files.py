"""Files that an option such as ``--junit`` names for output: refused before anything runs, and written whole."""

from collections.abc import Iterable, Mapping

from oncue.cli.diagnostics import UsageError


def check_written_file(name: str, workspace: str, option: str) -> None:
    """Refuse a file that ``option`` must not write, before anything runs. Raises `UsageError`."""
    if name == "-":
        raise UsageError(f"{option}: stdout is taken by the other report; name a file (one called - is ./-)")
    check_written_files((name,), workspace, option)


def check_written_files(names: Iterable[str], workspace: str, option: str) -> None:
    """As `check_written_file`, for all ``names`` at once."""
    from oncue.errors import OutputError
    from oncue.storage.saving.outputs import check_outputs

    try:
        check_outputs(names, workspace)
    except OutputError as error:
        raise UsageError(f"{option}: {error}") from None


def places_of(files: Mapping[str, str], name: str, several: bool, option: str) -> dict[str, bytes]:
    """Where each of ``files`` goes that ``option`` asked for, as `oncue.storage.saving.outputs.places`."""
    from oncue.errors import OutputError
    from oncue.storage.saving.outputs import places

    try:
        return places(files, name, several)
    except OutputError as error:
        raise UsageError(f"{option}: {error}") from None


def write_to(name: str, data: bytes, option: str) -> None:
    """Replace the file ``name``, or make it and its folders. Raises `UsageError`."""
    from oncue.errors import OutputError
    from oncue.storage.saving.outputs import write_output

    try:
        write_output(name, data)
    except OutputError as error:
        raise UsageError(f"{option}: {error}") from None
