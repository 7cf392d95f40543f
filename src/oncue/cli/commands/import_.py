"""``oncue import FORMAT FILE [WORKSPACE]``: flows of what other systems exported.

Nothing that is there is replaced: a flow whose id is taken gets a free one. In a folder without a workspace, a bundle
makes the workspace, too.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FILE, FOLDER, content_of, is_file
from oncue.cli.options import OneOf
from oncue.cli.stdout import stdout
from oncue.exporters.reading.registry import FORMATS
from oncue.text import counted, visible

if TYPE_CHECKING:
    from oncue.domain.workspace import WorkspaceConfig
    from oncue.exporters.reading.found import Found

    Tables = Mapping[str, Mapping[str, Any]]


@click.command("import")
@click.argument("form", metavar="FORMAT", type=OneOf({name: meaning for name, (_, meaning) in FORMATS.items()}))
@click.argument("file", metavar="FILE", type=FILE)
@click.argument("workspace", default=".", type=FOLDER)
@click.option("--map", "map_file", metavar="FILE", type=FILE, help="What the other system calls things.")
@click.option("--dry-run", is_flag=True, help="Write nothing; only say what would be made.")
def import_(form: str, file: str, workspace: str, map_file: str | None, dry_run: bool) -> int:
    """Make flows of FILE (or - for stdin), which another system exported, and write them into WORKSPACE.

    FORMAT is json, toml, eventbridge, chatwoot or bird. What cannot be understood is listed on stderr, and makes
    the exit status 1. No flow that is there is replaced.
    """
    data = content_of(file)
    if not is_file(Path(workspace, "workspace.toml")):
        return _make(form, file, data, workspace, dry_run)
    from oncue.cli.maps import read_map
    from oncue.editing.session import Session
    from oncue.exporters.reading.found import renamed
    from oncue.storage.loader import load
    from oncue.storage.saving.save import save_session

    loaded = load(workspace)
    found = _read(form, file, data, loaded.workspace.config, None if map_file is None else read_map(map_file))
    there = loaded.workspace.flows
    new = [each for each in found.flows if there.get(each.id) != each]
    flows = renamed(new, {*there, *loaded.reserved})
    after = loaded.workspace
    for each in flows:
        after = after.with_flow(each)
    if not dry_run and flows:
        session = Session.start(loaded.workspace).edit("Import flows", after, [each.id for each in flows])
        _, _, errors = save_session(loaded, session)
        for error in errors:
            print_message(str(error))
        if errors:
            return Exit.USAGE
    _print([f"{Path(workspace, 'flows', each.id)}.toml" for each in flows])
    return _report(found, len(found.flows) - len(new))


def _print(files: list[str]) -> None:
    with stdout() as output:
        output.write("".join(f"{visible(each)}\n" for each in files).encode())


def _report(found: "Found", same: int = 0) -> Exit:
    if same:
        print_message(f"{counted(same, 'flow')} {'is' if same == 1 else 'are'} there already, with the same content")
    for each in found.not_understood:
        print_message(str(each))
    return Exit.FINDINGS if found.not_understood else Exit.OK


def _read(form: str, file: str, data: bytes, config: "WorkspaceConfig", tables: "Tables | None" = None) -> "Found":
    """What is in ``data``, the content of ``file``. Raises `UsageError` that names the file."""
    from oncue.errors import ExportError
    from oncue.exporters.reading.registry import read

    try:
        return read(form, data, config, tables)
    except ExportError as error:
        raise UsageError(f"{'stdin' if file == '-' else file}: {error}") from None


def _make(form: str, file: str, data: bytes, workspace: str, dry_run: bool) -> Exit:
    """A whole workspace of a bundle."""
    from oncue.domain.workspace import WorkspaceConfig

    found = _read(form, file, data, WorkspaceConfig(name="Imported"))
    if found.config is None:
        raise UsageError(
            f"{workspace}: no workspace.toml there; flows of {form} need instances (see oncue init --help)"
        )
    from oncue.storage.config_text import config_bytes
    from oncue.storage.flow_text import flow_bytes
    from oncue.storage.saving.writer import replace_file
    from oncue.storage.scenario_text import scenario_bytes

    folder = Path(workspace)
    files = {folder / "flows" / f"{each.id}.toml": flow_bytes(each) for each in found.flows}
    files |= {folder / "scenarios" / f"{each.id}.toml": scenario_bytes(each) for each in found.scenarios}
    files[folder / "workspace.toml"] = config_bytes(found.config)
    if taken := [each for each in files if each.exists()]:
        raise UsageError(f"{taken[0]} is there already; nothing is overwritten")
    for path, content in {} if dry_run else files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content, new=True)
    _print(sorted(map(str, files)))
    return _report(found)
