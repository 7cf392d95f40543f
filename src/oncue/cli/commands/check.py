"""``oncue check [WORKSPACE]``: what is wrong with the workspace, and what to do about it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.inputs import FOLDER
from oncue.cli.options import FORMATS, OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import Output, stdout
from oncue.domain.problems import Code
from oncue.suggestions import did_you_mean
from oncue.text import counted

if TYPE_CHECKING:
    from oncue.domain.problems import Problem
    from oncue.linting.selection import Selection
    from oncue.storage.findings import Finding
    from oncue.storage.loader import Loaded

STYLES = {
    **FORMATS,
    "json": "a list of findings, for programs",
    "sarif": "SARIF 2.1.0, for code scanning",
    "github": "annotations of GitHub Actions",
}


class Codes(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """Codes of checks, or how several begin, with commas between: ``OC406,OC3``."""

    name = "codes"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """The codes, each of which has to be the beginning of one that exists."""
        codes = tuple(each.strip() for each in value.split(",") if each.strip())
        if not codes:
            self.fail(f"there is no code in {value!r}; expected codes with commas between: OC406,OC3", param, ctx)
        for code in codes:
            if not any(known.startswith(code) for known in Code):
                self.fail(f"there is no check {code!r}; {did_you_mean(code, [*Code])}", param, ctx)
        return codes

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The codes that go on like the last one that was begun."""
        before, comma, last = incomplete.rpartition(",")
        return [
            CompletionItem(f"{before}{comma}{code.value}", help=code.meaning) for code in Code if code.startswith(last)
        ]


@click.command()
@click.argument("workspace", default=".", type=FOLDER)
@click.option("--format", "style", type=OneOf(STYLES), default="text", show_default=True, help="How to print it.")
@click.option("--select", metavar="CODES", multiple=True, type=Codes(), help="Look for these only: OC406,OC3.")
@click.option("--ignore", metavar="CODES", multiple=True, type=Codes(), help="Leave these out, too.")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and show how.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(
    workspace: str,
    style: str,
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    fix: bool,
    diff: bool,
) -> int:
    """Check WORKSPACE: files, flows, scenarios, and what flows do to each other.

    The exit status is 1 if there is an error or a warning; hints alone do not count. Comments in files leave findings
    out (# oncue: ignore OC406), and so does [check] in workspace.toml.
    """
    from oncue.linting.selection import Selection
    from oncue.storage.loader import load

    loaded = load(workspace)
    resume_collector()
    selected = tuple(code for codes in select for code in codes)
    selection = Selection.of(loaded.workspace.config.check, selected, tuple(code for codes in ignore for code in codes))
    if fix or diff:
        loaded = _fix(loaded, selection, workspace, diff)
        if diff:
            return Exit.OK
    found = _findings(loaded, selection)
    with stdout() as output:
        _write(output, style, found, workspace, loaded)
    _say_what_is_missing(loaded, workspace)
    failed = any(each.problem.severity != "hint" for each in found)
    return Exit.FINDINGS if failed else Exit.OK


def _findings(loaded: "Loaded", selection: "Selection") -> "list[Finding]":
    from oncue.linting.lint import lint
    from oncue.storage.findings import findings_in

    return list(findings_in(loaded.folder, lint(loaded.workspace, selection)))


def _write(output: Output, style: str, found: "list[Finding]", path: str, loaded: "Loaded") -> None:
    reached = [each._replace(problem=_reached(each.problem, path)) for each in found]
    if style == "text":
        from oncue.cli.output.check_text import as_text

        output.write(as_text(reached, _has_colour(), len(loaded.workspace.flows)))
    elif style == "json":
        from oncue.cli.output.check_json import findings_json

        output.write(findings_json(reached))
    elif style == "sarif":
        from oncue.cli.output.sarif import as_sarif

        output.write(as_sarif(reached))
    else:
        from oncue.cli.output.github import as_annotations

        output.write(as_annotations(reached))


def _reached(problem: "Problem", path: str) -> "Problem":
    """``problem`` with its file as it is reached from here."""
    return problem._replace(file=str(Path(path, problem.file)))


def _has_colour() -> bool:
    """Whether stdout is a terminal that shows colours, and nobody asked for none."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _say_what_is_missing(loaded: "Loaded", path: str) -> None:
    from oncue.domain.paths import FLOWS, is_of_flows
    from oncue.storage.absence import not_found

    workspace = loaded.workspace
    is_empty = not workspace.flows and not any(is_of_flows(problem.file) for problem in workspace.problems)
    if message := not_found(Path(path), FLOWS, is_empty):
        print_message(message)


def _fix(loaded: "Loaded", selection: "Selection", path: str, only_show: bool) -> "Loaded":
    """Mend what can be mended, and return what is loaded afterwards. What changes is shown on stderr before it does."""
    from oncue.cli.output.file_differences import difference
    from oncue.storage.fixing import fixes_for
    from oncue.storage.saving.plan import plan
    from oncue.storage.saving.save import save_session

    session = fixes_for(loaded, [each.problem for each in _findings(loaded, selection)])
    changes, _ = plan(loaded, session) if session.dirty else ([], [])
    shown = "".join(difference(str(Path(path, each.file)), each.on_disk.data, each.after) for each in changes)
    if only_show:
        with stdout() as output:
            output.write(shown.encode())
        return loaded
    if not session.dirty:
        print_message("nothing to mend that is safe to mend")
        return loaded
    sys.stderr.write(shown)
    if sys.stdin is not None and sys.stdin.isatty() and not click.confirm("Make these changes?", err=True):
        return loaded
    after, _, errors = save_session(loaded, session)
    if errors:
        raise UsageError(str(errors[0]))
    print_message(f"mended {counted(len(changes), 'file')}")
    return after
