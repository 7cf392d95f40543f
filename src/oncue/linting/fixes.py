"""Mend what can be mended safely: where it is clear what was meant, and what the flow does is not changed otherwise.

Which trigger should be narrowed, or which of two flows should go, is not for a program to decide.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from oncue.domain.flows import Flow
from oncue.domain.placeholders import no_placeholders_in
from oncue.domain.problems import Code, Problem
from oncue.domain.steps import Step
from oncue.domain.values import fields_of, replaced
from oncue.domain.workspace import WorkspaceConfig

_MEANT = re.compile(r"\bwrite (\{\{[\w.]+\}\})\Z")


def fixed(flow: Flow, problems: Iterable[Problem], config: WorkspaceConfig) -> Flow:
    """``flow`` with those of its ``problems`` mended that can be; the same flow if none can."""
    for problem in problems:
        fix = _FIXES.get(problem.code)
        if fix is not None:
            flow = fix(flow, problem, config) or flow
    return flow


def _empty_list(flow: Flow, problem: Problem, config: WorkspaceConfig) -> Flow | None:
    """A list that matches nothing is taken out, and the flow switched off, which it is in effect."""
    match problem.path:
        case ("trigger", str() as key):
            return replaced(flow, enabled=False, trigger=replaced(flow.trigger, **{key: None}))
    return None


def _instance(flow: Flow, problem: Problem, config: WorkspaceConfig) -> Flow | None:
    """The instance of the trigger's channel that has this as its name, as an external id, or in other letters."""
    written = flow.trigger.instance
    if problem.path != ("trigger", "instance") or written is None:
        return None
    meant = [
        each
        for each in config.instances_of(flow.trigger.channel)
        if written.casefold() in {each.id.casefold(), each.name.casefold(), *map(str.casefold, each.external_ids)}
    ]
    return replaced(flow, trigger=replaced(flow.trigger, instance=meant[0].id)) if len(meant) == 1 else None


def _placeholder(flow: Flow, problem: Problem, config: WorkspaceConfig) -> Flow | None:
    """A placeholder as it is written here, where only one can have been meant."""
    match problem.path:
        case ("steps", int() as number, str() as key, *rest):
            step = flow.steps[number]
            value: Any = fields_of(step)[key]
            mended: Any
            mended = {**value, rest[0]: _mended(value[rest[0]])} if rest else _mended(value)
            if mended == value:
                return None
            steps: list[Step] = [*flow.steps]
            steps[number] = replaced(step, **{key: mended})
            return replaced(flow, steps=tuple(steps))
    return None


def _mended(text: str) -> str:
    for each in no_placeholders_in(text):
        meant = _MEANT.search(each.advice)
        if meant is not None and each.written in text:
            text = text.replace(each.written, meant[1], 1)
    return text


_FIXES: Mapping[str, Callable[[Flow, Problem, WorkspaceConfig], Flow | None]] = {
    Code.MATCHES_NOTHING: _empty_list,
    Code.UNKNOWN_INSTANCE: _instance,
    Code.UNKNOWN_PLACEHOLDER: _placeholder,
}
FIXED = frozenset(_FIXES)
"""The codes of which some findings can be mended."""
