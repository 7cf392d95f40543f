from oncue.workbench.text_diff import difference


def test_lines_that_go_and_come_have_their_roles() -> None:
    found = list(difference("one\ntwo", "one\nthree", ("before", "after")))
    assert found[:2] == [("--- before", "error"), ("+++ after", "success")]
    assert found[-3:] == [(" one", ""), ("-two", "error"), ("+three", "success")]
    assert list(difference("one", "one", ("before", "after"))) == []
