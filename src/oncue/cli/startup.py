"""What libraries import and oncue never uses.

When its first validator is made, pydantic looks through all installed packages for plugins. That imports
``importlib.metadata``, and with it ``email``, ``socket`` and ``zipfile``: a quarter of all that ``oncue match``
imports. oncue uses none, so the module that would look is replaced by one that finds nothing. Should pydantic
rename it, plugins are looked for again, and nothing else changes.

asyncio and shutil get along without TLS and compression where Python was built without them. The app opens no
connection and unpacks no archive, and the native libraries behind these take a hundredth of a second to load.
"""

import gc
import sys
from types import ModuleType


def no_plugins() -> None:
    """Let pydantic find no plugins. To be called before a validator is made."""
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(loader.__name__, loader)


def no_tls_and_compression() -> None:
    """Import asyncio and shutil without TLS and compression. Whoever imports these modules later gets them."""
    absent = [name for name in ("ssl", "bz2", "lzma") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: not to be found
    try:
        import asyncio  # noqa: F401
        import shutil  # noqa: F401
    finally:
        for name in absent:
            del sys.modules[name]


def hold() -> None:
    """Collect no cycles until `release`; a short command just ends."""
    gc.disable()


def release() -> None:
    """Collect cycles again, among what is made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
