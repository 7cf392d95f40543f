"""What is possible is shown by a state, and what is not is shown by none."""

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.states import (
    CONFIG,
    conditions,
    every_state,
    is_as_in_a_conversation,
    likely_settings,
    thorough,
    topics,
)

from oncue.analysis.literals import Conditions, Setting
from oncue.analysis.solver import MOST_FAILING, is_shown_by, possible, solve
from oncue.analysis.states import witness
from oncue.domain.conditions import When
from oncue.domain.events import EventKey
from oncue.matching.occasions import Known

MESSAGE = Setting("message_created", "contact")


@st.composite
def questions(draw: st.DrawFn) -> tuple[Setting, list[str], list[Conditions], list[Conditions]]:
    about = draw(topics)
    some = st.lists(conditions(about), max_size=2)
    return draw(likely_settings), about, draw(some), draw(some)


@thorough
@given(questions())
def test_a_solution_is_shown_by_its_state_and_without_one_no_state_shows_it(
    question: tuple[Setting, list[str], list[Conditions], list[Conditions]],
) -> None:
    setting, about, holding, failing = question
    found = solve(setting, holding, failing)
    assert found.possible == possible(setting, holding, failing)
    if found.possible:
        assert found.state is not None, "all of these can be decided"
        assert is_shown_by(setting, found.state, holding, failing)
        shown = witness(EventKey(setting.kind, "email", "mail", setting.who), found.state)
        assert is_as_in_a_conversation(shown)
        assert_agrees_with_the_event(shown.known, Known.of_event(shown.event))
    else:
        for state in every_state(setting, about, [*holding, *failing]):
            assert not is_shown_by(setting, state, holding, failing), state


def assert_agrees_with_the_event(known: Known, by_itself: Known) -> None:
    """What an event tells by itself is so."""
    assert by_itself.started_by in (None, known.started_by)
    assert by_itself.present <= known.present
    assert by_itself.first_message in (None, known.first_message)
    assert by_itself.reopened in (None, known.reopened)
    assert not by_itself.every_start or not known.past


def ask(holding: list[When], failing: list[When] | None = None, setting: Setting = MESSAGE) -> bool:
    def of(whens: list[When]) -> list[Conditions]:
        return [Conditions(f"f-{number}", when, CONFIG) for number, when in enumerate(whens)]

    return possible(setting, of(holding), of(failing or []))


def test_contradictions_between_lines() -> None:
    assert not ask([When(responsible="nobody"), When(responsible="somebody")])
    assert not ask([When(responsible="nobody"), When(responsible="Anna")])
    assert ask([When(responsible="Anna"), When(responsible="a-1")]), "a name and an id"
    assert not ask([When(responsible="Anna"), When(responsible="a-1"), When(responsible="Ben")])
    assert not ask([When(present=frozenset({"agent"}), absent=frozenset({"agent", "bot"}))])
    assert not ask([When(absent=frozenset({"contact"}))]), "who writes is there"
    assert ask([When(absent=frozenset({"contact"}))], setting=Setting("message_created", "flow"))
    assert not ask([When(labels=("vip",), without_labels=("vip", "spam"))])
    assert not ask([When(attributes={"vip": 1}), When(attributes={"vip": True})])
    assert not ask([When(first_message=True)], setting=Setting("message_created", "agent"))
    assert ask([When(first_message=True, reopened=True)]), "an agent wrote, closed it, and the contact answered"
    assert not ask([When(started_by=frozenset({"agent"}))], setting=Setting("conversation_created", "contact"))
    assert not ask([When(reopened=True)], setting=Setting("conversation_created", "contact"))
    assert not ask([When(text_none=("a",))], setting=Setting("conversation_created", "contact")), "there is no text"


def test_limits() -> None:
    asked, day = When(once_per="contact"), When(once_per="day")
    assert not ask([When(once_per="contact", absent=frozenset({"contact"}))], setting=Setting("message_created", "bot"))
    assert not ask([], [When(once_per="conversation")], setting=Setting("conversation_created", "bot"))
    same = [Conditions("f", asked, CONFIG)]
    assert not possible(MESSAGE, same, same)
    # On the same day the flow can have started 23 hours ago and not 26, not even on the day that has 25.
    for cooldown, can_be in (("30s", True), ("23h", True), ("24h", True), ("25h", False)):
        holding = [Conditions("f", When(cooldown=cooldown), CONFIG)]
        assert possible(MESSAGE, holding, [Conditions("f", day, CONFIG)]) is can_be, cooldown
        assert possible(MESSAGE, [Conditions("f", day, CONFIG)], holding)


def test_one_and_not_the_other() -> None:
    assert not ask([When(text_any=("refund",))], [When(text_any=("refund*",))])
    assert ask([When(text_any=("refund*",))], [When(text_any=("refund",))])
    assert not ask([], [When(responsible="nobody"), When(responsible="somebody")])
    assert not ask([When(responsible="Anna")], [When(responsible="somebody", reopened=True), When(reopened=False)])


def test_what_is_too_much_to_decide_is_possible() -> None:
    many = [When(labels=(f"{number}",)) for number in range(MOST_FAILING + 1)]
    assert ask([], many)
    assert solve(MESSAGE, (), [Conditions("f", each, CONFIG) for each in many]) == (True, None)
