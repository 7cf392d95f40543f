"""Which exit status an exception leads to."""

import click
import pytest

from oncue.cli.diagnostics import UsageError
from oncue.cli.exit_status import Exit, exit_status_of
from oncue.domain.fitting import RuleError
from oncue.errors import SelectionError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UsageError("no"), Exit.USAGE),
        (SelectionError("no"), Exit.USAGE),
        (click.NoSuchOption("--x"), Exit.USAGE),
        (FileNotFoundError(2, "No such file", "x"), Exit.USAGE),
        (BrokenPipeError(), Exit.OK),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (click.Abort(), Exit.INTERRUPTED),
        (ZeroDivisionError(), Exit.INTERNAL),
        (RuleError("a value that oncue made wrongly"), Exit.INTERNAL),
    ],
)
def test_the_status_of_an_exception(error: BaseException, status: Exit) -> None:
    assert exit_status_of(error) is status


def test_an_interrupt_while_a_class_is_made_is_one() -> None:
    class Interrupted:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, RuntimeError)) as caught:
        type("Made", (), {"value": Interrupted()})
    assert exit_status_of(caught.value) is Exit.INTERRUPTED
