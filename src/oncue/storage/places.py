"""On which line of its file a problem is that was found in values, which have no lines."""

from pathlib import Path

from oncue.domain.problems import Problem
from oncue.storage.files import read_regular
from oncue.storage.toml.read import BOM, MAX_FILE
from oncue.storage.toml.scan import line_of


def located(problem: Problem, folder: str) -> Problem:
    """``problem`` with its line in the workspace in ``folder``, if its file still is as it was when it was read."""
    if problem.line is not None or not problem.path:
        return problem
    try:
        data, _ = read_regular(str(Path(folder, problem.file).resolve(strict=True)), MAX_FILE)
        return problem._replace(line=line_of(data.removeprefix(BOM).decode(), problem.path))
    except (OSError, ValueError, RuntimeError):
        return problem
