"""stderr: messages, one line each.

Whatever a user can cause is reported in one line that begins with ``oncue:``. `guarded` is the one place where
exceptions end, so that no command needs a handler of its own and none can forget one. The exit status that goes with an
exception is chosen in `oncue.cli.exit_status`.
"""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from oncue.cli.exit_status import Exit, exit_status_of
from oncue.errors import OncueError
from oncue.suggestions import advice
from oncue.text import visible, visible_lines

if TYPE_CHECKING:
    from click import ClickException


class UsageError(OncueError):
    """The command cannot do what was asked; the text says why and what to do."""


def print_message(message: str) -> None:
    """Print one line to stderr, with everything that a terminal would obey made visible."""
    if sys.stderr is not None:
        sys.stderr.write(f"oncue: {visible(message)}\n")
        sys.stderr.flush()


def guarded(run: Callable[[], int]) -> int:
    """What ``run`` returns; or the exit status for what it raised, after a message about it."""
    try:
        try:
            return run()
        except (KeyboardInterrupt, Exception) as error:
            _report(error, exit_status_of(error))
            return exit_status_of(error)
    except BrokenPipeError as error:  # nobody reads the message either
        return exit_status_of(error)
    finally:
        _discard_what_cannot_be_written()


def _report(error: BaseException, status: Exit) -> None:
    if status is Exit.INTERRUPTED and sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("\n")  # ends the line on which the terminal shows ^C
    elif status is Exit.USAGE:
        print_message(_describe(error))
    elif status is Exit.INTERNAL:
        _report_bug(error)


def _describe(error: BaseException) -> str:
    if isinstance(error, OncueError):
        return str(error)
    if isinstance(error, OSError):
        from oncue.storage.files import describe_os_error

        reason = describe_os_error(error)
        return f"{error.filename}: {reason}" if error.filename else reason
    from click import ClickException

    return _usage(error) if isinstance(error, ClickException) else str(error)


def _report_bug(error: BaseException) -> None:
    if os.environ.get("ONCUE_DEBUG") == "1" and sys.stderr is not None:
        from traceback import format_exception

        sys.stderr.write(visible_lines("".join(format_exception(error)), 1_000_000))
    print_message(
        f"internal error: {type(error).__name__}: {error} (a bug in oncue; ONCUE_DEBUG=1 shows the traceback)"
    )


def _usage(error: "ClickException") -> str:
    """What click found wrong with the arguments, and where to read more: one line."""
    from click import UsageError

    context = error.ctx if isinstance(error, UsageError) else None
    if context is None:
        return _explanation(error, [])
    options = [name for parameter in context.command.get_params(context) for name in parameter.opts]
    return f"{_explanation(error, options)} (see {context.command_path.strip()} --help)"


def _explanation(error: "ClickException", options: list[str]) -> str:
    from click import BadParameter, MissingParameter, NoSuchOption

    if isinstance(error, NoSuchOption):
        longer = [name for name in options if name.startswith(error.option_name)]
        hint = f"did you mean {longer[0]!r}?" if len(longer) == 1 else advice(error.option_name, options)
        return f"no option {error.option_name!r}" + (f"; {hint}" if hint else "")
    if isinstance(error, BadParameter) and not isinstance(error, MissingParameter) and error.param is not None:
        return f"{error.param.get_error_hint(error.ctx).strip(chr(39))}: {error.message}"
    message = error.format_message()
    return message[:1].lower() + message[1:].rstrip(".")


def _discard_what_cannot_be_written() -> None:
    """Redirect a closed pipe or a full disk to nowhere, or the interpreter's last flush reports an error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
