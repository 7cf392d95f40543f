from pathlib import Path

from oncue.storage.typed_paths import completed


def test_a_path_is_completed_as_far_as_it_is_certain(tmp_path: Path) -> None:
    (tmp_path / "captures").mkdir()
    for name in ("captures/monday.json", "captures/monday.log", "captures/.hidden"):
        (tmp_path / name).touch()
    assert completed("cap", tmp_path) == ("captures/", ["captures/"])
    assert completed("captures/", tmp_path) == ("captures/monday.", ["monday.json", "monday.log"])
    assert completed("captures/monday.j", tmp_path) == ("captures/monday.json", ["monday.json"])
    assert completed("nothing/like", tmp_path) == ("nothing/like", [])
    assert completed("nul\0/", tmp_path) == ("nul\0/", [])
