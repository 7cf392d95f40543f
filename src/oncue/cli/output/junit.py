"""JUnit XML, which CI systems read: one test case for each scenario.

There is no standard, only what readers have in common, and that is what is written: counts and times, and what
is wrong as the text of a ``failure`` or an ``error``. XML cannot hold most control characters, not even
escaped, so text is made visible first.
"""

from pathlib import Path
from xml.etree import ElementTree

from oncue.cli.diagnostics import UsageError
from oncue.cli.output.verdicts import Verdict
from oncue.text import visible


class JunitReport:
    """Is told of each verdict, and written once all were played."""

    def __init__(self, workspace: str) -> None:
        self._suite = ElementTree.Element("testsuite", name=_safe(workspace))
        self._counts = {"passed": 0, "failed": 0, "error": 0}

    def tell(self, verdict: Verdict) -> None:
        """One more scenario was played."""
        self._counts[verdict.status] += 1
        case = ElementTree.SubElement(
            self._suite,
            "testcase",
            classname="scenarios",
            name=_safe(verdict.chosen.id),
            file=_safe(verdict.file),
            time=f"{verdict.seconds:.3f}",
        )
        if verdict.status == "passed":
            return
        kind = "failure" if verdict.status == "failed" else "error"
        wrong = ElementTree.SubElement(case, kind, message=_safe(verdict.summary()), type=kind)
        wrong.text = "\n".join(map(_safe, (verdict.title, *verdict.rows())))

    def write(self, file: str, seconds: float) -> None:
        """Write it to ``file``, whole or not at all, with the folders that it needs."""
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
    """``text`` without characters that XML does not allow; the two that are left are no characters at all."""
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
