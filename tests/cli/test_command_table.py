from importlib import import_module

import click
import pytest

from oncue.cli.command_table import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_in_a_module_of_its_name(name: str) -> None:
    command = getattr(import_module(f"oncue.cli.commands.{name}"), name)
    assert isinstance(command, click.Command)
    assert command.name == name
