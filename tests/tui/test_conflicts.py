"""What is shown of a conflict."""

from oncue.errors import ConflictError
from oncue.tui.conflicts import ANSWERS, explanation


def test_the_difference_is_shown_line_by_line() -> None:
    lines = explanation(ConflictError("flows/a.toml", b"one\ntwo\n"), "one\nthree\n")
    assert lines[0][0] == "flows/a.toml was changed by another program since it was loaded."
    assert lines[2:4] == [("--- as it is on disk now", "error"), ("+++ as you edited it", "success")]
    assert ("-two", "error") in lines
    assert ("+three", "success") in lines
    assert (" one", "") in lines


def test_a_file_that_is_gone_and_a_flow_that_is_deleted() -> None:
    assert ("-(the file was removed)", "error") in explanation(ConflictError("flows/a.toml", None), "one")
    assert ("+(deleted)", "success") in explanation(ConflictError("flows/a.toml", b"one"), None)


def test_bytes_that_a_terminal_would_obey_are_made_visible() -> None:
    text = "".join(words for words, _ in explanation(ConflictError("flows/a.toml", b"\x1b]0;x\x07 \xff"), "one"))
    assert text.isprintable()


def test_the_last_answer_changes_nothing() -> None:
    assert (ANSWERS[-1].value, ANSWERS[-1].key) == ("later", "esc")
