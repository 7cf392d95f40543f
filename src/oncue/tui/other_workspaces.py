"""Which workspace is opened next: one of those that were opened last, or any other folder.

Imported only when it is asked for, as it is not needed for the first paint.
"""

from functools import partial
from pathlib import Path

from oncue.domain.paths import CONFIG_FILE
from oncue.storage.typed_paths import completed, path_of
from oncue.storage.user.recents import recents
from oncue.tui.user import User
from oncue.tui.widgets.picker import Entry

ANOTHER = "another"
"""The value of the entry for a folder that is typed."""


def entries(here: Path | None) -> list[Entry]:
    """The workspaces that were opened last, but for the one that is open, and a way to all others.

    It looks at files, so call it in a thread.
    """
    folders = [Path(each.folder) for each in recents()]
    others = [Entry(folder, folder.name, str(folder)) for folder in folders if folder != here]
    return [*others, Entry(ANOTHER, "Another folder…", "type its path")]


async def ask_for_folder(here: Path | None, user: User) -> Path | None:
    """The folder of a workspace, which the user types; those beside the open one are near. Call it from a worker."""
    hint = f"A folder with a {CONFIG_FILE} in it; tab completes."
    beside = "" if here is None else f"{str(here.parent).rstrip('/')}/"
    typed = await user.prompt("Open a workspace", hint, beside, _problem_with, partial(completed, base=Path()))
    return None if typed is None else path_of(typed, Path()).absolute()


def _problem_with(typed: str) -> str | None:
    try:
        folder = path_of(typed, Path())
        if (folder / CONFIG_FILE).is_file():
            return None
        return f"there is no {CONFIG_FILE} in it" if folder.is_dir() else "there is no such folder"
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in it, or a home that nobody has
        return str(error) or "that is no path"
