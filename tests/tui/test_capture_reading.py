from pathlib import Path

from oncue.domain.workspace import Workspace, WorkspaceConfig
from oncue.matching.matcher import compile_matcher
from oncue.tui.capture_reading import SCREENFUL, CaptureReading
from oncue.workbench.analysis import Compiled

NOTHING = Workspace.of(WorkspaceConfig(name="Acme"), [])
LINE = '{"event": "conversation_created"}\n'


def reading(path: Path) -> CaptureReading:
    return CaptureReading(path, Compiled(NOTHING, compile_matcher(NOTHING)))


def test_the_first_piece_is_a_screenful(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(LINE * 1_000)
    begun = reading(file)
    assert begun.piece()
    assert len(begun.found.events) == SCREENFUL
    while begun.piece():
        pass
    assert len(begun.found.events) == 1_000
    assert not begun.piece()


def test_what_is_closed_reads_no_more(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(LINE * 100_000)
    begun = reading(file)
    begun.piece()
    begun.close()
    assert not begun.piece()
    assert len(begun.found.events) <= SCREENFUL + 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.gz").write_bytes(b"\x1f\x8b\x08")
    (tmp_path / "2.jsonl").write_text(LINE)
    begun = reading(tmp_path)
    while begun.piece():
        pass
    assert len(begun.found.events) == 1
    assert begun.found.failures[0].startswith("1.gz: the file cannot be read")
    gone = reading(tmp_path / "gone")
    assert not gone.piece()
    assert "there is no such file or folder" in gone.found.failures[0]
