"""``oncue match [WORKSPACE] [EVENTS]``: which flows does each event start, and why not the others?"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

import click

from oncue.cli.capture_options import FROM, check_provider
from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FILE, check_there, is_folder, opened
from oncue.cli.options import CHANNEL, EVENT, INSTANCE, MESSAGE, PARTICIPANT, OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import Output, stdout
from oncue.cli.workspaces import read_workspace

if TYPE_CHECKING:
    from oncue.cli.output.match_output import Answers
    from oncue.domain.events import Event
    from oncue.domain.problems import Problem
    from oncue.domain.workspace import Workspace
    from oncue.importers.recorded import RecordedEvent

    Reader = Callable[[Iterable[bytes], str, "Counter[str]"], Iterator[Event | RecordedEvent | Problem]]

FORMATS = {"text": "for people", "json": "one object per event and line, for programs"}


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=FILE)
@click.argument("events", metavar="[EVENTS]", required=False, type=FILE)
@click.option("--event", metavar="EVENT", type=EVENT, help=f"What happened: {EVENT.choices}.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="On which channel.")
@click.option(
    "--instance",
    metavar="ID",
    type=INSTANCE,
    help="On which instance, by its id, its name or an external id; implies its channel.",
)
@click.option("--participant", metavar="TYPE", type=PARTICIPANT, help=f"Who it was: {PARTICIPANT.choices}.")
@click.option("--name", metavar="NAME", help="Their name.")
@click.option("--message", metavar="TYPE", type=MESSAGE, help=f"What was written: {MESSAGE.choices}.")
@click.option("--text", metavar="TEXT", help="The text of the message.")
@click.option("--from", "provider", type=FROM, show_default="oncue", help=FROM.help)
@click.option("--explain", is_flag=True, help="Explain why each flow runs or does not, and what would change that.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to answer.")
def match(
    workspace: str | None, events: str | None, provider: str | None, explain: bool, style: str, **options: str | None
) -> int:
    """Show which flows each event starts.

    The event is described by options, or events are read from EVENTS: a file of JSON lines or a JSON list, also
    compressed with gzip, or - for stdin. With --from they are what another platform's webhooks delivered, and EVENTS
    may be a folder, too. If the only argument is a file, it is EVENTS, and WORKSPACE is the current folder. What an
    event does not state is unknown, and matches no trigger that asks for it.

    Options take labels of the app as well as keys: "API key", api-key or access_key.
    """
    workspace, events = _split_arguments(workspace, events)
    from oncue.cli.event_options import EventOptions, event_from

    given = EventOptions(**options)
    if not given.names and events is None:
        check_there(workspace)  # one that is missing was hardly meant as a workspace, as nothing is to be matched in it
    _check_sources(given.names, events)
    if provider is not None and events is None:
        raise UsageError("--from is for a recording; who it was is --participant")
    provider = provider or "oncue"
    check_provider(provider)
    loaded = read_workspace(workspace)
    if events is None:
        event = event_from(given, loaded)
        with stdout() as output:
            output.write(_answers(loaded, style, explain).of(event))
        return Exit.OK
    resume_collector()
    answers = _answers(loaded, style, explain)
    read = None if provider == "oncue" else _reader(provider, loaded)
    readable = True
    with stdout() as output:
        for name in _sources(events, provider):
            with opened(name) as stream:
                called = "stdin" if name == "-" else name
                readable &= answer_recording(stream, called, answers, output, read)
    return Exit.OK if readable else Exit.USAGE


def _sources(events: str, provider: str) -> list[str]:
    if provider == "oncue" or events == "-":
        return [events]
    from oncue.storage.capture_files import capture_files

    return list(map(str, capture_files([events])))


def _reader(provider: str, workspace: "Workspace") -> "Reader":
    """Reads a capture of ``provider`` instead of events of oncue, and gives the workspace's instances to its events."""
    from oncue.importers.found import Skipped
    from oncue.importers.placing import Placing
    from oncue.importers.recorded import RecordedEvent
    from oncue.storage.captures import Capture
    from oncue.storage.recordings import count_kind

    capture, placing = Capture(provider), Placing(workspace.config)

    def read(
        chunks: "Iterable[bytes]", name: str, unheard: "Counter[str]"
    ) -> "Iterator[Event | RecordedEvent | Problem]":
        for found in capture.read(chunks, name):
            if isinstance(found, Skipped):
                count_kind(unheard, found.kind or found.reason)
                continue
            if isinstance(found, RecordedEvent):
                placing.place(found)
            yield found

    return read


def _split_arguments(workspace: str | None, events: str | None) -> tuple[str, str | None]:
    if events is None and workspace is not None and (workspace == "-" or _is_file(workspace)):
        return ".", workspace
    return workspace or ".", events


def _is_file(path: str) -> bool:
    """A file, or a pipe that a shell gives a path: ``<(command)``."""
    return os.path.exists(path) and not is_folder(path)  # noqa: PTH110 - as `is_folder`


def _check_sources(given: list[str], events: str | None) -> None:
    if given and events is not None:
        raise UsageError(f"both {given[0]} and the events in {events}; give one or the other")
    if not given and events is None:
        raise UsageError(
            "no event to match: state one, such as --event conversation_created --participant contact, "
            "or give a file of JSON lines, or - for stdin"
        )


def _answers(workspace: "Workspace", style: str, explain: bool) -> "Answers":
    if style == "json":
        from oncue.cli.output.match_json import JsonAnswers

        return JsonAnswers(workspace, explain)
    from oncue.cli.output.match_text import TextAnswers

    return TextAnswers(workspace, explain)


def answer_recording(
    stream: BufferedReader, name: str, answers: "Answers", output: Output, read: "Reader | None" = None
) -> bool:
    """Write the answer for each event in ``stream``; whether all of it could be read.

    ``name`` is what stderr calls the stream; ``read`` reads it, if it has no events of oncue. What is ready is written
    before more input is waited for. Events that no flow can listen to are counted, and no mistakes.
    """
    from oncue.domain.problems import Problem
    from oncue.storage.capture_files import chunks_of
    from oncue.storage.recordings import read_events, unheard_in_words

    readable, unheard = True, Counter[str]()
    for event in (read or read_events)(chunks_of(stream, output.flush), name, unheard):
        if isinstance(event, Problem):
            print_message(str(event))
            readable = False
        else:
            output.write(answers.of(event))
    if unheard:
        output.write(answers.of_unheard(unheard))
        output.flush()
        print_message(f"{name}: {unheard_in_words(unheard)}")
    return readable
