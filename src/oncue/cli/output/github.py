"""Findings as commands of GitHub Actions, which shows them beside the lines of a pull request."""

from collections.abc import Iterable, Mapping

from oncue.domain.problems import Severity
from oncue.storage.findings import Finding
from oncue.text import visible

_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "hint": "notice"}


def as_annotations(findings: Iterable[Finding]) -> bytes:
    """One command for each finding."""
    return "".join(f"{_command(each)}\n" for each in findings).encode()


def _command(finding: Finding) -> str:
    problem = finding.problem
    places = {
        "file": problem.file.replace("\\", "/"),
        "line": problem.line,
        "col": finding.column,
        "endColumn": finding.end,
        "title": problem.code,
    }
    stated = ",".join(f"{key}={_property(str(value))}" for key, value in places.items() if value is not None)
    text = f"{problem.message}; {problem.suggestion}" if problem.suggestion else problem.message
    return f"::{_COMMANDS[problem.severity]} {stated}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
