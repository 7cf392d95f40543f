"""``oncue test [WORKSPACE] [SCENARIO…]``: does everything come of the scenarios that they expect?"""

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from oncue.cli.collector import release
from oncue.cli.counter import Counter
from oncue.cli.diagnostics import Exit, Refused, say
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.output import Output, stdout
from oncue.cli.scenarios import Chosen, ScenarioName, every, home_of, matching, named
from oncue.cli.workspaces import read_workspace
from oncue.text import counted

if TYPE_CHECKING:
    from oncue.cli.junit import JunitReport
    from oncue.cli.reports import Report
    from oncue.domain.workspace import Workspace


@click.command()
@click.argument("arguments", metavar="[WORKSPACE] [SCENARIO]...", nargs=-1, type=ScenarioName())
@click.option("-k", "words", metavar="WORDS", default="", help="Only those with all these words in their id or name.")
@click.option("-q", "--quiet", is_flag=True, help="Only the summary.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each scenario instead of a sign.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
@click.option("--junit", metavar="FILE", type=click.Path(), help="Write JUnit XML for CI systems to FILE, too.")
def test(arguments: tuple[str, ...], words: str, quiet: bool, verbose: bool, style: str, junit: str | None) -> int:
    """Play every scenario, or the named ones, and compare what comes of it with what it expects.

    A scenario is named by its id or its file. The first argument is WORKSPACE if it is a folder; if not, it is
    the current folder, or the one that the first file is in. The exit status is 1 if a scenario fails or cannot
    be read.
    """
    path, names = _told_apart(arguments)
    loaded = read_workspace(path, tell_scenarios=False)
    chosen = _chosen(names, words, path, loaded)
    with stdout() as output:
        report = _report(output, style, quiet, verbose)
        seen = style == "text" and not quiet and sys.stdout.isatty()
        _play(chosen, path, loaded, report, junit, seen)
    return Exit.FINE if report.passed else Exit.FINDINGS


def _told_apart(arguments: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if not arguments:
        return ".", ()
    first, *others = arguments
    if Path(first).is_dir():
        return first, tuple(others)
    return home_of(first), arguments


def _chosen(names: tuple[str, ...], words: str, path: str, workspace: "Workspace") -> list[Chosen]:
    found = named(names, path, workspace) if names else list(every(workspace).values())
    if not found:
        folder = Path(path, "scenarios")
        say(f"there are no scenarios in {folder}; to make one, play a conversation in the app's simulator and press e")
    chosen = matching(found, words)
    if found and not chosen:
        raise Refused(f"-k: none of {counted(len(found), 'scenario')} has {words!r} in its id or name")
    return chosen


def _report(output: Output, style: str, quiet: bool, verbose: bool) -> "Report":
    from oncue.cli.reports import JsonReport, TextReport

    return JsonReport(output) if style == "json" else TextReport(output, quiet, verbose)


def _play(
    chosen: list[Chosen], path: str, workspace: "Workspace", report: "Report", junit: str | None, seen: bool
) -> None:
    """Play all of ``chosen``. Where one cannot see from what is printed how far it has come, a counter shows it."""
    from oncue.cli.verdicts import verdict
    from oncue.matching.matcher import compile_matcher

    release()
    start, matcher = perf_counter(), compile_matcher(workspace)
    for_ci = _junit(workspace) if junit is not None else None
    watched = sys.stderr if sys.stderr is not None and sys.stderr.isatty() and not seen else None
    with Counter(len(chosen), "scenarios", watched) as counter:
        for done, each in enumerate(chosen, 1):
            ended = verdict(each, path, workspace, matcher)
            report.tell(ended)
            if for_ci is not None:
                for_ci.tell(ended)
            counter.show(done)
    seconds = perf_counter() - start
    try:
        if for_ci is not None and junit is not None:
            for_ci.write(junit, seconds)
    finally:
        report.end(seconds)


def _junit(workspace: "Workspace") -> "JunitReport":
    from oncue.cli.junit import JunitReport

    return JunitReport(workspace.name)
