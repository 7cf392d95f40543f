"""What ``oncue check`` finds, for people: each finding with its line of the file and a caret, then a summary."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from unicodedata import east_asian_width

from oncue.domain.problems import Severity
from oncue.storage.findings import Finding
from oncue.text import counted, listed, masked, visible

_WIDEST = 100
"""Characters of a line that are shown."""
_RESET = "\x1b[0m"
_COLOURS: Mapping[str, str] = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "hint": "\x1b[1;36m",
    "place": "\x1b[1m",
    "muted": "\x1b[2m",
}
_Paint = Callable[[str, str], str]
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


def as_text(findings: Sequence[Finding], colour: bool, flows: int) -> bytes:
    """All findings, and how many there are. Escape codes are written only with ``colour``."""
    paint = _painted if colour else _plain
    blocks = [_block(each, paint) for each in findings]
    return "".join((*(f"{block}\n" for block in blocks), _summary(findings, flows, paint), "\n")).encode()


def _painted(text: str, role: str) -> str:
    return f"{_COLOURS[role]}{text}{_RESET}"


def _plain(text: str, role: str) -> str:
    return text


def _block(finding: Finding, paint: _Paint) -> str:
    problem = finding.problem
    place = ":".join(str(part) for part in (problem.file, problem.line, finding.column) if part is not None)
    key = f"{visible(problem.key)}: " if problem.key and problem.line is None else ""
    rows = [
        f"{paint(visible(place), 'place')}: {paint(f'{problem.severity} {problem.code}', problem.severity)}: "
        f"{key}{visible(problem.message)}\n",
        *_excerpt(finding, paint),
    ]
    if problem.suggestion:
        rows.append(f"{paint('  = ', 'muted')}{visible(problem.suggestion)}\n")
    return "".join(rows)


def _excerpt(finding: Finding, paint: _Paint) -> list[str]:
    """The line with a caret below what is meant; of a long line, the part around it."""
    problem, source, column, end = finding.problem, finding.source, finding.column, finding.end
    if source is None or column is None or end is None:
        return []
    number = str(problem.line)
    cut = max(0, column - _WIDEST // 2) if len(source) > _WIDEST and column > _WIDEST // 2 else 0
    shown = masked(source[cut : cut + _WIDEST].replace("\t", " "))
    before, meant = shown[: column - 1 - cut], shown[column - 1 - cut : end - 1 - cut]
    carets = "^" * max(1, _width(meant))
    bar, gap = paint(f"{number} | ", "muted"), paint(f"{' ' * len(number)} | ", "muted")
    return [f"  {bar}{shown}\n", f"  {gap}{' ' * _width(before)}{paint(carets, problem.severity)}\n"]


def _width(text: str) -> int:
    """Cells of a terminal."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _summary(findings: Sequence[Finding], flows: int, paint: _Paint) -> str:
    if not findings:
        return f"{paint('✓', 'place')} no findings in {counted(flows, 'flow')}"
    counts = Counter(each.problem.severity for each in findings)
    return listed([counted(counts[severity], severity) for severity in _SEVERITIES if counts[severity]])
