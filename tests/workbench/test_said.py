from oncue.workbench.said import KEPT, Said, SaidLog


def test_the_last_message_comes_first_and_a_repeated_one_is_counted() -> None:
    log = SaidLog().saying(Said("One.")).saying(Said("Two.", "error")).saying(Said("Two.", "error", "10:00:00"))
    assert [(said.text, said.times, said.at) for said in log.messages] == [("Two.", 2, "10:00:00"), ("One.", 1, "")]
    assert log.last is not None
    assert "".join(text for text, _ in log.last.spans) == "✗ Two. ×2"


def test_an_edit_that_goes_on_is_not_counted() -> None:
    log = SaidLog().saying(Said("Name: A", edit=True)).saying(Said("Name: A", edit=True))
    assert [said.times for said in log.messages] == [1]


def test_only_so_many_are_kept() -> None:
    log = SaidLog()
    assert log.last is None
    for number in range(KEPT + 5):
        log = log.saying(Said(str(number)))
    assert len(log.messages) == KEPT
