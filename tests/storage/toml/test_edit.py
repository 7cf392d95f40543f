import copy
import re
from typing import Any

import pytest
import rtoml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.storage.toml.documents import documents, new_values

from oncue.storage.toml.edit import PLAIN, TableStyle, edit_table
from oncue.storage.toml.spans import Uneditable
from oncue.storage.toml.write import exact

STYLE = TableStyle(order=("a", "b", "c"), defaults={"b": 0}, sets=frozenset({"s"}))


def edited(text: str, style: TableStyle = STYLE, /, **changes: Any) -> str:
    """``text`` with top-level values changed, or removed by ``None``; it reads back as it was meant."""
    old = rtoml.loads(text)
    new = {key: value for key, value in {**old, **changes}.items() if value is not None}
    after = edit_table(text, (), old, new, style)
    assert exact(rtoml.loads(after)) == exact(style.merged(old, new))
    return after


@pytest.mark.parametrize(
    ("text", "changes", "after"),
    [
        ("a = 1 # one\n", {"a": 2}, "a = 2 # one\n"),
        ("a = 'x' # one\n", {"a": "y"}, "a = 'y' # one\n"),
        ('a = """\nx\ny"""\n', {"a": "x\nz"}, 'a = """\nx\nz"""\n'),
        ("# one\na = 1\nx = 2\n", {"a": None}, "# one\nx = 2\n"),
        ("a = { x = 1, y = 2 } # one\n", {"a": {"y": 3, "x": 1}}, "a = { x = 1, y = 3 } # one\n"),
        ("[t]\nx = 1 # one\n[t.u]\ny = 2\n", {"t": {"x": 1, "u": {"y": 3}}}, "[t]\nx = 1 # one\n[t.u]\ny = 3\n"),
        ("[[t]]\nx = 1 # one\n[[t]]\n", {"t": [{"x": 2}, {"x": 3}]}, "[[t]]\nx = 2 # one\n[[t]]\nx = 3\n"),
        ("t.x = 1\nt.y = 2\n", {"t": {"x": 1}}, "t.x = 1\n"),
        ("[t]\nx = 1\n", {"t": None}, ""),
    ],
)
def test_a_value_is_changed_where_it_stands(text: str, changes: dict[str, Any], after: str) -> None:
    assert edited(text, **changes) == after
    with_returns = text.replace("\n", "\r\n")
    if '"""' not in text:
        assert edited(with_returns, **changes) == after.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "changes", "after"),
    [
        ("a = 1\nc = 3\n", {"b": 2}, "a = 1\nb = 2\nc = 3\n"),
        ("a = 1\nc = 3\n", {"z": 2}, "a = 1\nc = 3\nz = 2\n"),
        ("a = 1", {"b": 2}, "a = 1\nb = 2"),
        ("", {"a": 1}, "a = 1\n"),
        ("# about the file\n\n# about t\n[t]\n", {"a": 1}, "# about the file\n\na = 1\n# about t\n[t]\n"),
        ("# about t\n[t]\n", {"a": 1}, "a = 1\n# about t\n[t]\n"),
        ("a = 1\n", {"t": {"x y": 2}}, 'a = 1\n\n[t]\n"x y" = 2\n'),
        ("a = 1", {"t": {"x": 2}}, "a = 1\n\n[t]\nx = 2\n"),
        ("[t] # one\n", {"t": {"x": 2}}, "[t] # one\nx = 2\n"),
        ("[t]\n  x = 1\n[u]\n", {"t": {"x": 1, "y": 2}, "u": {}}, "[t]\n  x = 1\n  y = 2\n[u]\n"),
        ("[t]\nu.x = 1\n", {"t": {"u": {"x": 1, "y": 2}}}, "[t]\nu.x = 1\nu.y = 2\n"),
    ],
)
def test_a_new_entry_is_a_line_below_the_one_that_it_follows(text: str, changes: dict[str, Any], after: str) -> None:
    assert edited(text, **changes) == after


def test_an_entry_below_a_header_when_none_comes_before_it() -> None:
    style = TableStyle(tables={"t": STYLE})
    assert edited("[t]\n# about c\nc = 3\n", style, t={"a": 1, "c": 3}) == "[t]\na = 1\n# about c\nc = 3\n"


def test_a_default_keeps_its_place_and_its_comment() -> None:
    assert edited("b = 5 # why\n", b=None) == "b = 0 # why\n"
    assert edited("a = 1\n", a=2) == "a = 2\n", "one that is not there is not written"
    assert edited("b = 5 # why\n", PLAIN, b=None) == "", "the default of another kind of table"


def test_the_order_of_a_set_is_left_alone() -> None:
    text = 's = [ "y","x" ] # why\n'
    assert edited(text, s=["x", "y"]) == text
    assert edited(text, s=["w", "x", "y"]) == 's = ["y", "x", "w"] # why\n'
    assert edited(text.replace("s", "l"), l=["x", "y"]) != text


def test_one_and_one_point_zero_and_true_are_different() -> None:
    assert edited("a = 1\n", a=1.0) == "a = 1.0\n"
    assert edited("a = 1\n", a=True) == "a = true\n"


def test_a_table_of_dotted_keys_that_is_emptied_is_still_there() -> None:
    assert edited("a = 1\nt.x = 1\nt.y = 2\n", t={}) == "a = 1\nt = {}\n"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("a = [\n  # none yet\n]\n", {"a": [1]}),
        ("a = [\n  1, # one\n]\n", {"a": 1}),
        ("[[t]]\n", {"t": [{}, {}]}),
        ("[t]\n", {"t": 1}),
        ("[t.u]\n", {"t": {"u": {}, "x": 1}}),
    ],
)
def test_what_would_lose_a_comment_or_has_no_place_is_refused(text: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Uneditable):
        edited(text, **changes)


# --- any document, any edit ---------------------------------------------------------------------------------------

quick = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
Place = tuple[Any, ...]


def below(values: Any, path: Place) -> Any:
    for key in path:
        values = values[key]
    return values


def places(values: Any, path: Place = ()) -> list[Place]:
    """The paths of all values of a document that are no tables."""
    inner: Any = values.items() if isinstance(values, dict) else enumerate(values)
    found = []
    for key, value in inner:
        tables = isinstance(value, dict) or (isinstance(value, list) and value and all(type(e) is dict for e in value))
        found += places(value, (*path, key)) if tables else [(*path, key)]
    return found


def with_value(values: dict[str, Any], path: Place, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(values)
    below(changed, path[:-1])[path[-1]] = value
    return changed


def comments(text: str) -> list[str]:
    return re.findall(r"# c\d+\.", text)


@quick
@given(documents(), new_values, st.data())
def test_a_changed_value_reads_back_and_every_comment_stays(text: str, value: Any, data: st.DataObject) -> None:
    old = rtoml.loads(text)
    assume(found := [path for path in places(old) if not isinstance(value, list) or type(below(old, path)) is not list])
    new = with_value(old, data.draw(st.sampled_from(found)), value)
    try:
        after = edit_table(text, (), old, new)
    except Uneditable:
        return
    assert exact(rtoml.loads(after)) == exact(new)
    assert comments(after) == comments(text)
    assert "\r\n" not in text or after.count("\n") == after.count("\r\n")


@quick
@given(documents(), new_values, st.data())
def test_a_new_entry_reads_back_and_every_line_stays(text: str, value: Any, data: st.DataObject) -> None:
    old = rtoml.loads(text)
    tables = {path[:size] for path in places(old) for size in range(len(path)) if type(below(old, path[:size])) is dict}
    path = data.draw(st.sampled_from(sorted({(), *tables}, key=str)))
    new = with_value(old, (*path, "new"), value)
    try:
        after = edit_table(text, (), old, new)
    except Uneditable:
        return
    assert exact(rtoml.loads(after)) == exact(new)
    assert comments(after) == comments(text)


@quick
@given(documents(), st.data())
def test_a_removed_entry_takes_no_other_comment_along(text: str, data: st.DataObject) -> None:
    old = rtoml.loads(text)
    assume(found := [path for path in places(old) if type(path[-1]) is str and type(below(old, path)) is not list])
    path = data.draw(st.sampled_from(found))
    new = copy.deepcopy(old)
    del below(new, path[:-1])[path[-1]]
    try:
        after = edit_table(text, (), old, new)
    except Uneditable:
        return
    kept = comments(after)
    assert len(kept) >= len(comments(text)) - 1, "the one behind it goes with it"
    assert kept == [comment for comment in comments(text) if comment in kept]
    if path[:-1] == ():
        assert exact(rtoml.loads(after)) == exact(new)
