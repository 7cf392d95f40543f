"""docs/architecture.md names every module of oncue, and no other; its packages are those of the contracts."""

import re
from pathlib import Path

import oncue

SOURCE = Path(oncue.__file__).parent
PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text(encoding="utf-8")
MODULES = PAGE.partition("\n## Modules\n")[2].partition("\n## ")[0]


def existing() -> set[str]:
    """Every module; of packages only those that are more than a folder with a docstring."""
    modules = {".".join(("oncue", *path.relative_to(SOURCE).with_suffix("").parts)) for path in SOURCE.rglob("*.py")}
    return {module for module in modules if not module.endswith(".__init__")} | {"oncue.__init__"}


def named() -> list[str]:
    sections = re.split(r"^### (\S+)$", MODULES, flags=re.MULTILINE)[1:]
    return [
        f"{package}.{module}"
        for package, text in zip(sections[::2], sections[1::2], strict=True)
        for module in re.findall(r"^\| `(\w+)` \| \S", text, re.MULTILINE)
    ]


def test_every_module_is_named_once() -> None:
    assert sorted(named()) == sorted(existing())


def test_every_package_is_a_layer() -> None:
    layers = re.findall(r"^\| `(\w+)` \|", PAGE.partition("\n## Modules\n")[0], re.MULTILINE)
    assert sorted(layers) == sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def test_what_it_calls_by_name_exists() -> None:
    """Names of code in the text, such as `Session.edit`, are in the source."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    for owner, name in re.findall(r"`([A-Z]\w+)\.(\w+)`", PAGE.partition("\n## Where state lives\n")[2]):
        assert re.search(rf"^class {owner}\b", source, re.MULTILINE), owner
        assert re.search(rf"\b(?:def|class) {name}\b", source), name
