"""What the arguments of several commands have in common."""

from collections.abc import Mapping

import click
from click.shell_completion import CompletionItem

from oncue.errors import did_you_mean

FORMATS = {"text": "for people", "json": "one object, for programs"}


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """One value of a vocabulary: refused with the nearest valid one, completed with what each stands for."""

    name = "word"

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value``, if it is in the vocabulary."""
        if value not in self.meanings:
            self.fail(f"{value!r} is not a known value; {did_you_mean(value, self.meanings)}", param, ctx)
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What stands for the value in help: the choices if they are short."""
        choices = "|".join(self.meanings)
        return f"[{choices}]" if len(choices) < 24 else param.name.upper() if param.name else "WORD"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The values that begin with ``incomplete``."""
        return [
            CompletionItem(value, help=meaning)
            for value, meaning in self.meanings.items()
            if value.startswith(incomplete)
        ]
