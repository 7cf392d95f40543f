"""``oncue convert FILES…``: captured webhooks of other platforms as events of oncue."""

import os
import sys
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncue.cli.capture_options import FROM, check_provider
from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FILE, FOLDER, opened
from oncue.cli.output.conversion import Conversion
from oncue.cli.progress import ProgressCounter
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import Output, stdout

if TYPE_CHECKING:
    from oncue.storage.captures import Capture

MEGABYTE = 1_000_000


@click.command()
@click.argument("files", metavar="FILES…", nargs=-1, type=FILE)
@click.option("--from", "provider", default="auto", show_default=True, metavar="PROVIDER", type=FROM, help=FROM.help)
@click.option("--workspace", metavar="DIR", type=FOLDER, help="Name instances and channels as this workspace does.")
@click.option("--write", is_flag=True, help="Add instances that the workspace does not have to its workspace.toml.")
@click.option("--dedupe", is_flag=True, help="Leave out what was delivered before.")
@click.option("--redact", is_flag=True, help="Replace names, addresses, texts and ids by pseudonyms.")
@click.option(
    "--redact-key", metavar="KEY", help="Make the same pseudonyms in every run; implies --redact. Keep it secret."
)
def convert(
    files: tuple[str, ...],
    provider: str,
    workspace: str | None,
    write: bool,
    dedupe: bool,
    redact: bool,
    redact_key: str | None,
) -> int:
    """Convert captured webhooks of other platforms to events of oncue.

    FILES are JSON, JSON lines or form-encoded bodies, one on each line, also compressed with gzip; folders of
    them; or - for stdin. Events are printed as JSON lines, in the order of the capture, for `oncue match`. What is none
    of the four events is skipped, and counted by its reason. What a platform does not state stays unknown.
    """
    if not files:
        raise UsageError("no file to convert; name files or folders, or - for stdin")
    if write and workspace is None:
        raise UsageError("--write needs --workspace, the folder to add the instances to")
    if redact_key == "":
        raise UsageError("--redact-key: the key is empty, and anybody could make the same pseudonyms; state a secret")
    check_provider(provider)
    from oncue.storage.capture_files import capture_files
    from oncue.storage.captures import Capture
    from oncue.storage.loader import load_config

    config = None if workspace is None else load_config(workspace)
    key = redact_key.encode("utf-8", "surrogateescape") if redact_key is not None else os.urandom(32)
    conversion = Conversion(config, dedupe, key if redact or redact_key is not None else None)
    sources = [name for each in files for name in (["-"] if each == "-" else map(str, capture_files([each])))]
    capture = Capture(provider)
    resume_collector()
    with stdout() as output, _progress(sources) as progress:
        done = 0
        for name in sources:
            with opened(name) as stream:
                _convert(stream, "stdin" if name == "-" else name, capture, conversion, output, progress, done)
                done += _size(name)
    conversion.report(print_message)
    if workspace is not None:
        _propose(conversion, workspace, write)
    return Exit.OK if conversion.readable else Exit.USAGE


def _convert(
    stream: BufferedReader,
    name: str,
    capture: "Capture",
    conversion: Conversion,
    output: Output,
    progress: ProgressCounter,
    done: int,
) -> None:
    from oncue.storage.capture_files import chunks_of
    from oncue.storage.files import why_unreadable

    def before_waiting() -> None:
        if name == "stdin":  # somebody may read what is ready while more is waited for
            output.flush()
        else:
            progress.show((done + stream.tell()) // MEGABYTE)

    try:
        for line in conversion.lines(capture.read(chunks_of(stream, before_waiting), name), print_message):
            output.write(line)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        output.flush()
        conversion.fail(f"{name}: {why_unreadable(error)}", print_message)


def _size(name: str) -> int:
    return 0 if name == "-" else Path(name).stat().st_size


def _progress(names: list[str]) -> ProgressCounter:
    total = sum(map(_size, names)) // MEGABYTE
    stream = sys.stderr if sys.stderr is not None and sys.stderr.isatty() and "-" not in names else None
    return ProgressCounter(total, "MB", stream)


def _propose(conversion: Conversion, workspace: str, write: bool) -> None:
    """Say what is not installed; print the tables that would install it, or write them."""
    from oncue.storage.loader import load
    from oncue.storage.saving.new_instances import add_instances, instance_block

    found = list(conversion.proposals(print_message))
    if not found:
        return
    if not write:
        print_message("these tables of workspace.toml would map them (--write adds them):")
        for line in "\n\n".join(map(instance_block, found)).splitlines():
            _print_raw(line)
        return
    for said in add_instances(load(workspace), found):
        print_message(str(said))
    print_message(f"added to {Path(workspace, 'workspace.toml')}: {', '.join(each.id for each in found)}")


def _print_raw(line: str) -> None:
    """A line to be pasted: without what messages begin with."""
    from oncue.text import visible

    if sys.stderr is not None:
        sys.stderr.write(f"{visible(line)}\n")
