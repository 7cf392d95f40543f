"""The cycle collector, kept still while a command starts.

Importing makes many objects that live for ever, and no garbage: the collector walks them again and again for
nothing, which is about a sixth of the time of a short command. A command that goes on for longer lets it work
again, without what has been imported by then.
"""

import gc


def hold() -> None:
    """Collect no cycles until `release`; a short command just ends."""
    gc.disable()


def release() -> None:
    """Collect cycles again, among what is made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
