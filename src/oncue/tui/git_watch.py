"""What git knows of the workspace, read beside the UI thread, and only when it can have changed."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from oncue.storage.files import FileState
from oncue.workbench.header import Repository


class GitWatch:
    """Looks at the repository of a workspace, if it is in one: `git_folder` is looked for once."""

    def __init__(self) -> None:
        self._seen: object = None

    async def look(self, folder: Path, files: Mapping[str, FileState]) -> Repository | None:
        """The repository; ``None`` if it is as it was, or there is none.

        It can only be another one after git did something, or after ``files``, those of the workspace, changed.
        """
        return await asyncio.to_thread(self._look, folder, files)

    def _look(self, folder: Path, files: Mapping[str, FileState]) -> Repository | None:
        from oncue.storage.git_status import git_folder, read_git, signature  # after the first paint

        own = git_folder(folder)
        seen = None if own is None else (signature(own), files)
        if own is None or seen == self._seen:
            return None
        self._seen = seen
        state = read_git(folder, own)
        return None if state is None else Repository(*state)
