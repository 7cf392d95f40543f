"""What the exit status of a command means, and which one an exception leads to.

A command returns its status; everything else about it is decided here.
"""

from enum import IntEnum

from oncue.errors import OncueError


class Exit(IntEnum):
    """The exit status of every command."""

    OK = 0
    FINDINGS = 1
    """It ran, and what it checked is not as it should be."""
    USAGE = 2
    """It could not do what was asked: wrong usage, or input that cannot be read."""
    INTERNAL = 70
    """A bug in oncue."""
    INTERRUPTED = 130
    """Ctrl+C."""


def exit_status_of(error: BaseException) -> Exit:
    """The exit status of a command that raised ``error``."""
    if isinstance(error.__cause__, KeyboardInterrupt):  # Python 3.11 makes a RuntimeError of it where a class is made
        return Exit.INTERRUPTED
    match error:
        case BrokenPipeError():
            # Whoever read our output has seen enough, as `head` has. That is no error.
            return Exit.OK
        case KeyboardInterrupt():
            return Exit.INTERRUPTED
        case ValueError() if isinstance(error, OncueError):
            # A value that oncue itself made wrongly: what users wrote is reported where it is read.
            return Exit.INTERNAL
        case OncueError() | OSError():
            return Exit.USAGE
    from click import Abort, ClickException

    match error:
        case Abort():
            return Exit.INTERRUPTED
        case ClickException():
            return Exit.USAGE
    return Exit.INTERNAL
