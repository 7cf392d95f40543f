"""No plugins for pydantic.

When its first validator is made, pydantic looks through all installed packages for plugins. That imports
``importlib.metadata``, and with it ``email``, ``socket`` and ``zipfile``: a quarter of all that ``oncue match``
imports. oncue uses none, so the module that would look is replaced by one that finds nothing. Should pydantic
rename it, plugins are looked for again, and nothing else changes.
"""

import sys
from types import ModuleType


def none() -> None:
    """Let pydantic find no plugins. To be called before a validator is made."""
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(loader.__name__, loader)
