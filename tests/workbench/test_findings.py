"""What is wrong, as one list: the one of `oncue check`."""

from dataclasses import replace
from pathlib import Path

import pytest

from oncue.domain.problems import Problem
from oncue.domain.workspace import CheckSettings, Workspace
from oncue.editing import edits
from oncue.editing.session import Session
from oncue.linting.lint import lint
from oncue.linting.selection import Selection
from oncue.storage.loader import load_workspace
from oncue.workbench.findings import Counts, Findings, findings_of
from oncue.workbench.state import State

SAMPLE = Path(__file__).parents[2] / "sample_workspace"


@pytest.fixture
def spoiled() -> Workspace:
    """The sample workspace with a flow that listens nowhere, beside what its flows do together."""
    return edits.set_instance(load_workspace(SAMPLE), "agent-takes-over", "gone")


def checked(state: State, *ignored: Problem) -> State:
    found = findings_of(
        state.workspace, state.analysis.problems, lambda problems: [each for each in problems if each not in ignored]
    )
    return replace(state, findings=found)


def test_the_list_is_that_of_the_linter_with_errors_first(spoiled: Workspace) -> None:
    state = checked(State.start(Session.start(spoiled)))
    assert sorted(state.problems) == sorted(lint(spoiled))
    severities = [problem.severity for problem in state.problems]
    assert severities == sorted(severities, key=("error", "warning", "hint").index)
    assert state.listed.counts == Counts.of(state.problems)
    assert not state.listed.behind


def test_what_the_workspace_does_not_select_is_left_out_at_once(spoiled: Workspace) -> None:
    settings = CheckSettings(ignore=("OC4", "OC202"))
    state = State.start(Session.start(replace(spoiled, config=replace(spoiled.config, check=settings))))
    assert state.analysis.problems, "beside its field it is said all the same"
    assert state.problems == ()
    state = checked(state)
    assert sorted(state.problems) == sorted(lint(state.workspace, Selection.of(settings)))
    assert "agent-takes-over" not in state.listed.wrong_flows


def test_what_a_comment_ignores_is_left_out_and_not_forgotten_by_the_next_edit(spoiled: Workspace) -> None:
    state = State.start(Session.start(spoiled))
    (gone,) = (problem for problem in state.problems if "gone" in problem.message)
    state = checked(state, gone)
    assert gone not in state.problems
    other = edits.set_name(spoiled, "sms-us-keywords", "Other")
    state = state.after(state.session.edit("x", other, ["sms-us-keywords"]))
    assert state.listed.behind
    assert gone not in state.problems


def test_flows_are_marked_for_errors_and_warnings(spoiled: Workspace) -> None:
    state = checked(State.start(Session.start(spoiled)))
    assert state.listed.counts_of("agent-takes-over").errors == 1
    assert state.listed.counts_of("messenger-away").errors
    assert state.listed.counts_of("nowhere") == Counts()
    assert {"agent-takes-over", "messenger-away"} <= state.listed.wrong_flows
    hinted = {each for each in spoiled.flows if state.listed.counts_of(each) and not state.listed.counts_of(each).wrong}
    assert not hinted & state.listed.wrong_flows


def test_counts_in_words_and_in_numbers() -> None:
    def said(counts: Counts, words: bool) -> list[str]:
        return [part[0][0] for part in counts.parts(words)]

    assert said(Counts(1, 2, 3), True) == ["! 1 error", "▲ 2 warnings", "· 3 hints"]
    assert said(Counts(0, 12, 0), False) == ["▲ 12"]
    assert Counts(1, 2, 3) + Counts(0, 1, 0) == Counts(1, 3, 3)


def test_late_until_it_is_found() -> None:
    late = Findings().delayed()
    assert late.late
    assert late.delayed() is late
    assert not late.in_time().late
