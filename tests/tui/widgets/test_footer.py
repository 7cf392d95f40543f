from pathlib import Path

from tests.tui.hands import designer

from oncue.storage.user.settings import read_settings
from oncue.tui.widgets.footer import KeyFooter


async def test_a_click_does_what_the_key_does_and_keys_follow_the_focus(acme: Path) -> None:
    async with designer(acme, (200, 40)) as hands:
        assert "e On/off" in hands.inside("#footer")
        await hands.open_flow("welcome")
        await hands.click_on("#footer", "On/off")
        assert not hands.flow.enabled
        await hands.click_on("#footer", "Filter")
        assert hands.place == "flows/flow-filter"
        assert "On/off" not in hands.inside("#footer"), "it is a letter now"


async def test_what_does_not_fit_is_behind_a_mark_that_can_be_clicked(acme: Path) -> None:
    async with designer(acme, (60, 20)) as hands:
        shown = hands.inside("#footer")
        assert shown.endswith("… ? all keys")
        await hands.click_on("#footer", "all keys")
        assert hands.picking.startswith("Keys")


async def test_the_mark_names_the_key_that_the_user_chose(acme: Path, tmp_path: Path) -> None:
    file = read_settings().file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[keys]\n"app.help" = "f2"\n')
    async with designer(acme, (60, 20)) as hands:
        assert hands.find("#footer", KeyFooter).region.height == 1
        assert hands.inside("#footer").endswith("… f2 all keys")
        await hands.click_on("#footer", "all keys")
        assert hands.picking.startswith("Keys")


async def test_no_keys_are_listed_that_a_dialog_above_takes(acme: Path) -> None:
    async with designer(acme) as hands:
        keys = hands.inside("#footer")
        assert "Save" in keys
        await hands.press("1", "x")
        assert hands.asking
        assert "Save" not in hands.grid().splitlines()[-1]
        await hands.press("escape")
        assert hands.inside("#footer") == keys
