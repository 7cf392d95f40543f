"""Read files of a git revision as they are in git's database: nothing is checked out, written or run.

Only plumbing that reads objects is called. `git archive` and `git show` would not do: where the user's configuration
has filters, as for LFS, they run them. Objects that a partial clone has left out are not fetched.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import which
from typing import NamedTuple

from oncue.domain.paths import CONFIG_FILE
from oncue.errors import WorkspaceError
from oncue.suggestions import did_you_mean
from oncue.text import first

PREFIX = "git:"
_REFS = ("refs/heads", "refs/remotes", "refs/tags")
_MOST_REFS = 2_000
_ENVIRONMENT: Mapping[str, str] = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for versions of git that do not know the one above
}


class Revision(NamedTuple):
    """A folder in a revision. ``path`` is as git has it, from the top of the repository; ``None``: where we are."""

    name: str
    path: str | None

    def __str__(self) -> str:
        return f"{PREFIX}{self.name}" if self.path is None else f"{PREFIX}{self.name}:{self.path}"


class Blob(NamedTuple):
    """An entry of a tree: the kind of it, its object and its size."""

    mode: str
    object: str
    size: int

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file, and no link, folder or submodule."""
        return self.mode.startswith("100")


def parse_revision(text: str) -> Revision | None:
    """``git:REV`` or ``git:REV:path``; ``None`` if it is neither. A colon within braces belongs to the revision."""
    if not text.startswith(PREFIX):
        return None
    found = re.fullmatch(r"((?:\{[^}]*\}|[^:{])*)(?::(.*))?", text[len(PREFIX) :], re.DOTALL)
    return Revision(text[len(PREFIX) :], None) if found is None else Revision(found[1], found[2])


class Repository:
    """The git repository that ``folder`` is in; `WorkspaceError` if there is none."""

    def __init__(self, folder: str, revision: Revision) -> None:
        self._folder, self._revision = folder, revision
        program = which("git")
        if program is None:
            raise self._error("git is not installed, or not on the PATH")
        self._program = program
        if not Path(folder).is_dir():
            raise self._error(f"{folder} is no folder, so it is in no git repository")
        prefix = self._run("rev-parse", "--show-prefix")
        if prefix.returncode:
            if b"not a git repository" in prefix.stderr:
                raise self._error(f"{Path(folder).absolute()} is in no git repository")
            raise self._failed(prefix)
        here = os.fsdecode(prefix.stdout.removesuffix(b"\n"))
        self._path = here if revision.path is None else _from_top(revision.path, here)

    def files(self, folders: Iterable[str]) -> dict[str, Blob]:
        """``workspace.toml`` and what is directly in ``folders``, by path; a folder only if it is something else."""
        commit = self._commit()
        tree = self._object(f"{commit}:{self._path.rstrip('/')}")
        if tree is None:
            raise self._error(f"there is no {self._path!r} in {self._revision.name}", self._elsewhere(commit))
        if self._read("cat-file", "-t", tree).strip() != b"tree":
            raise self._error(f"{self._path!r} is no folder in {self._revision.name}", self._elsewhere(commit))
        names = tuple(folders)
        # A folder is listed itself by its name, and what is in it by the name and a slash.
        found = {file: blob for file, blob in self._entries(tree, CONFIG_FILE, *names) if blob.mode != "040000"}
        found |= self._entries(tree, *(f"{name}/" for name in names))
        if CONFIG_FILE not in found:
            raise self._error(f"there is no {CONFIG_FILE}, so this is no workspace", self._elsewhere(commit))
        return found

    def _entries(self, tree: str, *names: str) -> "list[tuple[str, Blob]]":
        listing = self._read("ls-tree", "-z", "--long", "--full-tree", tree, *names)
        return list(map(_entry, filter(None, listing.split(b"\0"))))

    def contents(self, blobs: Iterable[Blob]) -> dict[str, bytes]:
        """What is in ``blobs``, by object; without those that are not there, as in a partial clone."""
        wanted = list(dict.fromkeys(blob.object for blob in blobs))
        output = self._read("cat-file", "--batch", stdin="".join(f"{each}\n" for each in wanted).encode())
        found, at = {}, 0
        for each in wanted:
            end = output.index(b"\n", at)
            header, at = output[at:end].split(), end + 1
            if len(header) == 3:  # object, type and size; otherwise it is missing
                size = int(header[2])
                found[each] = output[at : at + size]
                at += size + 1
        return found

    def _commit(self) -> str:
        name = self._revision.name
        if not name:
            raise self._error("name a revision, such as git:HEAD or git:origin/main")
        commit = None if name.startswith("-") or "\0" in name else self._object(f"{name}^{{commit}}")
        if commit is None:
            raise self._error(f"there is no revision {name!r} in this repository; {self._near(name)}")
        return commit

    def _near(self, name: str) -> str:
        if self._run("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            return "the clone is shallow: fetch it first (with actions/checkout: fetch-depth: 0)"
        known = refs(self._folder, self._program)
        return did_you_mean(name, known[:_MOST_REFS]) if known else "there is no commit yet"

    def _elsewhere(self, commit: str) -> str:
        """Where in the revision there are workspaces."""
        listing = self._read("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        paths = [os.fsdecode(path) for path in listing.split(b"\0") if path.endswith(CONFIG_FILE.encode())]
        folders = [path[: -len(CONFIG_FILE)] for path in paths if path.rpartition("/")[2] == CONFIG_FILE]
        named = [f"{PREFIX}{self._revision.name}:{folder.rstrip('/')}" for folder in sorted(folders)]
        return f"there is one at {first(named, 3)}" if named else ""

    def _object(self, name: str) -> str | None:
        found = self._run("rev-parse", "--verify", "--quiet", name)
        return None if found.returncode else found.stdout.decode("ascii").strip()

    def _read(self, *arguments: str, stdin: bytes = b"") -> bytes:
        ran = self._run(*arguments, stdin=stdin)
        if ran.returncode:
            raise self._failed(ran)
        return ran.stdout

    def _run(self, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        return _git(self._program, self._folder, *arguments, stdin=stdin)

    def _failed(self, ran: "subprocess.CompletedProcess[bytes]") -> WorkspaceError:
        lines = ran.stderr.decode("utf-8", "backslashreplace").strip().splitlines()
        return self._error(lines[0] if lines else f"git ended with status {ran.returncode}")

    def _error(self, reason: str, hint: str = "") -> WorkspaceError:
        return WorkspaceError(str(self._revision), reason, hint)


def refs(folder: str, program: str = "git") -> list[str]:
    """The branches and tags of the repository that ``folder`` is in; none if there is none."""
    try:
        ran = _git(program, folder, "for-each-ref", "--format=%(refname:short)", *_REFS)
    except OSError:
        return []
    return ["HEAD", *ran.stdout.decode("utf-8", "replace").split()] if ran.stdout else []


def _git(program: str, folder: str, *arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [program, "--no-pager", *arguments],
        cwd=folder,
        env={**os.environ, **_ENVIRONMENT},
        input=stdin,
        capture_output=True,
        check=False,
    )


def _from_top(path: str, here: str) -> str:
    """``path`` from the top of the repository, where ``./`` is the folder ``here``, as git reads it."""
    if path == "." or path.startswith(("./", "../")):
        parts = [*here.split("/"), *path.split("/")]
        found: list[str] = []
        for part in parts:
            if part == "..":
                del found[-1:]
            elif part not in ("", "."):
                found.append(part)
        return "/".join(found)
    return path.strip("/")


def _entry(line: bytes) -> tuple[str, Blob]:
    about, _, path = line.partition(b"\t")
    mode, _, name, size = about.decode("ascii").split()
    return os.fsdecode(path), Blob(mode, name, int(size) if size.isdigit() else 0)
