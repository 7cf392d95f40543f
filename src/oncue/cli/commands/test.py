"""``oncue test [WORKSPACE] [SCENARIO…]``: does everything come of the scenarios that they expect?"""

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

import click

from oncue.cli.diagnostics import Exit, UsageError, say
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.progress import Counter
from oncue.cli.startup import release
from oncue.cli.stdout import Output, stdout
from oncue.cli.workspaces import read_workspace
from oncue.text import counted
from oncue.workbench.scenario_selection import Chosen, ScenarioName, every, home_of, matching, named

if TYPE_CHECKING:
    from oncue.cli.output.junit import JunitReport
    from oncue.cli.output.mutation_report import MutationReport
    from oncue.cli.output.test_report import Report
    from oncue.domain.workspace import Workspace
    from oncue.matching.matcher import Matcher
    from oncue.simulation.results import ScenarioResult


@click.command()
@click.argument("arguments", metavar="[WORKSPACE] [SCENARIO]...", nargs=-1, type=ScenarioName())
@click.option("-k", "words", metavar="WORDS", default="", help="Only those with all these words in their id or name.")
@click.option("-q", "--quiet", is_flag=True, help="Only the summary.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each scenario instead of a sign.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
@click.option("--mutate", is_flag=True, help="Mutation testing: change one trigger at a time, list what survives.")
@click.option("--junit", metavar="FILE", type=click.Path(), help="Write JUnit XML for CI systems to FILE, too.")
def test(
    arguments: tuple[str, ...],
    words: str,
    quiet: bool,
    verbose: bool,
    style: str,
    mutate: bool,
    junit: str | None,
) -> int:
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
        watched = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else None
        _play(chosen, path, loaded, report, junit, mutate, watched, seen)
    return Exit.OK if report.passed else Exit.FINDINGS


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
        raise UsageError(f"-k: none of {counted(len(found), 'scenario')} has {words!r} in its id or name")
    return chosen


def _report(output: Output, style: str, quiet: bool, verbose: bool) -> "Report":
    from oncue.cli.output.test_report import JsonReport, TextReport

    return JsonReport(output) if style == "json" else TextReport(output, quiet, verbose)


def _play(
    chosen: list[Chosen],
    path: str,
    workspace: "Workspace",
    report: "Report",
    junit: str | None,
    mutate: bool,
    watched: TextIO | None,
    seen: bool,
) -> None:
    """Play all of ``chosen``.

    Where it is not ``seen`` from what is printed how far it has come, a counter shows it on ``watched``.
    """
    from oncue.cli.output.verdicts import verdict
    from oncue.matching.matcher import compile_matcher

    release()
    start, matcher = perf_counter(), compile_matcher(workspace)
    for_ci = _junit(workspace) if junit is not None else None
    played: list[ScenarioResult] = []
    with Counter(len(chosen), "scenarios", None if seen else watched) as counter:
        for done, each in enumerate(chosen, 1):
            ended = verdict(each, path, workspace, matcher)
            report.tell(ended)
            if for_ci is not None:
                for_ci.tell(ended)
            if mutate and ended.result is not None:
                played.append(ended.result)
            counter.show(done)
    seconds = perf_counter() - start
    try:
        if for_ci is not None and junit is not None:
            for_ci.write(junit, seconds)
    finally:
        report.end(seconds, _mutation(workspace, matcher, played, watched) if mutate else None)


def _mutation(
    workspace: "Workspace", matcher: "Matcher", played: "list[ScenarioResult]", watched: TextIO | None
) -> "MutationReport":
    """Try every mutant of the flows on the scenarios that were played."""
    from oncue.cli.output.mutation_report import MutationReport
    from oncue.simulation.mutation_testing import check_mutants

    places = {flow_id: number for number, flow_id in enumerate(sorted(workspace.flows), 1)}
    results = []
    with Counter(len(places), "flows changed", watched) as counter:
        for each in check_mutants(workspace, matcher, played):
            results.append(each)
            counter.show(places[each.mutant.flow.id])
    return MutationReport(workspace, matcher, results, [each.scenario.id for each in played if not each.ok])


def _junit(workspace: "Workspace") -> "JunitReport":
    from oncue.cli.output.junit import JunitReport

    return JunitReport(workspace.name)
