"""Colours are for terminals of people who want them."""

import sys

import pytest

from oncue.cli.output.paint import ansi_paint, paint_of_stdout, plain_paint


@pytest.mark.parametrize(
    ("terminal", "variables", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_where_there_is_colour(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, variables: dict[str, str], coloured: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert (paint_of_stdout() is ansi_paint) is coloured


def test_a_text_stays_what_it_is() -> None:
    assert plain_paint("a", "red") == "a"
    assert ansi_paint("a", "red") == "\x1b[31ma\x1b[0m"
