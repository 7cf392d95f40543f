"""The option ``--from`` of the commands that read captures: from which platform they are."""

from collections.abc import Mapping

import click
from click.shell_completion import CompletionItem

from oncue.cli.diagnostics import UsageError
from oncue.suggestions import did_you_mean

PROVIDERS: Mapping[str, str] = {
    "auto": "each delivery is recognised by itself",
    "oncue": "events of oncue",
    "twilio": "Twilio Conversations, webhooks",
    "twilio-events": "Twilio Event Streams",
    "sunshine": "Sunshine Conversations",
    "chatwoot": "Chatwoot",
    "intercom": "Intercom",
    "slack": "Slack, Events API",
    "matrix": "Matrix",
    "bird": "Bird",
}
"""The importers that oncue brings, without importing them; a test holds them to the catalogue."""


class Provider(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.4 on only
    """A provider. Any name is accepted here, as packages may add some; `check_provider` refuses what is none."""

    name = "provider"
    help = f"From which platform the capture is: {', '.join(PROVIDERS)}."

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The providers that begin with ``incomplete``."""
        return [CompletionItem(name, help=text) for name, text in PROVIDERS.items() if name.startswith(incomplete)]


FROM = Provider()


def check_provider(name: str) -> None:
    """Refuse a name that no importer has, with the nearest one."""
    if name in PROVIDERS:
        return
    from oncue.storage.captures import importers

    known = ["auto", *importers()]
    if name not in known:
        raise UsageError(f"--from: {name!r} is not a known value; {did_you_mean(name, known)}")
