"""What is typed and pasted, as bytes in a real terminal: each key does what it says, in the order of the keys."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("these need a Linux terminal", allow_module_level=True)

from tests.tui.test_terminal import Terminal, drafts

SHIFT_TAB = b"\x1b[Z"
ATTRIBUTES = '[[steps]]\ntype = "update_contact"\nattributes = { plan = "pro" }\n'


def opened(folder: Path) -> Iterator[Terminal]:
    terminal = Terminal(folder)
    try:
        terminal.wait_for_words("Simulator keys")
        yield terminal
    finally:
        terminal.kill()


@pytest.fixture
def terminal(acme: Path) -> Iterator[Terminal]:
    yield from opened(acme)


def flow(folder: Path) -> str:
    return (folder / "flows/reply.toml").read_text("utf-8")


def name_after(terminal: Terminal, folder: Path, keys: bytes) -> tuple[str, str]:
    """The name and the description of a flow after ``keys`` were typed into its empty name, in one read."""
    before = flow(folder)
    terminal.send(b"2" + SHIFT_TAB * 3 + b"\x05\x15" + keys + b"\x13")
    terminal.wait_for(lambda: flow(folder) != before)
    values = dict(line.split(" = ", 1) for line in flow(folder).splitlines() if " = " in line)
    return values["name"].strip('"'), values.get("description", "").strip('"')


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        pytest.param(b"abc\x7fx", "abx", id="backspace"),
        pytest.param(b"ab\x1b[Dc", "acb", id="left"),
        pytest.param(b"ab\x1b[Hc", "cab", id="home"),
        pytest.param(b"old\x15new", "new", id="ctrl+u"),
        pytest.param(b"ab cd\x17ef", "ab ef", id="ctrl+w"),
        pytest.param(b"ab\x1b[127;2uc", "ac", id="shift+backspace"),
        pytest.param(b"ab cd\x1b[127;3ux", "ab x", id="alt+backspace"),
        pytest.param(b"ab cd\x1b[1;3Dx", "ab xcd", id="alt+left"),
        pytest.param(b"ab cd\x1b[1;3D\x1b[1;3D\x1b[1;3Cx", "ab xcd", id="alt+right"),
        pytest.param(b"ab cd\x1bbx", "ab xcd", id="escape b"),
        pytest.param(b"a\x1b[32;2ub", "a b", id="shift+space"),
        pytest.param(b"\x1b[200~\none\r\n two\tb\x01c\x07\x1b[201~!", "one  two bc!", id="paste"),
        pytest.param(b"\x1b[200~a\x1bx\x1b\x11\x1b[31mb\x1b[201~!", "ax[31mb!", id="paste with escape"),
        pytest.param(b"\x1b[200~a\xe2\x90\x8a\xe2\x80\x8b\x1b[201~", "a␊\u200b", id="paste of pictures"),
    ],
)
def test_keys_in_one_read_act_in_their_order(terminal: Terminal, acme: Path, keys: bytes, name: str) -> None:
    assert name_after(terminal, acme, keys)[0] == name


def test_tab_in_the_same_read_goes_to_the_next_field(terminal: Terminal, acme: Path) -> None:
    assert name_after(terminal, acme, b"ab\tYes") == ("ab", "Yes")


@pytest.mark.parametrize("keys", [b"ab\x1bs", b"ab\x1b4\x1b[Z\x13"])
def test_escape_and_the_key_after_it_in_one_read_are_two_keys(terminal: Terminal, acme: Path, keys: bytes) -> None:
    """Tmux holds Escape back for half a second, and sends it with the key that follows."""
    assert name_after(terminal, acme, keys)[0] == "ab"


def test_half_of_an_attribute_is_kept_and_named_until_it_is_one(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text("utf-8").split("[[steps]]")[0] + ATTRIBUTES, "utf-8")
    for terminal in opened(acme):
        terminal.send(b"3e")
        terminal.wait_for_text("plan")
        terminal.send(b"\x1b[F\rjust a note\rvisits = 3")
        terminal.wait_for_words("unsaved")
        terminal.send(b"\x13")
        terminal.wait_for_words("steps[1].attributes: saved: 'just")  # said last, after what was saved
        terminal.wait_for(lambda: "visits = 3" in flow(acme))
        assert "plan" in flow(acme)
        terminal.send(b"\x1b1")  # to another pane and back
        terminal.wait_for_words("1 Flows")
        terminal.send(b"\x11")
        terminal.wait_for_words("Unsaved 'just")
        terminal.send(b"s")  # saves what can be saved, and stays
        terminal.wait_for_words("not saved")
        terminal.send(b"5\re")
        terminal.wait_for_words("just note")
        terminal.send(b"\x1b[A\x1b[A\x1b[B\x05 = 1\x13")
        terminal.wait_for(lambda: '"just a note" = 1' in flow(acme) or "just a note = 1" in flow(acme))
        terminal.send(b"\x11")
        assert terminal.end() == 0


def test_half_of_an_attribute_survives_a_kill(acme: Path) -> None:
    file = acme / "flows/reply.toml"
    file.write_text(file.read_text("utf-8").split("[[steps]]")[0] + ATTRIBUTES, "utf-8")
    before = flow(acme)
    for terminal in opened(acme):
        terminal.send(b"3e")
        terminal.wait_for_text("plan")
        terminal.send(b"\x1b[F\rjust_a_note")
        terminal.wait_for(lambda: any("just_a_note" in draft.read_text("utf-8") for draft in drafts(acme)))
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL
    for terminal in opened(acme):
        terminal.wait_for_words("It left unsaved edits of 1 flow: Reply.")
        terminal.send(b"r")
        terminal.wait_for_text("● 1 unsaved")
        terminal.send(b"3e")
        terminal.wait_for_text("just_a_note")
        terminal.send(b"\x13")
        terminal.wait_for_words("has no '='")
    assert flow(acme) == before
