"""docs/architecture.md: its tables of modules are the modules' first lines, and what it names exists."""

import ast
import os
import re
from pathlib import Path

import oncue

SOURCE = Path(oncue.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
TEXT, _, MODULES = PAGE.read_text(encoding="utf-8").partition("\n## Modules\n")


def first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, path
    return docstring.splitlines()[0].replace("``", "`").replace("|", r"\|")


def tables() -> str:
    """A table for each package, with its modules; of packages themselves only the docstring is of interest."""
    parts = []
    for package in [SOURCE, *sorted(path.parent for path in SOURCE.rglob("*/__init__.py"))]:
        name = ".".join(("oncue", *package.relative_to(SOURCE).parts))
        rows = [
            f"| `{path.stem}` | {first_line(path)} |"
            for path in sorted(package.glob("*.py"))
            if path.stem != "__init__" or package == SOURCE
        ]
        about = "" if package == SOURCE else f"{first_line(package / '__init__.py')}\n\n"
        if rows:
            parts.append(f"### {name}\n\n{about}| module | is |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def test_the_tables_are_the_first_lines_of_the_modules() -> None:
    if os.environ.get("ONCUE_UPDATE"):
        introduction = MODULES.partition("### ")[0]
        PAGE.write_text(f"{TEXT}\n## Modules\n{introduction}{tables()}", encoding="utf-8")
    _, _, now = PAGE.read_text(encoding="utf-8").partition("\n## Modules\n")
    assert now[now.index("### ") :] == tables()


def test_every_package_is_in_the_picture_and_in_the_table() -> None:
    packages = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
    assert sorted(re.findall(r"^\| `(\w+)` \|", TEXT, re.MULTILINE)) == packages
    picture = TEXT.partition("```text\n")[2].partition("```")[0]
    assert sorted(set(re.findall(r"\w+", " ".join(row[:25] for row in picture.splitlines())))) == sorted(
        {*packages, "errors", "foreign_keys", "foreign_words", "pytest_plugin", "scripting", "suggestions", "text"}
    )


def test_a_walk_has_at_most_ten_stops() -> None:
    for walk in re.split(r"^### ", TEXT.partition("## Three walks")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]:
        assert 5 <= len(re.findall(r"^\d+\. ", walk, re.MULTILINE)) <= 10


def test_every_file_that_it_names_exists() -> None:
    """``cli/main.py``; and beside it in the same folder, shorter: ``group.py``."""
    folder = ""
    for name in re.findall(r"`([\w/]+\.py)`", TEXT):
        if name.startswith("tests/"):
            assert (PAGE.parents[1] / name).is_file(), name
            continue
        folder = name.rpartition("/")[0] or folder
        assert (SOURCE / folder / name.rpartition("/")[2]).is_file(), name


def test_what_it_calls_by_name_exists() -> None:
    """Names of code in the text, such as `Session.edit`, are in the source."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    for owner, name in re.findall(r"`([A-Z]\w+)\.(\w+)`", TEXT):
        assert re.search(rf"^class {owner}\b", source, re.MULTILINE), owner
        assert re.search(rf"\b(?:def|class) {name}\b", source), name
