"""The table of keys, and what becomes of a user's own keys."""

from collections import Counter
from itertools import pairwise

import pytest
from textual.binding import Binding

from oncue.tui.keymap import check_keymap, widget_keymap
from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, Shortcut, bindings, in_use, shown

# Where keys of several contexts work at the same time: the list inside a pane, and everything inside the app.
TOGETHER = [("flows", "list"), ("steps", "list"), ("simulator", "list"), *((context, "app") for context in CONTEXTS)]


def test_every_id_is_unique_and_says_its_context() -> None:
    assert [key_id for key_id, count in Counter(key.id for key in SHORTCUTS).items() if count > 1] == []
    assert {key.context for key in SHORTCUTS} == set(CONTEXTS)
    for key in SHORTCUTS:
        assert key.id.startswith(f"{key.context}."), key.id


@pytest.mark.parametrize("key", SHORTCUTS, ids=lambda key: key.id)
def test_every_key_is_one_that_terminals_send(key: Shortcut) -> None:
    assert check_keymap({key.id: key.keys}) == ({key.id: key.keys}, [])
    assert key.label
    assert key.help


@pytest.mark.parametrize("key", [key for key in SHORTCUTS if key.context == "app"], ids=lambda key: key.id)
def test_every_command_has_a_plain_key_outside_text_fields(key: Shortcut) -> None:
    assert any("+" not in one for one in key.keys.split(","))


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_no_key_does_two_things_in_one_place(one: str, other: str) -> None:
    places = [each for key in SHORTCUTS if key.context in {one, other} for each in key.keys.split(",")]
    shadowed = {"space", "enter"}  # the list gives these up to the pane that it is in
    assert {each for each, count in Counter(places).items() if count > 1} - shadowed == set()


def test_every_binding_has_an_id_of_its_own() -> None:
    for context in CONTEXTS:
        ids = [binding.id for binding in bindings(context) if isinstance(binding, Binding)]
        assert len(ids) == len(set(ids))
        assert {(each or "").split("#")[0] for each in ids} <= BY_ID.keys()


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


def test_letters_never_come_before_a_text_field() -> None:
    for binding in bindings("app", {"app.save": "v,ctrl+t,f2"}):
        assert isinstance(binding, Binding)
        if len(binding.key) == 1:
            assert binding.action.startswith("plain(") or not binding.priority, binding


@pytest.mark.parametrize(
    ("keys", "words"), [("ctrl+s,s", "ctrl+s, s"), ("question_mark", "?"), ("shift+up,K", "shift+↑, K"), ("f1", "f1")]
)
def test_keys_as_people_write_them(keys: str, words: str) -> None:
    assert shown(keys) == words


def test_the_footer_has_an_order() -> None:
    assert all(0 <= key.foot <= 5 for key in SHORTCUTS)
    contexts = list(dict.fromkeys(key.context for key in SHORTCUTS))
    assert contexts == sorted(contexts, key=list(CONTEXTS).index), "the table has the order of the contexts"
    assert all(one != other for one, other in pairwise(SHORTCUTS))
