"""Widgets know three facts of the app, and import nothing that lies above them."""

import ast
from pathlib import Path

import pytest
from tests.tui.hands import designer

import oncue.tui.widgets
from oncue.tui.app import OncueApp
from oncue.tui.host import Host, host
from oncue.tui.widgets.footer import KeyFooter

WIDGETS = sorted(Path(next(iter(oncue.tui.widgets.__path__))).glob("*.py"))
ABOVE = ("oncue.tui.app", "oncue.tui.base_app", "oncue.tui.panes", "oncue.tui.screens", "oncue.tui.modals")


async def test_the_app_is_a_host(acme: Path) -> None:
    async with designer(acme) as hands:
        app: OncueApp = hands.app
        known: Host = app
        assert host(hands.find("#footer", KeyFooter)) is known
        assert known.role_styles["accent"].color is not None
        assert not known.keymap
        assert not known.typing
        await hands.press("slash")
        assert known.typing


@pytest.mark.parametrize("file", WIDGETS, ids=lambda file: file.stem)
def test_a_widget_imports_nothing_above_it(file: Path) -> None:
    """Neither at run time nor for a type."""
    imported = [node.module or "" for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)]
    assert not [module for module in imported if module.startswith(ABOVE)]
