from oncue.storage.toml.spans import Edit, apply, newline_of


def test_spans_are_replaced_whatever_their_order() -> None:
    assert apply("abcdef", [Edit(4, 5, "E"), Edit(0, 1, "AA"), Edit(2, 2, "-")]) == "AAb-cdEf"
    assert apply("abc", [Edit(1, 1, "1"), Edit(1, 1, "2"), Edit(1, 3, "")]) == "a12"
    assert apply("abc", []) == "abc"


def test_the_line_break_of_a_text() -> None:
    assert newline_of("a\r\nb") == "\r\n"
    assert newline_of("a\nb") == newline_of("") == "\n"
