"""The user's settings: read as far as they can be, complaints for the rest, and changed without losing a word."""

import os
import stat
from pathlib import Path

import platformdirs
import pytest
from tests.endure.races import Race

from oncue.errors import SaveError
from oncue.storage.saving import exchange
from oncue.storage.user.settings import THEME, Settings, read_settings, save_setting, save_theme, settings_file


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
    assert read_settings() == Settings(config, "nord", {"app.save": "f2", "app.help": "f3,f4"}, (), True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("them = 'nord'\n", "them: no such setting; did you mean 'theme'?"),
        ("theme = 3\n", "theme: expected the name of a theme in quotes"),
        ("keys = 3\n", "keys: expected a table"),
        ('[keys]\n"app.save" = 3\n', "keys.app.save: expected keys in quotes"),
        ("theme = ", "line 1: the value behind the = is missing"),
        (b"\xff\xfe", "line 1: this is UTF-16"),
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


@pytest.mark.parametrize("broken", ["theme = ", "theme = 'a'\ntheme = 'b'\n", "<<<<<<< HEAD\n", b"theme = '\xff'"])
def test_a_broken_file_is_never_written_to(config: Path, broken: str | bytes) -> None:
    write(config, broken)
    before = config.read_bytes()
    with pytest.raises(SaveError, match="because it is broken"):
        save_theme(read_settings(), "nord")
    assert config.read_bytes() == before


def test_a_full_disk_leaves_the_old_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(config, 'theme = "nord"\n')

    def write_nothing(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", write_nothing)
    with pytest.raises(SaveError, match="disk is full"):
        save_theme(read_settings(), "gruvbox")
    assert config.read_text() == 'theme = "nord"\n'
    assert [path.name for path in config.parent.iterdir()] == ["config.toml"]


MINE = """\
# My dotfiles: oncue

theme = 'nord' # cold
# what I press
[keys]
"app.save" = "f2"   # as everywhere
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_layout_line_ends_and_byte_order_mark_stay(config: Path, mark: str, newline: str) -> None:
    text = mark + MINE.replace("\n", newline)
    write(config, text)
    save_setting(read_settings(), ("theme",), "gruvbox")
    save_setting(read_settings(), ("keys", "app.save"), "f5")
    save_setting(read_settings(), ("keys", "app.help"), "f1")
    expected = text.replace("nord", "gruvbox").replace("f2", "f5") + f'"app.help" = "f1"{newline}'
    assert config.read_bytes().decode() == expected
    settings = read_settings()
    assert (settings.theme, settings.keys) == ("gruvbox", {"app.save": "f5", "app.help": "f1"})


def test_the_first_key_makes_the_table(config: Path) -> None:
    write(config, 'theme = "nord"')
    save_setting(read_settings(), ("keys", "app.save"), "f2")
    assert config.read_text() == 'theme = "nord"\n\n[keys]\n"app.save" = "f2"\n'


def test_a_theme_stands_below_what_is_said_of_the_file(config: Path) -> None:
    write(config, '# My dotfiles\n\n# what I press\n[keys]\n"app.save" = "f2"\n')
    save_theme(read_settings(), "nord")
    assert config.read_text() == '# My dotfiles\n\ntheme = "nord"\n# what I press\n[keys]\n"app.save" = "f2"\n'


def test_a_value_that_is_set_already_is_not_written_again(config: Path) -> None:
    write(config, MINE)
    before = config.stat()
    save_theme(read_settings(), "nord")
    after = config.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_permissions_stay(config: Path) -> None:
    write(config, MINE)
    config.chmod(0o600)
    save_theme(read_settings(), "gruvbox")
    assert stat.S_IMODE(config.stat().st_mode) == 0o600


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_to_dotfiles_stays_and_what_it_leads_to_is_written(config: Path, tmp_path: Path, what: str) -> None:
    real = tmp_path / "dotfiles/config.toml"
    write(real, MINE)
    if what == "file":
        config.parent.mkdir()
        config.symlink_to("../dotfiles/config.toml")
    else:
        config.parent.symlink_to(real.parent)
    assert read_settings().theme == "nord"
    save_theme(read_settings(), "gruvbox")
    assert real.read_text() == MINE.replace("nord", "gruvbox")
    assert (config if what == "file" else config.parent).is_symlink()
    assert [path.name for path in real.parent.iterdir()] == ["config.toml"]


def test_a_link_to_nothing_is_told_and_left(config: Path, tmp_path: Path) -> None:
    config.parent.mkdir()
    config.symlink_to(tmp_path / "gone.toml")
    assert read_settings().theme == THEME
    with pytest.raises(SaveError, match="link to nothing"):
        save_theme(read_settings(), "nord")
    assert not (tmp_path / "gone.toml").exists()


def test_a_pipe_in_its_place_holds_nobody_up(config: Path) -> None:
    config.parent.mkdir()
    os.mkfifo(config)
    assert "a pipe" in read_settings().complaints[0]
    with pytest.raises(SaveError, match="a pipe"):
        save_theme(read_settings(), "nord")


@pytest.mark.parametrize("text", ["keys = 3\n", "keys = [ # mine\n]\n", "theme = [ # mine\n]\n"])
def test_what_would_be_lost_is_not_replaced(config: Path, text: str) -> None:
    write(config, text)
    with pytest.raises(SaveError):
        save_setting(read_settings(), ("theme",) if "theme" in text else ("keys", "app.save"), "f2")
    assert config.read_text() == text


def test_without_a_home_there_are_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONCUE_CONFIG_DIR")

    def no_home(*_: object, **__: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(platformdirs, "user_config_path", no_home)
    (complaint,) = read_settings().complaints
    assert "ONCUE_CONFIG_DIR" in complaint


@pytest.mark.parametrize("exchanges", [True, False])
@pytest.mark.parametrize("there", ["# mine\n", None])
def test_what_somebody_writes_at_the_same_moment_stays(
    config: Path, there: str | None, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program writes the file before each system call of a change in turn."""
    if not exchanges:
        monkeypatch.setattr(exchange, "_renameat2", lambda: None)
    config.parent.mkdir()
    for at in range(1, 500):
        config.unlink(missing_ok=True)
        if there is not None:
            config.write_text(there)

        def act() -> None:
            (config.parent / "theirs").write_text('# theirs\n[keys]\n"app.save" = "f2"\n')
            (config.parent / "theirs").replace(config)

        race = Race(at, act)
        with race.under_way():
            save_theme(Settings(config), "nord")
        if not race.happened:
            assert at > 10
            return
        assert "# theirs" in config.read_text(), at
        assert [path.name for path in config.parent.iterdir()] == ["config.toml"], at
    pytest.fail("it never ended")


def test_old_temporary_files_of_killed_processes_go(config: Path) -> None:
    write(config, "")
    old, fresh = (config.with_name(f".config.toml.oncue-0000000{n}.tmp") for n in (1, 2))
    for path in (old, fresh):
        path.touch()
    save_theme(Settings(config), "nord")
    assert fresh.exists(), "it may be of a process that is at work"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda: old.stat().st_ctime + 4_000)
        save_theme(Settings(config), "dracula")
    assert not old.exists()
    assert not fresh.exists()
