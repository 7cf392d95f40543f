"""The table of shortcuts."""

from collections import Counter
from itertools import pairwise

import pytest
from textual.binding import Binding

from oncue.tui.keymap import check_keymap
from oncue.tui.shortcut import Shortcut
from oncue.tui.shortcuts import BY_ID, CONTEXTS, SHORTCUTS, bindings, shown

# Where keys of several contexts work at the same time: the list inside a pane, and everything inside the app.
TOGETHER = [
    ("flows", "list"),
    ("steps", "list"),
    ("simulator", "list"),
    ("trigger", "conditions"),
    *((context, "app") for context in CONTEXTS),
]


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
