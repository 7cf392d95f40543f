"""``oncue match [WORKSPACE] [EVENTS]``: which flows does each event start, and why not the others?"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.options import CHANNEL, EVENT, INSTANCE, OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import BLOCK, Output, stdout
from oncue.cli.workspaces import read_workspace
from oncue.domain.vocabulary import MESSAGE_TYPES, PARTICIPANT_TYPES

if TYPE_CHECKING:
    from oncue.cli.output.match_output import Answers
    from oncue.domain.workspace import Workspace

FORMATS = {"text": "for people", "json": "one object per event and line, for programs"}
_PARTICIPANTS: Mapping[str, str] = {kind: term.help for kind, term in PARTICIPANT_TYPES.items()}
_MESSAGES: Mapping[str, str] = {kind: term.help for kind, term in MESSAGE_TYPES.items()}


@click.command()
@click.argument("workspace", metavar="[WORKSPACE]", required=False, type=click.Path())
@click.argument("events", metavar="[EVENTS]", required=False, type=click.Path(allow_dash=True))
@click.option("--event", metavar="EVENT", type=EVENT, help=f"What happened: {', '.join(EVENT.meanings)}.")
@click.option("--channel", metavar="CHANNEL", type=CHANNEL, help="On which channel.")
@click.option(
    "--instance",
    metavar="ID",
    type=INSTANCE,
    help="On which instance, by its id or an external id; implies its channel.",
)
@click.option(
    "--participant", metavar="TYPE", type=OneOf(_PARTICIPANTS), help=f"Who it was: {', '.join(_PARTICIPANTS)}."
)
@click.option("--name", metavar="NAME", help="Their name.")
@click.option("--message", metavar="TYPE", type=OneOf(_MESSAGES), help=f"What was written: {', '.join(_MESSAGES)}.")
@click.option("--text", metavar="TEXT", help="The text of the message.")
@click.option("--explain", is_flag=True, help="Explain why each flow runs or does not, and what would change that.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to answer.")
def match(workspace: str | None, events: str | None, explain: bool, style: str, **options: str | None) -> int:
    """Show which flows each event starts.

    The event is described by options, or events are read from EVENTS: a file of JSON lines or a JSON list, or - for
    stdin. If the only argument is a file, it is EVENTS, and WORKSPACE is the current folder. What an event does not
    state is unknown, and matches no trigger that asks for it.
    """
    workspace, events = _split_arguments(workspace, events)
    from oncue.cli.event_options import EventOptions, event_from

    given = EventOptions(**options)
    _check_sources(given.names, events)
    loaded = read_workspace(workspace)
    if events is None:
        event = event_from(given, loaded)
        with stdout() as output:
            output.write(_answers(loaded, style, explain).of(event))
        return Exit.OK
    resume_collector()
    answers = _answers(loaded, style, explain)
    with stdout() as output, _opened(events) as stream:
        readable = answer_recording(stream, "stdin" if events == "-" else events, answers, output)
    return Exit.OK if readable else Exit.USAGE


def _split_arguments(workspace: str | None, events: str | None) -> tuple[str, str | None]:
    if events is None and workspace is not None and (workspace == "-" or _is_file(workspace)):
        return ".", workspace
    return workspace or ".", events


def _is_file(path: str) -> bool:
    """A file, or a pipe that a shell gives a path: ``<(command)``."""
    return Path(path).exists() and not Path(path).is_dir()


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


def answer_recording(stream: BufferedReader, name: str, answers: "Answers", output: Output) -> bool:
    """Write the answer for each event in ``stream``; whether all of it could be read.

    ``name`` is what stderr calls the stream. What is ready is written before more input is waited for. Events that no
    flow can listen to are counted, and no mistakes.
    """
    from collections import Counter

    from oncue.domain.problems import Problem
    from oncue.storage.recordings import read_events, unheard_in_words

    readable, unheard = True, Counter[str]()
    for event in read_events(_chunks(stream, output.flush), name, unheard):
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


def _chunks(stream: BufferedReader, before_waiting: Callable[[], None]) -> Iterator[bytes]:
    """What ``stream`` has, as it arrives. Output is written in blocks, so what is ready is flushed before each read."""
    before_waiting()
    while chunk := stream.read1(BLOCK):
        yield chunk
        before_waiting()


def _opened(events: str) -> AbstractContextManager[BufferedReader]:
    if events != "-":
        return Path(events).open("rb")
    if sys.stdin is None:  # closed by the caller: `oncue match - <&-`
        raise UsageError("stdin is closed; there are no events to read")
    return nullcontext(cast("BufferedReader", sys.stdin.buffer))
