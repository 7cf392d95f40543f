"""JUnit XML, which CI systems read: one test case for each scenario.

There is no standard, so only what readers agree on is written: counts, times, and what is wrong as the text of a
``failure`` or an ``error``. A scenario that checks nothing is ``skipped``, and any other file that cannot be read is an
error of its own. XML cannot contain most control characters, not even escaped: text is made visible first.
"""

from collections import Counter
from xml.etree import ElementTree

from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.cli.written_files import write_to
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
        write_to(file, ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n", "--junit")


def _safe(text: str) -> str:
    """``text`` without what XML does not allow: control characters and two noncharacters."""
    return visible(text).replace("\ufffe", "�").replace("\uffff", "�")
