import os
from pathlib import Path

from oncue.storage.capture_places import MOST, capture_places, problem_with


def test_recordings_of_the_workspace_come_first_and_each_file_once(tmp_path: Path) -> None:
    for name in ("recordings/new.jsonl", "recordings/old.json.gz", "here.ndjson", "readme.md", ".hidden.json"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("{}")
    os.utime(tmp_path / "recordings/old.json.gz", (1, 1))
    found = capture_places(tmp_path, tmp_path)
    assert [each.label for each in found] == [
        "recordings/",
        "recordings/new.jsonl",
        "recordings/old.json.gz",
        "here.ndjson",
    ]
    assert found[0].is_folder


def test_there_are_no_more_than_somebody_can_look_at(tmp_path: Path) -> None:
    for number in range(MOST + 20):
        (tmp_path / f"{number}.json").touch()
    assert len(capture_places(tmp_path, tmp_path / "nowhere")) == MOST


def test_only_files_and_folders_can_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert problem_with("", tmp_path) == "the path of a file or a folder"
    assert problem_with("pipe", tmp_path) == "this is neither a file nor a folder"
    assert problem_with("nowhere", tmp_path) == "there is no such file or folder"
    assert problem_with("nul\0", tmp_path)
    assert problem_with(".", tmp_path) is None
