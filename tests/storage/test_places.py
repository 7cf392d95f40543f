"""Problems that were found in values are led to their lines."""

from pathlib import Path

from oncue.domain.problems import Code, Problem
from oncue.storage.places import located

PROBLEM = Problem("flows/a.toml", "no such channel", Code.UNKNOWN_CHANNEL, ("trigger", "channel"))


def test_the_line_is_that_of_the_key(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/a.toml").write_bytes(b'\xef\xbb\xbfname = "A"\r\n\r\n[trigger]\r\nchannel = "x"\r\n')
    assert located(PROBLEM, str(tmp_path)) == PROBLEM._replace(line=4)
    known, whole = PROBLEM._replace(line=9), PROBLEM._replace(path=())
    assert located(known, str(tmp_path)) == known
    assert located(whole, str(tmp_path)) == whole


def test_a_file_that_is_gone_or_no_text_has_no_line(tmp_path: Path) -> None:
    assert located(PROBLEM, str(tmp_path)) == PROBLEM
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/a.toml").write_bytes(b"\xff")
    assert located(PROBLEM, str(tmp_path)) == PROBLEM
