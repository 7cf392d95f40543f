"""Always, sometimes, never: as the states say that there are."""

from hypothesis import given
from tests.analysis.flows import keys_in, some_flows, states_of
from tests.analysis.states import CONFIG, thorough
from tests.builders import flow

from oncue.analysis.decisions import contradiction, decide
from oncue.domain.conditions import When
from oncue.domain.flows import Flow
from oncue.domain.values import replaced
from oncue.matching.conditions import all_hold, line_verdicts
from oncue.matching.occasions import Occasion
from oncue.matching.semantics import matches


@thorough
@given(some_flows(most=1))
def test_decisions_are_those_of_all_states(drawn: tuple[list[str], list[Flow]]) -> None:
    about, (found,) = drawn
    decided = decide(found, CONFIG)
    assert not decided.always & decided.sometimes
    seen = set()
    for key in keys_in(CONFIG):
        if not matches(found, key, CONFIG) or key.participant_type in seen:
            continue
        seen.add(key.participant_type)
        verdicts = {holds(found, state) for state in (states_of(key, about) if found.when else [None])}
        if key.participant_type in decided.always:
            assert verdicts == {True}
        elif key.participant_type not in decided.sometimes:
            assert verdicts == {False}
    assert decided.starts <= seen or not seen, "it listens to an instance of another channel"


def holds(flow: Flow, state: object) -> bool:
    if flow.when is None:
        return True
    now = Occasion.of(state.event, CONFIG, state.known)  # type: ignore[attr-defined]
    return all_hold(line_verdicts(flow.when, now, flow.id).values()) is True


@thorough
@given(some_flows(most=1))
def test_a_contradiction_is_the_fewest_lines(drawn: tuple[list[str], list[Flow]]) -> None:
    _, (found,) = drawn
    found = replaced(found, enabled=True)
    lines = contradiction(found, CONFIG)
    never = not decide(found, CONFIG).starts and found.trigger.participant_types != frozenset()
    assert bool(lines) == never
    if lines and found.when is not None:
        only = replaced(found, when=found.when.without(*(set(found.when.lines) - set(lines))))
        assert not decide(only, CONFIG).starts
        for line in lines if len(lines) > 1 else ():
            assert decide(replaced(only, when=only.when and only.when.without(line)), CONFIG).starts


def test_contradictions_by_name() -> None:
    def lines(when: When, *, of: str = "message_created") -> tuple[str, ...]:
        return contradiction(replaced(flow("a", of), when=when), CONFIG)  # type: ignore[arg-type]

    assert lines(When(text_all=("money back now",), text_none=("back",), reopened=True)) == ("text_all", "text_none")
    assert lines(When(text_any=("refunds",), text_none=("refund*",))) == ("text_any", "text_none")
    assert lines(When(text_starts=("hi",), text_all=("x",), text_none=("hi x",))) == ()
    assert lines(When(during_hours=("office",), outside_hours=("office", "night"))) == ("during_hours", "outside_hours")
    assert lines(When(outside_hours=("gone",), labels=("vip",))) == ("outside_hours",)
    assert lines(When(text_none=("x",)), of="participant_added") == ("text_none",)
    assert lines(When(responsible="nobody", labels=("vip",))) == ()
