"""The cyclic garbage collector, which a short command does without.

Importing and reading a workspace allocate much and free little, so walking it all again and again finds nothing. A
command that goes on to run long resumes the collector, for what it allocates from then on.
"""

import gc

_YOUNG = 20_000
"""Objects after which the young ones are walked: what a key press allocates, so that it waits for that rarely."""


def pause_collector() -> None:
    """Collect no cycles until `resume_collector`."""
    gc.disable()


def resume_collector() -> None:
    """Collect cycles again, among objects that are made from now on."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(_YOUNG)
        gc.enable()
