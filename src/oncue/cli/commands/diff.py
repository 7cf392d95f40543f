"""``oncue diff OLD [NEW]``: which events start other flows than before, and what else differs?"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError, print_message
from oncue.cli.exit_status import Exit
from oncue.cli.options import OneOf
from oncue.cli.startup import resume_collector
from oncue.cli.stdout import stdout
from oncue.domain.paths import is_of_scenarios

if TYPE_CHECKING:
    from oncue.domain.workspace import Workspace

FORMATS: Mapping[str, str] = {
    "text": "for people",
    "json": "one object, for programs",
    "markdown": "a comment for a pull request",
}
_GIT = "git:"


class Version(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A folder, or ``git:REV``. Any text is accepted here; completion offers folders, branches and tags."""

    name = "version"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Folders, and for what begins with ``git:`` the branches and tags of the repository here."""
        if not incomplete.startswith(_GIT):
            return [CompletionItem(incomplete, type="dir"), *_beginning_with(incomplete, [_GIT])]
        from oncue.storage.git_objects import refs

        return _beginning_with(incomplete, [f"{_GIT}{ref}" for ref in refs(".")])


def _beginning_with(incomplete: str, values: list[str]) -> list[CompletionItem]:
    return [CompletionItem(value, help="a git revision") for value in values if value.startswith(incomplete)]


@click.command()
@click.argument("old", metavar="OLD", type=Version())
@click.argument("new", metavar="[NEW]", default=".", type=Version())
@click.option("--exit-code", is_flag=True, help="Exit with 1 if any event starts other flows.")
@click.option("--format", "style", type=OneOf(FORMATS), default="text", show_default=True, help="How to print it.")
def diff(old: str, new: str, exit_code: bool, style: str) -> int:
    """Show which events start other flows in NEW than in OLD.

    OLD and NEW are folders, or revisions of git: git:REV is the other folder as it was in REV (the current folder if
    there is none), git:REV:PATH a folder by its path in the repository. NEW defaults to the current folder. Nothing
    is checked out. What differs and starts no other flows, such as steps, follows in a second part.
    """
    before, after = _load(old, new), _load(new, old)
    from oncue.cli.output.compared import Compared

    resume_collector()
    compared = Compared((old, new), before, after)
    with stdout() as output:
        if style == "json":
            from oncue.cli.output.diff_json import write_diff_json

            write_diff_json(compared, output.write)
        elif style == "markdown":
            from oncue.cli.output.diff_markdown import diff_markdown

            output.write_lines(diff_markdown(compared))
        else:
            from oncue.cli.output.diff_text import diff_rows
            from oncue.cli.output.paint import paint_of_stdout

            output.write_lines(diff_rows(compared, paint_of_stdout()))
    for name, problem in compared.unread:
        print_message(str(problem._replace(file=_at(name, problem.file))))
    if any(not is_of_scenarios(problem.file) for _, problem in compared.unread):
        return Exit.USAGE
    return Exit.FINDINGS if exit_code and compared.difference.changes else Exit.OK


def _at(version: str, file: str) -> str:
    return f"{version}: {file}" if version.startswith(_GIT) else str(Path(version, file))


def _load(version: str, other: str) -> "Workspace":
    """The workspace that ``version`` names; one of git is where the ``other`` one is, if that is a folder."""
    if not version.startswith(_GIT):
        from oncue.storage.loader import load_workspace

        if not os.path.lexists(version):
            raise UsageError(f"{version}: there is no such folder (a revision of git is written {_GIT}{version})")
        return load_workspace(version)
    from oncue.storage.git_objects import parse_revision
    from oncue.storage.revisions import load_revision

    revision = parse_revision(version)
    assert revision is not None
    return load_revision(revision, "." if other.startswith(_GIT) else other)
