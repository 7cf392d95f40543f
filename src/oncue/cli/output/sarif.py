"""Findings as SARIF 2.1.0, the format in which code scanning takes the results of any tool."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from oncue import __version__
from oncue.domain.problems import Code, Severity
from oncue.linting.catalogue import RULES, page_of
from oncue.storage.findings import Finding
from oncue.text import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "hint": "note"}


def as_sarif(findings: Sequence[Finding]) -> bytes:
    """A log of one run, with all rules that there are."""
    codes = list(RULES)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "oncue", "version": __version__, "rules": [_rule(code) for code in codes]}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, [*codes]) for each in findings],
            }
        ],
    }
    return json.dumps(log, indent=1).encode() + b"\n"


def _rule(code: Code) -> dict[str, Any]:
    page = page_of(code)
    return {
        "id": code.value,
        "name": code.name.title().replace("_", ""),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": page.why, "markdown": page.markdown},
        "defaultConfiguration": {"level": _LEVELS[RULES[code].severity]},
    }


def _result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    problem = finding.problem
    text = f"{problem.message}. {problem.suggestion}" if problem.suggestion else problem.message
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(problem.file.replace("\\", "/"))}}
    if problem.line is not None:
        place["region"] = {"startLine": problem.line}
        if finding.column is not None and finding.end is not None:
            place["region"] |= {"startColumn": finding.column, "endColumn": finding.end}
    return {
        "ruleId": problem.code,
        "ruleIndex": codes.index(problem.code),
        "level": _LEVELS[problem.severity],
        "message": {"text": visible(text)},
        "locations": [{"physicalLocation": place}],
    }
