"""A workspace as it is in a git revision, read like a folder: one bad file never hides the others.

Links are not followed, because what they lead to may be of another time or outside of the repository.
"""

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import TypeVar

from oncue.domain.installed import reference_hint
from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS, id_of
from oncue.domain.problems import Code, Problem
from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.errors import UnreadableError, WorkspaceError
from oncue.storage.codec import decode_config, decode_flow, decode_scenario
from oncue.storage.files import name_problem, why_unreadable
from oncue.storage.git_objects import Blob, Repository, Revision
from oncue.storage.toml.read import MAX_FILE, too_large

T = TypeVar("T")


def load_revision(revision: Revision, folder: str) -> Workspace:
    """The workspace of ``revision`` in the repository that ``folder`` is in. Raises `WorkspaceError`."""
    repository = Repository(folder, revision)
    blobs = repository.files((FLOWS, SCENARIOS))
    readable = {file: blob for file, blob in blobs.items() if blob.is_file and blob.size <= MAX_FILE}
    contents = repository.contents(readable.values())
    data = {file: contents[blob.object] for file, blob in readable.items() if blob.object in contents}
    config = _config(revision, blobs, data)
    hint = partial(reference_hint, config=config)
    problems: list[Problem] = []
    flows = _every(FLOWS, blobs, data, partial(decode_flow, hint=hint), problems)
    hint = partial(hint, flow_ids=flows.keys())
    scenarios = _every(SCENARIOS, blobs, data, partial(decode_scenario, hint=hint), problems)
    return Workspace(config, flows, scenarios, tuple(sorted(problems, key=attrgetter("file"))))


def _config(revision: Revision, blobs: Mapping[str, Blob], data: Mapping[str, bytes]) -> WorkspaceConfig:
    try:
        if CONFIG_FILE not in data:
            raise UnreadableError([_not_read(CONFIG_FILE, blobs[CONFIG_FILE])])
        return decode_config(data[CONFIG_FILE])
    except UnreadableError as error:
        raise WorkspaceError(str(revision), str(error)) from None


def _every(
    name: str,
    blobs: Mapping[str, Blob],
    data: Mapping[str, bytes],
    decode: Callable[[str, bytes], T],
    problems: list[Problem],
) -> dict[str, T]:
    """What is in the files of one sub-folder, in order of id."""
    values: dict[str, T] = {}
    names = [file.removeprefix(f"{name}/") for file in blobs if file.startswith(f"{name}/")]
    if name in blobs:  # no folder
        problems.append(_not_read(name, blobs[name]))
    for each in names:
        file = f"{name}/{each}"
        if each[-5:].lower() != ".toml" or each.startswith("."):
            continue
        problem = name_problem(name, each, names)
        if problem is None and file not in data:
            problem = _not_read(file, blobs[file])
        if problem is not None:
            problems.append(problem)
            continue
        try:
            values[id_of(file)] = decode(id_of(file), data[file])
        except UnreadableError as error:
            problems += error.problems
        except (ValueError, RecursionError) as error:
            problems.append(Problem(file, why_unreadable(error), Code.UNREADABLE))
    return dict(sorted(values.items()))


def _not_read(file: str, blob: Blob) -> Problem:
    """Why a file has no content here."""
    if blob.is_file and blob.size > MAX_FILE:
        (problem,) = too_large(file, blob.size).problems
        return problem
    if blob.is_file:
        return Problem(file, "its content is not in this clone; fetch it", Code.UNREADABLE)
    kinds = {"120000": "a link; links are not followed in a revision", "160000": "a submodule, not a file"}
    return Problem(file, kinds.get(blob.mode, "a folder, not a file"), Code.UNREADABLE)
