"""The command group: ``oncue COMMAND`` runs a command, ``oncue [FOLDER]`` opens the app.

A folder with the name of a command is reached as ``./match``. The module of a command is imported when the command is
used; help does without.
"""

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from oncue.cli.command_table import COMMANDS
from oncue.cli.inputs import FOLDER
from oncue.cli.options import OneOf
from oncue.suggestions import nearest
from oncue.text import shell_command

SHELLS: Mapping[str, str] = {shell: f"for {shell}" for shell in ("bash", "zsh", "fish")}


class _App(click.Command):
    """The command that runs when none is named; its help is that of ``oncue``."""

    def get_help(self, ctx: click.Context) -> str:
        """The help of ``oncue``."""
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)


@click.command(cls=_App, name="oncue")
@click.argument("workspace", default=".", type=FOLDER)
def app(workspace: str) -> int:
    """Open the app on the folder WORKSPACE."""
    from oncue.cli.commands.app import open_app

    return open_app(workspace)


class Commands(click.Group):
    """A group that imports commands when they are used, and opens the app when none is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as help lists them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command ``cmd_name``."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"oncue.cli.commands.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` begins with, or the app."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is not None:
            return name, command, args[1:]
        if not ctx.resilient_parsing and not Path(name).exists():
            raise click.UsageError(_no_such(name), ctx)
        # The name of a folder can begin with a dash only after `--`.
        return "", app, ["--", *args] if name.startswith("-") else args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, from the table, so that help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The arguments, as usage shows them."""
        return ["[WORKSPACE]", "|", "COMMAND", "…"]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and the folders that begin with ``incomplete``."""
        names = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*names, *options, CompletionItem(incomplete, type="dir")]


def _no_such(name: str) -> str:
    near = nearest(name, COMMANDS)
    hint = f"did you mean {near!r}?" if near else f"to make a workspace there, run: {shell_command('oncue init', name)}"
    return f"there is no command and no folder {name!r}; {hint}"


def _print_version(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from oncue import __version__
        from oncue.cli.stdout import write_line

        write_line(f"oncue {__version__}")
        ctx.exit()


def _print_completion(ctx: click.Context, option: click.Parameter, shell: str | None) -> None:
    if shell is not None and not ctx.resilient_parsing:
        from oncue.cli.completion import script
        from oncue.cli.stdout import write_line

        write_line(script(ctx.command, shell))
        ctx.exit()


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 fine, 1 findings, 2 usage or unreadable input.",
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_version, help="Print the version."
)
@click.option(
    "--completion",
    type=OneOf(SHELLS),
    expose_value=False,
    is_eager=True,
    callback=_print_completion,
    help="Print the script that completes oncue in your shell.",
)
@click.pass_context
def oncue(ctx: click.Context) -> int | None:
    """Design flows for conversation triggers: write them, try them, ask why.

    Opens the app on the folder WORKSPACE, by default the current one. A folder with the name of a command is
    reached as ./match.
    """
    if ctx.invoked_subcommand is not None:
        return None
    opened: int = ctx.invoke(app, workspace=".")
    return opened
