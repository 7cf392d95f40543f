import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oncue.domain.problems import Problem
from oncue.errors import UnreadableError
from oncue.storage.toml.read import MAX_FILE, read_toml

FILE = "flows/x.toml"


def refusal(data: bytes) -> Problem:
    with pytest.raises(UnreadableError) as caught:
        read_toml(data, FILE)
    (problem,) = caught.value.problems
    assert problem.file == FILE
    return problem


@pytest.mark.parametrize(
    ("data", "values"),
    [
        (b"", {}),
        (b'a = "null"', {"a": "null"}),
        (b'\xef\xbb\xbfa = 1\r\nb = "x"\r\n', {"a": 1, "b": "x"}),
        (b"a = 9223372036854775807\nb = -9223372036854775808", {"a": 2**63 - 1, "b": -(2**63)}),
        (b"a." * 16 + b"a = 1", None),
        (b"a = " + b"[" * 31 + b"]" * 31, None),
        (b'a = """\n<<<<<<< not a conflict\n"""', {"a": "<<<<<<< not a conflict\n"}),
    ],
)
def test_what_is_toml_is_read(data: bytes, values: object) -> None:
    read = read_toml(data, FILE).values
    assert values is None or read == values


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"a = 1\nb = \n", 2, ["the value behind the = is missing", "(column 5: b =)"]),
        (b"a = 1\na = 2", 2, ["there already"]),
        (b"a = null", 1, ["there is no null", "(column 5: a = null)"]),
        (b'x = 1\na = "\0"', 2, ["NUL"]),
        (b'x = 1\na = "\xff"', 2, ["0xff", "UTF-8"]),
        ("a = 1".encode("utf-16"), 1, ["UTF-16"]),
        (b"x = 1\r\ny = 2\rz = 3", 2, ["carriage return"]),
        (b"x = 1\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\n", 2, ["merge conflict"]),
        (b'x = """\n<<<<<<< HEAD\na = 1\n=======\n>>>>>>> other\n"""', 2, ["merge conflict"]),
        (b"x = 1\n======= \n", 2, ["merge conflict"]),
        (b"x = 1\na = 9223372036854775808", 2, ["9223372036854775808", "9223372036854775807"]),
        (b"a = 0xffffffffffffffffff", 1, []),
        (b"a = nan", 1, ["nan", "finite"]),
        (b"x = 1\n[t]\na = -inf", 3, ["-inf", "finite"]),
        (b"a = 1e999", 1, ["overflow"]),
        (b'a = "' + b"x" * 65_537 + b'"', 1, ["65,537", "65,536"]),
        (b"a = [" + b"1," * 5_001 + b"]", 1, ["5,001", "5,000"]),
        (b"x = 1\n" + b"a." * 17 + b"a = 1", 2, ["17 dots", "16"]),
        (b"[" + b"a." * 17 + b"a]", 1, ["17 dots", "16"]),
        (b"a = " + b"[" * 34 + b"]" * 34, 1, ["33 levels", "32"]),
        (b"\xef\xbb\xbf\xef\xbb\xbfa = 1", 1, ["second byte order mark"]),
        (b"#" * (MAX_FILE + 1), None, ["262,145", "262,144"]),
    ],
)
def test_what_is_not_is_refused_with_line_limit_and_value(data: bytes, line: int | None, words: list[str]) -> None:
    problem = refusal(data)
    assert problem.line == line
    assert all(word in problem.message for word in words), problem


@pytest.mark.parametrize(
    "bomb",
    [
        b"a = " + b"[" * 100_000,
        b"a = " + b"{a = " * 40_000,
        b"a." * 100_000 + b"a = 1",
        b"[" + b"a." * 100_000 + b"a]",
        b"a = " + b"9" * 200_000,
        b"a = 0x" + b"f" * 200_000,
        b'a = "' + b"x" * 200_000,
        b'a = """' + b'"\\' * 100_000,
        b"\n".join(b"a." * 400 + b"a%d = 1" % n for n in range(300)),
    ],
)
def test_bombs_are_refused_at_once(bomb: bytes) -> None:
    begin = time.process_time()
    refusal(bomb)
    assert time.process_time() - begin < 1


@given(st.binary(max_size=200) | st.text(alphabet="a=[]{}.\"'\n\\#1", max_size=60).map(str.encode))
@example(b'"""')
@example(b"a.b = 1\n[a.b]")
def test_nothing_but_a_refusal_leaves_the_reader(data: bytes) -> None:
    try:
        assert isinstance(read_toml(data, FILE).values, dict)
    except UnreadableError as error:
        assert len(error.problems) == 1


def test_toml_1_1_is_read() -> None:
    """As docs/flow-files.md says: which version is read must not depend on who installed what."""
    data = b'table = {\n  a = 1, # one\n  b = "\\x41\\e",\n}\nat = 12:30\n'
    assert read_toml(data, FILE).values["table"] == {"a": 1, "b": "A\x1b"}


def test_of_several_values_over_a_limit_the_first_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"f\.toml:2: a: the number is inf") as caught:
        read_toml(b"ok = 1\na = inf\nb = [nan, inf]\n[c]\nd = nan\n", "f.toml")
    assert len(caught.value.problems) == 1
