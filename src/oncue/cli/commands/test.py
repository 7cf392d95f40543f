"""``oncue test [WORKSPACE] [SCENARIO…]``: does everything come of the scenarios that they expect?"""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, TextIO

import click

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FILE, is_folder
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.progress import ProgressCounter
from oncue.cli.scenario_arguments import ScenarioArgument, scenario_id, workspace_of
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import Output, stdout
from oncue.cli.workspaces import read_workspace
from oncue.domain.paths import SCENARIOS, is_of_scenarios
from oncue.text import counted

if TYPE_CHECKING:
    from oncue.cli.output.junit import JunitReport
    from oncue.cli.output.reported_scenario import ReportedScenario
    from oncue.cli.output.test_report import Report
    from oncue.domain.problems import Problem
    from oncue.domain.workspace import Workspace
    from oncue.matching.matcher import Matcher
    from oncue.simulation.results import ScenarioResult
    from oncue.workbench.mutation_outcome import MutationOutcome
    from oncue.workbench.scenario_selection import SelectedScenario


class Percent(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A number from 0 to 100."""

    name = "percent"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number."""
        try:
            number = float(value)
        except ValueError:
            number = -1
        if not 0 <= number <= 100:  # nor is nan
            self.fail(f"{value!r} is not a number from 0 to 100", param, ctx)
        return number


@click.command()
@click.argument("arguments", metavar="[WORKSPACE] [SCENARIO]...", nargs=-1, type=ScenarioArgument())
@click.option("-k", "words", metavar="WORDS", default="", help="Only those with all these words in their id or name.")
@click.option("-q", "--quiet", is_flag=True, help="Only the summary.")
@click.option("-v", "--verbose", is_flag=True, help="A line for each scenario instead of a character.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
@click.option("--mutate", is_flag=True, help="Mutation testing: change one trigger at a time, list what survives.")
@click.option(
    "--min-score",
    metavar="PERCENT",
    type=Percent(),
    help="Exit with 1 if --mutate, which this implies, finds a lower score (0 to 100).",
)
@click.option("--junit", metavar="FILE", type=FILE, help="Write JUnit XML for CI systems to FILE, too.")
def test(
    arguments: tuple[str, ...],
    words: str,
    quiet: bool,
    verbose: bool,
    style: str,
    mutate: bool,
    min_score: float | None,
    junit: str | None,
) -> int:
    """Run every scenario, or the named ones, and compare what comes of them with what they expect.

    A scenario is named by its id or its file. The first argument is WORKSPACE if it is a folder; otherwise WORKSPACE
    is the one that the first file is in, or the current folder. The exit status is 1 if a scenario fails, or if
    it, or a file of a flow, cannot be read.
    """
    path, names = _split_arguments(arguments)
    if junit is not None:
        _check_report_file(junit, path)
    loaded = read_workspace(path, with_scenario_problems=False)
    unreadable = [problem for problem in loaded.problems if not is_of_scenarios(problem.file)]
    selected = _select([scenario_id(name, path) for name in names], words, path, loaded)
    resume_collector()
    with stdout() as output:
        report = _report(output, unreadable, style, quiet, verbose)
        for_ci = _junit(loaded, unreadable) if junit is not None else None
        watched = sys.stderr if sys.stderr is not None and sys.stderr.isatty() else None
        # Characters that appear on a terminal one by one show how far it is, so that no counter is needed.
        shows_progress = style == "text" and not quiet and sys.stdout.isatty()
        matcher = _matcher(loaded)
        started, results = perf_counter(), []
        for reported in _run(selected, path, loaded, matcher, None if shows_progress else watched):
            report.add(reported)
            if for_ci is not None:
                for_ci.add(reported)
            if (mutate or min_score is not None) and reported.outcome.result is not None:
                results.append(reported.outcome.result)
        seconds, mutation = perf_counter() - started, None
        try:
            if for_ci is not None and junit is not None:
                for_ci.write(junit, seconds)
        finally:
            if mutate or min_score is not None:
                mutation = _mutation(loaded, matcher, results, watched)
            report.end(seconds, mutation)
    enough = mutation is None or min_score is None or _reaches(min_score, mutation)
    return Exit.OK if report.passed and enough else Exit.FINDINGS


def _reaches(min_score: float, mutation: "MutationOutcome") -> bool:
    """Whether the score is that high, after a message if it is not."""
    if mutation.score is None or mutation.score * 100 >= min_score:
        return True
    print_message(f"the score, {mutation.score:.1%}, is below --min-score {min_score:g}".replace("%", " %"))
    return False


def _check_report_file(name: str, workspace: str) -> None:
    from oncue.cli.written_files import check_written_file

    check_written_file(name, workspace, "--junit")


def _split_arguments(arguments: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if not arguments:
        return ".", ()
    first, *others = arguments
    if is_folder(first):
        return first, tuple(others)
    return workspace_of(first), arguments


def _select(ids: list[str], words: str, path: str, workspace: "Workspace") -> "list[SelectedScenario]":
    from oncue.storage.absence import not_found
    from oncue.workbench.scenario_selection import all_scenarios, select_scenarios, with_words

    found = select_scenarios(ids, workspace, path) if ids else list(all_scenarios(workspace).values())
    if message := not_found(Path(path), SCENARIOS, is_empty=not found):
        how = "" if found else "; to make one, play a conversation in the app's simulator and press e"
        print_message(message + how)
    selected = with_words(found, words)
    if found and not selected:
        raise UsageError(f"-k: none of {counted(len(found), 'scenario')} has {words!r} in its id or name")
    return selected


def _report(output: Output, unreadable: "list[Problem]", style: str, quiet: bool, verbose: bool) -> "Report":
    from oncue.cli.output.test_report import JsonReport, TextReport

    return JsonReport(output, unreadable) if style == "json" else TextReport(output, unreadable, quiet, verbose)


def _matcher(workspace: "Workspace") -> "Matcher":
    from oncue.matching.matcher import compile_matcher

    return compile_matcher(workspace)


def _run(
    selected: "list[SelectedScenario]", path: str, workspace: "Workspace", matcher: "Matcher", progress: TextIO | None
) -> "Iterator[ReportedScenario]":
    """The outcome of each scenario in turn, counted on ``progress``."""
    from oncue.cli.output.reported_scenario import ReportedScenario
    from oncue.workbench.scenario_outcome import run_selected

    with ProgressCounter(len(selected), "scenarios", progress) as counter:
        for done, each in enumerate(selected, 1):
            started = perf_counter()
            outcome = run_selected(each, workspace, matcher)
            yield ReportedScenario(outcome, path, workspace, perf_counter() - started)
            counter.show(done)


def _mutation(
    workspace: "Workspace", matcher: "Matcher", results: "list[ScenarioResult]", progress: TextIO | None
) -> "MutationOutcome":
    """Run every mutant against the results."""
    from oncue.simulation.mutation_testing import check_mutants
    from oncue.workbench.mutation_outcome import MutationOutcome

    places = {flow_id: number for number, flow_id in enumerate(sorted(workspace.flows), 1)}
    mutants = []
    with ProgressCounter(len(places), "flows changed", progress) as counter:
        for each in check_mutants(workspace, matcher, results):
            mutants.append(each)
            counter.show(places[each.mutant.flow.id])
    return MutationOutcome(workspace, matcher, mutants, [each.scenario.id for each in results if not each.ok])


def _junit(workspace: "Workspace", unreadable: "list[Problem]") -> "JunitReport":
    from oncue.cli.output.junit import JunitReport

    report = JunitReport(workspace.name)
    for problem in unreadable:
        report.add_unreadable(problem)
    return report
