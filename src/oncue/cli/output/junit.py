"""JUnit XML, which CI systems read: one test case for each scenario.

There is no standard, so only what readers agree on is written: counts, times, and what is wrong as the text of a
``failure`` or an ``error``. XML cannot contain most control characters, not even escaped: text is made visible first.
"""

from pathlib import Path
from xml.etree import ElementTree

from oncue.cli.diagnostics import UsageError
from oncue.cli.output.reported_scenario import ReportedScenario
from oncue.text import visible


class JunitReport:
    """Collects the outcome of each scenario; `write` when all have run."""

    def __init__(self, workspace: str) -> None:
        self._suite = ElementTree.Element("testsuite", name=_safe(workspace))
        self._counts = {"passed": 0, "failed": 0, "error": 0}

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
        kind = "failure" if reported.status == "failed" else "error"
        wrong = ElementTree.SubElement(case, kind, message=_safe(reported.summary()), type=kind)
        wrong.text = "\n".join(map(_safe, (reported.title, *reported.rows())))

    def write(self, file: str, seconds: float) -> None:
        """Write the report to ``file``, completely or not at all, creating folders as needed."""
        totals = {
            "tests": str(sum(self._counts.values())),
            "failures": str(self._counts["failed"]),
            "errors": str(self._counts["error"]),
            "skipped": "0",
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


def _write(file: str, data: bytes) -> None:
    from oncue.storage.saving.writer import describe_write_error, replace_file

    try:
        target = Path(file).resolve()
        if target.exists() and not target.is_file():
            raise UsageError(f"--junit: {file} is not a file, so nothing is written there")
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"--junit: {file} cannot be written: {describe_write_error(error)}") from None
