"""A problem as a row of the list, and as a page: what is wrong, why that matters, and what to write instead."""

from collections.abc import Sequence
from typing import cast

from oncue.domain.flows import Flow
from oncue.domain.paths import id_of, is_of_flows, is_of_scenarios
from oncue.domain.problems import Code, Problem
from oncue.domain.workspace import Workspace
from oncue.workbench.findings import SIGNS
from oncue.workbench.problem_words import message_words, place_words
from oncue.workbench.spans import Line, fitted, line, spread, wrapped

LINES = 3
"""Lines of a row: the name, and two of the message."""


def problem_row(problem: Problem, workspace: Workspace, width: int) -> Sequence[Line]:
    """The row: sign, name and code in the first line, then what is wrong."""
    sign, role = SIGNS[problem.severity]
    first = spread(line((f"{sign} ", role), name_of(problem, workspace)), line((problem.code, "muted")), width)
    room = max(width - 2, 1)
    place = "" if _says_its_place(problem, workspace) else _place(problem, workspace)
    words = wrapped(line((f"{place}: " if place else "", "accent"), (message_words(problem), "muted")), room)
    if len(words) > LINES - 1:
        last = tuple(span for each in words[LINES - 2 :] for span in (*each, (" ", "")))
        words[LINES - 2] = fitted(last, room)
    return first, *((("  ", ""), *each) for each in words[: LINES - 1])


def name_of(problem: Problem, workspace: Workspace) -> str:
    """What people call the flow or scenario; the file, and its line if that is known, where there is neither."""
    file_id, flow = id_of(problem.file), _flow_of(problem, workspace)
    if flow is not None:
        return flow.name
    if is_of_scenarios(problem.file) and file_id in workspace.scenarios:
        return workspace.scenarios[file_id].name
    return problem.file if problem.line is None else f"{problem.file}:{problem.line}"


def _flow_of(problem: Problem, workspace: Workspace) -> Flow | None:
    return workspace.flows.get(id_of(problem.file)) if is_of_flows(problem.file) else None


def _place(problem: Problem, workspace: Workspace) -> str:
    """What it is about: a field of the form for a flow, a key for any other file."""
    flow = _flow_of(problem, workspace)
    return problem.key if flow is None else place_words(problem.path, flow)


def _says_its_place(problem: Problem, workspace: Workspace) -> bool:
    """Whether the message does without: what flows do together is about all of a flow."""
    return problem.code.startswith("OC4") and _flow_of(problem, workspace) is not None


def page_lines(problem: Problem, workspace: Workspace) -> list[Line]:
    """What is wrong here, then the page of its code."""
    from oncue.linting.catalogue import page_of  # not needed for the first paint

    sign, role = SIGNS[problem.severity]
    place = _place(problem, workspace)
    said = [
        line(
            (f"{sign} {problem.severity}: ", role),
            (name_of(problem, workspace), "strong"),
            (f" · {place}" if place else "", "accent"),
        ),
        line(f"{_sentence(message_words(problem))}"),
    ]
    if problem.suggestion:
        said.append(line(_sentence(problem.suggestion)))
    page = page_of(cast("Code", problem.code))
    said += [line(), line((page.title, "strong"))]
    for paragraph in page.why.split("\n\n"):
        said += [line(), line(paragraph.replace("\n", " ").replace("``", "").replace("`", ""))]
    for heading, text in (("Example:", page.example), ("Instead:", page.instead)):
        said += [
            line(),
            line((heading, "strong")),
            *(line(("  " + each, "accent")) for each in text.rstrip().split("\n")),
        ]
    return said


def _sentence(text: str) -> str:
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."
