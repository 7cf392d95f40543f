"""The result of a scenario as ``oncue simulate`` prints it: the conversation as in a chat window, or JSON.

Both are made event by event, so that printing a long scenario needs no more memory. Cascades can be deeper than
parsers allow objects to nest, so in JSON a transcript is a flat list of lines with their depth.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from oncue.cli.output.differences import difference_rows
from oncue.cli.output.json_stream import JsonStream
from oncue.domain.conversations import Conversation, person
from oncue.domain.paths import scenario_file
from oncue.domain.phrases import assignments
from oncue.domain.wording import place
from oncue.domain.workspace import Workspace
from oncue.simulation.results import EventResult, ScenarioResult, in_turn
from oncue.simulation.trace import Trace
from oncue.simulation.transcript import as_row, event_words, transcript
from oncue.text import counted, visible
from oncue.workbench.expectations import event_of
from oncue.workbench.json_values import problem_json
from oncue.workbench.result_json import conversation_json, event_result_json, line_json

_MARGIN = " " * 11
"""Where the rows under an event begin: behind number and time."""


def text_pieces(result: ScenarioResult, workspace: Workspace) -> Iterator[bytes]:
    """The transcript, the conversations as they are at the end, and a summary."""
    heads = [result.scenario.name, *filter(None, [result.scenario.description])]
    yield _rows(visible(head) for head in heads)
    where, day = "", None
    for each, later in in_turn(result.events):
        now = each.at if later is None else later.at
        if now is not None and now.date() != day:
            if day is not None:
                yield _rows(["", f"{now:%Y-%m-%d}"])
            day = now.date()
        if (here := _where(each.conversation, each.event.instance, workspace)) != where:
            yield _rows(["", here])
            where = here
        yield _rows(
            _event_rows(each, workspace, result.events) if later is None else _later_rows(each, later, workspace)
        )
    for conversation in result.conversations:
        yield _rows(["", *_state_rows(conversation, workspace)])
    yield _rows(["", _summary(result)])


def write_json(result: ScenarioResult, workspace: Workspace, write: Callable[[bytes], object]) -> None:
    """Write one JSON object with ``write``, event by event."""
    scenario = result.scenario
    stream = JsonStream(write)
    about = {"id": scenario.id, "name": scenario.name, "description": scenario.description}
    stream.member("scenario", {**about, "file": scenario_file(scenario.id)})
    stream.member("ok", result.ok)
    stream.begin_list("events")
    for each in result.events:
        lines = [line_json(line) for trace in each.traces for line in transcript(trace, workspace)]
        stream.item({**event_result_json(each, scenario.delivery, workspace, result.events), "transcript": lines})
    stream.end_list()
    stream.member("conversations", [conversation_json(each) for each in result.conversations])
    stream.member("problems", [problem_json(problem) for problem in result.problems])
    stream.close()


def _rows(rows: "Iterator[str] | list[str]") -> bytes:
    return "".join(f"{row}\n" for row in rows).encode()


def _where(conversation: str, instance: str, workspace: Workspace) -> str:
    installed = workspace.config.by_id.get(instance)
    on = place(installed.channel if installed else None, instance, workspace.config)
    return visible(f"{conversation} on {on}" if conversation else on)


def _event_rows(result: EventResult, workspace: Workspace, others: tuple[EventResult, ...]) -> Iterator[str]:
    rows = [as_row(line) for trace in result.deliveries for line in transcript(trace, workspace)]
    if result.trace is None:
        rows = [f"● {visible(event_words(event_of(result, workspace), workspace))}"]
    rows += (f"  {row}" for row in difference_rows(result, workspace, others))
    if result.ok and result.checked:
        why = f", it is refused: {visible(result.refusal)}" if result.refusal else ""
        rows.append(f"  ✓ as expected{why}")
    yield from _numbered(result.number, result.at, rows)


def _later_rows(result: EventResult, later: Trace, workspace: Workspace) -> Iterator[str]:
    """What a flow did when it went on after a wait, under the number of the event that started it."""
    return _numbered(result.number, later.at, [as_row(line) for line in transcript(later, workspace)])


def _numbered(number: int, at: datetime | None, rows: list[str]) -> Iterator[str]:
    yield f"{number:>3}  {f'{at:%H:%M}' if at else '     '} {rows[0]}"
    yield from (f"{_MARGIN}{row}" for row in rows[1:])


def _state_rows(now: Conversation, workspace: Workspace) -> Iterator[str]:
    state = "open" if now.open else "closed" if now.started else "not started"
    yield f"{_where(now.id, now.instance, workspace)}: {state}"
    yield f"  participants  {visible(', '.join(map(person, now.participants)) or 'nobody')}"
    yield f"  responsible   {visible(now.assignee or 'nobody')}"
    if now.labels:
        yield f"  labels        {visible(', '.join(now.labels))}"
    yield f"  attributes    {visible(assignments(now.attributes) or 'none')}"
    yield f"  said          {counted(now.messages, 'message')}, {counted(now.notes, 'note')}"


def _summary(result: ScenarioResult) -> str:
    refused = sum(each.refusal is not None and not each.ok for each in result.events)
    failed = sum(not each.ok for each in result.events) - refused
    passed = sum(each.checked and each.ok for each in result.events)
    parts = (
        f"{passed:,} as expected",
        f"{failed:,} not as expected" if failed else "",
        f"{refused:,} that cannot happen" if refused else "",
        f"{unchecked:,} not checked" if (unchecked := len(result.events) - passed - failed - refused) else "",
    )
    return f"{counted(len(result.events), 'event')}: {', '.join(filter(None, parts))}"
