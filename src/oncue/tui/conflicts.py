"""The question that is asked when a file to be saved was changed by another program: what differs, and the choices."""

from oncue.errors import ConflictError
from oncue.text import visible_lines
from oncue.tui.user import Answer
from oncue.workbench.text_diff import difference

ANSWERS = (
    Answer("overwrite", "o", "Overwrite with mine; the history keeps what is on disk"),
    Answer("copy", "c", "Keep mine as a copy beside it, and read the file again"),
    Answer("reload", "r", "Drop my edit, and read the file again"),
    Answer("later", "esc", "Decide later; my edit stays unsaved"),
)
_SHOWN = 4_000
"""Characters of a file that are compared."""


def explanation(conflict: ConflictError, mine: str | None) -> list[tuple[str, str]]:
    """Lines in roles: how the file on disk differs from ``mine``, which is ``None`` if the flow was deleted here."""
    on_disk = "(the file was removed)"
    if conflict.on_disk is not None:
        on_disk = visible_lines(conflict.on_disk.decode("utf-8", "replace"), _SHOWN)
    return [
        (f"{conflict.file} was changed by another program since it was loaded.", "strong"),
        ("", ""),
        *difference(on_disk, mine or "(deleted)", ("as it is on disk now", "as you edited it"), context=2),
    ]
