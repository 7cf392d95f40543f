from importlib import import_module
from keyword import iskeyword

import click
import pytest

from oncue.cli.command_table import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_a_module_of_its_name(name: str) -> None:
    module = f"{name}_" if iskeyword(name) else name
    command = getattr(import_module(f"oncue.cli.commands.{module}"), module)
    assert isinstance(command, click.Command)
    assert command.name == name
