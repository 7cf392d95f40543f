"""Files that options name are written whole, and never over the workspace. More of it is in the tests of `test`."""

from pathlib import Path

import pytest

from oncue.cli.diagnostics import UsageError
from oncue.cli.written_files import check_written_file, places_of, write_to


def test_the_option_is_named(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"-o: .* belongs to the workspace"):
        check_written_file(str(workspace / "workspace.toml"), str(workspace), "-o")
    with pytest.raises(UsageError, match=r"-o: .* is not a file"):
        write_to(str(tmp_path), b"", "-o")


def test_folders_are_made(tmp_path: Path) -> None:
    write_to(str(tmp_path / "a/b/c.txt"), b"x", "-o")
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"x"


def test_a_place_that_cannot_be_looked_at_names_the_option() -> None:
    with pytest.raises(UsageError, match=r"-o: ~nobody-here cannot be written: "):
        places_of({"a.json": ""}, "~nobody-here", False, "-o")
