"""Options and option types that several commands share."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from oncue.cli.labels import keys_meant, label_hint, with_labels
from oncue.domain.vocabulary import EVENT_KINDS, MESSAGE_TYPES, PARTICIPANT_TYPES, EventTerm, Term
from oncue.suggestions import did_you_mean
from oncue.text import visible

if TYPE_CHECKING:
    from oncue.domain.workspace import WorkspaceConfig

FORMATS = {"text": "for people", "json": "one object, for programs"}


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """One value of a vocabulary. Other values are refused with the nearest one; completion shows what each means."""

    name = "word"

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check that ``value`` is in the vocabulary."""
        if value not in self.meanings:
            hint = did_you_mean(value, self.meanings, most=len(self.meanings))
            self.fail(f"{value!r} is not a known value; {hint}", param, ctx)
        return value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The placeholder of the value in help: the choices if they are short."""
        choices = "|".join(self.meanings)
        return f"[{choices}]" if len(choices) < 24 else param.name.upper() if param.name else "WORD"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The values that begin with ``incomplete``."""
        return [
            CompletionItem(value, help=meaning)
            for value, meaning in self.meanings.items()
            if value.startswith(incomplete)
        ]


class Labelled(OneOf):
    """A value of a vocabulary that people know by its label, which is understood as well."""

    def __init__(self, terms: Mapping[Any, EventTerm | Term]) -> None:
        super().__init__({key: term.help for key, term in terms.items()})
        self._labels: Mapping[str, str] = {key: term.label for key, term in terms.items()}

    @property
    def choices(self) -> str:
        """All values, for help."""
        return with_labels(self._labels)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The key of what ``value`` names."""
        found = keys_meant(value, self._labels)
        if len(found) != 1:
            self.fail(f"{value!r} is not a known value; {label_hint(value, self._labels)}", param, ctx)
        return found[0]


class OfWorkspace(click.ParamType):  # type: ignore[type-arg]  # as above
    """A name that the workspace defines. Any is accepted here; completion offers ``names`` with what they mean."""

    name = "name"

    def __init__(self, names: "Callable[[WorkspaceConfig], Mapping[str, str]]") -> None:
        self._names = names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names that begin with ``incomplete``, in the workspace that was named before them."""
        from oncue.cli.completion import config_of, workspace_in

        config = config_of(workspace_in(ctx, "workspace"))
        names = self._names(config) if config is not None else {}
        return [
            CompletionItem(name, help=visible(meaning))
            for name, meaning in names.items()
            if name.startswith(incomplete)
        ]


def _channels(config: "WorkspaceConfig") -> Mapping[str, str]:
    return {channel: config.channel_label(channel) for channel in config.installed_channels}


def _instances(config: "WorkspaceConfig") -> Mapping[str, str]:
    return {instance.id: instance.name for instance in config.instances}


EVENT, PARTICIPANT, MESSAGE = Labelled(EVENT_KINDS), Labelled(PARTICIPANT_TYPES), Labelled(MESSAGE_TYPES)
CHANNEL, INSTANCE = OfWorkspace(_channels), OfWorkspace(_instances)
