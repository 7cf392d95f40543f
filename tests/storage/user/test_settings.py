"""The user's settings: read as far as they can be, complaints for the rest, and changed without losing a word."""

import os
from pathlib import Path

import pytest

from oncue.errors import SaveError
from oncue.storage.user.settings import THEME, Settings, read_settings, save_theme, settings_file


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ONCUE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path / "config/config.toml"


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def test_without_a_file_all_is_as_delivered(config: Path) -> None:
    assert settings_file() == config
    assert read_settings() == Settings(config, THEME, {}, ())


def test_what_is_set_is_read(config: Path) -> None:
    write(config, 'theme = "nord"\n[keys]\n"app.save" = "f2"\n"app.help" = "f3,f4"\n')
    assert read_settings() == Settings(config, "nord", {"app.save": "f2", "app.help": "f3,f4"}, ())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("them = 'nord'\n", "them: no such setting; did you mean 'theme'?"),
        ("theme = 3\n", "theme: expected the name of a theme in quotes"),
        ("keys = 3\n", "keys: expected a table"),
        ('[keys]\n"app.save" = 3\n', "keys.app.save: expected keys in quotes"),
        ("theme = ", "config.toml"),
        (b"\xff\xfe", "config.toml"),
        (b"theme = '" + b"x" * (1 << 20) + b"'", ""),
    ],
)
def test_what_is_wrong_is_told_and_nothing_fails(config: Path, text: str | bytes, complaint: str) -> None:
    write(config, text)
    settings = read_settings()
    assert len(settings.complaints) == 1
    assert complaint in settings.complaints[0]
    assert "\n" not in settings.complaints[0]
    assert (settings.theme, settings.keys) == (THEME, {})


def test_a_wrong_part_does_not_hide_the_others(config: Path) -> None:
    write(config, 'theme = "nord"\nx = 1\n[keys]\n"app.save" = "f2"\n"app.undo" = true\n')
    settings = read_settings()
    assert (settings.theme, settings.keys) == ("nord", {"app.save": "f2"})
    assert len(settings.complaints) == 2


def test_a_folder_in_its_place_is_told(config: Path) -> None:
    config.mkdir(parents=True)
    assert len(read_settings().complaints) == 1


def test_the_theme_is_kept_and_all_else_stays(config: Path) -> None:
    write(config, '# mine\ntheme = "nord"   # cold\n\n[keys]\n"app.save" = "f2"\n')
    save_theme(read_settings(), "gruvbox")
    assert config.read_text() == '# mine\ntheme = "gruvbox"   # cold\n\n[keys]\n"app.save" = "f2"\n'
    assert read_settings().theme == "gruvbox"


def test_a_theme_above_tables_of_a_file_without_one(config: Path) -> None:
    write(config, '[keys]\n"app.save" = "f2"\n')
    save_theme(read_settings(), "nord")
    settings = read_settings()
    assert (settings.theme, settings.keys, settings.complaints) == ("nord", {"app.save": "f2"}, ())


def test_the_first_theme_makes_the_file(config: Path) -> None:
    save_theme(read_settings(), "nord")
    assert config.read_text() == 'theme = "nord"\n'


def test_a_broken_file_is_not_replaced(config: Path) -> None:
    write(config, "theme = ")
    with pytest.raises(SaveError):
        save_theme(read_settings(), "nord")
    assert config.read_text() == "theme = "


def test_a_full_disk_leaves_the_old_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config, 'theme = "nord"\n')

    def replace(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(SaveError):
        save_theme(read_settings(), "gruvbox")
    assert config.read_text() == 'theme = "nord"\n'
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]
