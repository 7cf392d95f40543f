import stat
from pathlib import Path

import platformdirs
import pytest

from oncue.errors import StateError
from oncue.storage.user.folders import config_folder, make_private, state_root
from oncue.storage.user.states import state_folder, state_or_none


def test_the_environment_decides(state_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path / "config"))
    assert config_folder() == tmp_path / "config"
    assert state_folder(tmp_path).is_relative_to(state_root / "workspaces")


def test_otherwise_the_platform_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONCUE_STATE_DIR")
    monkeypatch.delenv("ONCUE_CONFIG_DIR", raising=False)
    assert state_root() == platformdirs.user_state_path("oncue", appauthor=False)
    assert config_folder() == platformdirs.user_config_path("oncue")


def test_each_workspace_has_one_of_its_own_wherever_it_is_reached_from(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.symlink_to(one)
    assert state_folder(one) == state_folder(other) != state_folder(tmp_path)
    assert stat.S_IMODE(state_folder(one).stat().st_mode) == 0o700


def test_a_user_without_a_home_has_no_state_and_is_told_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_home(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("ONCUE_STATE_DIR")
    monkeypatch.setattr(platformdirs, "user_state_path", no_home)
    assert state_or_none(tmp_path) is None
    with pytest.raises(StateError, match="ONCUE_STATE_DIR"):
        state_folder(tmp_path)


def test_a_folder_that_cannot_be_used_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONCUE_STATE_DIR", "/proc/nothing")
    assert state_or_none(tmp_path) is None
    with pytest.raises(StateError, match="cannot be used"):
        state_folder(tmp_path)


def test_folders_are_made_private_on_the_way(tmp_path: Path) -> None:
    make_private(tmp_path / "a/b")
    assert [stat.S_IMODE((tmp_path / each).stat().st_mode) for each in ("a", "a/b")] == [0o700, 0o700]
    make_private(tmp_path / "a")


def test_what_platformdirs_leaves_at_a_tilde_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ONCUE_STATE_DIR", "ONCUE_CONFIG_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("user_state_path", "user_config_path"):
        monkeypatch.setattr(platformdirs, name, lambda *_, **__: Path("~/.local/oncue"))
    for folder in (state_root, config_folder):
        with pytest.raises(StateError, match="ONCUE_STATE_DIR"):
            folder()


def test_a_tilde_in_a_variable_stands_for_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No shell has expanded it where a service or a container sets the variable."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("ONCUE_STATE_DIR", "ONCUE_CONFIG_DIR"):
        monkeypatch.setenv(name, "~/x")
    assert state_root() == config_folder() == tmp_path / "x"
    monkeypatch.setenv("ONCUE_STATE_DIR", "~nobody-here/x")
    with pytest.raises(StateError):
        state_root()
