"""Only `oncue.storage.saving.writer` opens a file for writing: the source is searched for other ways."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import oncue

SOURCE = Path(oncue.__file__).parent
# Files of the user, never of a workspace; one that is lent to an editor; and the command line writes what it is told.
ALLOWED = {"storage/saving/writer.py", "storage/user/crash_reports.py", "tui/outside.py"}
WRITING = {"write_text", "write_bytes", "touch", "truncate", "symlink_to", "hardlink_to", "mkstemp", "rmtree"}
COMMON = {"copy", "rename", "move"}  # also the names of what has nothing to do with files
WRITING |= COMMON | {"copyfile", "copy2", "NamedTemporaryFile", "TOMLFile"}


def writes(tree: ast.AST) -> Iterator[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        owner, name = "", getattr(call.func, "id", "")
        if isinstance(call.func, ast.Attribute):
            owner, name = ast.unparse(call.func.value), call.func.attr
        if name == "open" and owner == "os":
            wrong = not {"O_RDONLY", "_FLAGS"} & set(re.findall(r"\w+", ast.unparse(call)))
        elif name == "open":
            wrong = any(_writing_mode(each) for each in [*call.args, *(each.value for each in call.keywords)])
        else:
            wrong = name in WRITING and (name not in COMMON or owner in ("os", "shutil"))
        if wrong:
            yield f"line {call.lineno}: {name}"


def _writing_mode(argument: ast.expr) -> bool:
    mode = argument.value if isinstance(argument, ast.Constant) else None
    return isinstance(mode, str) and re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", mode) is not None


def test_the_search_finds_what_it_is_for() -> None:
    for line in ("open(p, 'w')", "p.open('wb')", "p.write_text('')", "os.open(p, flags)", "shutil.copy(a, b)"):
        assert list(writes(ast.parse(line))), line
    for line in ("open(p)", "p.open('rb')", "os.open(p, os.O_RDONLY)", "text.replace('a', 'b')"):
        assert not list(writes(ast.parse(line))), line


def test_no_other_module_of_storage_editing_or_tui_writes_files() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name not in ALLOWED and not name.startswith("cli/"):
            found[name] = list(writes(ast.parse(path.read_text("utf-8"))))
    assert {name: lines for name, lines in found.items() if lines} == {}
