"""JUnit XML, which CI systems read: one test case for each scenario.

There is no standard, so only what readers agree on is written: counts, times, and what is wrong as the text of a
``failure`` or an ``error``. A scenario that checks nothing is ``skipped``, and any other file that cannot be read is an
error of its own. XML cannot contain most control characters, not even escaped: text is made visible first.
"""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from oncue.cli.diagnostics import UsageError
from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.domain.problems import Problem
from oncue.text import visible
from oncue.workbench.scenario_outcome import Status


class JunitReport:
    """Collects the outcome of each scenario; `write` when all have run."""

    def __init__(self, workspace: str) -> None:
        self._suite = ElementTree.Element("testsuite", name=_safe(workspace))
        self._counts: Counter[Status] = Counter()

    def add(self, reported: ReportedScenario) -> None:
        """Add the outcome of a scenario."""
        self._counts[reported.status] += 1
        case = ElementTree.SubElement(
            self._suite,
            "testcase",
            classname="scenarios",
            name=_safe(reported.outcome.selected.id),
            file=_safe(reported.file),
            time=f"{reported.seconds:.3f}",
        )
        if reported.status == "passed":
            return
        if reported.status == "unchecked":
            ElementTree.SubElement(case, "skipped", message=_safe(reported.summary()))
            return
        kind = "failure" if reported.status == "failed" else "error"
        wrong = ElementTree.SubElement(case, kind, message=_safe(reported.summary()), type=kind)
        wrong.text = "\n".join(map(_safe, (reported.title, *reported.rows())))

    def add_unreadable(self, problem: Problem) -> None:
        """Add a file, other than a scenario, that cannot be read."""
        self._counts["error"] += 1
        case = ElementTree.SubElement(
            self._suite, "testcase", classname="files", name=_safe(problem.file), file=_safe(problem.file), time="0.000"
        )
        wrong = ElementTree.SubElement(case, "error", message=_safe(problem.message), type="error")
        wrong.text = _safe(str(problem))

    def write(self, file: str, seconds: float) -> None:
        """Write the report to ``file``, completely or not at all, creating folders as needed."""
        totals = {
            "tests": str(self._counts.total()),
            "failures": str(self._counts["failed"]),
            "errors": str(self._counts["error"]),
            "skipped": str(self._counts["unchecked"]),
            "time": f"{seconds:.3f}",
        }
        self._suite.attrib |= totals
        root = ElementTree.Element("testsuites", totals | {"name": "oncue test"})
        root.append(self._suite)
        ElementTree.indent(root)
        _write(file, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _safe(text: str) -> str:
    """``text`` without what XML does not allow: control characters and two noncharacters."""
    return visible(text).replace("\ufffe", "�").replace("\uffff", "�")


def check_report_file(name: str, workspace: str) -> None:
    """Refuse a file that ``--junit`` must not write, before anything runs. Raises `UsageError`.

    A report never replaces a file of the folder ``workspace``, whatever the path to it looks like, nor is it put where
    it would be taken for one.
    """
    if name == "-":
        raise UsageError("--junit: stdout is taken by the other report; name a file (one called - is ./-)")
    try:
        target = _target(name)
        refused = not target.is_dir() and _belongs_to(target, Path(workspace).resolve())
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None
    if refused:
        raise UsageError(f"--junit: {name} belongs to the workspace; name a file elsewhere")


def _target(name: str) -> Path:
    return Path(name).expanduser().resolve()  # a shell does not expand the ~ of --junit=~/report.xml


def _belongs_to(target: Path, folder: Path) -> bool:
    """Whether ``target`` is a file of the workspace, or is in one of the folders that are its own."""
    from oncue.domain.paths import CONFIG_FILE, FLOWS, SCENARIOS
    from oncue.storage.files import Found, find

    found = [Path(each.path) for name in (FLOWS, SCENARIOS) for each in find(folder, name) if isinstance(each, Found)]
    if any(_same(target, path) for path in (folder / CONFIG_FILE, *found)):
        return True
    owned = ((folder / FLOWS).resolve(), (folder / SCENARIOS).resolve())
    return any(target.is_relative_to(each) or _same(target.parent, each) for each in owned)


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file, also by a hard link or in another case."""
    return one.exists() and other.exists() and one.samefile(other)


def _write(name: str, data: bytes) -> None:
    from oncue.storage.saving.writer import replace_file

    try:
        target = _target(name)
        if target.exists() and not target.is_file():
            raise UsageError(f"--junit: {name} is not a file, so nothing is written there")
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unwritable(name, error) from None


def _unwritable(name: str, error: Exception) -> UsageError:
    from oncue.storage.saving.writer import describe_write_error

    # RuntimeError: in a path it is a loop of links, or a ~ without a home to stand for.
    reason = str(error) if isinstance(error, RuntimeError) and name.startswith("~") else describe_write_error(error)
    return UsageError(f"--junit: {name} cannot be written: {reason}")
