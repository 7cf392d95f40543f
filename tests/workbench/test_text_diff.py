from oncue.workbench.text_diff import difference


def test_lines_that_go_and_come_have_their_roles() -> None:
    found = list(difference("one\ntwo", "one\nthree", ("before", "after")))
    assert found[:2] == [("--- before", "error"), ("+++ after", "success")]
    assert found[2] == ("line 1", "muted")
    assert found[-3:] == [(" one", ""), ("-two", "error"), ("+three", "success")]
    assert list(difference("one", "one", ("before", "after"))) == []


def test_each_part_says_at_which_line_it_begins() -> None:
    before = "\n".join(map(str, range(1, 31)))
    after = before.replace("\n10\n", "\n").replace("\n25\n", "\n25\n25.5\n")
    heads = [text for text, role in difference(before, after, ("before", "after"), context=1) if role == "muted"]
    assert heads == ["line 9", "line 24"]
    gone = list(difference("one", "", ("before", "after")))
    assert gone[2:] == [("line 1", "muted"), ("-one", "error")]
