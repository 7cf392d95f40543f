"""What the target calls things: numeric inboxes of Chatwoot, channels of Slack, agents, and settings of the export.

They come from a map that the user gives, or else from an instance's ``external_ids``: one with the target's name in
front (``chatwoot:12``), or the only one that looks like the target's ids. Whatever is missing is collected, so that
all of it is said at once.
"""

import re
from collections.abc import Mapping
from typing import Any

from oncue.domain.workspace import Instance
from oncue.errors import ExportError
from oncue.text import first

TABLES: Mapping[str, str] = {
    "instances": "what the target calls the instances",
    "channels": "what it calls kinds of channels, where that is not known",
    "agents": "what it calls agents and bots, by their name here",
    "teams": "what it calls teams, by their name here",
    "events": "what it calls the events, where that is not known",
    "settings": "settings of the export, such as an address",
}
"""The tables of a map."""


class Names:
    """What the target calls things, and which of these are missing."""

    def __init__(self, target: str, tables: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.target = target
        self.tables = tables or {}
        self._missing: dict[str, None] = {}

    def instance(self, instance: Instance, pattern: str, what: str) -> str:
        """The target's id of an installed instance, which looks like ``pattern``; ``what`` it is called there."""
        given = self.tables.get("instances", {}).get(instance.id)
        prefix = f"{self.target}:"
        named = [each.removeprefix(prefix) for each in instance.external_ids if each.startswith(prefix)]
        alike = [each for each in instance.external_ids if re.fullmatch(pattern, each)]
        found = [str(given)] if given is not None else named or alike
        if len(found) == 1 and re.fullmatch(pattern, found[0]):
            return found[0]
        self._missing[f"the {what} of the instance {instance.id!r} ([instances] {instance.id} = …)"] = None
        return ""

    def other(self, table: str, name: str, what: str) -> str:
        """What the target calls the agent or team ``name``."""
        found = self.tables.get(table, {}).get(name)
        if found is None:
            self._missing[f"the {what} of {name!r} ([{table}])"] = None
            return ""
        return str(found)

    def known(self, table: str, name: str) -> str | None:
        """As `other`, where one can do without."""
        found = self.tables.get(table, {}).get(name)
        return None if found is None else str(found)

    def setting(self, name: str, default: str = "") -> str:
        """A setting of the export."""
        return str(self.tables.get("settings", {}).get(name, default))

    def refuse_missing(self) -> None:
        """Raise `ExportError` if anything is missing."""
        if self._missing:
            raise ExportError(
                f"{self.target} needs {first(list(self._missing), 5)}; name them in a file for --map, or instances in"
                f' their external_ids as "{self.target}:…"'
            )
