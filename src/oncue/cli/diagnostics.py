"""stderr: talk, one line for each thing to say, and what the exit status means.

Whatever a user can cause is said in one line that begins with ``oncue:``. `guarded` is the one place where
exceptions end, so that no command needs a handler of its own and none can forget one.
"""

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from oncue.errors import OncueError, nearest
from oncue.text import visible, visible_lines

if TYPE_CHECKING:
    from click import ClickException


class Exit(IntEnum):
    """The exit status of every command."""

    OK = 0
    FINDINGS = 1
    """It ran, and what it looked at is not as it should be."""
    USAGE = 2
    """It could not do what was asked: usage, or input that cannot be read."""
    INTERNAL = 70
    """A mistake in oncue."""
    INTERRUPTED = 130
    """Ctrl+C."""


class UsageError(OncueError):
    """The command cannot do what was asked; the text says why and what to do."""


def print_message(message: str) -> None:
    """One line on stderr, with everything that a terminal would obey made visible."""
    if sys.stderr is not None:
        sys.stderr.write(f"oncue: {visible(message)}\n")
        sys.stderr.flush()


def guarded(run: Callable[[], int]) -> int:
    """What ``run`` returns; or the exit status of what it raised, after one line on stderr."""
    try:
        try:
            return run()
        except BrokenPipeError:
            raise
        except (KeyboardInterrupt, Exception) as error:
            return _report(error)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does. That is nobody's error.
        return Exit.OK
    finally:
        _forget_what_cannot_be_written()


def _report(error: BaseException) -> int:
    from click import Abort, ClickException

    if isinstance(error, KeyboardInterrupt | Abort):
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write("\n")  # closes the line on which the terminal shows ^C
        return Exit.INTERRUPTED
    if isinstance(error, OncueError):
        print_message(str(error))
        return Exit.USAGE
    if isinstance(error, ClickException):
        print_message(_usage(error))
        return Exit.USAGE
    if isinstance(error, OSError):
        print_message(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))
        return Exit.USAGE
    if os.environ.get("ONCUE_DEBUG") == "1":
        from traceback import format_exception

        sys.stderr.write(visible_lines("".join(format_exception(error)), 1_000_000))
    print_message(
        f"internal error: {type(error).__name__}: {error} (a mistake in oncue; ONCUE_DEBUG=1 shows the traceback)"
    )
    return Exit.INTERNAL


def _usage(error: "ClickException") -> str:
    """What click found wrong with the arguments, and where to read on: one line."""
    from click import UsageError

    context = error.ctx if isinstance(error, UsageError) else None
    if context is None:
        return _complaint(error, [])
    options = [name for parameter in context.command.get_params(context) for name in parameter.opts]
    return f"{_complaint(error, options)} (see {context.command_path.strip()} --help)"


def _complaint(error: "ClickException", options: list[str]) -> str:
    from click import BadParameter, MissingParameter, NoSuchOption

    if isinstance(error, NoSuchOption):
        near = nearest(error.option_name, options)
        return f"no option {error.option_name!r}" + (f"; did you mean {near!r}?" if near else "")
    if isinstance(error, BadParameter) and not isinstance(error, MissingParameter) and error.param is not None:
        return f"{error.param.get_error_hint(error.ctx).strip(chr(39))}: {error.message}"
    message = error.format_message()
    return message[:1].lower() + message[1:].rstrip(".")


def _forget_what_cannot_be_written() -> None:
    """Point a closed pipe and a full disk at nothing, or the interpreter's last flush complains of them."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
