"""The conditions of a flow as rows to read and choose from: each in words, and what is wrong with it.

A condition of which something was typed that is no value yet has a row, too, as it is unsaved work; and so has one
that is being written and has no value yet.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from oncue.domain.condition_words import lines_in_words
from oncue.domain.conditions import CONDITIONS
from oncue.domain.flows import Flow
from oncue.domain.problems import Problem
from oncue.workbench.condition_forms import FORMS
from oncue.workbench.unfinished import Unfinished


class ConditionRow(NamedTuple):
    """A condition by its key, in ``words``, and what is ``wrong`` with it, or nothing."""

    key: str
    words: str
    wrong: str = ""


def condition_rows(
    flow: Flow, problems: Iterable[Problem] = (), unfinished: Iterable[Unfinished] = (), open_ones: Collection[str] = ()
) -> tuple[ConditionRow, ...]:
    """The rows of ``flow``; ``open_ones`` are conditions that are being written, whether they have a value or not."""
    words = lines_in_words(flow.when) if flow.when else {}
    wrong = {str(each.path[1]): each.message for each in problems if each.path[:1] == ("when",) and len(each.path) > 1}
    typed = {str(each.at): each for each in unfinished if each.flow_id == flow.id and isinstance(each.at, str)}
    wrong |= {key: each.problem.message for key, each in typed.items()}
    return tuple(
        ConditionRow(key, words.get(key) or f"{FORMS[key].label} …", wrong.get(key, ""))
        for key in CONDITIONS
        if key in words or key in typed or key in open_ones
    )
