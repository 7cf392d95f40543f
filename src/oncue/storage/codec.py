"""The bytes of a file to a value of the domain, and a value to the plain tables of a file.

Reading either gives a whole valid value or raises `UnreadableError` with a problem for each wrong thing; there
is nothing in between. A value's own constructor says quickly whether there is one; what it refuses is looked at
again by pydantic, for all that is wrong. Writing leaves out what is at its default, as a person would.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from oncue.domain.flows import Flow
from oncue.domain.paths import CONFIG_FILE, flow_file, scenario_file
from oncue.domain.plain import as_plain
from oncue.domain.problems import MOST_PROBLEMS, Code, KeyPath, Problem
from oncue.domain.scenarios import Scenario
from oncue.domain.workspace import WorkspaceConfig
from oncue.errors import UnreadableError
from oncue.storage.toml.read import Document, read_toml
from oncue.storage.toml.scan import line_of, value_of

T = TypeVar("T")

Hint = Callable[[KeyPath, str], str | None]
"""What was meant by a text that cannot be a name, where one refers to something else of the workspace."""


def decode_flow(flow_id: str, data: bytes, hint: Hint | None = None) -> Flow:
    """The flow in a file with the content ``data``; `UnreadableError` if there is none in it."""
    return _decode(Flow, flow_file(flow_id), read_toml(data, flow_file(flow_id)), flow_id, hint)


def flow_in(document: Document, flow_id: str) -> Flow:
    """The flow in a file that was parsed; `UnreadableError` if there is none in it."""
    return _decode(Flow, flow_file(flow_id), document, flow_id)


def decode_scenario(scenario_id: str, data: bytes, hint: Hint | None = None) -> Scenario:
    """The scenario in a file with the content ``data``; `UnreadableError` if there is none in it."""
    file = scenario_file(scenario_id)
    return _decode(Scenario, file, read_toml(data, file), scenario_id, hint)


def decode_config(data: bytes) -> WorkspaceConfig:
    """The content of a ``workspace.toml``; `UnreadableError` if it is none."""
    return _decode(WorkspaceConfig, CONFIG_FILE, read_toml(data, CONFIG_FILE))


def flow_from(values: dict[str, Any], file: str) -> Flow:
    """The flow with the values of `flow_values` and its ``id``; `UnreadableError` names ``file``."""
    return _validate(Flow, file, values, "")


def scenario_from(values: dict[str, Any], file: str) -> Scenario:
    """The scenario with the values of `scenario_values` and its ``id``; `UnreadableError` names ``file``."""
    return _validate(Scenario, file, values, "")


def config_from(values: dict[str, Any], file: str) -> WorkspaceConfig:
    """The config with these values; `UnreadableError` names ``file``."""
    return _validate(WorkspaceConfig, file, values, "")


def flow_values(flow: Flow) -> dict[str, Any]:
    """The tables of the flow's file, without what is at its default."""
    values = _without_id(flow)
    if flow.steps:
        values["steps"] = [{"type": step.type, **rest} for step, rest in zip(flow.steps, values["steps"], strict=True)]
    return values


def scenario_values(scenario: Scenario) -> dict[str, Any]:
    """The tables of the scenario's file, without what is at its default."""
    return _without_id(scenario)


def config_values(config: WorkspaceConfig) -> dict[str, Any]:
    """The tables of ``workspace.toml``, without what is at its default; dates are dates, as TOML has them."""
    values: dict[str, Any] = as_plain(config, exclude_defaults=True)
    for plain, hours in zip(values.get("hours", ()), config.hours, strict=True):
        if "closed_on" in plain:
            plain["closed_on"] = list(hours.closed_on)
    return values


def _without_id(value: Flow | Scenario) -> dict[str, Any]:
    plain: dict[str, Any] = as_plain(value, exclude_defaults=True)
    del plain["id"]
    return plain


def _decode(kind: type[T], file: str, document: Document, file_id: str | None = None, hint: Hint | None = None) -> T:
    values, text = document.values, document.text
    if file_id is None:
        return _validate(kind, file, values, text)
    if "id" not in values:
        return _validate(kind, file, {**values, "id": file_id}, text, hint)
    message = f"unknown key; the id is the file's name, {file_id!r}"
    own = Problem(file, message, Code.UNKNOWN_KEY, ("id",), line_of(text, ("id",)))
    try:
        _validate(kind, file, {**values, "id": file_id}, text, hint, most=MOST_PROBLEMS - 1)
    except UnreadableError as error:
        raise UnreadableError([own, *error.problems]) from None
    raise UnreadableError([own])


def _validate(
    kind: type[T],
    file: str,
    values: dict[str, Any],
    text: str,
    hint: Hint | None = None,
    most: int = MOST_PROBLEMS,
) -> T:
    try:
        return kind(**values)
    except ValueError:
        from oncue.validation.careful import validated

        try:
            return validated(kind, values, file, partial(line_of, text), hint, most)
        except UnreadableError as error:
            raise UnreadableError([_as_written(each, text) for each in error.problems]) from None


def _as_written(problem: Problem, text: str) -> Problem:
    """``problem`` with the number that was found as it is in ``text``: ``+49151`` and not 49151."""
    stated = re.match(r"found (-?\d+),", problem.message)
    if stated is None or problem.line is None:
        return problem
    names = problem.path[: -1 if isinstance(problem.path[-1], int) else None]
    written = value_of(text, names) or value_of(text, problem.path) or ""
    same = [each for each in re.findall(r"(?<![\w.\"'])[+-]?\d\w*", written) if _is_number(each, int(stated[1]))]
    if not same or stated[1] in same:
        return problem
    return problem._replace(message=problem.message.replace(stated[1], same[0], 1))


def _is_number(written: str, number: int) -> bool:
    try:
        return int(written, 0) == number
    except ValueError:
        return False
