"""What becomes of a user's own keys."""

import pytest

from oncue.tui.keymap import check_keymap, widget_keymap
from oncue.tui.shortcuts import BY_ID, in_use


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ({"app.sav": "f2"}, "keys.app.sav: no such key id; did you mean 'app.save'?"),
        ({"zzz": "f2"}, "no such key id; expected one of"),
        ({"app.save": ""}, "keys.app.save: "),
        ({"app.save": "ctrl+m"}, "terminals send 'ctrl+m' as enter"),
        ({"app.save": "ctrl+i"}, "terminals send 'ctrl+i' as tab"),
        ({"app.save": "ctrl+h"}, "terminals send 'ctrl+h' as backspace"),
        ({"app.save": "ctrl+shift+s"}, "many terminals do not send"),
        ({"app.save": "ctrl+enter"}, "many terminals do not send"),
        ({"app.save": "hyper+x"}, "'hyper+x' is not a key"),
        ({"app.save": "nonsense"}, "'nonsense' is not a key"),
        ({"app.save": "f2,nonsense"}, "'nonsense' is not a key"),
        ({"app.save": "f99"}, "'f99' is not a key"),
        ({"app.save": "shift+n"}, "write 'N' instead of 'shift+n'"),
        ({"app.save": "ctrl+ö"}, "many terminals do not send"),
        ({"app.save": "n"}, "'n' is taken by app.new"),
        ({"chips.all": "s"}, "'s' is taken by app.save"),
        ({"app.save": "w"}, "'w' is taken by simulator.why"),
        ({"steps.add": "x"}, "'x' is taken by steps.remove"),
    ],
)
def test_what_cannot_be_a_key_is_told_and_left_out(wanted: dict[str, str], complaint: str) -> None:
    good, complaints = check_keymap(wanted)
    assert good == {}
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_two_keys_can_be_exchanged() -> None:
    wanted = {"app.save": "u", "app.undo": "s"}
    assert check_keymap(wanted) == (wanted, [])


def test_the_same_key_in_two_contexts_that_never_meet_is_fine() -> None:
    wanted = {"steps.add": "v", "chips.all": "v"}
    assert check_keymap(wanted) == (wanted, [])


def test_a_bad_entry_spoils_no_other() -> None:
    good, complaints = check_keymap({"app.save": "f2", "x": "y", "app.undo": "f2", "app.help": "f3"})
    assert good.keys() >= {"app.help"}
    assert len(complaints) == 2
    assert len(good.keys() & {"app.save", "app.undo"}) == 1


def test_the_keymap_leaves_no_old_key() -> None:
    wanted = {"chips.toggle": "v"}
    assert widget_keymap(wanted) == {"chips.toggle": "v", "chips.toggle#2": "v"}
    assert in_use(BY_ID["chips.toggle"], wanted) == "v"
    assert in_use(BY_ID["chips.all"], wanted) == BY_ID["chips.all"].keys


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        (".", "full_stop"),
        ("#", "number_sign"),
        ("§", "section_sign"),
        ("+", "plus"),
        (",", "comma"),
        (",,.", "comma,full_stop"),
        ("f2, f3", "f2,f3"),
        ("Ctrl+T", "ctrl+t"),
        ("F7", "f7"),
        ("Space , Enter", "space,enter"),
        ("alt++", "alt+plus"),
        ("alt+N", "alt+shift+n"),
        ("т", "т"),
        ("ö,Ö", "ö,Ö"),
        ("N", "N"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written: str, keys: str) -> None:
    assert check_keymap({"steps.edit": written}) == ({"steps.edit": keys}, [])
