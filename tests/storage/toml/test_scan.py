import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from oncue.storage.toml.scan import line_of, statements
from oncue.storage.toml.write import canonical

TEXT = '''\
name = "A" # [no]
text = """
[not]
a header""" # yes
"odd.key".b = [ # [
  "]", 2,
]

[trigger] # t
event = 'x'

[[steps]]
type = "a"
[steps.attributes]
q = "\\"#"
[[steps]]
type = "b"'''


def test_statements_with_their_places() -> None:
    seen = [(each.path, each.line, TEXT[slice(*each.value)]) for each in statements(TEXT)]
    assert seen == [
        (("name",), 1, '"A"'),
        (("text",), 2, '"""\n[not]\na header"""'),
        (("odd.key", "b"), 5, '[ # [\n  "]", 2,\n]'),
        (("trigger",), 9, ""),
        (("trigger", "event"), 10, "'x'"),
        (("steps", 0), 12, ""),
        (("steps", 0, "type"), 13, '"a"'),
        (("steps", 0, "attributes"), 14, ""),
        (("steps", 0, "attributes", "q"), 15, '"\\"#"'),
        (("steps", 1), 16, ""),
        (("steps", 1, "type"), 17, '"b"'),
    ]


def test_line_of_a_table_that_is_only_there_by_its_keys() -> None:
    assert line_of("x = 1\na.b.c = 2\na.b.d = 3\n", ("a", "b")) == 2
    assert line_of("x = 1\n[a.b]\nc = 1\n", ("a",)) == 2
    assert line_of("x = 1\n", ()) is None


def test_a_thousand_lines_are_found_in_one_scan() -> None:
    text = "".join(f"k{number} = 1\n" for number in range(5_000))
    begin = time.process_time()
    assert [line_of(text, (f"k{number}",)) for number in range(5_000)] == list(range(1, 5_001))
    assert time.process_time() - begin < 2


def test_line_of_a_key_and_of_the_nearest_table() -> None:
    assert line_of(TEXT, ("steps", 1, "type")) == 17
    assert line_of(TEXT, ("steps", 1, "text")) == 16
    assert line_of(TEXT, ("trigger", "channel")) == 9
    assert line_of(TEXT, ("odd.key", "b", 1)) == 5
    assert line_of(TEXT, ("nothing",)) is None


@given(st.text(alphabet="a=[]{}.,\"'\n\\# 1\r", max_size=80))
def test_any_text_has_statements_that_lie_within_it_in_order(text: str) -> None:
    at = 0
    for each in statements(text):
        assert at <= each.start < each.end <= len(text)
        assert each.line == text.count("\n", 0, each.start) + 1
        at = each.end


scalars = st.text(max_size=20) | st.booleans() | st.integers(-(2**63), 2**63 - 1)
keys = st.text(min_size=1, max_size=8)
tables = st.dictionaries(keys, scalars | st.lists(scalars, max_size=3), max_size=4)


@given(st.dictionaries(keys, tables | st.lists(tables, min_size=1, max_size=3) | scalars, max_size=4))
def test_every_value_of_a_file_has_a_statement(values: dict[str, Any]) -> None:
    text = canonical(values)
    found = {each.path for each in statements(text)}
    for key, value in values.items():
        assert any(path[0] == key for path in found), (key, text)
        for name in value if isinstance(value, dict) else ():
            assert (key, name) in found
