"""Completion in shells: the scripts that ``--completion`` prints, and the answers to them.

A script runs ``oncue`` with ``_ONCUE_COMPLETE`` and the words of the command line in the environment. The scripts of
zsh and fish are click's. That of bash is our own: click's forgets all words as soon as a file may come as well, and
lets the shell expand what is offered. A script never sees an error, because it would end up in somebody's command
line; but whoever sets the variables by hand is told.
"""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    split_arg_string,
)

from oncue.cli.diagnostics import UsageError
from oncue.errors import OncueError

if TYPE_CHECKING:
    from oncue.domain.workspace import WorkspaceConfig

VARIABLE = "_ONCUE_COMPLETE"

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' response type value files=
    COMPREPLY=()
    response=$(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
    while IFS=, read -r type value; do
        case $type in
            plain) COMPREPLY+=("$value") ;;
            dir|file) files=$type ;;
        esac
    done <<< "$response"
    # Readline finds files itself, and quotes them. Beside words it can add folders only; files come when no word fits.
    case $files,${#COMPREPLY[@]} in
        file,0) compopt -o default ;;
        dir,0) compopt -o dirnames ;;
        dir,*|file,*) compopt -o plusdirs ;;
    esac
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class _Bash(BashComplete):
    """Our own script, and words that bash has split at ``=`` put together again."""

    source_template = _BASH

    def source(self) -> str:
        """The script. Click would start a bash first, to find out its version."""
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to complete, and that one."""
        words = os.environ["COMP_WORDS"].split("\n")[: int(os.environ["COMP_CWORD"]) + 1]
        joined: list[str] = []
        for word in words[1:]:
            behind_equals = joined and joined[-1].startswith("--") and joined[-1].endswith("=")
            if joined and (word == "=" or behind_equals):
                joined[-1] += word
            else:
                joined.append(word)
        *before, incomplete = joined or [""]
        return [_unquoted(word) for word in before], _unquoted(incomplete)


_NUMBER = re.compile("[0-9]{1,6}")
_COMP_CWORD = {"bash": _NUMBER, "zsh": _NUMBER, "fish": re.compile("(?s).*")}
"""What the variable holds: the number of the word to complete, or in fish the word."""

_SHELLS: Mapping[str, type[ShellComplete]] = {"bash": _Bash, "zsh": ZshComplete, "fish": FishComplete}


def script(cli: click.Command, shell: str) -> str:
    """The script that completes oncue in ``shell``."""
    return _SHELLS[shell](cli, {}, "oncue", VARIABLE).source()


def answer(cli: click.Command) -> bytes:
    """What the script is waiting for. Raises `UsageError` if no script has set the variables."""
    shell, _, what = os.environ[VARIABLE].partition("_")
    if shell not in _SHELLS or what not in ("complete", "source"):
        wanted = ", ".join(f"{name}_complete" for name in _SHELLS)
        raise UsageError(
            f"{VARIABLE}: {os.environ[VARIABLE]!r} is none of {wanted}; completion scripts set it, unset it"
        )
    if what == "source":
        return script(cli, shell).encode()
    word = os.environ.get("COMP_CWORD")
    if "COMP_WORDS" not in os.environ or word is None or not _COMP_CWORD[shell].fullmatch(word):
        raise UsageError(f"{VARIABLE} needs COMP_WORDS and COMP_CWORD, too; completion scripts set it, unset it")
    complete = _SHELLS[shell](cli, {}, "oncue", VARIABLE)
    lines: list[str] = []
    # Half a command line may be anything, and click was not made for all of it.
    with suppress(OncueError, OSError, click.ClickException, LookupError, ValueError):
        items = complete.get_completions(*complete.get_completion_args())
        lines = [complete.format_completion(item) for item in items if _can_be_sent(item)]
    return "".join(f"{line}\n" for line in lines).encode()


def _can_be_sent(item: "CompletionItem") -> bool:
    """Whether the item is one line of text. Files and folders are found by the shell, which needs their kind only."""
    if item.type != "plain" and not str(item.value).isprintable():
        item.value = ""
    return str(item.value).isprintable()


def _unquoted(word: str) -> str:
    """The word without its quotes, of which the last may be missing."""
    return " ".join(split_arg_string(word)) if any(mark in word for mark in "'\"\\") else word


def config_of(folder: str) -> "WorkspaceConfig | None":
    """What is in the ``workspace.toml`` of ``folder``; ``None`` if it cannot be used."""
    from oncue.storage.loader import load_config

    with suppress(OncueError):
        return load_config(folder)
    return None


def workspace_in(ctx: click.Context, *names: str) -> str:
    """The folder among the arguments ``names`` that were given already, or the current one."""
    given: list[str] = []
    for name in names:
        value = ctx.params.get(name)
        given += (value,) if isinstance(value, str) else (value or ())
    given += ctx.args  # where arguments are when the command line ends with an option that still needs its value
    folders = (os.path.expanduser(name) for name in given[:1])  # noqa: PTH111 - Path would raise without a home
    return next((folder for folder in folders if os.path.isdir(folder)), ".")  # noqa: PTH112
