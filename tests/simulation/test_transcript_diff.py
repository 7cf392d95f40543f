"""The difference between two transcripts: new lines, lines that are gone, and unchanged ones."""

from tests.builders import CREATED, flow, message, play, workspace

from oncue.domain.flows import Flow
from oncue.domain.steps import AddNote, SendMessage, Step
from oncue.simulation.transcript import Line, transcript
from oncue.simulation.transcript_diff import DiffLine, said, transcript_diff


def lines(*flows: Flow) -> list[Line]:
    """The transcript of a message in a workspace of ``flows``."""
    where = workspace(*flows)
    return list(transcript(play(where, CREATED, message())[-1], where))


def reply(*steps: Step) -> Flow:
    return flow("reply", "message_created", *steps, by="contact")


def shown(diff: list[DiffLine]) -> list[str]:
    return [f"{each.mark or ' '} {each.line.words}" for each in diff]


def test_nothing_is_marked_without_an_old_transcript() -> None:
    assert shown(transcript_diff(None, lines(reply(AddNote(text="x"))))) == [
        '  Contact Jane wrote: "hi"',
        "  reply (Reply)",
        '  noted "x"',
    ]


def test_nothing_is_marked_where_both_have_the_same_words() -> None:
    old, new = (lines(reply(AddNote(text="x"))) for _ in range(2))
    diff = transcript_diff(old, new)
    assert {each.mark for each in diff} == {""}
    assert all(each.line is line for each, line in zip(diff, new, strict=True)), "the lines are the new ones"


def test_changed_lines_are_gone_and_new() -> None:
    old = lines(reply(AddNote(text="x"), AddNote(text="old")))
    new = lines(reply(AddNote(text="x"), AddNote(text="new"), SendMessage(text="Hi")))
    assert shown(transcript_diff(old, new)) == [
        '  Contact Jane wrote: "hi"',
        "  reply (Reply)",
        '  noted "x"',
        '- noted "old"',
        '+ noted "new"',
        '+ sent "Hi"',
        '+ Flow Reply wrote: "Hi"',
    ]


def test_a_flow_that_no_longer_starts_is_gone() -> None:
    assert shown(transcript_diff(lines(reply(AddNote(text="x"))), lines())) == [
        '  Contact Jane wrote: "hi"',
        "- reply (Reply)",
        '- noted "x"',
    ]


def test_the_same_words_at_another_depth_are_another_line() -> None:
    at_top, (deep, *_) = lines(), lines()
    assert said([deep._replace(depth=1)]) != said(at_top)
    assert shown(transcript_diff(at_top, [deep._replace(depth=1)])) == [
        '- Contact Jane wrote: "hi"',
        '+ Contact Jane wrote: "hi"',
    ]


def test_very_long_transcripts_are_replaced_as_a_whole() -> None:
    old = lines(reply(*[AddNote(text=str(number)) for number in range(400)]))
    new = lines(reply(*[AddNote(text=str(number)) for number in range(401)]))
    marks = [each.mark for each in transcript_diff(old, new)]
    assert marks == ["-"] * len(old) + ["+"] * len(new)
    assert {each.mark for each in transcript_diff(new, new)} == {""}
