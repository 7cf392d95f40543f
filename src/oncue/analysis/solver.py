"""Can these conditions hold while those do not? A state in which they do, or the proof that there is none.

Lines on different topics are independent (`oncue.analysis.literals`), so each topic has a small solver of its own,
which is exact. That conditions do not hold means that one of their lines does not: which one is searched, and a choice
is given up as soon as its topic has no solution. What cannot be decided within a bounded number of steps counts as
possible, and has no witness; so nothing that can happen is ever called a contradiction.

Every state is held against the readable predicate before it is given away.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from oncue.analysis.literals import Conditions, Facts, LineLiteral, Setting, Topic
from oncue.analysis.marks import solve_attributes, solve_first_message, solve_labels, solve_reopened
from oncue.analysis.people import solve_person, solve_presence, solve_responsible, solve_starter
from oncue.analysis.states import State, plain_state, witness
from oncue.analysis.texts import UndecidedError, solve_text
from oncue.analysis.times import solve_time
from oncue.domain.events import EventKey
from oncue.matching.conditions import all_hold, line_verdicts
from oncue.matching.occasions import Occasion

SOLVERS: Mapping[Topic, Callable[[Setting, list[LineLiteral]], Facts | None]] = {
    "text": solve_text,
    "person": solve_person,
    "attributes": solve_attributes,
    "starter": solve_starter,
    "presence": solve_presence,
    "responsible": solve_responsible,
    "labels": solve_labels,
    "first_message": solve_first_message,
    "reopened": solve_reopened,
    "time": solve_time,
}
MOST_STEPS = 20_000
"""Choices that are tried; beyond them nothing is claimed."""
MOST_FAILING = 300
"""Conditions that must not hold; each is one level of the search."""


class Solution(NamedTuple):
    """Whether it is possible, with a state that shows it unless that could not be found."""

    possible: bool
    state: State | None = None


IMPOSSIBLE = Solution(False)
UNDECIDED = Solution(True)


def solve(setting: Setting, holding: Sequence[Conditions] = (), failing: Sequence[Conditions] = ()) -> Solution:
    """Whether in ``setting`` all of the conditions ``holding`` can hold, and none of ``failing``."""
    if any(each.when is None for each in failing):
        return IMPOSSIBLE
    try:
        facts = _Search(setting).solve([line for each in holding for line in each.literals(True)], failing)
    except UndecidedError:
        return UNDECIDED
    if facts is None:
        return IMPOSSIBLE
    state = plain_state(setting)._replace(**facts)
    return Solution(True, state if is_shown_by(setting, state, holding, failing) else None)


def possible(setting: Setting, holding: Sequence[Conditions] = (), failing: Sequence[Conditions] = ()) -> bool:
    """As `solve`, where no state is asked for."""
    if any(each.when is None for each in failing):
        return False
    try:
        return _Search(setting).solve([line for each in holding for line in each.literals(True)], failing) is not None
    except UndecidedError:
        return True


def is_shown_by(
    setting: Setting, state: State, holding: Sequence[Conditions] = (), failing: Sequence[Conditions] = ()
) -> bool:
    """Whether the conditions hold in ``state`` that have to, and no others, by the readable predicate."""
    event, known = witness(EventKey(setting.kind, participant_type=setting.who), state)

    def hold(conditions: Conditions) -> bool:
        if conditions.when is None:
            return True
        now = Occasion.of(event, conditions.config, known)
        return all_hold(line_verdicts(conditions.when, now, conditions.flow_id).values()) is True

    return all(map(hold, holding)) and not any(map(hold, failing))


class _Search:
    """The search for a line of each of the conditions that must not hold."""

    def __init__(self, setting: Setting) -> None:
        self._setting, self._steps, self._undecided = setting, 0, False

    def solve(self, lines: list[LineLiteral], failing: Sequence[Conditions]) -> Facts | None:
        by_topic: dict[Topic, list[LineLiteral]] = {}
        for line in lines:
            by_topic.setdefault(line.topic, []).append(line)
        facts: dict[Topic, Facts] = {}
        for topic, about in by_topic.items():
            found = SOLVERS[topic](self._setting, about)
            if found is None:
                return None
            facts[topic] = found
        if len(failing) > MOST_FAILING:
            raise UndecidedError
        choices = sorted(([*each.literals(False)] for each in failing), key=len)
        chosen = self._choose(choices, by_topic, facts)
        if chosen is None and self._undecided:
            raise UndecidedError
        return None if chosen is None else {key: value for each in chosen.values() for key, value in each.items()}

    def _choose(
        self,
        choices: Sequence[list[LineLiteral]],
        lines: Mapping[Topic, list[LineLiteral]],
        facts: Mapping[Topic, Facts],
    ) -> Mapping[Topic, Facts] | None:
        if not choices:
            return facts
        for line in choices[0]:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise UndecidedError
            about = [*lines.get(line.topic, ()), line]
            found = self._facts(line.topic, about)
            if found is None:
                continue
            rest = self._choose(choices[1:], {**lines, line.topic: about}, {**facts, line.topic: found})
            if rest is not None:
                return rest
        return None

    def _facts(self, topic: Topic, about: list[LineLiteral]) -> Facts | None:
        try:
            return SOLVERS[topic](self._setting, about)
        except UndecidedError:
            self._undecided = True
            return None
