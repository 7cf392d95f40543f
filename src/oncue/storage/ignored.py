"""Comments that say which findings are wanted: ``# oncue: ignore OC406``.

At the end of a line it is about the findings of that line, or of the statement that the line is part of. On a line of
its own it is about the whole file. Without codes it is about all findings. Whatever comes after the codes is for
people: why the finding is no fault.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from oncue.domain.problems import Problem
from oncue.storage.toml.scan import scanned
from oncue.storage.toml.tokens import comment_spans

_IGNORE = re.compile(r"#\s*oncue:\s*ignore\b((?:[\s,]+OC[0-9]{3}\b)*)")
_CODE = re.compile(r"OC[0-9]{3}")


class _Ignore(NamedTuple):
    """A comment. ``line`` is the one that it is about; ``None`` is the whole file. No codes are all."""

    codes: frozenset[str]
    line: int | None

    def is_about(self, problem: Problem) -> bool:
        return (not self.codes or problem.code in self.codes) and self.line in (None, problem.line)


def not_ignored(problems: list[Problem], text: str) -> list[Problem]:
    """The problems in a file with the content ``text`` that no comment in it ignores."""
    if "oncue:" not in text:
        return problems
    ignores = list(_ignores(text))
    return [each for each in problems if not any(ignore.is_about(each) for ignore in ignores)]


def _ignores(text: str) -> Iterator[_Ignore]:
    begun = [(each.start, each.line) for each in scanned(text)]
    for start, end in comment_spans(text):
        if found := _IGNORE.match(text[start:end]):
            alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
            line = None if alone else max((each for each in begun if each[0] <= start), default=(0, 1))[1]
            yield _Ignore(frozenset(_CODE.findall(found[1])), line)
