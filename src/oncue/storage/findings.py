"""Findings in the files of a workspace: on which line and in which columns each is, without those that files ignore."""

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from oncue.domain.problems import Code, Problem
from oncue.storage.files import read_regular
from oncue.storage.ignored import not_ignored
from oncue.storage.toml.read import BOM, MAX_FILE
from oncue.storage.toml.scan import Statement, line_of, scanned

_OF_KEY = (Code.UNKNOWN_KEY, Code.MISSING_KEY)


class Finding(NamedTuple):
    """A problem, with the line of the file that it is on as it stands there, and what is meant in it.

    ``column`` counts characters from 1, ``end`` is the column behind the last one that is meant. Where the line is not
    known, all of these are ``None``.
    """

    problem: Problem
    source: str | None = None
    column: int | None = None
    end: int | None = None


def findings_in(folder: Path, problems: Iterable[Problem]) -> Iterator[Finding]:
    """``problems`` of the workspace in ``folder``, which are in order of their files, each with its place."""
    for file, of_file in groupby(problems, key=attrgetter("file")):
        text = text_of(folder, file)
        if text is None:
            yield from map(Finding, of_file)
            continue
        there = [placed(problem, text) for problem in of_file]
        yield from _of_text(not_ignored(sorted(there, key=_order), text), text)


def text_of(folder: Path, file: str) -> str | None:
    """The content of a file; ``None`` if it cannot be read."""
    try:
        data, _ = read_regular(os.path.realpath(folder / file, strict=True), MAX_FILE)
        return data.removeprefix(BOM).decode()
    except (OSError, ValueError):
        return None


def placed(problem: Problem, text: str) -> Problem:
    """``problem`` with its line in ``text``, the content of its file."""
    if problem.line is not None or not problem.path:
        return problem
    return problem._replace(line=line_of(text, problem.path))


def _order(problem: Problem) -> tuple[int, str]:
    return problem.line or 0, problem.code


def _of_text(problems: list[Problem], text: str) -> Iterator[Finding]:
    lines = text.split("\n")
    by_line: dict[int, Statement] = {}
    for each in scanned(text) if problems else ():
        by_line.setdefault(each.line, each)
    for problem in problems:
        if problem.line is None or problem.line > len(lines):
            yield Finding(problem)
            continue
        source = lines[problem.line - 1].removesuffix("\r")
        start, end = _columns(problem, by_line.get(problem.line), source, text)
        yield Finding(problem, source, start + 1, max(end, start + 1) + 1)


def _columns(problem: Problem, statement: Statement | None, source: str, text: str) -> tuple[int, int]:
    """Where on its line the problem is, from 0: the value, the key, or all that is written there."""
    first, last = len(source) - len(source.lstrip()), len(source.rstrip())
    if statement is None or statement.header:
        return first, len(source.partition("#")[0].rstrip()) or last
    begins = text.rfind("\n", 0, statement.value[0]) + 1
    start = statement.value[0] - begins
    if problem.code in _OF_KEY or len(problem.path) < len(statement.path):
        return first, len(source[:start].rstrip().removesuffix("=").rstrip())
    return start, min(statement.value[1] - begins, last)
