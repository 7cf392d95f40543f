"""The shape of the code: small classes and files, an app that knows no pane, private parts of Textual in one place.

Today's offenders are listed and expected to fail, strictly: whoever fixes one has to take it off its list.
"""

import ast
import functools
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "oncue"
TEXTUAL = Path(str(find_spec("textual").origin)).parent  # type: ignore[union-attr]
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef

MOST_METHODS = 25
MOST_LINES = 400

CLASSES_TO_SHRINK: set[str] = set()
FILES_TO_SHRINK: set[str] = set()
FILES_WITH_PRIVATE_TEXTUAL: set[str] = set()


def file_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


FILES = sorted(file_of(path) for path in SOURCE.rglob("*.py"))
APP = "tui/app.py"
TUI_FILES = [file for file in FILES if file.startswith("tui/") and not file.startswith("tui/framework")]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def classes_of(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def methods_of(node: ast.ClassDef) -> int:
    """The functions in the body of a class: methods, properties, handlers, each overload."""
    return sum(isinstance(child, FUNCTION) for child in node.body)


SIZES = {
    f"{file.removesuffix('.py').replace('/', '.')}.{node.name}": methods_of(node)
    for file in FILES
    for node in classes_of(tree_of(SOURCE / file))
}


def marked(names: Iterable[str], offenders: set[str], reason: str) -> list[Any]:
    """``names`` as parameters, of which ``offenders`` are expected to fail."""
    mark = pytest.mark.xfail(strict=True, reason=reason)
    return [pytest.param(name, marks=mark if name in offenders else ()) for name in names]


def test_the_lists_of_offenders_name_what_exists() -> None:
    assert not CLASSES_TO_SHRINK - SIZES.keys()
    assert not FILES_TO_SHRINK - {*FILES}
    assert not FILES_WITH_PRIVATE_TEXTUAL - {*TUI_FILES}


@pytest.mark.parametrize("name", marked(SIZES, CLASSES_TO_SHRINK, "several things in one class"))
def test_no_class_has_too_many_methods(name: str) -> None:
    assert SIZES[name] <= MOST_METHODS


@pytest.mark.parametrize("file", marked(FILES, FILES_TO_SHRINK, "several things in one file"))
def test_no_file_is_too_long(file: str) -> None:
    lines = len((SOURCE / file).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES


def test_the_app_imports_no_pane() -> None:
    panes = {name for name in imports_of(tree_of(SOURCE / APP)) if name.startswith("oncue.tui.panes")}
    assert not panes


def imports_of(tree: ast.Module) -> set[str]:
    """What is imported, anywhere in a module, as dotted names."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


# Private parts of Textual


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def bound_in(classes: Iterable[ast.ClassDef]) -> set[str]:
    """The private names that classes define: methods, class attributes, and attributes of self."""
    return {name for node in classes for name in _bound(node) if is_private(name)}


def _bound(node: ast.ClassDef) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name
    for each in node.body:
        match each:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@functools.cache
def names_of_textual() -> tuple[frozenset[str], frozenset[str]]:
    """The private names of all classes of Textual, and of those that every screen, widget and app inherits from."""
    inherited = {"app.py", "dom.py", "message_pump.py", "screen.py", "scroll_view.py", "widget.py"}
    everything = {path: bound_in(classes_of(tree_of(path))) for path in TEXTUAL.rglob("*.py")}
    bases = (names for path, names in everything.items() if path.parent == TEXTUAL and path.name in inherited)
    return frozenset().union(*everything.values()), frozenset().union(*bases)


def private_textual_in(tree: ast.Module) -> set[str]:
    """The private parts of Textual that a module imports, uses, or overrides, be it by accident."""
    everything, inherited = names_of_textual()
    own = bound_in(classes_of(tree))
    subclasses = [node for node in classes_of(tree) if node.bases]
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in everything and node.attr not in own
        if ast.unparse(node) != "os._exit"
    }
    imported = {name for name in imports_of(tree) if name.startswith("textual.") and "._" in name}
    return used | imported | (bound_in(subclasses) & inherited)


def test_private_parts_are_found_however_they_are_used() -> None:
    program = """
from textual._compositor import Compositor
from textual.app import App

class MyApp(App[int]):
    _compositor = None

    def _fatal_error(self):
        self._own = self.screen._dirty_widgets

    def _mine(self):
        return self._own

class Plain:
    _size = None
"""
    found = private_textual_in(ast.parse(program))
    assert found == {"textual._compositor.Compositor", "_compositor", "_fatal_error", "_dirty_widgets"}


@pytest.mark.parametrize("file", marked(TUI_FILES, FILES_WITH_PRIVATE_TEXTUAL, "can break with any version of Textual"))
def test_private_parts_of_textual_are_used_in_the_framework_only(file: str) -> None:
    found = private_textual_in(tree_of(SOURCE / file))
    assert not found
